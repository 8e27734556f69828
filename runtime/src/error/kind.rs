//! The kind of a failure.

use std::fmt;

use super::outcome::Outcome;

/// The part of a call that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client cannot be built from its settings.
    Configuration,
    /// An argument of the call was refused; nothing was sent.
    Argument,
    /// No usable token or key was available; nothing was sent.
    Credential,
    /// Name resolution, TCP or TLS failed; nothing was sent.
    Connect,
    /// The timeout of the call, of an attempt, or between two chunks of a download expired.
    Timeout,
    /// The connection broke, or the response was not HTTP.
    Transport,
    /// The response has an error status.
    Service,
    /// The response is a redirect, which was not followed.
    Redirect,
    /// The service executed the operation, but its response cannot be read.
    Decode,
    /// The response is larger than the limit.
    TooLarge,
    /// The next link of a page was refused and not followed.
    Link,
    /// The operation was called on a test double that does not implement it.
    NotImplemented,
}

impl ErrorKind {
    /// Returns the outcome of an operation that failed in this way, unless more is known.
    pub(super) fn usual_outcome(self) -> Outcome {
        match self {
            Self::Configuration
            | Self::Argument
            | Self::Credential
            | Self::Connect
            | Self::NotImplemented => Outcome::NotExecuted,
            Self::Decode | Self::TooLarge | Self::Link => Outcome::Executed,
            Self::Timeout | Self::Transport | Self::Service | Self::Redirect => Outcome::Unknown,
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Configuration => "configuration",
            Self::Argument => "argument",
            Self::Credential => "credential",
            Self::Connect => "connect",
            Self::Timeout => "timeout",
            Self::Transport => "transport",
            Self::Service => "service",
            Self::Redirect => "redirect",
            Self::Decode => "decode",
            Self::TooLarge => "too large",
            Self::Link => "link",
            Self::NotImplemented => "not implemented",
        })
    }
}
