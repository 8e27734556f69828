//! The state that an emulator starts with, and returns to when it is reset.

use crate::network::Script;
use crate::state::State;

#[derive(Clone, Debug, Default)]
pub(crate) struct Seeds {
    /// Scripts by raw id.
    pub(crate) people: Vec<(String, Script)>,
    /// The raw ids of users that exist.
    pub(crate) identities: Vec<String>,
    /// The phone numbers of the resource; without any, each number is taken for one.
    pub(crate) numbers: Vec<String>,
}

impl Seeds {
    pub(crate) fn apply(&self, state: &mut State) {
        for (raw_id, script) in &self.people {
            *state.network.person_mut(raw_id) = script.clone();
        }
        for id in &self.identities {
            state.identities.add_if_absent(id);
        }
    }

    /// Whether calls can have this number as their caller id.
    pub(crate) fn has_number(&self, number: &str) -> bool {
        self.numbers.is_empty() || self.numbers.iter().any(|known| known == number)
    }
}
