//! One connection: reads requests, does what the script says.

use std::io;
use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::log::{Log, Received};
use super::script::Step;

struct Connection {
    stream: TcpStream,
    /// Read, and not yet looked at.
    ahead: Vec<u8>,
    log: Arc<Log>,
}

/// What a step leaves of the connection.
#[derive(PartialEq, Eq)]
enum Then {
    Next,
    Closed,
}

/// Serves a connection until either side ends it.
pub(super) async fn serve<S>(stream: TcpStream, log: Arc<Log>, script: Arc<S>)
where
    S: Fn(&Received) -> Vec<Step>,
{
    let _ = stream.set_nodelay(true);
    log.note_connection();
    let mut connection = Connection { stream, ahead: Vec::new(), log };
    while let Ok(Some(request)) = connection.head().await {
        let steps = script(&request);
        match connection.perform(&request, steps).await {
            Ok(Then::Next) => {}
            Ok(Then::Closed) => return,
            Err(_) => return connection.log.note_left(),
        }
    }
}

impl Connection {
    /// The next request's head, entered in the log; `None` if the client is done.
    async fn head(&mut self) -> io::Result<Option<Received>> {
        let end = loop {
            if let Some(at) = self.ahead.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
                break at;
            }
            if self.stream.read_buf(&mut self.ahead).await? == 0 {
                if !self.ahead.is_empty() {
                    self.log.note_left();
                }
                return Ok(None);
            }
        };
        let head: Vec<u8> = self.ahead.drain(..end + 4).collect();
        match parse(&head[..end]) {
            Ok(request) => Ok(Some(self.log.enter(request))),
            Err(what) => {
                self.log.note_malformed(what);
                Ok(None)
            }
        }
    }

    async fn perform(&mut self, request: &Received, steps: Vec<Step>) -> io::Result<Then> {
        let mut body = None;
        for step in steps {
            match step {
                Step::ReadBody => body = Some(self.body(request).await?),
                Step::Execute => self.log.execute(request, body.as_deref().unwrap_or_default()),
                Step::Answer(answer) => self.write(&answer.bytes(request)).await?,
                Step::Raw(bytes) => self.write(&bytes).await?,
                Step::Repeat(bytes, times) => {
                    for _ in 0..times {
                        self.write(&bytes).await?;
                    }
                }
                Step::Drip(bytes, pause) => {
                    for byte in bytes {
                        tokio::time::sleep(pause).await;
                        self.write(&[byte]).await?;
                    }
                }
                Step::Wait(time) => tokio::time::sleep(time).await,
                Step::Hang => return self.hang().await,
                Step::Fin => {
                    self.stream.shutdown().await?;
                    return Ok(Then::Closed);
                }
                Step::Reset => {
                    self.stream.set_zero_linger()?;
                    return Ok(Then::Closed);
                }
            }
        }
        Ok(if body.is_some() { Then::Next } else { Then::Closed })
    }

    async fn body(&mut self, request: &Received) -> io::Result<Vec<u8>> {
        let length = request.header("content-length").map_or(0, |length| length.parse().unwrap());
        while self.ahead.len() < length {
            if self.stream.read_buf(&mut self.ahead).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        let body: Vec<u8> = self.ahead.drain(..length).collect();
        self.log.enter_body(request.nth, body.clone());
        Ok(body)
    }

    async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes).await?;
        self.log.note_sent(bytes.len());
        Ok(())
    }

    async fn hang(&mut self) -> io::Result<Then> {
        loop {
            self.ahead.clear();
            if self.stream.read_buf(&mut self.ahead).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
    }
}

/// A request line and header lines, as strict as RFC 9112 allows.
fn parse(head: &[u8]) -> Result<Received, String> {
    let text = std::str::from_utf8(head).map_err(|_| "not UTF-8".to_owned())?;
    let mut lines = text.split("\r\n");
    let line: Vec<_> = lines.next().unwrap_or_default().split(' ').collect();
    let [method, target, "HTTP/1.1"] = line[..] else { return Err(format!("{line:?}")) };
    let mut headers = Vec::new();
    for line in lines {
        let (name, value) = line.split_once(": ").ok_or_else(|| line.to_owned())?;
        if line.contains(['\r', '\n', '\0']) {
            return Err(line.escape_debug().to_string());
        }
        headers.push((name.to_ascii_lowercase(), value.to_owned()));
    }
    let (method, target) = (method.to_owned(), target.to_owned());
    Ok(Received { nth: 0, try_of_call: 0, method, target, headers, body: Vec::new() })
}
