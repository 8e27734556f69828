//! A field whose type is not a model.

use acs_rest::{Result, acs_model, acs_operation};

pub struct Participant {
    pub id: String,
}

#[acs_model]
pub struct Room {
    pub participant: Participant,
}

#[acs_operation(POST, "/rooms")]
pub trait Create {
    async fn create(&self, room: &Room) -> Result<Room>;
}

fn main() {
    let _ = |client: acs_rest::Client, room: Room| async move {
        let created = client.create(&room).await;
        assert_eq!(created.unwrap().clone(), room);
    };
}
