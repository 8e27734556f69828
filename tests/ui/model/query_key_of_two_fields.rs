//! Two parameters with one key.

use acs_rest::acs_model;

#[acs_model(query)]
pub struct Options {
    pub top: Option<u32>,
    #[query("top")]
    pub limit: Option<u32>,
}

fn main() {
    let _ = Options::new().top(1u32).limit(2u32);
}
