//! A body goes out under the media type that it has.

use std::borrow::Cow;

use acs_rest::bytes::Bytes;
use acs_rest::{Result, acs_model, acs_operations};
use serde_json::{Value, json};

use crate::fault_server::{Answer, Received, Server, always};
use crate::operations::client;

#[acs_model]
struct Room {
    name: Option<String>,
}

#[acs_model(query)]
struct TokenRequest {
    grant_type: String,
    scope: Option<String>,
}

#[acs_operations]
trait Bodies {
    #[acs_operation(PUT, "/file")]
    async fn upload(
        &self,
        #[body(content_type = "application/octet-stream")] file: &[u8],
    ) -> Result<()>;

    #[acs_operation(PUT, "/file")]
    async fn upload_shared(&self, #[body(content_type = "audio/wav")] file: Bytes) -> Result<()>;

    #[acs_operation(PUT, "/file")]
    async fn upload_some(
        &self,
        #[body(content_type = "application/octet-stream")] file: Option<Vec<u8>>,
    ) -> Result<()>;

    #[acs_operation(PUT, "/text")]
    async fn write(
        &self,
        #[body(content_type = "text/plain; charset=utf-8")] text: &str,
    ) -> Result<()>;

    #[acs_operation(PUT, "/text")]
    async fn write_xml(
        &self,
        #[body(content_type = "application/xml")] text: Cow<'_, str>,
    ) -> Result<()>;

    #[acs_operation(POST, "/token")]
    async fn token(
        &self,
        #[body(content_type = "application/x-www-form-urlencoded")] request: &TokenRequest,
    ) -> Result<()>;

    #[acs_operation(PATCH, "/room")]
    async fn patch(&self, #[body(content_type = "application/json")] room: &Room) -> Result<()>;

    #[acs_operation(PATCH, "/room")]
    async fn merge(
        &self,
        #[body(content_type = "application/merge-patch+json; charset=utf-8")] room: &Room,
    ) -> Result<()>;

    #[acs_operation(POST, "/raw")]
    async fn written(&self, #[body(content_type = "application/json")] json: &[u8]) -> Result<()>;

    #[acs_operation(POST, "/name")]
    async fn name(&self, #[body] name: &str) -> Result<()>;
}

async fn sent(call: impl AsyncFnOnce(acs_rest::Client) -> Result<()>) -> Received {
    let server = Server::start(always(Answer::new(200, "{}"))).await;
    call(client(&server.endpoint())).await.unwrap();
    server.requests().pop().unwrap()
}

#[tokio::test]
async fn bytes_and_text_go_out_as_they_are() {
    for (request, content_type, body) in [
        (
            sent(async |client| client.upload(b"RIFF\0").await).await,
            "application/octet-stream",
            &b"RIFF\0"[..],
        ),
        (
            sent(async |client| client.upload_shared(Bytes::from_static(b"\xff")).await).await,
            "audio/wav",
            b"\xff",
        ),
        (
            sent(async |client| client.upload_some(Some(vec![1, 2])).await).await,
            "application/octet-stream",
            &[1, 2],
        ),
        (
            sent(async |client| client.write("hello \"you\"").await).await,
            "text/plain; charset=utf-8",
            b"hello \"you\"",
        ),
        (
            sent(async |client| client.write_xml("<a/>".into()).await).await,
            "application/xml",
            b"<a/>",
        ),
        (
            sent(async |client| client.written(br#"{"a":1}"#).await).await,
            "application/json",
            br#"{"a":1}"#,
        ),
        (sent(async |client| client.name("a").await).await, "application/json", b"\"a\""),
    ] {
        assert_eq!(request.header("content-type"), Some(content_type));
        assert_eq!(request.body, body);
    }
    let none = sent(async |client| client.upload_some(None).await).await;
    assert_eq!((none.header("content-type"), &none.body[..]), (None, &[][..]));
}

#[tokio::test]
async fn a_form_is_written_as_a_form() {
    let token =
        TokenRequest::new("client_credentials").scope("https://communication.azure.com//.default");
    let request = sent(async |client| client.token(&token).await).await;
    assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
    let body = String::from_utf8(request.body).unwrap();
    assert_eq!(
        body,
        "grantType=client_credentials&scope=https%3A%2F%2Fcommunication.azure.com%2F%2F.default"
    );
}

#[tokio::test]
async fn a_patch_has_the_type_that_it_states() {
    let room = Room::new().name("a");
    let patched = sent(async |client| client.patch(&room).await).await;
    let merged = sent(async |client| client.merge(&room).await).await;
    assert_eq!(patched.header("content-type"), Some("application/json"));
    assert_eq!(merged.header("content-type"), Some("application/merge-patch+json; charset=utf-8"));
    for request in [patched, merged] {
        assert_eq!(serde_json::from_slice::<Value>(&request.body).unwrap(), json!({"name": "a"}));
    }
}
