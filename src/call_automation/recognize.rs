//! The models of Recognize.

use std::time::Duration;

use super::{PlaySource, Tone};
use crate::{CommunicationIdentifier, acs_model};

/// The input to recognize, and the prompt to play first.
#[acs_model]
#[derive(Eq, Hash)]
pub struct RecognizeRequest {
    /// The input to recognize, and the participant who is expected to give it.
    #[serde(flatten, with = "input_type")]
    pub recognize_options: RecognizeOptions,
    /// The prompt to play before the input is recognized.
    pub play_prompt: Option<PlaySource>,
    /// The prompts to play, one after the other, before the input is recognized.
    pub play_prompts: Option<Vec<PlaySource>>,
    /// Whether the operation interrupts the current media operation. Otherwise it is queued.
    pub interrupt_call_media_operation: Option<bool>,
    /// An opaque value that the service returns in related events.
    pub operation_context: Option<String>,
    /// The URL for the events of this operation. It overrides the callback URL of the call.
    pub operation_callback_uri: Option<String>,
}

/// The input to recognize, and the participant who is expected to give it.
#[acs_model]
#[derive(Eq, Hash)]
pub struct RecognizeOptions {
    /// The participant whose input is recognized.
    pub target_participant: CommunicationIdentifier,
    /// The kind of input to recognize.
    #[serde(flatten)]
    pub input: RecognizeInput,
    /// Whether recognized input interrupts the prompt.
    pub interrupt_prompt: Option<bool>,
    /// The time to wait for the first input, up to 300 seconds. It is sent in whole seconds, rounded
    /// up.
    #[serde(rename = "initialSilenceTimeoutInSeconds", with = "crate::duration::seconds")]
    pub initial_silence_timeout: Option<Duration>,
    /// The language of the speech. The default is `en-US`.
    pub speech_language: Option<String>,
    /// The endpoint id of a custom speech model.
    pub speech_recognition_model_endpoint_id: Option<String>,
}

/// The kind of input to recognize.
///
/// The options of a kind, a tuple of both kinds of options, and a list of choices convert into it:
///
/// ```
/// use acs_rest::call_automation::{
///     Choice, DtmfOptions, RecognizeInput, RecognizeOptions, SpeechOptions,
/// };
///
/// let either = RecognizeInput::from((SpeechOptions::new(), DtmfOptions::new()));
/// let choices = [Choice::new("confirm", ["yes", "sure"]), Choice::new("cancel", ["no"])];
/// let choices = RecognizeInput::from(choices);
/// ```
#[acs_model]
#[serde(untagged)]
#[derive(Eq, Hash)]
pub enum RecognizeInput {
    /// Speech or DTMF tones.
    SpeechOrDtmf {
        /// The options that apply to speech.
        speech_options: SpeechOptions,
        /// The options that apply to tones.
        dtmf_options: DtmfOptions,
    },
    /// DTMF tones.
    Dtmf {
        /// The options that apply to tones.
        dtmf_options: DtmfOptions,
    },
    /// Speech.
    Speech {
        /// The options that apply to speech.
        speech_options: SpeechOptions,
    },
    /// One of several choices, spoken or dialed.
    Choices {
        /// The choices.
        choices: Vec<Choice>,
    },
}

/// The options for the recognition of DTMF tones.
#[acs_model]
#[derive(Eq, Hash)]
pub struct DtmfOptions {
    /// The time to wait for the next tone, 1 to 60 seconds. It is sent in whole seconds, rounded up.
    #[serde(rename = "interToneTimeoutInSeconds", with = "crate::duration::seconds")]
    pub inter_tone_timeout: Option<Duration>,
    /// The number of tones after which recognition completes.
    pub max_tones_to_collect: Option<u32>,
    /// The tones that complete recognition.
    pub stop_tones: Option<Vec<Tone>>,
}

/// The options for the recognition of speech.
#[acs_model]
#[derive(Eq, Hash)]
pub struct SpeechOptions {
    /// The silence after which speech is considered complete. It is sent in whole milliseconds, rounded
    /// up.
    #[serde(rename = "endSilenceTimeoutInMs", with = "crate::duration::milliseconds")]
    pub end_silence_timeout: Option<Duration>,
}

/// One of several choices.
#[acs_model]
#[derive(Eq, Hash)]
pub struct Choice {
    /// The label of the choice, which the event contains if the choice is made.
    pub label: String,
    /// The phrases that select the choice.
    pub phrases: Vec<String>,
    /// The tone that selects the choice.
    pub tone: Option<Tone>,
}

impl RecognizeInput {
    /// The kind as the service writes it.
    fn input_type(&self) -> &'static str {
        match self {
            Self::Dtmf { .. } => "dtmf",
            Self::Speech { .. } => "speech",
            Self::SpeechOrDtmf { .. } => "speechOrDtmf",
            Self::Choices { .. } => "choices",
        }
    }
}

impl From<DtmfOptions> for RecognizeInput {
    fn from(dtmf_options: DtmfOptions) -> Self {
        Self::Dtmf { dtmf_options }
    }
}

impl From<SpeechOptions> for RecognizeInput {
    fn from(speech_options: SpeechOptions) -> Self {
        Self::Speech { speech_options }
    }
}

impl From<(SpeechOptions, DtmfOptions)> for RecognizeInput {
    fn from((speech_options, dtmf_options): (SpeechOptions, DtmfOptions)) -> Self {
        Self::SpeechOrDtmf { speech_options, dtmf_options }
    }
}

impl From<Vec<Choice>> for RecognizeInput {
    fn from(choices: Vec<Choice>) -> Self {
        Self::Choices { choices }
    }
}

impl<const N: usize> From<[Choice; N]> for RecognizeInput {
    fn from(choices: [Choice; N]) -> Self {
        Vec::from(choices).into()
    }
}

/// Reads and writes the kind of input, which is a sibling of the options on the wire.
mod input_type {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::RecognizeOptions;

    pub(super) fn serialize<S: Serializer>(
        options: &RecognizeOptions,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Wire<'a> {
            recognize_input_type: &'a str,
            recognize_options: &'a RecognizeOptions,
        }
        let recognize_input_type = options.input.input_type();
        Wire { recognize_input_type, recognize_options: options }.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<RecognizeOptions, D::Error> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Wire {
            recognize_options: RecognizeOptions,
        }
        Wire::deserialize(deserializer).map(|wire| wire.recognize_options)
    }
}
