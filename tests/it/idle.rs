//! Connections that are idle between calls.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use acs_rest::Outcome;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::operations::{Scripted, millis, request};
use crate::tls_server::{AUTHORITY, NAME, TlsServer, builders, serve_http1};

/// A connection is not used again once it has been idle for the time that was set.
#[tokio::test]
async fn the_idle_time_can_be_set() {
    let config = AUTHORITY.server(&[NAME], &["http/1.1"], |_| {});
    let server = TlsServer::start(config, |stream, _| async move {
        serve_http1(stream, "{}", |_| {}).await;
    })
    .await;
    for (idle, connections) in [(millis(0), 2), (millis(50), 2), (Duration::from_secs(20), 1)] {
        let options = server.options().pool_idle_timeout(idle);
        for (name, client) in builders(&server.endpoint(), &options) {
            let before = server.accepted();
            let client = client.build().unwrap();
            client.hold("a").await.unwrap();
            tokio::time::sleep(millis(200)).await;
            client.hold("a").await.unwrap();
            assert_eq!(server.accepted() - before, connections, "{name}, {idle:?}");
        }
    }
}

/// A server that closes each connection after an idle time which is just that of the client. It
/// carries out what it reads; a call that failed was either not carried out, or is unknown.
#[tokio::test]
async fn a_connection_that_the_server_closes_at_reuse() {
    const ROUNDS: u64 = 300;
    let executed = Arc::new(Mutex::new(0));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let count = Arc::clone(&executed);
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(close_when_idle(listener, count));
    });
    for (name, client) in builders(&endpoint, &crate::tls_server::options()) {
        *executed.lock().unwrap() = 0;
        let client = client.build().unwrap();
        let (mut answered, mut failed) = (0, 0);
        for round in 0..ROUNDS {
            match client.play("a", &request()).await {
                Ok(_) => answered += 1,
                Err(error) => {
                    assert_ne!(error.outcome(), Outcome::Executed, "{name}: {error:?}");
                    failed += 1;
                }
            }
            let pause = Duration::from_micros(1_000 + (round % 21) * 50);
            tokio::time::sleep(pause).await;
        }
        let executed = *executed.lock().unwrap();
        eprintln!("{name}: {answered} answered, {failed} failed, {executed} carried out");
        assert_eq!(executed, answered, "{name}");
    }
}

async fn close_when_idle(listener: TcpListener, executed: Arc<Mutex<u64>>) {
    loop {
        let Ok((mut stream, _)) = listener.accept().await else { return };
        stream.set_nodelay(true).unwrap();
        let executed = Arc::clone(&executed);
        tokio::spawn(async move {
            let mut input = [0; 8192];
            loop {
                let read = tokio::time::timeout(millis(1), stream.read(&mut input)).await;
                let Ok(Ok(1..)) = read else { return };
                *executed.lock().unwrap() += 1;
                let response = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
                if stream.write_all(response).await.is_err() {
                    return;
                }
            }
        });
    }
}
