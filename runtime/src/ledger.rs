//! What the tries of a call have told so far.

use crate::budget::Retries;
use crate::error::Outcome;
use crate::failed::Failed;

pub(crate) struct Ledger<'a> {
    /// Requests made.
    pub(crate) attempts: u32,
    pub(crate) retries: Retries<'a>,
    pub(crate) outcome: Outcome,
    /// The credential was renewed, which is done once.
    pub(crate) renewed: bool,
}

impl Ledger<'_> {
    /// Once the operation may have been carried out, only the service's word settles it.
    pub(crate) fn note(&mut self, failed: &Failed) {
        self.outcome = match failed.settled {
            true => failed.error.outcome(),
            false => self.outcome.max(failed.error.outcome()),
        };
    }
}
