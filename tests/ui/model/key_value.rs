//! A model with an attribute without parentheses.

use acs_rest::acs_model;

#[acs_model = "serialize"]
pub struct Request {
    pub id: String,
}

fn main() {
    let _ = |client: acs_rest::Client| async move { drop((client, Request::new("a"))) };
}
