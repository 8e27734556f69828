//! The server behind TLS, over HTTP/1.1 or HTTP/2, in a process of its own.

use std::convert::Infallible;
use std::future::pending;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result, anyhow};
use bytes::Bytes;
use http::header::{CONTENT_TYPE, DATE};
use http::{HeaderMap, Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::PrivatePkcs8KeyDer;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use crate::unit;

/// More than any job has at once.
const MAX_STREAMS: u32 = 2_000;

#[derive(Default)]
struct Counts {
    held: AtomicUsize,
    connections: AtomicUsize,
}

/// Serves until standard input ends. One line is printed: the endpoint, where to ask for counts,
/// and the file with the certificate to trust.
pub(crate) fn serve_tls(protocol: &str, mode: &str) -> Result<()> {
    let holds = match mode {
        "answer" => false,
        "hold" => true,
        _ => return Err(anyhow!("`{mode}` is not a mode of the server")),
    };
    let (config, certificate) = config(protocol)?;
    std::thread::spawn(|| {
        let _ = io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(listen(config, &certificate, holds))
}

fn config(protocol: &str) -> Result<(ServerConfig, String)> {
    let key = KeyPair::generate()?;
    let mut params = CertificateParams::new([])?;
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = params.self_signed(&key)?.pem();
    let issuer = Issuer::new(params, key);
    let key = KeyPair::generate()?;
    let certificate = CertificateParams::new(["127.0.0.1".to_owned()])?.signed_by(&key, &issuer)?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider);
    let config = config.with_safe_default_protocol_versions()?.with_no_client_auth();
    let key = PrivatePkcs8KeyDer::from(key.serialize_der());
    let mut config = config.with_single_cert(vec![certificate.der().clone()], key.into())?;
    config.alpn_protocols = vec![protocol.as_bytes().to_vec()];
    Ok((config, authority))
}

async fn listen(config: ServerConfig, certificate: &str, holds: bool) -> Result<()> {
    let (listener, control) =
        (TcpListener::bind("127.0.0.1:0").await?, TcpListener::bind("127.0.0.1:0").await?);
    let file = std::env::temp_dir().join(format!("acs-rest-benches-{}.pem", std::process::id()));
    std::fs::write(&file, certificate)?;
    let (endpoint, control_endpoint) = (listener.local_addr()?, control.local_addr()?);
    println!("https://{endpoint} http://{control_endpoint} {}", file.display());
    io::stdout().flush()?;
    let counts = Arc::new(Counts::default());
    tokio::spawn(report(control, Arc::clone(&counts)));
    let acceptor = TlsAcceptor::from(Arc::new(config));
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        tokio::spawn(serve(acceptor.clone(), stream, Arc::clone(&counts), holds));
    }
}

async fn serve(acceptor: TlsAcceptor, stream: TcpStream, counts: Arc<Counts>, holds: bool) {
    let Ok(stream) = acceptor.accept(stream).await else { return };
    counts.connections.fetch_add(1, Ordering::SeqCst);
    let mut server = Builder::new(TokioExecutor::new());
    server.http2().max_concurrent_streams(MAX_STREAMS);
    let answer = service_fn(move |request| answer(request, Arc::clone(&counts), holds));
    // A client that is done may reset its connection.
    let _ = server.serve_connection(TokioIo::new(stream), answer).await;
}

async fn answer(
    request: Request<Incoming>,
    counts: Arc<Counts>,
    holds: bool,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    let _ = body.collect().await;
    if holds {
        counts.held.fetch_add(1, Ordering::SeqCst);
        return pending().await;
    }
    let mut response = Response::new(Full::from(unit::ANSWER));
    *response.headers_mut() = headers(&head.headers);
    Ok(response)
}

/// Eight, as in the service's own answers.
fn headers(request: &HeaderMap) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let mut set = |name: &'static str, value: &'static str| {
        headers.insert(name, http::HeaderValue::from_static(value));
    };
    set(DATE.as_str(), "Mon, 23 Nov 2026 07:06:37 GMT");
    set(CONTENT_TYPE.as_str(), "application/json; charset=utf-8");
    set("request-context", "appId=");
    set("repeatability-result", "accepted");
    set("x-azure-ref", "20261123T070637Z-r1598f7b8d4");
    set("x-cache", "CONFIG_NOCACHE");
    if let Some(id) = request.get("x-ms-client-request-id") {
        headers.insert("x-ms-client-request-id", id.clone());
    }
    headers
}

/// Reports the counts over plain HTTP.
async fn report(listener: TcpListener, counts: Arc<Counts>) -> Result<()> {
    loop {
        let (mut stream, _) = listener.accept().await?;
        let mut request = [0; 256];
        let length = stream.read(&mut request).await?;
        let count = match request[..length].starts_with(b"GET /held") {
            true => counts.held.load(Ordering::SeqCst),
            false => counts.connections.load(Ordering::SeqCst),
        };
        let body = count.to_string();
        let text = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        stream.write_all(text.as_bytes()).await?;
    }
}

/// The server as seen from the process that started it.
#[derive(Debug)]
pub(crate) struct TlsServer {
    process: Child,
    line: String,
}

impl TlsServer {
    pub(crate) fn start(protocol: &str, mode: &str) -> Result<Self> {
        let mut process = Command::new(std::env::current_exe()?)
            .args(["serve-tls", protocol, mode])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let output = process.stdout.take().context("the server has no output")?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        Ok(Self { process, line })
    }

    pub(crate) fn endpoint(&self) -> &str {
        self.word(0)
    }

    /// Where to ask for counts.
    pub(crate) fn control(&self) -> &str {
        self.word(1)
    }

    /// The file with the certificate to trust.
    pub(crate) fn certificate(&self) -> &str {
        self.word(2)
    }

    fn word(&self, nth: usize) -> &str {
        self.line.split_whitespace().nth(nth).unwrap_or_default()
    }
}

impl Drop for TlsServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_file(self.certificate());
    }
}
