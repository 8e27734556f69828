//! Callbacks by https and WebSockets by wss, to a bot whose certificate is issued by an authority
//! that the emulator is told to trust.

use std::path::PathBuf;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::bot_socket::{Socket, audio_options, samples};
use crate::media_test::{AGENT, CUSTOMER, MediaTest};

/// The TLS of a bot, and the PEM file of its certificate authority.
struct BotTls {
    acceptor: TlsAcceptor,
    ca: PathBuf,
}

impl BotTls {
    fn new() -> Self {
        let ca_key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let ca = params.self_signed(&ca_key).unwrap();
        let (issuer, key) = (Issuer::new(params, ca_key), KeyPair::generate().unwrap());
        let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
        let certificate = CertificateParams::new(names).unwrap().signed_by(&key, &issuer).unwrap();
        let path = std::env::temp_dir().join(format!("ca-{}.pem", uuid::Uuid::new_v4()));
        std::fs::write(&path, ca.pem()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let key = rustls::pki_types::PrivatePkcs8KeyDer::from(key.serialize_der());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key.into())
            .unwrap();
        Self { acceptor: TlsAcceptor::from(Arc::new(config)), ca: path }
    }

    async fn accept(&self, listener: &TcpListener) -> std::io::Result<TlsStream<TcpStream>> {
        self.acceptor.accept(listener.accept().await.unwrap().0).await
    }
}

impl Drop for BotTls {
    fn drop(&mut self) {
        let _absent = std::fs::remove_file(&self.ca);
    }
}

fn url(test: &MediaTest, scheme: &str, host: &str) -> String {
    format!("{scheme}://{host}:{}/audio", test.listener.local_addr().unwrap().port())
}

#[tokio::test]
async fn audio_is_streamed_both_ways_over_wss() {
    let tls = BotTls::new();
    let test = MediaTest::with(|emulator| emulator.callback_ca(&tls.ca)).await;
    test.emulator.person(CUSTOMER).plays_tone(400);
    let more = json!({ "enableBidirectional": true });
    let options = audio_options(&url(&test, "wss", "localhost"), &more);
    let call = test.call(&[CUSTOMER], &options).await;
    let id = call["callConnectionId"].as_str().unwrap();
    let mut socket = Socket::accept(tls.accept(&test.listener).await.unwrap()).await;
    assert_eq!(socket.headers["x-ms-call-connection-id"], id);
    socket.frame("AudioMetadata").await;
    test.bot.wait("MediaStreamingStarted").await;
    let first = socket.frame("AudioData").await;
    assert_eq!((samples(&first).len(), &first["silent"]), (320, &false.into()));
    test.advance(2);
    assert_eq!(
        samples(&socket.frame("AudioData").await),
        samples(&socket.frame("AudioData").await)
    );

    assert_eq!(test.samples_until_stop_audio(&mut socket, id).await, 320);

    assert_eq!(test.post(&format!("/{id}:stopMediaStreaming"), &json!({})).await.status, 202);
    assert_eq!(socket.next().await, None);
    test.bot.wait("MediaStreamingStopped").await;
}

/// The minute that a stopped clock skips is sent at once: more than the buffers of TLS and of both
/// sockets hold.
#[tokio::test]
async fn a_minute_of_audio_at_once_arrives_over_wss() {
    let tls = BotTls::new();
    let test = MediaTest::with(|emulator| emulator.callback_ca(&tls.ca)).await;
    test.emulator.person(CUSTOMER).plays_tone(400);
    let options = audio_options(&url(&test, "wss", "127.0.0.1"), &json!({}));
    test.call(&[CUSTOMER], &options).await;
    let mut socket = Socket::accept(tls.accept(&test.listener).await.unwrap()).await;
    socket.frame("AudioMetadata").await;
    let first = samples(&socket.frame("AudioData").await);
    test.advance(3_000);
    for _ in 0..3_000 {
        assert_eq!(samples(&socket.frame("AudioData").await), first);
    }
}

#[tokio::test]
async fn an_untrusted_certificate_is_reported_as_a_failed_stream() {
    let tls = BotTls::new();
    let test = MediaTest::start().await;
    let options = audio_options(&url(&test, "wss", "localhost"), &json!({}));
    test.call(&[CUSTOMER], &options).await;
    assert!(tls.accept(&test.listener).await.is_err());
    let failed = test.bot.wait("MediaStreamingFailed").await.event["data"].clone();
    assert_eq!(failed["resultInformation"]["subCode"], 8581);
    let details = "initialWebSocketConnectionFailed";
    assert_eq!(failed["mediaStreamingUpdate"]["mediaStreamingStatusDetails"], details);
}

#[tokio::test]
async fn callbacks_are_sent_by_https() {
    let tls = BotTls::new();
    let test = MediaTest::with(|emulator| emulator.callback_ca(&tls.ca)).await;
    let options = json!({ "callbackUri": url(&test, "https", "localhost") });
    test.call(&[AGENT], &options).await;
    let mut stream = tls.accept(&test.listener).await.unwrap();
    let mut request = Vec::new();
    while !request.ends_with(b"}]") {
        assert_ne!(stream.read_buf(&mut request).await.unwrap(), 0);
    }
    let text = String::from_utf8(request).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /audio HTTP/1.1") && head.contains("authorization: Bearer ey"));
    let event: Value = serde_json::from_str(body).unwrap();
    assert_eq!(event[0]["type"], "Microsoft.Communication.CallConnected");
    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await.unwrap();
}
