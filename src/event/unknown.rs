//! Events that are kept as received.

use std::fmt;

use serde::de::DeserializeOwned;

use super::envelope::{Entry, data_of};
use super::error::EventError;

/// An event of a type that this version of the crate does not know, which is kept unchanged.
///
/// `Debug` does not show the event, since it may contain a secret.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownEvent {
    /// The event with its envelope as received: a JSON object of any depth.
    pub json: String,
}

impl UnknownEvent {
    pub(crate) fn of(entry: Entry<'_>) -> Self {
        Self { json: entry.json() }
    }

    /// Reads the event's `data` as a type of your own. Returns `None` if the event has no data.
    /// Binary data (`data_base64`) is only available in [`json`](Self::json).
    ///
    /// # Errors
    /// If the data is not a `T`.
    pub fn data<T: DeserializeOwned>(&self) -> Result<Option<T>, EventError> {
        data_of(&self.json)
    }
}

impl fmt::Debug for UnknownEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnknownEvent").finish_non_exhaustive()
    }
}
