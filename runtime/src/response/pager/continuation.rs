//! The position in a list from which it can be continued.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The position after a [`Page`](crate::Page). It can be stored, and
/// [`Pager::resume_from`](crate::Pager::resume_from) continues there.
///
/// It is serialised as a string, the next link. It may hold a token of the service, and `Debug`
/// does not show it.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PagerContinuation(pub(super) String);

impl fmt::Debug for PagerContinuation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PagerContinuation").finish_non_exhaustive()
    }
}
