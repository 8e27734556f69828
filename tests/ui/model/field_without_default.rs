//! A default for a field whose type has none.

use acs_rest::acs_model;

#[acs_model]
pub enum State {
    Active,
    Inactive,
}

#[acs_model]
pub struct Recording {
    #[serde(default)]
    pub state: State,
}

fn main() {
    let _ = Recording::default();
}
