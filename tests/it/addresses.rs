//! A host with several addresses, of which the first does not answer (RFC 8305).

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::net::{TcpListener, TcpSocket, TcpStream};

use crate::operations::{Scripted, millis};
use crate::tls_server::{AUTHORITY, NAME, TlsServer, builders, options, serve_http1};

/// A listener whose queue is full, and so further connections get no answer.
struct Silent {
    address: SocketAddr,
    _listener: TcpListener,
    _queue: Vec<TcpStream>,
}

impl Silent {
    async fn bind(address: SocketAddr) -> Self {
        let socket = match address.is_ipv6() {
            true => TcpSocket::new_v6().unwrap(),
            false => TcpSocket::new_v4().unwrap(),
        };
        socket.bind(address).unwrap();
        let listener = socket.listen(1).unwrap();
        let address = listener.local_addr().unwrap();
        let mut queue = Vec::new();
        while let Ok(Ok(stream)) =
            tokio::time::timeout(millis(100), TcpStream::connect(address)).await
        {
            queue.push(stream);
        }
        Self { address, _listener: listener, _queue: queue }
    }
}

/// The second address answers, whatever families the two are of. The hyper transport tries it
/// after 250 ms; reqwest, if both are of one family, after half of the connect timeout.
#[tokio::test]
async fn the_second_address_is_reached_within_the_connect_timeout() {
    for (silent, answering) in
        [("127.0.0.1", "127.0.0.2"), ("[::1]", "127.0.0.1"), ("127.0.0.1", "[::1]")]
    {
        let silent = Silent::bind(format!("{silent}:0").parse().unwrap()).await;
        let port = silent.address.port();
        let listener = TcpListener::bind(format!("{answering}:{port}")).await.unwrap();
        let config = AUTHORITY.server(&[NAME], &["http/1.1"], |_| {});
        let server = TlsServer::listen(listener, config, |stream, _| async move {
            serve_http1(stream, "{}", |_| {}).await;
        });
        let options = options()
            .resolve_to_addrs(NAME, [silent.address, server.address()])
            .connect_timeout(Duration::from_secs(4));
        for (name, client) in builders(&server.endpoint(), &options) {
            let client = client.max_retries(0).build().unwrap();
            let start = Instant::now();
            client.hold("a").await.unwrap_or_else(|error| panic!("{name}: {error:?}"));
            let took = start.elapsed();
            let limit = if name == "hyper" { millis(1500) } else { Duration::from_secs(4) };
            assert!(took < limit, "{name}: {took:?}");
            eprintln!("{name}: {} then {}: {took:?}", silent.address, server.address());
        }
    }
}

/// An address that refuses costs no wait.
#[tokio::test]
async fn an_address_that_refuses_is_followed_by_the_next_at_once() {
    let config = AUTHORITY.server(&[NAME], &["http/1.1"], |_| {});
    let server = TlsServer::start(config, |stream, _| async move {
        serve_http1(stream, "{}", |_| {}).await;
    })
    .await;
    let refusing: SocketAddr = format!("127.0.0.9:{}", server.address().port()).parse().unwrap();
    let options = options().resolve_to_addrs(NAME, [refusing, server.address()]);
    for (name, client) in builders(&server.endpoint(), &options) {
        let client = client.max_retries(0).build().unwrap();
        let start = Instant::now();
        client.hold("a").await.unwrap_or_else(|error| panic!("{name}: {error:?}"));
        assert!(start.elapsed() < millis(1500), "{name}");
    }
}
