//! FixtureSize much the operations are given: everything, or what is required.

use std::time::Duration;

use acs_rest::CommunicationIdentifier;
use acs_rest::call_automation::*;

/// FixtureSize much an operation is given.
#[derive(Clone, Copy)]
pub(super) struct FixtureSize {
    /// Which of several kinds.
    kind: usize,
    /// Whether the request has its optional fields.
    pub(super) request: bool,
    /// Whether the models in it have theirs.
    inner: bool,
}

impl FixtureSize {
    /// There are five of the identifier; of everything else less.
    pub(super) const KINDS: usize = 5;

    pub(super) fn full(kind: usize) -> Self {
        Self { kind, request: true, inner: true }
    }

    pub(super) fn shallow(kind: usize) -> Self {
        Self { kind, request: true, inner: false }
    }

    pub(super) fn least() -> Self {
        Self { kind: 0, request: false, inner: false }
    }

    pub(super) fn request<T>(self, least: T, fill: impl FnOnce(T) -> T) -> T {
        if self.request { fill(least) } else { least }
    }

    pub(super) fn inner<T>(self, least: T, fill: impl FnOnce(T) -> T) -> T {
        if self.inner { fill(least) } else { least }
    }

    pub(super) fn who(self) -> CommunicationIdentifier {
        let raw_ids = ["8:acs:r_u", "4:+14255550123", "8:orgid:a", "28:orgid:b", "48:echo"];
        CommunicationIdentifier::from_raw_id(raw_ids[self.kind])
    }

    pub(super) fn call_locator(self) -> CallLocator {
        match self.kind {
            0 => CallLocator::group_call("group"),
            1 => CallLocator::room_call("room"),
            _ => CallLocator::server_call("server"),
        }
    }

    pub(super) fn storage(self) -> ExternalStorage {
        match self.kind {
            0 => ExternalStorage::AzureCommunicationServices,
            _ => ExternalStorage::azure_blob_storage("https://contoso.example/container"),
        }
    }

    pub(super) fn play_source(self) -> PlaySource {
        let source = match self.kind {
            0 => FileSource::new("https://contoso.example/a.wav").into(),
            1 => self
                .inner(TextSource::new("text"), |text| {
                    text.source_locale("en-US")
                        .voice_kind(VoiceKind::Female)
                        .voice_name("en-US-JennyNeural")
                        .custom_voice_endpoint_id("endpoint")
                })
                .into(),
            _ => self
                .inner(SsmlSource::new("<speak/>"), |ssml| {
                    ssml.custom_voice_endpoint_id("endpoint")
                })
                .into(),
        };
        self.inner(source, |source: PlaySource| source.play_source_cache_id("cache"))
    }

    fn recognize_input(self) -> RecognizeInput {
        let dtmf = self.inner(DtmfOptions::new(), |dtmf| {
            dtmf.inter_tone_timeout(Duration::from_secs(1))
                .max_tones_to_collect(4_u32)
                .stop_tones([Tone::Pound])
        });
        let speech = self.inner(SpeechOptions::new(), |speech| {
            speech.end_silence_timeout(Duration::from_secs(1))
        });
        let choice = self.inner(Choice::new("yes", ["yes"]), |choice| choice.tone(Tone::One));
        match self.kind {
            0 => dtmf.into(),
            1 => speech.into(),
            2 => (speech, dtmf).into(),
            _ => [choice].into(),
        }
    }

    pub(super) fn recognize_options(self) -> RecognizeOptions {
        self.inner(RecognizeOptions::new(self.who(), self.recognize_input()), |options| {
            options
                .interrupt_prompt(true)
                .initial_silence_timeout(Duration::from_secs(1))
                .speech_language("en-US")
                .speech_recognition_model_endpoint_id("endpoint")
        })
    }

    pub(super) fn calling_context(self) -> CustomCallingContext {
        self.inner(CustomCallingContext::new(), |context| {
            context.voip_header("a", "b").sip_header("X-MS-Custom-A", "b")
        })
    }

    pub(super) fn intelligence(self) -> CallIntelligenceOptions {
        self.inner(CallIntelligenceOptions::new(), |options| {
            options.cognitive_services_endpoint("https://contoso.example")
        })
    }
}
