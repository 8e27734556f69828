//! A patch of an unknown kind.

use acs_rest::{Result, acs_operation};

#[derive(serde::Serialize)]
pub struct Room;

#[acs_operation(PATCH, "/rooms")]
pub trait Get {
    async fn get(&self, room: &Room) -> Result<()>;
}

fn main() {
    let _ = |client: acs_rest::Client| async move { client.get(&Room).await };
}
