//! Whether operations get all values, or only the required ones.

use std::time::Duration;

use acs_rest::CommunicationIdentifier;
use acs_rest::call_automation::*;

/// How much an operation is given.
#[derive(Clone, Copy)]
pub(super) struct FixtureSize {
    /// Which of several kinds.
    kind: usize,
    /// Whether the request has its optional fields.
    pub(super) request: bool,
    /// Whether the models in it have theirs.
    inner: bool,
    /// Whether there are fields of later api-versions.
    later: bool,
}

impl FixtureSize {
    /// There are six of the identifier; of everything else less.
    pub(super) const KINDS: usize = 6;

    pub(super) fn full(kind: usize) -> Self {
        Self { kind, request: true, inner: true, later: false }
    }

    pub(super) fn shallow(kind: usize) -> Self {
        Self { kind, request: true, inner: false, later: false }
    }

    pub(super) fn least() -> Self {
        Self { kind: 0, request: false, inner: false, later: false }
    }

    /// The same with the fields of later api-versions.
    pub(super) fn later(self) -> Self {
        Self { later: true, ..self }
    }

    /// Fills in the fields of a request that later api-versions have.
    pub(super) fn later_request<T>(self, least: T, fill: impl FnOnce(T) -> T) -> T {
        if self.request && self.later { fill(least) } else { least }
    }

    pub(super) fn request<T>(self, least: T, fill: impl FnOnce(T) -> T) -> T {
        if self.request { fill(least) } else { least }
    }

    pub(super) fn inner<T>(self, least: T, fill: impl FnOnce(T) -> T) -> T {
        if self.inner { fill(least) } else { least }
    }

    pub(super) fn who(self) -> CommunicationIdentifier {
        let extension = if self.later { "8:acs:r_t_u" } else { "8:acs:r_u" };
        let raw_ids =
            ["8:acs:r_u", "4:+14255550123", "8:orgid:a", "28:orgid:b", "48:echo", extension];
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
            let context = context.voip_header("a", "b").sip_header("X-MS-Custom-A", "b");
            match self.later {
                true => context.teams_phone_call_details(self.teams_phone()),
                false => context,
            }
        })
    }

    pub(super) fn recorded_call(self) -> RecordedCall {
        match self.kind {
            5 if self.later => RecordedCall::call_connection("call-1"),
            _ => self.call_locator().into(),
        }
    }

    pub(super) fn media_streaming(self) -> WebSocketMediaStreamingOptions {
        let least = WebSocketMediaStreamingOptions::new(MediaStreamingAudioChannelType::Mixed);
        self.inner(least, |options| {
            options
                .transport_url("wss://contoso.example/audio")
                .content_type(MediaStreamingContentType::Audio)
                .start_media_streaming(true)
                .enable_bidirectional(true)
                .audio_format(AudioFormat::Pcm24KMono)
                .enable_dtmf_tones(true)
        })
    }

    pub(super) fn transcription(self) -> WebSocketTranscriptionOptions {
        self.inner(WebSocketTranscriptionOptions::new("en-US"), |options| {
            options
                .transport_url("wss://contoso.example/transcription")
                .speech_model_endpoint_id("endpoint")
                .start_transcription(true)
                .enable_intermediate_results(true)
        })
    }

    fn teams_phone(self) -> TeamsPhoneCallDetails {
        let caller = TeamsPhoneCallerDetails::new(self.who(), "name", "+14255550123")
            .record_id("record")
            .screen_pop_url("https://contoso.example/record")
            .is_authenticated(true)
            .additional_caller_information([("a", "b")]);
        let source = TeamsPhoneSourceDetails::new(self.who(), "en-US", "status")
            .intended_targets([("a", self.who())]);
        TeamsPhoneCallDetails::new()
            .teams_phone_caller_details(caller)
            .teams_phone_source_details(source)
            .session_id("session")
            .intent("intent")
            .call_topic("topic")
            .call_context("context")
            .transcript_url("https://contoso.example/transcript")
            .call_sentiment("sentiment")
            .suggested_actions("actions")
    }

    pub(super) fn intelligence(self) -> CallIntelligenceOptions {
        self.inner(CallIntelligenceOptions::new(), |options| {
            options.cognitive_services_endpoint("https://contoso.example")
        })
    }
}
