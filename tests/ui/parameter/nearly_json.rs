//! A media type without its suffix.

use acs_rest::{Client, Result, acs_model, acs_operation};

#[acs_model]
pub struct Room {
    pub topic: Option<String>,
}

#[acs_operation(PATCH, "/rooms/<id>")]
pub trait Update {
    async fn update(
        &self,
        id: &str,
        #[body(content_type = "application/merge-patch")] room: &Room,
    ) -> Result<()>;
}

fn main() {
    let _ = |client: Client| async move { client.update("a", &Room::new()).await };
}
