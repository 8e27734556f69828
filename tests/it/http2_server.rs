//! The server's side of HTTP/2, frame by frame (RFC 9113): nothing about it is well-formed by
//! accident, and it depends on no HTTP library.

use std::collections::HashMap;
use std::future::Future;
use std::io;
use std::sync::{Arc, Mutex};

use acs_rest::{Client, Result};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::operations::{MuteRequest, Muted, Scripted};
use crate::tls_server::{AUTHORITY, NAME, Stream, TlsServer};

pub(crate) const DATA: u8 = 0;
pub(crate) const HEADERS: u8 = 1;
pub(crate) const RST_STREAM: u8 = 3;
pub(crate) const SETTINGS: u8 = 4;
pub(crate) const PING: u8 = 6;
pub(crate) const GOAWAY: u8 = 7;
pub(crate) const WINDOW_UPDATE: u8 = 8;
pub(crate) const CONTINUATION: u8 = 9;

pub(crate) const END_STREAM: u8 = 1;
pub(crate) const END_HEADERS: u8 = 4;
const ACK: u8 = 1;

pub(crate) const MAX_CONCURRENT_STREAMS: u16 = 3;
pub(crate) const INITIAL_WINDOW_SIZE: u16 = 4;

/// The codes of `RST_STREAM` and `GOAWAY` (section 7).
pub(crate) const NO_ERROR: u32 = 0;
pub(crate) const INTERNAL_ERROR: u32 = 2;
pub(crate) const REFUSED_STREAM: u32 = 7;
pub(crate) const ENHANCE_YOUR_CALM: u32 = 11;

/// One connection.
pub(crate) struct Connection {
    stream: Stream,
    input: Vec<u8>,
    /// The bodies of requests that are not complete.
    bodies: HashMap<u32, Vec<u8>>,
    /// The streams that the client has opened and neither side has ended.
    pub(crate) open: usize,
    /// Whether `PING` is answered.
    pub(crate) answers_pings: bool,
}

/// A request that has come whole.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) stream: u32,
    pub(crate) body: Vec<u8>,
}

/// A frame, or what it means for the caller.
pub(crate) enum Event {
    Request(Received),
    Reset,
}

/// Starts a server that speaks HTTP/2 alone; `serve` gets each connection after the preface.
pub(crate) async fn start<F>(
    settings: &'static [(u16, u32)],
    serve: impl Fn(Connection, usize) -> F + Clone + Send + Sync + 'static,
) -> TlsServer
where
    F: Future<Output = io::Result<()>> + Send + 'static,
{
    let config = AUTHORITY.server(&[NAME], &["h2"], |_| {});
    TlsServer::start(config, move |stream, nth| {
        let serve = serve.clone();
        async move {
            if let Ok(connection) = Connection::open(stream, settings).await {
                // A client that leaves is no failure.
                let _ = serve(connection, nth).await;
            }
        }
    })
    .await
}

impl Connection {
    async fn open(mut stream: Stream, settings: &[(u16, u32)]) -> io::Result<Self> {
        let mut preface = [0; 24];
        stream.read_exact(&mut preface).await?;
        assert_eq!(&preface, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        let mut connection = Self {
            stream,
            input: Vec::new(),
            bodies: HashMap::new(),
            open: 0,
            answers_pings: true,
        };
        connection.settings(settings).await?;
        Ok(connection)
    }

    pub(crate) async fn frame(
        &mut self,
        kind: u8,
        flags: u8,
        stream: u32,
        payload: &[u8],
    ) -> io::Result<()> {
        let mut frame = (payload.len() as u32).to_be_bytes()[1..].to_vec();
        frame.extend([kind, flags]);
        frame.extend(stream.to_be_bytes());
        frame.extend(payload);
        self.stream.write_all(&frame).await?;
        self.stream.flush().await
    }

    pub(crate) async fn settings(&mut self, settings: &[(u16, u32)]) -> io::Result<()> {
        let mut payload = Vec::new();
        for (name, value) in settings {
            payload.extend(name.to_be_bytes());
            payload.extend(value.to_be_bytes());
        }
        self.frame(SETTINGS, 0, 0, &payload).await
    }

    /// 200 with this body.
    pub(crate) async fn respond(&mut self, stream: u32, body: &[u8]) -> io::Result<()> {
        self.open = self.open.saturating_sub(1);
        // `:status: 200` is entry 8 of the static table (RFC 7541, appendix A).
        self.frame(HEADERS, END_HEADERS, stream, &[0x88]).await?;
        self.frame(DATA, END_STREAM, stream, body).await
    }

    pub(crate) async fn reset(&mut self, stream: u32, code: u32) -> io::Result<()> {
        self.open = self.open.saturating_sub(1);
        self.frame(RST_STREAM, 0, stream, &code.to_be_bytes()).await
    }

    pub(crate) async fn go_away(&mut self, last: u32, code: u32) -> io::Result<()> {
        let payload = [last.to_be_bytes(), code.to_be_bytes()].concat();
        self.frame(GOAWAY, 0, 0, &payload).await
    }

    /// The next whole request; an error if the client has left.
    pub(crate) async fn request(&mut self) -> io::Result<Received> {
        loop {
            if let Event::Request(request) = self.event().await? {
                return Ok(request);
            }
        }
    }

    /// The next thing that the client did with a stream. Settings and pings are answered.
    pub(crate) async fn event(&mut self) -> io::Result<Event> {
        loop {
            let (kind, flags, stream, payload) = self.read_frame().await?;
            match kind {
                SETTINGS if flags & ACK == 0 => self.frame(SETTINGS, ACK, 0, &[]).await?,
                PING if flags & ACK == 0 && self.answers_pings => {
                    self.frame(PING, ACK, 0, &payload).await?;
                }
                HEADERS => {
                    assert!(flags & END_HEADERS != 0, "a request with continuations");
                    self.open += 1;
                    self.bodies.insert(stream, Vec::new());
                }
                DATA => {
                    self.bodies.entry(stream).or_default().extend(&payload);
                    if !payload.is_empty() {
                        let more = (payload.len() as u32).to_be_bytes();
                        self.frame(WINDOW_UPDATE, 0, 0, &more).await?;
                        if flags & END_STREAM == 0 {
                            self.frame(WINDOW_UPDATE, 0, stream, &more).await?;
                        }
                    }
                }
                RST_STREAM => {
                    self.open = self.open.saturating_sub(1);
                    self.bodies.remove(&stream);
                    return Ok(Event::Reset);
                }
                _ => {}
            }
            if matches!(kind, HEADERS | DATA) && flags & END_STREAM != 0 {
                let body = self.bodies.remove(&stream).unwrap_or_default();
                return Ok(Event::Request(Received { stream, body }));
            }
        }
    }

    async fn read_frame(&mut self) -> io::Result<(u8, u8, u32, Vec<u8>)> {
        loop {
            if let Some(head) = self.input.first_chunk::<9>() {
                let length = u32::from_be_bytes([0, head[0], head[1], head[2]]) as usize;
                let (kind, flags) = (head[3], head[4]);
                let stream = u32::from_be_bytes([head[5], head[6], head[7], head[8]]);
                if self.input.len() >= 9 + length {
                    let frame: Vec<u8> = self.input.drain(..9 + length).collect();
                    return Ok((kind, flags, stream, frame[9..].to_vec()));
                }
            }
            // Cancel-safe: a frame may be waited for beside something else.
            if self.stream.read_buf(&mut self.input).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
    }
}

pub(crate) const MUTED: &[u8] = br#"{"operationContext":"muted"}"#;

/// The bodies of the requests that the server carried out.
#[derive(Clone, Default)]
pub(crate) struct Executed(Arc<Mutex<Vec<Vec<u8>>>>);

impl Executed {
    pub(crate) fn note(&self, body: &[u8]) {
        self.0.lock().unwrap().push(body.to_vec());
    }

    pub(crate) fn times(&self, context: &str) -> usize {
        let quoted = format!("\"{context}\"");
        let executed = self.0.lock().unwrap();
        let is_it = |body: &&Vec<u8>| String::from_utf8_lossy(body).contains(&quoted);
        executed.iter().filter(is_it).count()
    }

    pub(crate) fn take(&self) -> usize {
        std::mem::take(&mut *self.0.lock().unwrap()).len()
    }
}

/// A POST that may not be repeated, recognisable by its body.
pub(crate) async fn play(client: &Client, context: &str) -> Result<Muted> {
    let request = MuteRequest { operation_context: context.to_owned() };
    client.play("a", &request).await
}

/// Each case on each transport, with a server of its own.
pub(crate) fn each_transport<T: Clone>(cases: impl IntoIterator<Item = T>) -> Vec<(T, usize)> {
    let transports = usize::from(cfg!(feature = "reqwest")) + usize::from(cfg!(feature = "hyper"));
    let cases = cases.into_iter();
    cases.flat_map(|case| (0..transports).map(move |nth| (case.clone(), nth))).collect()
}

/// Carries out and answers whatever comes.
pub(crate) async fn serve(mut connection: Connection, executed: Executed) -> io::Result<()> {
    loop {
        let request = connection.request().await?;
        executed.note(&request.body);
        connection.respond(request.stream, MUTED).await?;
    }
}
