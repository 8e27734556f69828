//! An answer with two bodies.

use acs_rest::acs_model;

#[acs_model(by_status)]
pub enum Found {
    #[status(200)]
    Ready(String, u8),
}

fn main() {
    let _ = |client: acs_rest::Client| async move { drop((client, Found::Ready(String::new(), 1))) };
}
