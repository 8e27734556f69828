//! Call Media - Play, and what can be played.

use serde::Serialize;

use crate::CommunicationIdentifier;
use crate::model::{extensible_enum, request};

request! {
    /// What to play, and to whom.
    pub struct PlayRequest {
        /// What is played, one after the other.
        play_sources: [PlaySource],
    }
    optional {
        /// Who hears it; everyone, if it is not set.
        play_to: [CommunicationIdentifier],
        /// Whether it breaks off what is being played, instead of waiting for its end.
        interrupt_call_media_operation: bool,
        /// How it is played.
        play_options: PlayOptions,
        /// A text of your own that the event carries too.
        operation_context: String,
        /// Where this operation's events go, instead of where the call's events go.
        operation_callback_uri: String,
    }
}

request! {
    /// How something is played.
    pub struct PlayOptions {
        /// Whether it starts again when it has ended, until it is broken off.
        r#loop: bool,
    }
}

request! {
    /// Something to play. A source alone is one too; here it can be named.
    ///
    /// ```
    /// use acs_rest::call_automation::{FileSource, PlayRequest, PlaySource, TextSource};
    ///
    /// let once = PlayRequest::new([TextSource::new("Goodbye.")]);
    /// let music = FileSource::new("https://contoso.example/hold.wav");
    /// let often = PlayRequest::new([PlaySource::new(music).play_source_cache_id("hold music")]);
    /// ```
    pub struct PlaySource {
        /// What it is.
        #[serde(flatten)]
        source: PlaySourceKind,
    }
    optional {
        /// A name for it, under which the service keeps it for the next time.
        play_source_cache_id: String,
    }
}

/// What a [`PlaySource`] is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
#[non_exhaustive]
pub enum PlaySourceKind {
    /// A file.
    File {
        /// The file.
        file: FileSource,
    },
    /// Text that a voice reads.
    Text {
        /// The text and the voice.
        text: TextSource,
    },
    /// Text with directions for the voice that reads it.
    Ssml {
        /// The text, in Speech Synthesis Markup Language.
        ssml: SsmlSource,
    },
}

request! {
    /// A file to play.
    pub struct FileSource {
        /// Its URL, which the service has to reach: WAV, mono, 16 bit at 16 kHz, or MP3.
        uri: String,
    }
}

request! {
    /// Text to read out, for which the call needs its
    /// [`CallIntelligenceOptions`](super::CallIntelligenceOptions).
    pub struct TextSource {
        /// The text.
        text: String,
    }
    optional {
        /// Its language, such as `en-US`.
        source_locale: String,
        /// The kind of voice, if none is named.
        voice_kind: VoiceKind,
        /// The voice, such as `en-US-JennyNeural`.
        voice_name: String,
        /// The endpoint of a voice of your own.
        custom_voice_endpoint_id: String,
    }
}

request! {
    /// Text with directions for the voice that reads it, for which the call needs its
    /// [`CallIntelligenceOptions`](super::CallIntelligenceOptions).
    pub struct SsmlSource {
        /// The text, in Speech Synthesis Markup Language.
        ssml_text: String,
    }
    optional {
        /// The endpoint of a voice of your own.
        custom_voice_endpoint_id: String,
    }
}

extensible_enum! {
    /// The kind of a voice.
    pub enum VoiceKind {
        /// A man's.
        Male = "male",
        /// A woman's.
        Female = "female",
    }
}

impl From<FileSource> for PlaySourceKind {
    fn from(file: FileSource) -> Self {
        Self::File { file }
    }
}

impl From<TextSource> for PlaySourceKind {
    fn from(text: TextSource) -> Self {
        Self::Text { text }
    }
}

impl From<SsmlSource> for PlaySourceKind {
    fn from(ssml: SsmlSource) -> Self {
        Self::Ssml { ssml }
    }
}

impl<S: Into<PlaySourceKind>> From<S> for PlaySource {
    fn from(source: S) -> Self {
        Self::new(source)
    }
}
