//! Connections that are not established, or end between calls.

use std::time::Duration;

use acs_rest::{Client, ErrorKind, Outcome, UserToken};
use tokio::net::TcpListener;

use crate::fault_server::{Answer, Server, Step, always, in_turn};
use crate::operations::{Scripted, builder, client, millis, mute, tested};

/// Nothing was sent, and even an unrepeatable call is tried again.
#[tokio::test]
async fn without_a_connection_nothing_was_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let refused = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    for endpoint in [&*refused, "https://does-not-exist.invalid"] {
        let client = builder(endpoint).max_retries(2).build().unwrap();
        for error in [mute(&client).await.unwrap_err(), client.hold("a").await.unwrap_err()] {
            assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 3), "{error:?}");
            assert_eq!(error.outcome(), Outcome::NotExecuted);
        }
    }
    // A server that speaks no TLS.
    let tls = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = tls.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = tls.accept().await {
            let _ = stream.try_write(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        }
    });
    let client = builder(&format!("https://{address}")).max_retries(1).build().unwrap();
    let error = client.hold("a").await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Connect, Outcome::NotExecuted));
}

/// A full accept queue drops the connection attempts.
#[tokio::test]
async fn a_connect_timeout_differs_from_a_response_timeout() {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let mut queue = Vec::new();
    while let Ok(Ok(stream)) =
        tokio::time::timeout(millis(100), tokio::net::TcpStream::connect(address)).await
    {
        queue.push(stream);
    }
    let endpoint = format!("http://{address}");
    for builder in [
        builder(&endpoint).connect_timeout(millis(200)),
        builder(&endpoint).try_timeout(millis(200)),
    ] {
        let client = builder.max_retries(1).build().unwrap();
        let error = client.hold("a").await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 2), "{error:?}");
        assert_eq!(error.outcome(), Outcome::NotExecuted);
    }
}

/// Connections that end between calls, one after the other and 32 at once.
#[tokio::test]
async fn a_silently_closed_connection_fails_no_call() {
    let script = |_: &_| {
        let answer = Step::Answer(Answer::muted());
        vec![Step::ReadBody, Step::Execute, answer, Step::Fin]
    };
    let server = Server::start(script).await;
    let client = client(&server.endpoint());
    for _ in 0..100 {
        mute(&client).await.unwrap();
    }
    let calls: Vec<_> = (0..32).map(|_| tokio::spawn(ten_mutes(client.clone()))).collect();
    for call in calls {
        call.await.unwrap();
    }
    assert_eq!(server.executions().len(), 420);
}

async fn ten_mutes(client: Client) {
    for _ in 0..10 {
        mute(&client).await.unwrap();
    }
}

/// Not even a reused connection makes the HTTP library send an unrepeatable call again.
#[tokio::test]
async fn a_stale_connection_is_never_resent_on() {
    for _ in 0..50 {
        let reset = vec![Step::ReadBody, Step::Execute, Step::Reset];
        let server = Server::start(in_turn([Answer::new(200, "").into(), reset])).await;
        let client = client(&server.endpoint());
        client.hold("a").await.unwrap();
        let error = client.hold("b").await.unwrap_err();
        assert_eq!((error.outcome(), error.attempts()), (Outcome::Unknown, 1));
        assert_eq!((server.executions().len(), server.connections()), (2, 1));
    }
}

#[tokio::test]
async fn loopback_has_three_names() {
    let v4 = Server::start(always(Answer::muted())).await;
    let v6 = Server::listen("[::1]:0", always(Answer::muted())).await;
    let port = v4.address().port();
    for endpoint in [v4.endpoint(), v6.endpoint(), format!("http://localhost:{port}")] {
        let client = tested(Client::builder(&endpoint, UserToken::new("t"))).build().unwrap();
        let result = tokio::time::timeout(Duration::from_secs(5), mute(&client)).await;
        assert!(result.unwrap().is_ok(), "{endpoint}");
    }
    let hosts = [v4.requests()[0].clone(), v6.requests()[0].clone()];
    for (server, request) in [v4, v6].iter().zip(hosts) {
        assert_eq!(request.header("host"), Some(&*server.address().to_string()));
    }
}
