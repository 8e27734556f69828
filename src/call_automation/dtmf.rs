//! Tones: Send Dtmf Tones, Start and Stop Continuous Dtmf Recognition.

use serde::Deserialize;

use crate::CommunicationIdentifier;
use crate::model::{extensible_enum, request};

request! {
    /// Whose tones to listen for, from now on or no longer.
    pub struct ContinuousDtmfRecognitionRequest {
        /// Who is listened to.
        target_participant: CommunicationIdentifier,
    }
    optional {
        /// A text of your own that the events carry too.
        operation_context: String,
        /// Where this operation's events go, instead of where the call's events go.
        operation_callback_uri: String,
    }
}

request! {
    /// What to dial, and to whom.
    pub struct SendDtmfTonesRequest {
        /// The tones, one after the other.
        tones: [Tone],
        /// Who hears them.
        target_participant: CommunicationIdentifier,
    }
    optional {
        /// A text of your own that the result and the event carry too.
        operation_context: String,
        /// Where this operation's event goes, instead of where the call's events go.
        operation_callback_uri: String,
    }
}

/// Tones that are being dialled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SendDtmfTonesResult {
    /// The text of the request.
    pub operation_context: Option<String>,
}

extensible_enum! {
    /// A tone that can be dialled.
    pub enum Tone {
        /// 0.
        Zero = "zero",
        /// 1.
        One = "one",
        /// 2.
        Two = "two",
        /// 3.
        Three = "three",
        /// 4.
        Four = "four",
        /// 5.
        Five = "five",
        /// 6.
        Six = "six",
        /// 7.
        Seven = "seven",
        /// 8.
        Eight = "eight",
        /// 9.
        Nine = "nine",
        /// A, which most telephones have not.
        A = "a",
        /// B, which most telephones have not.
        B = "b",
        /// C, which most telephones have not.
        C = "c",
        /// D, which most telephones have not.
        D = "d",
        /// #.
        Pound = "pound",
        /// *.
        Asterisk = "asterisk",
    }
}
