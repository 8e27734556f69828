//! The state of one emulator.

use std::collections::BTreeMap;

use crate::identities::Identities;
use crate::network::Network;
use crate::teams_extension::Assignments;

#[derive(Debug)]
pub(crate) struct State {
    pub(crate) network: Network,
    pub(crate) identities: Identities,
    pub(crate) assignments: Assignments,
    /// How often each operation succeeded, by its id.
    pub(crate) executions: BTreeMap<String, u64>,
}

impl State {
    pub(crate) fn new(network: Network) -> Self {
        Self {
            network,
            identities: Identities::default(),
            assignments: Assignments::default(),
            executions: BTreeMap::new(),
        }
    }
}
