//! Call Media - Recognize.

use std::time::Duration;

use serde::{Serialize, Serializer};

use super::time::{millis, seconds};
use super::{PlaySource, Tone};
use crate::CommunicationIdentifier;
use crate::model::request;

request! {
    /// What to wait for, and what to play before.
    pub struct RecognizeRequest {
        /// What to wait for, and from whom.
        #[serde(flatten, serialize_with = "with_input_type")]
        recognize_options: RecognizeOptions,
    }
    optional {
        /// What is played before.
        play_prompt: PlaySource,
        /// What is played before, if it is more than one.
        play_prompts: [PlaySource],
        /// Whether it breaks off what is being played, instead of waiting for its end.
        interrupt_call_media_operation: bool,
        /// A text of your own that the event carries too.
        operation_context: String,
        /// Where this operation's event goes, instead of where the call's events go.
        operation_callback_uri: String,
    }
}

request! {
    /// What to wait for, and from whom.
    pub struct RecognizeOptions {
        /// Who is listened to.
        target_participant: CommunicationIdentifier,
        /// What is waited for.
        #[serde(flatten)]
        input: RecognizeInput,
    }
    optional {
        /// Whether the prompt ends as soon as something is recognised.
        interrupt_prompt: bool,
        /// How long to wait for the beginning: up to 300 seconds, sent in whole seconds, rounded
        /// up.
        #[serde(rename = "initialSilenceTimeoutInSeconds", serialize_with = "seconds")]
        initial_silence_timeout: Duration,
        /// The language that is spoken, such as `en-US`, which it is if it is not set.
        speech_language: String,
        /// The endpoint of a speech model of your own.
        speech_recognition_model_endpoint_id: String,
    }
}

/// What is waited for.
///
/// The options of each kind are one, the tuple of both, and a list of choices:
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
#[non_exhaustive]
pub enum RecognizeInput {
    /// Tones.
    Dtmf {
        /// Which, and how many.
        dtmf_options: DtmfOptions,
    },
    /// Anything said.
    Speech {
        /// When it has ended.
        speech_options: SpeechOptions,
    },
    /// Anything said, or tones.
    SpeechOrDtmf {
        /// When what is said has ended.
        speech_options: SpeechOptions,
        /// Which tones, and how many.
        dtmf_options: DtmfOptions,
    },
    /// One of these, said or dialled.
    Choices {
        /// What there is to choose from.
        choices: Vec<Choice>,
    },
}

request! {
    /// Which tones to wait for.
    #[derive(Default)]
    pub struct DtmfOptions {}
    optional {
        /// How long to wait for the next tone: 1 to 60 seconds, sent in whole seconds, rounded up.
        #[serde(rename = "interToneTimeoutInSeconds", serialize_with = "seconds")]
        inter_tone_timeout: Duration,
        /// After how many tones it is enough.
        max_tones_to_collect: u32,
        /// After which tones it is enough.
        stop_tones: [Tone],
    }
}

request! {
    /// When somebody has finished speaking.
    #[derive(Default)]
    pub struct SpeechOptions {}
    optional {
        /// After how much silence, sent in whole milliseconds, rounded up.
        #[serde(rename = "endSilenceTimeoutInMs", serialize_with = "millis")]
        end_silence_timeout: Duration,
    }
}

request! {
    /// One of several answers.
    pub struct Choice {
        /// The name by which the event tells that it was chosen.
        label: String,
        /// What to say for it.
        phrases: [String],
    }
    optional {
        /// What to dial for it.
        tone: Tone,
    }
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

/// On the wire, the kind of input stands beside the options, not in them.
fn with_input_type<S: Serializer>(options: &RecognizeOptions, to: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Wire<'a> {
        recognize_input_type: &'a str,
        recognize_options: &'a RecognizeOptions,
    }
    let recognize_input_type = options.input.input_type();
    Wire { recognize_input_type, recognize_options: options }.serialize(to)
}
