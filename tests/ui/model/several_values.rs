//! An alternative with two values.

#![allow(unused_must_use)]

use acs_rest::acs_model;

#[acs_model]
pub enum Rule {
    Static(String, String),
}

fn main() {
    let _: Option<Rule> = None;
}
