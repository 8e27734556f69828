//! Whether the service executed an operation that failed.

use std::fmt;

/// Whether the service executed the operation, as far as the client can know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "there is no fourth outcome")]
pub enum Outcome {
    /// The service did not execute the operation: nothing was sent, or the service refused the
    /// request.
    NotExecuted,
    /// The request was sent, but no response confirms the outcome.
    Unknown,
    /// The service executed the operation, but the result was lost.
    Executed,
}

impl Outcome {
    /// Combines the outcomes of two attempts, either of which may have executed the operation.
    pub(crate) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Executed, _) | (_, Self::Executed) => Self::Executed,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::NotExecuted, Self::NotExecuted) => Self::NotExecuted,
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotExecuted => "not executed",
            Self::Unknown => "unknown",
            Self::Executed => "executed",
        })
    }
}
