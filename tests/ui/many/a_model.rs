//! A model with mistakes of several kinds: 4 errors.

use acs_rest::acs_model;

#[acs_model(serialise)]
pub struct UpdateRoomRequest {
    #[since("2025-5-15")]
    pub topic: Option<String>,
    #[query]
    pub top: Option<u32>,
    pub tags: Option<Vec<Option<String>>>,
}

fn main() {
    let _ = UpdateRoomRequest::new().topic("topic").top(3);
}
