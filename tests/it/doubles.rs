//! Code that is written against a trait: what it can be called with, and what it can be tested with.

use std::sync::Arc;

use acs_rest::{Client, ErrorKind, Outcome, Pager, Poller, Result, acs_operations};

use crate::fault_server::{Answer, Server, always};
use crate::operations::client;

#[acs_operations]
pub(crate) trait Rooms {
    #[acs_operation(GET, "/rooms/<roomId>")]
    async fn get_room(&self, room_id: &str) -> Result<String>;

    #[acs_operation(DELETE, "/rooms/<roomId>")]
    async fn delete_room(&self, room_id: &str) -> Result<()>;

    #[acs_operation(GET, "/rooms")]
    fn list_rooms(&self) -> Pager<String>;

    #[acs_operation(POST, "/rooms:export")]
    fn begin_export(&self) -> Poller<String>;
}

async fn delete(rooms: impl Rooms) -> Result<()> {
    rooms.delete_room("7").await
}

#[derive(Clone)]
struct Owner<R>(R);

impl<R: Rooms> Owner<R> {
    async fn delete(&self) -> Result<()> {
        self.0.delete_room("7").await
    }
}

#[tokio::test]
async fn a_client_and_every_pointer_to_one_implement_the_traits() {
    let server = Server::start(always(Answer::new(204, ""))).await;
    let client: Client = client(&server.endpoint());
    let shared = Arc::new(client.clone());
    delete(&client).await.unwrap();
    delete(&&client).await.unwrap();
    delete(&shared).await.unwrap();
    delete(Box::new(client.clone())).await.unwrap();
    shared.delete_room("7").await.unwrap();
    Owner(Arc::clone(&shared)).delete().await.unwrap();
    tokio::spawn(delete(shared)).await.unwrap().unwrap();
    delete(client).await.unwrap();
    assert_eq!(server.requests().len(), 8);
}

/// Implements one method of four.
struct Partial;

impl Rooms for Partial {
    async fn get_room(&self, room_id: &str) -> Result<String> {
        Ok(room_id.to_owned())
    }
}

#[tokio::test]
async fn a_missing_method_is_an_error_that_names_it() {
    assert_eq!(Partial.get_room("7").await.unwrap(), "7");
    for (error, name) in [
        (delete(Partial).await.unwrap_err(), "delete_room"),
        (Partial.list_rooms().next().await.unwrap().unwrap_err(), "list_rooms"),
        (Partial.list_rooms().into_pages().next().await.unwrap().unwrap_err(), "list_rooms"),
        (Partial.begin_export().await.unwrap_err(), "begin_export"),
    ] {
        assert_eq!(
            (error.kind(), error.outcome()),
            (ErrorKind::NotImplemented, Outcome::NotExecuted)
        );
        let text = error.to_string();
        assert!(text.contains(&format!("::Partial` does not implement `{name}`")), "{text}");
    }
}

#[cfg(feature = "testing")]
mod stub {
    use acs_rest::testing::{Reply, StubTransport};

    use super::*;

    #[tokio::test]
    async fn a_stub_answers_from_its_table() {
        let stub = StubTransport::new()
            .on("GET /rooms/<roomId>", Reply::json(200, "a room"))
            .on("DELETE /rooms/<roomId>", Reply::not_sent())
            .on("DELETE /rooms/<roomId>", Reply::interrupted())
            .on("DELETE /rooms/<roomId>", Reply::status(204));
        let client = stub.client();
        assert_eq!(client.get_room("7").await.unwrap(), "a room");
        delete(&client).await.unwrap();
        delete(&client).await.unwrap();
        let lines: Vec<_> =
            stub.requests().iter().map(|one| format!("{} {}", one.method(), one.path())).collect();
        assert_eq!(lines[0], "GET /rooms/7");
        assert_eq!(lines[1..], ["DELETE /rooms/7"; 4]);
    }

    #[tokio::test]
    #[should_panic(expected = "has no reply; the stub replies to `GET /rooms`")]
    async fn an_unmatched_request_fails_the_test() {
        let stub = StubTransport::new().on("GET /rooms", Reply::json(200, "[]"));
        let _ = stub.client().get_room("7").await;
    }
}
