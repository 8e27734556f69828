//! Where the pages of a list go on.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Where the pages after a [`Page`](crate::Page) start. It can be stored, and
/// [`Pager::resume_from`](crate::Pager::resume_from) goes on there.
///
/// It is serialised as a text: the next link. It may hold a token of the service, and `Debug` does not
/// show it.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PagerContinuation(pub(super) String);

impl fmt::Debug for PagerContinuation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PagerContinuation").finish_non_exhaustive()
    }
}
