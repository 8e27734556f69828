//! What the events tell beside their own fields.

use serde::Deserialize;

use crate::call_automation::Tone;
use crate::model::extensible_enum;

/// What came of an operation, in numbers.
///
/// Source: <https://learn.microsoft.com/azure/communication-services/resources/troubleshooting/voice-video-calling/troubleshooting-codes>.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ResultInformation {
    /// Like a status of HTTP, such as 200.
    pub code: Option<i32>,
    /// What it was more precisely; 0 is nothing in particular.
    pub sub_code: Option<i32>,
    /// The service's words for it.
    pub message: Option<String>,
}

extensible_enum! {
    /// What was recognised.
    pub enum RecognitionType {
        /// Tones.
        Dtmf = "dtmf",
        /// Something said.
        Speech = "speech",
        /// One of the choices.
        Choices = "choices",
    }
}

/// The tones that were dialled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct DtmfResult {
    /// In the order they came.
    pub tones: Option<Vec<Tone>>,
}

/// The choice that was made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ChoiceResult {
    /// The label of the [`Choice`](crate::call_automation::Choice).
    pub label: Option<String>,
    /// What was said for it, unless it was dialled.
    pub recognized_phrase: Option<String>,
}

/// What was said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct SpeechResult {
    /// In words.
    pub speech: Option<String>,
}
