//! An attribute of serde among our options.

use acs_rest::acs_model;

#[acs_model(untagged)]
pub enum Source {
    File(String),
}

fn main() {
    let _ = Source::file("https://contoso.com");
}
