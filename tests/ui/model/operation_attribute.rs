//! An attribute of parameters on a field.

#![allow(unused_must_use)]

use acs_rest::acs_model;

#[acs_model]
pub struct ListOptions {
    #[query]
    pub top: Option<u32>,
}

fn main() {
    ListOptions::new().top(3);
}
