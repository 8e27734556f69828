//! A variant with values that are not models.

use acs_rest::acs_model;

pub struct FileSource;

#[acs_model]
pub enum PlaySource {
    Silence,
    File(FileSource),
    Text { text: String },
}

fn main() {
    println!("{:?}", PlaySource::file(FileSource));
}
