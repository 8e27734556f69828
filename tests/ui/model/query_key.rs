//! A parameter of the client itself.

use acs_rest::acs_model;

#[acs_model(query)]
pub struct Options {
    #[query("api-version")]
    pub version: Option<String>,
}

fn main() {
    let _ = |client: acs_rest::Client| async move { drop((client, Options::new().version("a"))) };
}
