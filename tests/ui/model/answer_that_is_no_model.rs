//! An answer whose type has none of the traits of a model.

use acs_rest::acs_model;

pub struct Export;

#[acs_model(by_status)]
pub enum Exported {
    #[status(200)]
    Ready(Export),
    #[status(202)]
    Pending,
}

fn main() {
    println!("{:?}", Exported::Pending);
}
