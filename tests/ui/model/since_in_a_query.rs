//! A version on a parameter.

use acs_rest::acs_model;

#[acs_model(query)]
pub struct Options {
    #[since("2025-05-15")]
    pub top: Option<u32>,
}

fn main() {
    let _ = |client: acs_rest::Client| async move { drop((client, Options::new().top(1u32))) };
}
