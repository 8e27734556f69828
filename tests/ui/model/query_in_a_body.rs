//! Parameters that are serialised.

use acs_rest::acs_model;

#[acs_model(query, serialize)]
pub struct Options {
    pub top: Option<u32>,
}

fn main() {
    let _ = |client: acs_rest::Client| async move { drop((client, Options::new().top(1u32))) };
}
