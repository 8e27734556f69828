//! Which success statuses are accepted, and that a header is sent once.

use acs_rest::{CallOptions, ErrorKind, Outcome, Response, Result, acs_operations};
use serde_json::Value;

use crate::fault_server::{Answer, Server, always};
use crate::operations::{Scripted, client, mute};

#[acs_operations(api_version = "2024-09-15")]
trait Files {
    #[acs_operation(GET, "/files/<id>")]
    async fn file(
        &self,
        id: &str,
        #[header("Range")] range: Option<&str>,
        #[header("If-Range")] if_range: Option<&str>,
    ) -> Result<acs_rest::ByteStream>;

    #[acs_operation(GET, "/tagged")]
    async fn tagged(&self, #[header("x-tag")] tag: Option<&str>) -> Result<Response<Value>>;
}

/// The length of a download, or the kind of its error.
async fn length(
    answer: Answer,
    range: Option<&str>,
    if_range: Option<&str>,
) -> Result<usize, ErrorKind> {
    let server = Server::start(always(answer)).await;
    let download = client(&server.endpoint()).file("a", range, if_range).await;
    let mut download = download.map_err(|error| error.kind())?;
    let mut length = 0;
    while let Some(chunk) = download.next().await {
        length += chunk.map_err(|error| error.kind())?.len();
    }
    Ok(length)
}

#[tokio::test]
async fn a_partial_download_is_an_error_unless_it_was_requested() {
    let part = |range: &str| Answer::new(206, "0123456789").header("content-range", range);
    let all = || Answer::new(200, "0123456789");
    assert_eq!(length(part("bytes 0-9/100"), None, None).await, Err(ErrorKind::Decode));
    assert_eq!(length(Answer::new(206, "0123456789"), None, None).await, Err(ErrorKind::Decode));
    assert_eq!(length(part("bytes 0-9/10"), None, None).await, Ok(10));
    assert_eq!(length(part("bytes 5-14/99"), Some("bytes=5-14"), None).await, Ok(10));
    assert_eq!(
        length(part("bytes 6-15/99"), Some("bytes=5-14"), None).await,
        Err(ErrorKind::Decode)
    );
    assert_eq!(length(all(), Some("bytes=5-14"), None).await, Err(ErrorKind::Decode));
    assert_eq!(length(all(), Some("bytes=5-14"), Some("\"tag\"")).await, Ok(10));
    assert_eq!(length(Answer::new(204, ""), None, None).await, Err(ErrorKind::Decode));
}

#[tokio::test]
async fn a_success_that_no_operation_declares_is_an_error() {
    for status in [206, 208, 210, 226, 250, 299] {
        let server = Server::start(always(Answer::new(status, "{}"))).await;
        let error = mute(&client(&server.endpoint())).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Decode, Outcome::Executed));
        assert_eq!((error.attempts(), error.status().unwrap().as_u16()), (1, status));
        let error = client(&server.endpoint()).hold("a").await.unwrap_err();
        assert_eq!(error.outcome(), Outcome::Executed, "{status}");
    }
    for status in [200, 201, 202, 203, 207] {
        let server = Server::start(always(Answer::new(status, "{}"))).await;
        mute(&client(&server.endpoint())).await.unwrap();
    }
}

#[tokio::test]
async fn a_header_that_is_set_twice_is_sent_once() {
    let server = Server::start(always(Answer::new(200, "{}"))).await;
    let client = client(&server.endpoint());
    let tag = |value| CallOptions::new().header("X-Tag", value);
    let sent = async |client: acs_rest::Client, argument| {
        client.tagged(argument).await.unwrap();
        let request = server.requests().pop().unwrap();
        let head = request.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("x-tag"));
        head.map(|(_, value)| value.clone()).collect::<Vec<_>>()
    };
    assert_eq!(sent(client.clone(), Some("declared")).await, ["declared"]);
    assert_eq!(sent(client.with_options(tag("option")), Some("declared")).await, ["option"]);
    assert_eq!(sent(client.with_options(tag("one").header("x-tag", "two")), None).await, ["two"]);
    let overlaid = client.with_options(tag("one")).with_options(tag("two"));
    assert_eq!(sent(overlaid, None).await, ["two"]);
}
