//! A conditional field of a variant.

use acs_rest::acs_model;

#[acs_model]
pub enum Source {
    File {
        #[cfg(unix)]
        uri: String,
    },
}

fn main() {
    let _ = Source::file("https://contoso.com");
}
