//! The results that events report.

use super::reason::ReasonCode;
use crate::acs_model;
use crate::call_automation::Tone;
use crate::event::model::event_data;

event_data! {
    /// The result of an operation, as codes and a message.
    ///
    /// Source: <https://learn.microsoft.com/azure/communication-services/resources/troubleshooting/voice-video-calling/troubleshooting-codes>.
    #[derive(Eq)]
    pub struct ResultInformation {
        /// The status, with the meaning of an HTTP status code, such as 200.
        code: i32,
        /// A sub-code that refines `code`, or 0. [`reason`](Self::reason) returns it as an enum.
        sub_code: i32,
        /// A human-readable text.
        message: String,
        /// The SIP status with which a phone call ended, such as 486. Introduced in API version
        /// 2026-03-12.
        sip_details: SipDiagnosticInfo,
        /// The Q.850 cause with which a phone call ended, such as 17. Introduced in API version
        /// 2026-03-12.
        q850_details: SipDiagnosticInfo,
    }

    /// A code of the telephone network: a SIP status (RFC 3261), or a cause of ITU-T Q.850.
    #[derive(Eq)]
    pub struct SipDiagnosticInfo {
        /// The number, such as 486 or 17.
        code: i32,
        /// A human-readable text, such as `Busy Here`.
        message: String,
    }

    /// The tones of [`RecognizeCompleted`](super::RecognizeCompleted).
    #[derive(Eq)]
    pub struct DtmfResult {
        /// The tones in the order in which they were pressed.
        tones: Vec<Tone>,
    }

    /// The choice of [`RecognizeCompleted`](super::RecognizeCompleted).
    pub struct ChoiceResult {
        /// The label of the [`Choice`](crate::call_automation::Choice).
        label: String,
        /// The phrase that was said; `None` if a key was pressed.
        recognized_phrase: String,
        /// The confidence of the recognition, from 0 to 1. Introduced in API version 2025-05-15.
        confidence: f64,
    }

    /// The speech of [`RecognizeCompleted`](super::RecognizeCompleted).
    pub struct SpeechResult {
        /// The recognized text.
        speech: String,
        /// The confidence of the recognition, from 0 to 1. Introduced in API version 2025-05-15.
        confidence: f64,
    }
}

impl ResultInformation {
    /// Returns the reason that the `sub_code` stands for.
    ///
    /// ```
    /// use acs_rest::call_automation::events::{ReasonCode, ResultInformation};
    ///
    /// let result = ResultInformation::new().code(400).sub_code(8510);
    /// assert_eq!(result.reason(), Some(ReasonCode::InitialSilenceTimedOut));
    /// assert!(result.reason().is_some_and(|reason| reason.is_no_input()));
    /// ```
    #[must_use]
    pub fn reason(&self) -> Option<ReasonCode> {
        self.sub_code.map(ReasonCode::from)
    }
}

/// The kind of input that was recognized.
#[acs_model]
pub enum RecognitionType {
    /// Tones.
    Dtmf,
    /// Speech.
    Speech,
    /// One of the choices.
    Choices,
}
