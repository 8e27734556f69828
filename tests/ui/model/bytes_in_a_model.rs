//! Bytes in JSON.

use acs_rest::acs_model;

#[acs_model]
pub struct Picture {
    pub content: Option<Vec<u8>>,
}

fn main() {
    let _ = Picture::new().content(*b"GIF");
}
