//! The models of Play, and the sources that can be played.

use crate::{CommunicationIdentifier, acs_model};

/// The sources to play, and the participants who hear them.
#[acs_model]
#[derive(Eq, Hash)]
pub struct PlayRequest {
    /// The sources, in the order in which they are played.
    pub play_sources: Vec<PlaySource>,
    /// The participants who hear the audio. If it is not set, all participants hear it.
    pub play_to: Option<Vec<CommunicationIdentifier>>,
    /// Whether the audio interrupts the current media operation. Otherwise it is queued.
    pub interrupt_call_media_operation: Option<bool>,
    /// The options of the playback.
    pub play_options: Option<PlayOptions>,
    /// An opaque value that the service returns in related events.
    pub operation_context: Option<String>,
    /// The URL for the events of this operation. It overrides the callback URL of the call.
    pub operation_callback_uri: Option<String>,
}

/// The options of a playback.
#[acs_model]
#[derive(Eq, Hash)]
pub struct PlayOptions {
    /// Whether the audio repeats until it is canceled or interrupted.
    pub r#loop: bool,
}

/// A source to play, optionally with an id under which the service caches it.
///
/// A [`FileSource`], a [`TextSource`] or an [`SsmlSource`] converts into it:
///
/// ```
/// use acs_rest::call_automation::{FileSource, PlayRequest, PlaySource, TextSource};
///
/// let once = PlayRequest::new([TextSource::new("Goodbye.")]);
/// let music = FileSource::new("https://contoso.example/hold.wav");
/// let cached = PlayRequest::new([PlaySource::new(music).play_source_cache_id("hold music")]);
/// ```
#[acs_model]
#[derive(Eq, Hash)]
pub struct PlaySource {
    /// The kind of source.
    #[serde(flatten)]
    pub source: PlaySourceKind,
    /// The id under which the service caches the source for later playbacks.
    pub play_source_cache_id: Option<String>,
}

/// The kind of a [`PlaySource`].
#[acs_model]
#[derive(Eq, Hash)]
pub enum PlaySourceKind {
    /// An audio file.
    File(FileSource),
    /// Text that is synthesized.
    Text(TextSource),
    /// Speech Synthesis Markup Language that is synthesized.
    Ssml(SsmlSource),
}

/// An audio file to play.
#[acs_model]
#[derive(Eq, Hash)]
pub struct FileSource {
    /// The URL of the file, which the service must be able to reach: WAV (mono, 16 bit, 16 kHz) or
    /// MP3.
    pub uri: String,
}

/// Text to synthesize. The call must have
/// [`CallIntelligenceOptions`](super::CallIntelligenceOptions).
#[acs_model]
#[derive(Eq, Hash)]
pub struct TextSource {
    /// The text.
    pub text: String,
    /// The language of the text, such as `en-US`.
    pub source_locale: Option<String>,
    /// The kind of voice to use if `voice_name` is not set.
    pub voice_kind: Option<VoiceKind>,
    /// The name of the voice, such as `en-US-JennyNeural`.
    pub voice_name: Option<String>,
    /// The endpoint id of a custom voice.
    pub custom_voice_endpoint_id: Option<String>,
}

/// Speech Synthesis Markup Language to synthesize. The call must have
/// [`CallIntelligenceOptions`](super::CallIntelligenceOptions).
#[acs_model]
#[derive(Eq, Hash)]
pub struct SsmlSource {
    /// The SSML document.
    pub ssml_text: String,
    /// The endpoint id of a custom voice.
    pub custom_voice_endpoint_id: Option<String>,
}

/// The kind of a voice.
#[acs_model]
pub enum VoiceKind {
    /// A male voice.
    Male,
    /// A female voice.
    Female,
}

impl From<FileSource> for PlaySource {
    fn from(source: FileSource) -> Self {
        Self::new(source)
    }
}

impl From<TextSource> for PlaySource {
    fn from(source: TextSource) -> Self {
        Self::new(source)
    }
}

impl From<SsmlSource> for PlaySource {
    fn from(source: SsmlSource) -> Self {
        Self::new(source)
    }
}

impl From<PlaySourceKind> for PlaySource {
    fn from(source: PlaySourceKind) -> Self {
        Self::new(source)
    }
}
