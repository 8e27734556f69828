//! Rooms: merge patches, in which `null` removes a value, and lists that are read page by page.
//!
//! `cargo run --example rooms` sends requests to a server on loopback, which checks each of them.

#![allow(clippy::print_stdout, reason = "an example shows what it does")]
#![allow(missing_docs, reason = "the REST pages document operations and models")]

mod recording_server;

use std::collections::HashMap;

use acs_rest::{
    AccessKey, Client, Nullable, Pager, PagerContinuation, Result, acs_model, acs_operations,
};
use serde_json::{Value, json};

use self::recording_server::{RecordingServer, Reply};

#[acs_operations(api_version = "2024-04-15")]
pub trait Rooms {
    #[acs_operation(POST, "/rooms", repeatable)]
    async fn create_room(&self, request: &CreateRoomRequest) -> Result<Room>;

    #[acs_operation(GET, "/rooms")]
    fn list_rooms(&self) -> Pager<Room>;

    #[acs_operation(GET, "/rooms/<roomId>")]
    async fn get_room(&self, room_id: &str) -> Result<Room>;

    #[acs_operation(PATCH, "/rooms/<roomId>", idempotent)]
    async fn update_room(
        &self,
        room_id: &str,
        #[body(content_type = "application/merge-patch+json")] patch: &UpdateRoomRequest,
    ) -> Result<Room>;

    #[acs_operation(DELETE, "/rooms/<roomId>")]
    async fn delete_room(&self, room_id: &str) -> Result<()>;

    #[acs_operation(GET, "/rooms/<roomId>/participants")]
    fn list_participants(&self, room_id: &str) -> Pager<RoomParticipant>;

    #[acs_operation(PATCH, "/rooms/<roomId>/participants", idempotent)]
    async fn update_participants(
        &self,
        room_id: &str,
        #[body(content_type = "application/merge-patch+json")] patch: &UpdateParticipantsRequest,
    ) -> Result<()>;
}

#[acs_model]
pub struct CreateRoomRequest {
    pub valid_from: Option<String>,
    pub valid_until: Option<String>,
    pub pstn_dial_out_enabled: Option<bool>,
    pub participants: Option<HashMap<String, ParticipantProperties>>,
}

#[acs_model]
pub struct UpdateRoomRequest {
    pub valid_from: Option<Nullable<String>>,
    pub valid_until: Option<Nullable<String>>,
    pub pstn_dial_out_enabled: Option<Nullable<bool>>,
}

#[acs_model]
pub struct Room {
    pub id: String,
    pub created_at: String,
    pub valid_from: String,
    pub valid_until: String,
    pub pstn_dial_out_enabled: bool,
}

/// A participant that is `null` leaves the room.
#[acs_model]
pub struct UpdateParticipantsRequest {
    pub participants: HashMap<String, Nullable<ParticipantProperties>>,
}

#[acs_model]
pub struct ParticipantProperties {
    pub role: Role,
}

#[acs_model]
pub struct RoomParticipant {
    pub raw_id: String,
    pub role: Role,
}

#[acs_model]
#[serde(rename_all = "PascalCase")]
pub enum Role {
    Presenter,
    Attendee,
    Consumer,
}

#[tokio::main]
async fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let server = server();
    let client = Client::new(server.endpoint(), AccessKey::new("c2VjcmV0")?)?;

    let alice = ("8:acs:contoso_alice".to_owned(), ParticipantProperties::new(Role::Presenter));
    let request =
        CreateRoomRequest::new().valid_until("2026-12-01T12:00:00Z").participants([alice]);
    let room = client.create_room(&request).await?.id;
    let until = client.get_room(&room).await?.valid_until;
    println!("created {room}, valid until {until}");

    let patch = UpdateRoomRequest::new().remove_valid_until().pstn_dial_out_enabled(true);
    client.update_room(&room, &patch).await?;
    let participants = [
        ("8:acs:contoso_alice".to_owned(), Nullable::Null),
        ("8:acs:contoso_bob".to_owned(), ParticipantProperties::new(Role::Attendee).into()),
    ];
    client.update_participants(&room, &UpdateParticipantsRequest::new(participants)).await?;
    let mut participants = client.list_participants(&room);
    while let Some(participant) = participants.next().await {
        let participant = participant?;
        println!("{}: {}", participant.raw_id, participant.role);
    }

    // Page by page, with a restart in between.
    let page = client.list_rooms().into_pages().next().await.ok_or("no page")??;
    let stored = serde_json::to_string(&page.continuation())?;
    let continuation: PagerContinuation = serde_json::from_str(&stored)?;
    let mut rest = client.list_rooms().resume_from(&continuation);
    println!("{} room on the first page", page.items().len());
    while let Some(room) = rest.next().await {
        println!("and {}", room?.id);
    }

    client.delete_room(&room).await?;
    println!("{}", server.finish()?);
    Ok(())
}

fn server() -> RecordingServer {
    let headers = ["repeatability-request-id", "repeatability-first-sent"];
    let server = RecordingServer::start(include_str!("facts/rooms-2024-04-15.json"), &headers);
    let room = |id: &str| {
        json!({ "id": id, "createdAt": "2026-11-25T12:00:00Z", "validFrom": "2026-11-25T12:00:00Z",
                "validUntil": "2026-12-01T12:00:00Z", "pstnDialOutEnabled": false })
    };
    let bob = json!({ "rawId": "8:acs:contoso_bob", "role": "Attendee" });
    server
        .reply("Rooms_Create", Reply::new(201, &room("7")))
        .reply("Rooms_Get", Reply::new(200, &room("7")))
        .reply("Rooms_Update", Reply::new(200, &room("7")))
        .reply("Participants_Update", Reply::new(200, &json!({})))
        .reply("Participants_List", Reply::new(200, &json!({ "value": [bob] })))
        .reply(
            "Rooms_List",
            Reply::new(200, &json!({ "value": [room("7")], "nextLink": "/rooms?skipToken=7" })),
        )
        .reply("Rooms_List", Reply::new(200, &json!({ "value": [room("8")] })))
        .reply("Rooms_Delete", Reply::new(204, &Value::Null));
    server
}
