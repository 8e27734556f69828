//! An answer that cannot be read.

use acs_rest::acs_model;

#[derive(Clone, Debug, PartialEq)]
pub struct Export;

#[acs_model(by_status)]
pub enum Exported {
    #[status(200)]
    Ready(Export),
}

fn main() {
    let _ = |client: acs_rest::Client| async move { drop((client, Exported::Ready(Export))) };
}
