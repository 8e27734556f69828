//! TLS: a private authority, the protocol that both sides speak, and certificates that are wrong.

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use acs_rest::transport::TransportOptions;
use acs_rest::{ErrorKind, Outcome};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::operations::{Scripted, mute};
use crate::tls_server::{AUTHORITY, NAME, TlsServer, builders, options, self_signed, serve_http1};

const MUTED: &str = r#"{"operationContext":"muted"}"#;

/// The ALPN protocols of both sides decide, and the private authority is trusted on top of the
/// system's.
#[tokio::test]
async fn the_protocol_is_the_one_that_both_sides_offer() {
    for (protocols, http1_only, spoken) in [
        (&["http/1.1"][..], false, Some("http/1.1")),
        (&[], false, None),
        (&["h2", "http/1.1"], true, None),
    ] {
        let spoke = Arc::new(Mutex::new(Vec::new()));
        let note = Arc::clone(&spoke);
        let config = AUTHORITY.server(&[NAME], protocols, |_| {});
        let server = TlsServer::start(config, move |stream, _| {
            let protocol = stream.get_ref().1.alpn_protocol().map(<[u8]>::to_vec);
            note.lock().unwrap().push(protocol);
            async move { serve_http1(stream, MUTED, |_| {}).await }
        })
        .await;
        let options = server.options();
        let options = if http1_only { options.http1_only() } else { options };
        let clients = builders(&server.endpoint(), &options);
        for (name, client) in clients {
            let client = client.build().unwrap();
            for _ in 0..3 {
                mute(&client).await.unwrap_or_else(|error| panic!("{name}: {error:?}"));
            }
            let spoke = std::mem::take(&mut *spoke.lock().unwrap());
            let spoken = spoken.map(|protocol: &str| protocol.as_bytes().to_vec());
            assert_eq!(spoke, [spoken], "{name}");
        }
    }
}

#[tokio::test]
async fn a_wrong_certificate_fails_the_connection() {
    let long_ago = SystemTime::now() - Duration::from_secs(48 * 60 * 60);
    let other_name = AUTHORITY.server(&["other.test"], &[], |_| {});
    let expired = AUTHORITY.server(&[NAME], &[], |params| {
        params.not_before = (long_ago - Duration::from_secs(1000)).into();
        params.not_after = long_ago.into();
    });
    for (what, config, text) in [
        ("another name", other_name, "NotValidForName"),
        ("expired", expired, "Expired"),
        ("self-signed", self_signed(&[]), "UnknownIssuer"),
    ] {
        let server = TlsServer::start(config, |_, _| async { panic!("a request came") }).await;
        for (name, client) in server.clients() {
            let before = server.accepted();
            let client = client.max_retries(2).build().unwrap();
            let error = client.play("a", &crate::operations::request()).await.unwrap_err();
            let shown = crate::operations::shown(&error);
            assert_eq!(error.kind(), ErrorKind::Connect, "{name}, {what}: {shown}");
            assert_eq!(error.outcome(), Outcome::NotExecuted, "{name}, {what}");
            assert!(shown.contains(text), "{name}, {what}: {shown}");
            assert_eq!(server.accepted() - before, 1, "{name}, {what}");
        }
    }
}

/// Without the authority, its certificates are those of a stranger.
#[tokio::test]
async fn the_system_does_not_trust_the_private_authority() {
    let config = AUTHORITY.server(&[NAME], &[], |_| {});
    let server = TlsServer::start(config, |_, _| async {}).await;
    let options = TransportOptions::new().resolve_to_addrs(NAME, [server.address()]);
    for (name, client) in builders(&server.endpoint(), &options) {
        let client = client.max_retries(2).build().unwrap();
        let error = client.hold("a").await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 1), "{name}");
    }
}

/// TLS 1.1 (RFC 8996 deprecates it): the server chooses a version that the client did not offer.
#[tokio::test]
async fn tls_1_1_is_refused() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut hello = [0; 2048];
            let _ = stream.read(&mut hello).await;
            // A ServerHello of version 3.2 with TLS_RSA_WITH_AES_128_CBC_SHA.
            let mut body = vec![3, 2];
            body.extend([7; 32]);
            body.extend([0, 0, 0x2f, 0]);
            let mut message = vec![2, 0, 0, body.len() as u8];
            message.extend(body);
            let mut record = vec![22, 3, 2, 0, message.len() as u8];
            record.extend(message);
            let _ = stream.write_all(&record).await;
            let _ = stream.read(&mut hello).await;
        }
    });
    let options = options().resolve_to_addrs(NAME, [address]);
    for (name, client) in builders(&format!("https://{NAME}:{}", address.port()), &options) {
        let client = client.max_retries(2).build().unwrap();
        let error = client.hold("a").await.unwrap_err();
        let shown = crate::operations::shown(&error);
        assert_eq!(error.kind(), ErrorKind::Connect, "{name}: {shown}");
        assert_eq!((error.outcome(), error.attempts()), (Outcome::NotExecuted, 1), "{name}");
    }
}

/// A connection can be made ahead of the first call, which then needs no handshake.
#[tokio::test]
async fn a_preconnected_connection_is_used() {
    let requests = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&requests);
    let config = AUTHORITY.server(&[NAME], &["http/1.1"], |_| {});
    let server = TlsServer::start(config, move |stream, _| {
        let seen = Arc::clone(&seen);
        async move {
            serve_http1(stream, MUTED, |request| seen.lock().unwrap().push(request)).await;
        }
    })
    .await;
    for (name, client) in server.clients() {
        let before = server.accepted();
        let client = client.build().unwrap();
        client.preconnect().await.unwrap();
        assert_eq!(server.accepted() - before, 1, "{name}");
        mute(&client).await.unwrap();
        assert_eq!(server.accepted() - before, 1, "{name}");
        let requests = std::mem::take(&mut *requests.lock().unwrap());
        for ahead in &requests[..requests.len() - 1] {
            assert!(ahead.starts_with("OPTIONS / HTTP/1.1\r\n"), "{name}: {ahead}");
            assert!(!ahead.to_ascii_lowercase().contains("authorization"), "{name}");
        }
        assert!(requests.len() <= 1 + usize::from(name == "reqwest"), "{name}");
    }
}
