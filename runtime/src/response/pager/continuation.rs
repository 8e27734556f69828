//! The position at which a list can be continued.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The position after a [`Page`](crate::Page). It can be stored, and
/// [`Pager::resume_from`](crate::Pager::resume_from) continues from it.
///
/// It is serialised as a string that contains the next link. Because the link may contain a token
/// of the service, `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PagerContinuation(pub(super) String);

impl fmt::Debug for PagerContinuation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PagerContinuation").finish_non_exhaustive()
    }
}
