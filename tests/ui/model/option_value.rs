//! The tag is not quoted.

#![allow(unused_must_use)]

use acs_rest::acs_model;

#[acs_model(tag = kind)]
pub enum Rule {
    Static { value: String },
}

fn main() {
    Rule::r#static("a");
}
