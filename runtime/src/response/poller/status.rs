//! The status of a long-running operation.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer};

/// The status of a long-running operation, as in azure_core. Case is ignored when a status is read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PollerStatus {
    /// The operation has not ended (`InProgress`, `Running` or `NotStarted`).
    InProgress,
    /// The operation has ended with a result.
    Succeeded,
    /// The operation has ended without a result.
    Failed,
    /// The operation was canceled, by the service or by another client.
    Canceled,
    /// Another status, which does not end the operation.
    UnknownValue(String),
}

impl PollerStatus {
    /// Returns whether the operation has ended.
    #[must_use]
    pub fn is_terminal(&self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed | Self::Canceled)
    }

    /// Returns the status as azure_core spells it, or as the service sent it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::InProgress => "InProgress",
            Self::Succeeded => "Succeeded",
            Self::Failed => "Failed",
            Self::Canceled => "Canceled",
            Self::UnknownValue(text) => text,
        }
    }
}

impl From<&str> for PollerStatus {
    fn from(text: &str) -> Self {
        match text.to_ascii_lowercase().as_str() {
            "inprogress" | "running" | "notstarted" => Self::InProgress,
            "succeeded" => Self::Succeeded,
            "failed" => Self::Failed,
            // Services use both spellings.
            "canceled" | "cancelled" => Self::Canceled,
            _ => Self::UnknownValue(text.to_owned()),
        }
    }
}

impl FromStr for PollerStatus {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(text.into())
    }
}

impl fmt::Display for PollerStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for PollerStatus {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| text.as_str().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_read_in_any_case_and_kept_if_it_is_unknown() {
        for (text, status, is_terminal) in [
            ("RUNNING", PollerStatus::InProgress, false),
            ("notStarted", PollerStatus::InProgress, false),
            ("Succeeded", PollerStatus::Succeeded, true),
            ("failed", PollerStatus::Failed, true),
            ("Cancelled", PollerStatus::Canceled, true),
            ("Validating", PollerStatus::UnknownValue("Validating".to_owned()), false),
        ] {
            assert_eq!((PollerStatus::from(text), status.is_terminal()), (status, is_terminal));
        }
        assert_eq!(PollerStatus::from("Validating").to_string(), "Validating");
    }
}
