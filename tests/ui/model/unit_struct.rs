//! A struct without braces.

#![allow(unused_must_use)]

use acs_rest::acs_model;

#[acs_model]
pub struct Nothing;

fn main() {
    Nothing;
}
