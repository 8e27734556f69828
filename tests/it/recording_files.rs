//! Recordings: an absolute URL from outside, called on a trusted host alone, and never in part
//! for the whole.

use acs_rest::call_automation::RecordingFiles;
use acs_rest::{AccessKey, ByteRange, ByteStream, Client, Cloud, ErrorKind, Outcome, Result};

use crate::fault_server::{Answer, Server, Step, always, in_turn};
use crate::operations::{Hasty, builder, shown, tested};
use crate::recorder::Recorder;
use crate::secrets;
use crate::signature::assert_signed_for;

/// The host of the endpoint, which no test calls.
const RESOURCE: &str = "contoso.communication.azure.com";
const FILE: &str = "/v1/objects/0-eus-d1-abc/content/video?sig=a%2Fb";

/// A client of a resource elsewhere, that trusts the storage at `server`.
fn trusting(server: &Server) -> Client {
    secrets::capture();
    let key = AccessKey::new(&secrets::all().key).unwrap();
    tested(Client::builder(format!("https://{RESOURCE}"), key))
        .random_source(Hasty::default())
        .trusted_host(server.address().to_string())
        .build()
        .unwrap()
}

fn location(server: &Server) -> String {
    server.endpoint() + FILE
}

async fn read(mut stream: ByteStream) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    while let Some(chunk) = stream.next().await {
        bytes.extend_from_slice(&chunk?);
    }
    Ok(bytes)
}

fn part(range: &str, body: &str) -> Answer {
    Answer::new(206, body).header("content-range", range)
}

#[tokio::test]
async fn a_recording_is_downloaded_as_signed_for_the_resource() {
    let megabytes = Step::Repeat(vec![7; 1 << 20], 32);
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", 32 << 20);
    let server =
        Server::start(always(vec![Step::ReadBody, Step::Raw(head.into()), megabytes])).await;
    let stream = trusting(&server).download_recording(&location(&server)).await.unwrap();
    assert_eq!(read(stream).await.unwrap().len(), 32 << 20);
    let [request] = &server.requests()[..] else { panic!("one request") };
    assert_eq!((&*request.method, &*request.target), ("GET", FILE));
    assert_eq!(request.header("host"), Some(&*server.address().to_string()));
    assert_eq!(request.header("x-ms-host"), Some(RESOURCE));
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(request.header("range"), None);
    assert_signed_for(RESOURCE, request, &secrets::all().key);
}

#[tokio::test]
async fn a_deletion_is_retried() {
    let turns = [Answer::error(503).into(), Answer::new(200, "gone").into()];
    let server = Server::start(in_turn(turns)).await;
    trusting(&server).delete_recording(&location(&server)).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    for request in &requests {
        assert_eq!((&*request.method, &*request.target), ("DELETE", FILE));
        assert_signed_for(RESOURCE, request, &secrets::all().key);
    }
}

#[tokio::test]
async fn a_user_token_goes_to_a_trusted_host_too() {
    let server = Server::start(always(Answer::new(200, "abc"))).await;
    let client = builder(&format!("https://{RESOURCE}"));
    let client = client.trusted_host(server.address().to_string()).build().unwrap();
    client.download_recording(&location(&server)).await.unwrap();
    let token = format!("Bearer {}", secrets::all().token);
    assert_eq!(server.requests()[0].header("authorization"), Some(&*token));
}

#[tokio::test]
async fn nothing_is_sent_to_a_foreign_host() {
    let server = Server::start(always(Answer::new(200, "abc"))).await;
    let foreign = Server::start(always(Answer::new(200, "abc"))).await;
    // The client's own endpoint is foreign too: there, a forged URL could hang up a call.
    let key = AccessKey::new(&secrets::all().key).unwrap();
    let client = tested(Client::builder(foreign.endpoint(), key))
        .trusted_host(server.address().to_string())
        .build()
        .unwrap();
    let host = foreign.address().to_string();
    let location = location(&foreign);
    for error in [
        client.download_recording(&location).await.unwrap_err(),
        client.download_recording_range(&location, (1..).into()).await.unwrap_err(),
        client.delete_recording(&location).await.unwrap_err(),
    ] {
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Argument, Outcome::NotExecuted));
        let text = shown(&error);
        assert!(text.contains(&host) && text.contains("trusted_host"), "{text}");
        assert!(!text.contains("sig=") && !text.contains("0-eus"), "{text}");
    }
    assert_eq!((foreign.connections(), server.connections()), (0, 0));
}

#[tokio::test]
async fn the_storage_is_that_of_the_clients_cloud() {
    for (cloud, refused) in [(Cloud::Public, None), (Cloud::UsGovernment, Some("trusted_host"))] {
        let recorder = Recorder::answering(200, "abc");
        let key = AccessKey::new(&secrets::all().key).unwrap();
        let builder = Client::builder(format!("https://{RESOURCE}"), key).cloud(cloud);
        let client = builder.transport(recorder.clone()).build().unwrap();
        let downloaded = client.download_recording("https://us-storage.asm.skype.com/a").await;
        match refused {
            None => assert_eq!(recorder.sent()[0].host, "us-storage.asm.skype.com"),
            Some(text) => {
                assert!(shown(&downloaded.unwrap_err()).contains(text));
                assert!(recorder.sent().is_empty());
            }
        }
    }
}

#[tokio::test]
async fn no_redirect_is_followed() {
    let foreign = Server::start(always(Answer::new(200, "abc"))).await;
    let redirect = Answer::new(302, "").header("location", &location(&foreign));
    let server = Server::start(always(vec![Step::ReadBody, Step::Answer(redirect)])).await;
    let error = trusting(&server).download_recording(&location(&server)).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Redirect, 1));
    assert_eq!(foreign.connections(), 0);
}

#[tokio::test]
async fn a_range_is_requested_and_returned() {
    for (range, asked, sent, bytes) in [
        (3..6, "bytes=3-5", "bytes 3-5/10", "def"),
        (8..12, "bytes=8-11", "bytes 8-9/10", "ij"),
        (8..12, "bytes=8-11", "bytes 8-11/*", "ijkl"),
    ] {
        let server = Server::start(always(part(sent, bytes))).await;
        let client = trusting(&server);
        let stream =
            client.download_recording_range(&location(&server), range.into()).await.unwrap();
        assert_eq!(read(stream).await.unwrap(), bytes.as_bytes());
        assert_eq!(server.requests()[0].header("range"), Some(asked));
    }
}

#[tokio::test]
async fn an_answer_with_other_bytes_is_an_error() {
    for answer in [
        Answer::new(200, "abcdefghij"),
        Answer::new(204, ""),
        Answer::new(206, "defghij"),
        part("bytes 0-9/10", "abcdefghij"),
        part("bytes 4-9/10", "efghij"),
        part("bytes 3-8/10", "defghi"),
        part("bytes 3-9/10", "def"),
        part("bytes 3-4/10", "de").header("content-range", "bytes 3-9/10"),
    ] {
        let server = Server::start(always(answer.clone())).await;
        let error =
            trusting(&server).download_recording_range(&location(&server), (3..).into()).await;
        let error = error.expect_err(&format!("{answer:?}"));
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Decode, Outcome::Executed));
        assert_eq!(error.attempts(), 1);
    }
    let unasked = Server::start(always(part("bytes 3-9/10", "defghij"))).await;
    let error = trusting(&unasked).download_recording(&location(&unasked)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn a_range_has_its_stated_length() {
    let head = b"HTTP/1.1 206 Partial\r\ncontent-range: bytes 3-7/10\r\ntransfer-encoding: chunked\r\n\r\n";
    for chunks in ["2\r\nde\r\n0\r\n\r\n", "6\r\ndefghi\r\n0\r\n\r\n", "2\r\nde\r\n"] {
        let answer = Step::Raw([&head[..], chunks.as_bytes()].concat());
        let server = Server::start(always(vec![Step::ReadBody, answer, Step::Fin])).await;
        let client = trusting(&server);
        let stream =
            client.download_recording_range(&location(&server), (3..8).into()).await.unwrap();
        let error = read(stream).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Transport, Outcome::Executed));
    }
}

#[tokio::test]
async fn an_interrupted_download_is_an_error() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nabc";
    let steps = vec![Step::ReadBody, Step::Raw(head.into()), Step::Fin];
    let server = Server::start(always(steps)).await;
    let stream = trusting(&server).download_recording(&location(&server)).await.unwrap();
    let error = read(stream).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(!shown(&error).contains("0-eus"), "{error}");
}

#[tokio::test]
async fn an_empty_range_is_refused_before_anything_is_sent() {
    let server = Server::start(always(Answer::new(200, "abc"))).await;
    let client = trusting(&server);
    let error =
        client.download_recording_range(&location(&server), (5..5).into()).await.unwrap_err();
    assert_eq!((error.kind(), server.connections()), (ErrorKind::Argument, 0));
}

/// A double is written in three lines, and code against the trait can be spawned.
#[tokio::test]
async fn a_double_stands_in() {
    struct Double;

    impl RecordingFiles for Double {
        async fn download_recording(&self, _: &str) -> Result<ByteStream> {
            Ok(ByteStream::from("abc"))
        }

        async fn download_recording_range(&self, _: &str, _: ByteRange) -> Result<ByteStream> {
            Ok(ByteStream::from("b"))
        }

        async fn delete_recording(&self, _: &str) -> Result<()> {
            Ok(())
        }
    }

    async fn length(files: &impl RecordingFiles) -> Result<usize> {
        Ok(read(files.download_recording("https://h").await?).await?.len())
    }

    let length = tokio::spawn(async { length(&Double).await }).await.unwrap().unwrap();
    assert_eq!(length, 3);
}

#[tokio::test]
async fn a_redirect_is_followed_only_between_trusted_hosts() {
    let storage = Server::start(always(Answer::new(200, "abc"))).await;
    let location = format!("{}{FILE}", storage.endpoint());
    let first = Server::start(always(Answer::new(302, "").header("location", &location))).await;
    let trusts = |servers: &[&Server]| {
        let key = AccessKey::new(&secrets::all().key).unwrap();
        let client = tested(Client::builder(format!("https://{RESOURCE}"), key));
        servers
            .iter()
            .fold(client, |client, server| client.trusted_host(server.address().to_string()))
            .build()
            .unwrap()
    };
    let client = trusts(&[&first, &storage]);
    let mut download = client.download_recording(&(first.endpoint() + FILE)).await.unwrap();
    assert_eq!(download.next().await.unwrap().unwrap(), "abc");
    let [before, after] = [&first, &storage].map(|server| server.requests().remove(0));
    assert_eq!(after.header("x-ms-host"), Some(RESOURCE));
    assert_eq!(after.target, FILE);
    assert!(before.header("authorization").is_some() && after.header("authorization").is_some());

    let error = trusts(&[&first]).download_recording(&(first.endpoint() + FILE)).await;
    let error = error.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Redirect, Outcome::NotExecuted));
    let host = format!("`{}` is not a host of the service", storage.address());
    assert!(error.to_string().contains(&host), "{error}");
    assert_eq!(storage.requests().len(), 1);
}

#[tokio::test]
async fn redirects_end_and_an_empty_recording_is_an_error() {
    let around = Server::start(always(Answer::new(307, "").header("location", FILE))).await;
    let error = trusting(&around).download_recording(&(around.endpoint() + FILE)).await;
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Redirect);
    assert_eq!(around.requests().len(), 4);
    let empty = Server::start(always(Answer::new(200, ""))).await;
    let error = trusting(&empty).download_recording(&(empty.endpoint() + FILE)).await;
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Decode);
}
