//! Downloads: of any length, in constant memory, and never cut short without an error.

use acs_rest::{ByteStream, Error, ErrorKind, Outcome};

use crate::fault_server::{Answer, Server, Step, always, in_turn};
use crate::operations::{Scripted, builder, client, eventually, millis, within};

/// An answer that promises `length` bytes, and what comes then.
fn download(length: usize, then: impl IntoIterator<Item = Step>) -> Vec<Step> {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n");
    [Step::ReadBody, Step::Raw(head.into())].into_iter().chain(then).collect()
}

fn megabytes(count: u64) -> Step {
    Step::Repeat(vec![7; 1 << 20], count)
}

/// What came, and how it ended.
async fn read(mut stream: ByteStream) -> (usize, Option<Error>) {
    let mut length = 0;
    while let Some(chunk) = stream.next().await {
        match chunk {
            Ok(chunk) => length += chunk.len(),
            Err(error) => {
                assert!(stream.next().await.is_none(), "an error is the end");
                return (length, Some(error));
            }
        }
    }
    (length, None)
}

/// More than any limit of a body in memory.
#[tokio::test]
async fn a_download_may_be_of_any_length() {
    let server = Server::start(always(download(64 << 20, [megabytes(64)]))).await;
    let stream = client(&server.endpoint()).download("a").await.unwrap();
    assert!(matches!(read(stream).await, (67_108_864, None)));
}

#[tokio::test]
async fn an_interrupted_download_ends_in_an_error() {
    let chunked = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n";
    for steps in [
        download(1 << 20, [Step::Raw(vec![7; 1_000]), Step::Fin]),
        download(1 << 20, [Step::Raw(vec![7; 1_000]), Step::Wait(millis(20)), Step::Reset]),
        download(1 << 20, [Step::Fin]),
        vec![Step::ReadBody, Step::Raw(chunked.into()), Step::Fin],
        vec![Step::ReadBody, Step::Raw([&chunked[..], b"5\r\nab"].concat()), Step::Fin],
        vec![Step::ReadBody, Step::Raw([&chunked[..], b"zz\r\nab"].concat()), Step::Fin],
    ] {
        let server = Server::start(always(steps.clone())).await;
        let stream = client(&server.endpoint()).download("a").await.unwrap();
        let (_, Some(error)) = read(stream).await else { panic!("{steps:?}: a clean end") };
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Transport, Outcome::Executed));
        assert_eq!(error.attempts(), 1);
        assert!(error.client_request_id().is_some());
    }
}

/// A stall, and a drip that is slow but not a stall.
#[tokio::test]
async fn a_stall_is_an_error_and_a_slow_body_is_not() {
    let stalls = Server::start(always(download(90, [Step::Raw(vec![7; 30]), Step::Hang]))).await;
    let client = builder(&stalls.endpoint()).stall_timeout(millis(200)).build().unwrap();
    let stalled = async || read(client.download("a").await.unwrap()).await;
    let (length, error) = within(millis(200), stalled).await;
    assert_eq!((length, error.unwrap().kind()), (30, ErrorKind::Timeout));
    eventually("the connection is closed", || stalls.left() > 0).await;
    let drips = Server::start(always(download(8, [Step::Drip(vec![7; 8], millis(60))]))).await;
    let client = builder(&drips.endpoint()).stall_timeout(millis(200)).try_timeout(millis(200));
    let stream = client.build().unwrap().download("a").await.unwrap();
    assert!(matches!(read(stream).await, (8, None)));
}

/// Meanwhile the server is held back.
#[tokio::test]
async fn a_paused_reader_is_not_a_stall() {
    let server = Server::start(always(download(256 << 20, [megabytes(256)]))).await;
    let client = builder(&server.endpoint()).stall_timeout(millis(100)).build().unwrap();
    let mut stream = client.download("a").await.unwrap();
    let mut length = stream.next().await.unwrap().unwrap().len();
    tokio::time::sleep(millis(250)).await;
    let before = server.bytes_sent();
    tokio::time::sleep(millis(250)).await;
    assert_eq!(server.bytes_sent(), before, "the server is held back");
    assert!(before < 64 << 20);
    while length < 32 << 20 {
        length += stream.next().await.unwrap().unwrap().len();
    }
    drop(stream);
    eventually("the connection is closed", || server.left() == 1).await;
}

/// An error before the first byte is decoded as one, and tried again where that helps.
#[tokio::test]
async fn a_refused_download_is_an_error_of_the_call() {
    let server = Server::start(always(Answer::error(403))).await;
    let error = client(&server.endpoint()).download("a").await.unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Service, Some("Scripted")));
    let server = Server::start(in_turn([
        Answer::error(503).into(),
        vec![Step::ReadBody, Step::Reset],
        Answer::new(200, "abc").into(),
    ]))
    .await;
    let stream = client(&server.endpoint()).download("a").await.unwrap();
    assert!(matches!(read(stream).await, (3, None)));
    assert_eq!(server.requests().len(), 3);
}

/// A call that times out before the head is a failed call, not a stream.
#[tokio::test]
async fn a_download_that_does_not_begin_times_out() {
    let server = Server::start(always(vec![Step::ReadBody, Step::Hang])).await;
    let client =
        builder(&server.endpoint()).try_timeout(millis(100)).max_retries(1).build().unwrap();
    let error = within(millis(210), async || client.download("a").await.unwrap_err()).await;
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 2));
}
