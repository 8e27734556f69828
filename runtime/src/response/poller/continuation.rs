//! The stored state of a poller.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The location of the status and the result of a long-running operation. It can be stored, and
/// [`Poller::resume`](crate::Poller::resume) continues from it without starting the operation
/// again.
///
/// It is serialised as an object. Because it may contain a token of the service, `Debug` does not
/// show its content.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PollerContinuation {
    pub(super) next_link: String,
    pub(super) monitor: Monitor,
    pub(super) result: ResultLocation,
}

/// How a response reports the end of the operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Monitor {
    /// By the status in its body: `Operation-Location`, or the resource itself.
    Body,
    /// By another status code than 202: `Location`.
    StatusCode,
}

/// The location of the result after the operation has succeeded.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum ResultLocation {
    /// In the last response, unless it names another location.
    LastResponse,
    /// At a link.
    Link(String),
    /// The operation returns `()`.
    Nowhere,
}

impl fmt::Debug for PollerContinuation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PollerContinuation").finish_non_exhaustive()
    }
}
