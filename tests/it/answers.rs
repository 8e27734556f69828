//! Answers that are not JSON, that are missing, or whose status is no success.

use acs_rest::bytes::Bytes;
use acs_rest::{ErrorKind, Outcome, Response, Result, acs_model, acs_operations};

use crate::fault_server::{Answer, Server, always};
use crate::operations::client;

#[acs_model]
struct Room {
    id: String,
}

#[acs_model]
struct Job {
    job_id: String,
}

#[acs_model(by_status)]
enum Exported {
    #[status(200, 201)]
    Ready(Room),
    #[status(202)]
    Pending(Job),
    #[status(304)]
    Unchanged,
    #[status(409)]
    Busy(Job),
    #[status(203)]
    Text(String),
}

#[acs_operations]
trait Answers {
    #[acs_operation(GET, "/export", success_codes(304, 409))]
    async fn export(&self) -> Result<Response<Exported>>;

    #[acs_operation(GET, "/text")]
    async fn text(&self) -> Result<String>;

    #[acs_operation(GET, "/text/optional")]
    async fn optional_text(&self) -> Result<Option<String>>;

    #[acs_operation(GET, "/bytes")]
    async fn bytes(&self) -> Result<Bytes>;

    #[acs_operation(GET, "/bytes", success_codes(304))]
    async fn changed_bytes(
        &self,
        #[header("If-None-Match")] etag: &str,
    ) -> Result<Response<Option<Bytes>>>;

    #[acs_operation(GET, "/room", success_codes(404))]
    async fn find(&self) -> Result<Option<Room>>;

    #[acs_operation(GET, "/room/current")]
    async fn room(&self) -> Result<Option<Room>>;

    #[acs_operation(GET, "/room/changed", success_codes(304, 302))]
    async fn changed(&self) -> Result<Response<Option<Room>>>;

    #[acs_operation(POST, "/room", success_codes(303))]
    async fn create(&self) -> Result<Response<()>>;

    #[acs_operation(GET, "/must", success_codes(404))]
    async fn must(&self) -> Result<Room>;
}

async fn with<T>(
    answer: Answer,
    call: impl AsyncFnOnce(acs_rest::Client) -> Result<T>,
) -> Result<T> {
    let server = Server::start(always(answer)).await;
    let answer = call(client(&server.endpoint())).await;
    assert_eq!(server.requests().len(), 1);
    answer
}

fn typed(status: u16, content_type: &str, body: &[u8]) -> Answer {
    Answer::new(status, body).header("content-type", content_type)
}

#[tokio::test]
async fn text_is_read_by_its_media_type() {
    for (content_type, body, expected) in [
        ("text/plain; charset=utf-8", &b"hello \"you\""[..], "hello \"you\""),
        ("text/csv", b"a,b\n1,2\n", "a,b\n1,2\n"),
        ("text/plain", b"\"quoted\"", "\"quoted\""),
        ("text/plain", b"null", "null"),
        ("text/plain", b"", ""),
        ("application/json", b"\"quoted\"", "quoted"),
        ("application/problem+json; charset=utf-8", b"\"a\"", "a"),
    ] {
        let text = with(typed(200, content_type, body), async |client| client.text().await).await;
        assert_eq!(text.unwrap(), expected, "{content_type}");
    }
    let error = with(typed(200, "text/plain", b"\xff"), async |client| client.text().await).await;
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Decode);
    let error =
        with(typed(200, "application/json", b"{}"), async |client| client.text().await).await;
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Decode);
    let server = Server::start(always(typed(200, "text/plain", b"a"))).await;
    client(&server.endpoint()).text().await.unwrap();
    assert_eq!(server.requests()[0].header("accept"), Some("application/json, text/*"));
}

#[tokio::test]
async fn bytes_are_read_as_they_are() {
    let bytes = with(typed(200, "audio/wav", b"RIFF\0\xff"), async |client| client.bytes().await);
    assert_eq!(bytes.await.unwrap(), b"RIFF\0\xff"[..]);
    let bytes = with(typed(200, "application/json", b"[1]"), async |client| client.bytes().await);
    assert_eq!(bytes.await.unwrap(), b"[1]"[..]);
    let error = with(Answer::new(204, ""), async |client| client.bytes().await).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Decode, Outcome::Executed));
}

#[tokio::test]
async fn what_is_missing_is_none() {
    let room = Answer::new(200, r#"{"id":"a"}"#);
    assert_eq!(with(room, async |client| client.find().await).await.unwrap(), Some(Room::new("a")));
    for answer in [Answer::new(204, ""), Answer::new(404, r#"{"error":{"code":"NotFound"}}"#)] {
        assert_eq!(with(answer, async |client| client.find().await).await.unwrap(), None);
    }
    let none = with(Answer::new(204, ""), async |client| client.optional_text().await).await;
    assert_eq!(none.unwrap(), None);
    let error = with(Answer::new(404, "{}"), async |client| client.room().await).await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Service, 404));
    let error = with(Answer::new(404, "{}"), async |client| client.must().await).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.message().contains("`Result<Option<T>>`"), "{error}");
}

#[tokio::test]
async fn declared_redirections_are_answers() {
    let unchanged = || Answer::new(304, "").header("etag", "\"1\"");
    let answer = with(unchanged(), async |client| client.changed().await).await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.body()), (304, &None));
    assert_eq!(answer.headers()["etag"], "\"1\"");
    let answer =
        with(unchanged(), async |client| client.changed_bytes("\"1\"").await).await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.into_body()), (304, None));
    for status in [302, 303] {
        let moved = Answer::new(status, "").header("location", "https://elsewhere.example/");
        let answer = match status {
            302 => with(moved, async |client| client.changed().await)
                .await
                .map(|one| one.headers().clone()),
            _ => with(moved, async |client| client.create().await)
                .await
                .map(|one| one.headers().clone()),
        };
        assert_eq!(answer.unwrap()["location"], "https://elsewhere.example/");
    }
    let error = with(unchanged(), async |client| client.room().await).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect);
}

#[tokio::test]
async fn an_enum_has_a_variant_for_each_status() {
    for (status, body, expected) in [
        (200, r#"{"id":"a"}"#, Exported::Ready(Room::new("a"))),
        (201, r#"{"id":"a"}"#, Exported::Ready(Room::new("a"))),
        (202, r#"{"jobId":"b"}"#, Exported::Pending(Job::new("b"))),
        (304, "", Exported::Unchanged),
        (409, r#"{"jobId":"c"}"#, Exported::Busy(Job::new("c"))),
        (203, "as it is", Exported::Text("as it is".to_owned())),
    ] {
        let answer = with(Answer::new(status, body), async |client| client.export().await).await;
        assert_eq!(answer.unwrap().into_body(), expected, "{status}");
    }
    let error = with(Answer::new(205, "{}"), async |client| client.export().await).await;
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Decode);
    let error = with(Answer::new(404, "{}"), async |client| client.export().await).await;
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Service);
}
