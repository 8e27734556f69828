//! Calls through a proxy: what it gets to see, and what goes around it.

use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use acs_rest::{ErrorKind, Outcome};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};

use crate::operations::{Scripted, eventually, mute, shown};
use crate::secrets;
use crate::tls_server::{AUTHORITY, NAME, TlsServer, builders, options, serve_http1};

const MUTED: &str = r#"{"operationContext":"muted"}"#;
const PASSWORD: &str = "s3cret/of%the proxy";
const ENCODED_PASSWORD: &str = "s3cret%2Fof%25the%20proxy";

/// A proxy that keeps the heads of its requests and answers them all the same way.
struct Proxy {
    port: u16,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    /// `target` is where the tunnel leads if the answer is a success.
    async fn start(answer: &'static str, target: std::net::SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let heads = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&heads);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(tunnel(stream, answer, target, Arc::clone(&seen)));
            }
        });
        Self { port, heads }
    }
}

async fn tunnel(
    mut stream: TcpStream,
    answer: &str,
    target: std::net::SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let Ok(byte) = stream.read_u8().await else { return };
        head.push(byte);
    }
    heads.lock().unwrap().push(String::from_utf8(head).unwrap());
    let _ = stream.write_all(answer.as_bytes()).await;
    if answer.starts_with("HTTP/1.1 200") {
        let mut server = TcpStream::connect(target).await.unwrap();
        let _ = copy_bidirectional(&mut stream, &mut server).await;
    }
}

async fn https_server() -> TlsServer {
    let config = AUTHORITY.server(&[NAME, "127.0.0.1", "localhost"], &["http/1.1"], |_| {});
    TlsServer::start(config, |stream, _| async move {
        serve_http1(stream, MUTED, |_| {}).await;
    })
    .await
}

/// The proxy sees the name and port of the service, and its own credential.
#[tokio::test]
async fn the_proxy_receives_only_a_connect() {
    let server = https_server().await;
    let proxy = Proxy::start("HTTP/1.1 200 OK\r\n\r\n", server.address()).await;
    let url = format!("http://user:{ENCODED_PASSWORD}@127.0.0.1:{}", proxy.port);
    // The name resolves nowhere: only the proxy can reach it.
    for (name, client) in builders(&server.endpoint(), &options().proxy(url)) {
        let client = client.build().unwrap();
        for _ in 0..3 {
            mute(&client).await.unwrap_or_else(|error| panic!("{name}: {error:?}"));
        }
        let heads = std::mem::take(&mut *proxy.heads.lock().unwrap());
        let [head] = &heads[..] else { panic!("{name}: {heads:?}") };
        let authority = format!("{NAME}:{}", server.address().port());
        assert!(head.starts_with(&format!("CONNECT {authority} HTTP/1.1\r\n")), "{name}: {head}");
        let credential = STANDARD.encode(format!("user:{PASSWORD}"));
        let lower = head.to_ascii_lowercase();
        assert!(lower.contains("proxy-authorization: basic "), "{name}: {head}");
        assert!(head.contains(&credential), "{name}: {head}");
        assert!(!lower.contains("\r\nauthorization"), "{name}: {head}");
        assert!(!head.contains(&secrets::all().token), "{name}");
    }
}

/// A proxy that refuses, cannot connect or hangs up: nothing was sent, and no text shows its
/// password.
#[tokio::test]
async fn a_refused_tunnel_fails_the_connection() {
    let server = https_server().await;
    for answer in [
        "HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n",
        "",
        "SSH-2.0-OpenSSH_9.6\r\n",
    ] {
        let proxy = Proxy::start(answer, server.address()).await;
        let url = format!("http://user:{ENCODED_PASSWORD}@127.0.0.1:{}", proxy.port);
        let options = options().proxy(url);
        assert!(!format!("{options:?}").contains("s3cret"), "{options:?}");
        for (name, client) in builders(&server.endpoint(), &options) {
            let client = client.max_retries(1).build().unwrap();
            let error = client.hold("a").await.unwrap_err();
            let shown = shown(&error);
            assert_eq!(error.kind(), ErrorKind::Connect, "{name}, {answer:?}: {shown}");
            assert_eq!((error.outcome(), error.attempts()), (Outcome::NotExecuted, 2), "{name}");
            for secret in ["s3cret", &STANDARD.encode(format!("user:{PASSWORD}"))] {
                assert!(!shown.contains(secret), "{name}: {shown}");
            }
        }
    }
    assert_eq!(server.accepted(), 0);
}

/// Loopback addresses, over http and https alike.
#[tokio::test]
async fn loopback_is_never_proxied() {
    let server = https_server().await;
    let proxy = Proxy::start("HTTP/1.1 502 No\r\n\r\n", server.address()).await;
    let plain = crate::fault_server::Server::start(crate::fault_server::always(
        crate::fault_server::Answer::muted(),
    ))
    .await;
    let port = server.address().port();
    let options = options().proxy(format!("http://127.0.0.1:{}", proxy.port));
    for endpoint in
        [format!("https://127.0.0.1:{port}"), format!("https://localhost:{port}"), plain.endpoint()]
    {
        for (name, client) in builders(&endpoint, &options) {
            let result = mute(&client.build().unwrap()).await;
            result.unwrap_or_else(|error| panic!("{name}, {endpoint}: {error:?}"));
        }
    }
    assert_eq!(*proxy.heads.lock().unwrap(), [] as [String; 0]);
}

/// A proxy that others wrote, if it is installed. It asks for a password, and finds the service
/// by the scripted one, since no name of a test leads anywhere.
#[tokio::test]
async fn tinyproxy_carries_calls() {
    if Command::new("tinyproxy").arg("-v").stdout(Stdio::null()).status().is_err() {
        eprintln!("SKIPPED: tinyproxy is not installed; `apt-get install tinyproxy` brings it");
        return;
    }
    let server = https_server().await;
    let next = Proxy::start("HTTP/1.1 200 OK\r\n\r\n", server.address()).await;
    let tinyproxy = Tinyproxy::start(next.port).await;
    let url = format!("http://user:pass@127.0.0.1:{}", tinyproxy.port);
    for (name, client) in builders(&server.endpoint(), &options().proxy(url)) {
        let client = client.build().unwrap();
        for _ in 0..3 {
            mute(&client).await.unwrap_or_else(|error| panic!("{name}: {error:?}"));
        }
        let heads = std::mem::take(&mut *next.heads.lock().unwrap());
        assert_eq!(heads.len(), 1, "{name}: {heads:?}");
        assert!(!heads[0].to_ascii_lowercase().contains("\r\nauthorization"), "{name}");
    }
    let url = format!("http://user:wrong@127.0.0.1:{}", tinyproxy.port);
    for (name, client) in builders(&server.endpoint(), &options().proxy(url)) {
        let error = client.max_retries(0).build().unwrap().hold("a").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connect, "{name}: {error:?}");
    }
}

struct Tinyproxy {
    port: u16,
    file: std::path::PathBuf,
    process: Child,
}

impl Tinyproxy {
    async fn start(upstream: u16) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let file = std::env::temp_dir().join(format!("acs-rest-tinyproxy-{port}.conf"));
        let settings = format!(
            "Port {port}\nListen 127.0.0.1\nTimeout 60\nBasicAuth user pass\nMaxClients 100\n\
             Upstream http 127.0.0.1:{upstream}\n"
        );
        std::fs::write(&file, settings).unwrap();
        let process = Command::new("tinyproxy")
            .args(["-d", "-c"])
            .arg(&file)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let is_listening = || std::net::TcpStream::connect(("127.0.0.1", port)).is_ok();
        eventually("tinyproxy listens", is_listening).await;
        Self { port, file, process }
    }
}

impl Drop for Tinyproxy {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_file(&self.file);
    }
}
