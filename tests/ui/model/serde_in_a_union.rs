//! An attribute of serde's that alternatives do not take.

#![allow(unused_must_use)]

use acs_rest::acs_model;

#[acs_model]
pub enum Rule {
    Static {
        #[serde(skip)]
        value: String,
    },
}

fn main() {
    Rule::r#static("a");
}
