//! The prompts and recognitions of an application.

use std::time::Duration;

use serde_json::Value;

use super::tone::Tone;

/// The default of `initialSilenceTimeoutInSeconds`.
pub(crate) const INITIAL_SILENCE: Duration = Duration::from_secs(5);

/// The default of `interToneTimeoutInSeconds`.
pub(crate) const BETWEEN_TONES: Duration = Duration::from_secs(2);

/// A prompt to play.
#[derive(Clone, Debug)]
pub(crate) struct Prompt {
    /// `PlaySource`s.
    pub(crate) sources: Vec<Value>,
    /// Whether it goes on until it is cancelled.
    pub(crate) loops: bool,
}

/// A recognition, after a prompt or immediately.
#[derive(Clone, Debug)]
pub(crate) struct Recognition {
    pub(crate) input: RecognizeInput,
    /// The raw id of the participant who is listened to.
    pub(crate) target: String,
    pub(crate) prompt: Prompt,
    pub(crate) interrupts_prompt: bool,
    pub(crate) initial_silence: Duration,
    pub(crate) max_tones: Option<usize>,
    pub(crate) stop_tones: Vec<Tone>,
    pub(crate) between_tones: Duration,
}

/// The expected input.
#[derive(Clone, Debug)]
pub(crate) enum RecognizeInput {
    Dtmf,
    Choices(Vec<Choice>),
    Speech,
    SpeechOrDtmf,
}

/// One of the expected answers.
#[derive(Clone, Debug)]
pub(crate) struct Choice {
    pub(crate) label: String,
    pub(crate) phrases: Vec<String>,
    pub(crate) tone: Option<Tone>,
}

impl RecognizeInput {
    pub(super) fn takes_tones(&self) -> bool {
        match self {
            Self::Dtmf | Self::SpeechOrDtmf => true,
            Self::Choices(choices) => choices.iter().any(|choice| choice.tone.is_some()),
            Self::Speech => false,
        }
    }

    pub(super) fn takes_words(&self) -> bool {
        !matches!(self, Self::Dtmf)
    }
}

/// A running recognition: the request and the input so far.
#[derive(Debug)]
pub(super) struct Listening {
    pub(super) recognition: Recognition,
    pub(super) is_prompting: bool,
    pub(super) tones: Vec<Tone>,
}

impl Listening {
    pub(super) fn new(recognition: Recognition) -> Self {
        Self { recognition, is_prompting: false, tones: Vec::new() }
    }
}
