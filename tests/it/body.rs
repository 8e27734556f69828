//! Sizes: a body over the limit is refused, and never held in memory.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use acs_rest::transport::{Body, Request, Response, SendFuture, Transport, TransportError};
use acs_rest::{ErrorKind, Outcome};
use bytes::Bytes;

use crate::fault_server::{Answer, Server, Step, always};
use crate::operations::{Scripted, client, mute, on, within};

const CHUNK: usize = 64 << 10;

/// A success whose body is 64 KiB of spaces that many times.
fn chunked(times: u64) -> Vec<Step> {
    let chunk = [format!("{CHUNK:x}\r\n").into_bytes(), vec![b' '; CHUNK], b"\r\n".into()].concat();
    let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    vec![Step::ReadBody, Step::Execute, Step::Raw(head.into()), Step::Repeat(chunk, times)]
}

#[tokio::test]
async fn an_oversized_body_ends_the_call() {
    let head =
        |length: u64| format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n").into_bytes();
    for steps in [
        vec![Step::ReadBody, Step::Execute, Step::Raw(head(8 * (1 << 20) + 1)), Step::Hang],
        vec![Step::ReadBody, Step::Execute, Step::Raw(head(1 << 62)), Step::Hang],
        chunked(u64::MAX),
        chunked(129),
    ] {
        let server = Server::start(always(steps)).await;
        let start = Instant::now();
        let error = mute(&client(&server.endpoint())).await.unwrap_err();
        // Nothing is waited for: a try has 30 s.
        assert!(start.elapsed() < Duration::from_secs(10));
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::TooLarge, Outcome::Executed));
        assert_eq!((error.attempts(), error.status().unwrap().as_u16()), (1, 200));
        // 8 MiB that are read, and what the buffers of both sockets take: 6 and 4 MiB on Linux.
        assert!(server.bytes_sent() < 19 << 20);
    }
}

/// The header alone says how long it is: the library behind a transport of one's own need not.
#[derive(Debug)]
struct Silent;

impl Transport for Silent {
    fn send<'a>(&'a self, _: Request<'a>) -> SendFuture<'a> {
        let mut answer = Response::new(Body::new(Endless));
        answer.headers_mut().insert("content-length", (9 << 20).into());
        Box::pin(async { Ok(answer) })
    }
}

/// Brings nothing, and does not end.
struct Endless;

impl http_body::Body for Endless {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, TransportError>>> {
        Poll::Pending
    }
}

#[tokio::test(start_paused = true)]
async fn a_declared_length_over_the_limit_is_refused() {
    let error = mute(&on(Silent).build().unwrap()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::TooLarge, 1));
}

#[tokio::test]
async fn a_body_at_the_limit_is_read() {
    let json = |length: usize| format!("{{\"a\":\"{}\"}}", "x".repeat(length - 8));
    let server = Server::start(always(Answer::new(200, json(8 << 20)))).await;
    client(&server.endpoint()).call("a").await.unwrap();
    let server = Server::start(always(Answer::new(200, json((8 << 20) + 1)))).await;
    let error = client(&server.endpoint()).call("a").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
}

#[tokio::test]
async fn chunks_are_put_together() {
    for chunks in
        [&[r#"{"operationContext":"muted"}"#][..], &["{\"operation", "Context\":", "\"muted\"}"]]
    {
        let chunk = |text: &&str| format!("{:x}\r\n{text}\r\n", text.len());
        let body: String = chunks.iter().chain([&""]).map(chunk).collect();
        let answer = format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{body}");
        let server = Server::start(always(vec![Step::ReadBody, Step::Raw(answer.into())])).await;
        let result = mute(&client(&server.endpoint())).await.unwrap();
        assert_eq!(result.operation_context.as_deref(), Some("muted"));
    }
}

/// Of the body of an error, 64 KiB are read.
#[tokio::test]
async fn an_endless_error_body_is_cut() {
    let mut steps = chunked(u64::MAX);
    steps[2] = Step::Raw(b"HTTP/1.1 403 No\r\ntransfer-encoding: chunked\r\n\r\n".into());
    let server = Server::start(always(steps)).await;
    let start = Instant::now();
    let error = mute(&client(&server.endpoint())).await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Service, 403));
    assert!(start.elapsed() < Duration::from_secs(10));
}

/// RFC 8259, section 8.1: also where nobody looks at the string.
#[tokio::test]
async fn invalid_utf8_is_not_json() {
    let json = b"{\"operationContext\":\"a\",\"other\":\"caf\xe9\"}";
    let server = Server::start(always(Answer::new(200, json))).await;
    let error = mute(&client(&server.endpoint())).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Decode, Outcome::Executed));
    assert!(error.to_string().contains("utf-8"), "{error}");
    assert_eq!(error.attempts(), 1);
}

/// No compression is requested, and nothing is decompressed.
#[tokio::test]
async fn a_compressed_body_is_not_unpacked() {
    let gzip =
        Answer::new(200, b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xab\xae\x05\0C\xbf\xa6\xa3\x02\0\0\0")
            .header("content-encoding", "gzip");
    let server = Server::start(always(gzip)).await;
    let error = client(&server.endpoint()).call("a").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(server.requests()[0].header("accept-encoding"), None);
}

#[tokio::test]
async fn headers_without_end_are_an_error() {
    let head = b"HTTP/1.1 200 OK\r\n".to_vec();
    let field = |length| format!("x-field: {}\r\n", "x".repeat(length)).into_bytes();
    for steps in [
        vec![Step::Raw(head.clone()), Step::Raw(field(1 << 20)), Step::Raw(b"\r\n".into())],
        vec![Step::Raw(head.clone()), Step::Repeat(field(8), 10_000), Step::Raw(b"\r\n".into())],
        vec![Step::Raw(head), Step::Repeat(field(100), u64::MAX)],
    ] {
        let steps = [Step::ReadBody].into_iter().chain(steps).collect::<Vec<_>>();
        let server = Server::start(always(steps)).await;
        let error = client(&server.endpoint()).hold("a").await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 1), "{error:?}");
        // 8 MiB that are read, and what the buffers of both sockets take: 6 and 4 MiB on Linux.
        assert!(server.bytes_sent() < 19 << 20);
    }
}

/// Informational responses without end.
#[tokio::test]
async fn interim_answers_without_end_time_out() {
    let flood = Step::Repeat(b"HTTP/1.1 103 Early Hints\r\n\r\n".repeat(100), u64::MAX);
    let server = Server::start(always(vec![Step::ReadBody, flood])).await;
    let options = acs_rest::CallOptions::new().timeout(Duration::from_millis(300));
    let client = client(&server.endpoint()).with_options(options);
    let hold = async || client.hold("a").await.unwrap_err();
    let error = within(Duration::from_millis(300), hold).await;
    assert!(matches!(error.kind(), ErrorKind::Timeout | ErrorKind::Transport));
}

const SMUGGLED: &str = "content-length: 31\r\n\r\n{\"operationContext\":\"SMUGGLED\"}";

/// Bytes behind a response, be they there at once or late, belong to no response. Late ones
/// are known by their foreign id; HTTP/1.1 has nothing else to tell them by.
#[tokio::test]
async fn bytes_after_a_response_are_not_a_response() {
    let two_lengths = "content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n";
    for (framing, id, pause) in [
        ("content-length: 2\r\n\r\n{}", "", None),
        (two_lengths, "", None),
        ("content-length: 2\r\n\r\n{}", "x-ms-client-request-id: foreign\r\n", Some(0)),
        ("content-length: 2\r\n\r\n{}", "x-ms-client-request-id: foreign\r\n", Some(2)),
        (two_lengths, "x-ms-client-request-id: foreign\r\n", Some(1)),
    ] {
        let first = format!("HTTP/1.1 200 OK\r\n{framing}");
        let second = format!("HTTP/1.1 200 OK\r\n{id}{SMUGGLED}");
        let server = Server::start(move |request| match (request.nth % 2, pause) {
            (0, None) => vec![Step::ReadBody, Step::Raw([&*first, &*second].concat().into())],
            (0, Some(pause)) => {
                let wait = Step::Wait(Duration::from_millis(pause));
                let (first, second) = (first.clone().into(), second.clone().into());
                vec![Step::ReadBody, Step::Raw(first), wait, Step::Raw(second)]
            }
            _ => Answer::muted().into(),
        })
        .await;
        let client = client(&server.endpoint());
        for _ in 0..50 {
            let muted = mute(&client).await.unwrap();
            assert_ne!(muted.operation_context.as_deref(), Some("SMUGGLED"), "{pause:?}");
        }
    }
}
