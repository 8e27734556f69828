//! The sub-codes of results, by name.

use std::fmt;

/// Declares the codes, each once.
macro_rules! reason_codes {
    ($($(#[$about:meta])* $name:ident = $code:literal,)*) => {
        /// The reason why an operation on the media of a call ended: the `sub_code` of a
        /// [`ResultInformation`](super::ResultInformation) as an enum.
        ///
        /// ```
        /// use acs_rest::call_automation::events::ReasonCode;
        ///
        /// assert_eq!(ReasonCode::from(8531), ReasonCode::MaxDigitsReceived);
        /// assert_eq!(ReasonCode::from(4711).code(), 4711); // a code without a name
        /// ```
        ///
        /// Sources: `MediaEventReasonCode` of the .NET library
        /// (<https://learn.microsoft.com/dotnet/api/azure.communication.callautomation.mediaeventreasoncode>),
        /// and <https://learn.microsoft.com/azure/communication-services/resources/troubleshooting/voice-video-calling/troubleshooting-codes>.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ReasonCode {
            $(
                $(#[$about])*
                #[doc = concat!("\n\nSub-code ", $code, ".")]
                $name,
            )*
            /// A sub-code without a name in this version of the crate.
            Other(i32),
        }

        impl ReasonCode {
            /// Returns the sub-code as a number.
            #[must_use]
            pub fn code(self) -> i32 {
                match self {
                    $(Self::$name => $code,)*
                    Self::Other(code) => code,
                }
            }
        }

        impl From<i32> for ReasonCode {
            fn from(code: i32) -> Self {
                match code {
                    $($code => Self::$name,)*
                    code => Self::Other(code),
                }
            }
        }
    };
}

reason_codes! {
    /// The operation completed.
    CompletedSuccessfully = 0,
    /// The operation was canceled by another one.
    Canceled = 8508,
    /// The participant said or pressed nothing within the initial silence timeout.
    InitialSilenceTimedOut = 8510,
    /// The prompt could not be played.
    PlayPromptFailed = 8511,
    /// The participant pressed a stop tone.
    StopToneDetected = 8514,
    /// The participant pressed the maximum number of keys.
    MaxDigitsReceived = 8531,
    /// The participant pressed no further key within the inter-tone timeout.
    InterDigitTimedOut = 8532,
    /// The participant pressed the key of a choice.
    DtmfOptionMatched = 8533,
    /// The participant pressed a key that belongs to no choice.
    IncorrectToneDetected = 8534,
    /// The format of the audio file is not supported.
    InvalidFileFormat = 8535,
    /// The audio file could not be downloaded.
    DownloadFailed = 8536,
    /// The participant said the phrase of a choice.
    SpeechOptionMatched = 8545,
    /// The participant said a phrase that belongs to no choice.
    SpeechOptionNotMatched = 8547,
    /// What the participant said was not recognized.
    SpeechNotRecognized = 8563,
    /// The speech service could not be reached.
    SpeechServiceConnectionError = 8564,
    /// The speech service rejected the request, for example because of its quota or of missing
    /// permissions.
    CognitiveServicesError = 8565,
    /// The WebSocket of the media stream could not be reached.
    MediaStreamingConnectionFailed = 8581,
    /// The text or SSML of the play source is empty.
    TextOrSsmlEmpty = 8582,
    /// An error without further details.
    UnspecifiedError = 9999,
}

impl ReasonCode {
    /// Returns whether the participant gave no input. The prompt can be repeated.
    #[must_use]
    pub fn is_no_input(self) -> bool {
        matches!(self, Self::InitialSilenceTimedOut)
    }

    /// Returns whether the input of the participant matches no choice or was not recognized. The
    /// prompt can be repeated with a hint.
    #[must_use]
    pub fn is_no_match(self) -> bool {
        let no_match =
            [Self::IncorrectToneDetected, Self::SpeechOptionNotMatched, Self::SpeechNotRecognized];
        no_match.contains(&self)
    }

    /// Returns whether another operation canceled this one.
    #[must_use]
    pub fn is_canceled(self) -> bool {
        matches!(self, Self::Canceled)
    }

    /// Returns whether the speech service failed. The operation can be repeated without speech.
    #[must_use]
    pub fn is_speech_service_error(self) -> bool {
        matches!(self, Self::SpeechServiceConnectionError | Self::CognitiveServicesError)
    }

    /// Returns whether a play source or a prompt could not be played.
    #[must_use]
    pub fn is_play_source_error(self) -> bool {
        let errors = [
            Self::PlayPromptFailed,
            Self::InvalidFileFormat,
            Self::DownloadFailed,
            Self::TextOrSsmlEmpty,
        ];
        errors.contains(&self)
    }
}

impl fmt::Display for ReasonCode {
    /// Writes the number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.code().fmt(f)
    }
}
