//! The models of Send Dtmf Tones and of Start and Stop Continuous Dtmf Recognition.

use crate::{CommunicationIdentifier, acs_model};

/// The participant whose tones are recognized continuously.
///
/// It is the request of
/// [`start_continuous_dtmf_recognition`](super::CallMedia::start_continuous_dtmf_recognition) and
/// [`stop_continuous_dtmf_recognition`](super::CallMedia::stop_continuous_dtmf_recognition).
#[acs_model]
#[derive(Eq, Hash)]
pub struct ContinuousDtmfRecognitionRequest {
    /// The participant whose tones are recognized.
    pub target_participant: CommunicationIdentifier,
    /// An opaque value that the service returns in related events.
    pub operation_context: Option<String>,
    /// The URL for the events of this operation. It overrides the callback URL of the call.
    pub operation_callback_uri: Option<String>,
}

/// The tones to send, and the participant who receives them.
#[acs_model]
#[derive(Eq, Hash)]
pub struct SendDtmfTonesRequest {
    /// The tones, in the order in which they are sent.
    pub tones: Vec<Tone>,
    /// The participant who receives the tones.
    pub target_participant: CommunicationIdentifier,
    /// An opaque value that the service returns in the response and in related events.
    pub operation_context: Option<String>,
    /// The URL for the events of this operation. It overrides the callback URL of the call.
    pub operation_callback_uri: Option<String>,
}

/// The result of [`send_dtmf_tones`](super::CallMedia::send_dtmf_tones).
#[acs_model]
#[derive(Eq, Hash)]
pub struct SendDtmfTonesResult {
    /// The `operation_context` of the request.
    pub operation_context: Option<String>,
}

/// A DTMF tone.
#[acs_model]
pub enum Tone {
    /// The `0` key.
    Zero,
    /// The `1` key.
    One,
    /// The `2` key.
    Two,
    /// The `3` key.
    Three,
    /// The `4` key.
    Four,
    /// The `5` key.
    Five,
    /// The `6` key.
    Six,
    /// The `7` key.
    Seven,
    /// The `8` key.
    Eight,
    /// The `9` key.
    Nine,
    /// The `A` key, which most telephones do not have.
    A,
    /// The `B` key, which most telephones do not have.
    B,
    /// The `C` key, which most telephones do not have.
    C,
    /// The `D` key, which most telephones do not have.
    D,
    /// The `#` key.
    Pound,
    /// The `*` key.
    Asterisk,
}
