//! A parameter that is no value.

use acs_rest::acs_model;

#[derive(Clone, Debug, PartialEq)]
pub struct Range;

#[acs_model(query)]
pub struct Options {
    pub range: Option<Range>,
}

fn main() {
    let _ = |client: acs_rest::Client| async move { drop((client, Options::new().range(Range))) };
}
