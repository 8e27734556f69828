//! A duration in JSON.

use acs_rest::acs_model;

use std::time::Duration;

#[acs_model]
pub struct Offer {
    pub expires_after: Duration,
}

fn main() {
    let _ = Offer::new(Duration::from_secs(30));
}
