//! Two alternatives of one kind.

#![allow(unused_must_use)]

use acs_rest::acs_model;

#[acs_model]
pub enum Rule {
    Static { value: String },
    #[serde(rename = "static")]
    Fixed { text: String },
}

fn main() {
    Rule::fixed("a");
}
