//! HTTP/1.1, as far as the examples need it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use serde_json::Value;

/// A request.
pub struct Request {
    pub method: String,
    pub target: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// A reply.
#[derive(Clone)]
pub struct Reply {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: String,
    breaks_off: bool,
}

impl Reply {
    /// Replies with JSON, or with nothing if it is `null`.
    pub fn new(status: u16, body: &Value) -> Self {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        Self { status, headers: Vec::new(), body, breaks_off: false }
    }

    /// Reads the request, and breaks the connection off.
    pub fn lost() -> Self {
        Self { breaks_off: true, ..Self::new(500, &Value::Null) }
    }

    /// Adds a header.
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

impl Request {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// Reads a request, unless the client has closed the connection.
pub fn read_request(reader: &mut BufReader<TcpStream>) -> Option<Request> {
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace().map(str::to_owned);
    let (method, target) = (words.next()?, words.next()?);
    let mut request = Request { method, target, headers: Vec::new(), body: Vec::new() };
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        request.headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let length = request.header("content-length").and_then(|length| length.parse().ok());
    request.body.resize(length.unwrap_or(0), 0);
    reader.read_exact(&mut request.body).ok()?;
    Some(request)
}

/// Writes a reply; returns whether the connection stays open.
pub fn write_reply(stream: &mut TcpStream, reply: &Reply) -> bool {
    if reply.breaks_off {
        return false;
    }
    let mut text = format!("HTTP/1.1 {} -\r\n", reply.status);
    for (name, value) in &reply.headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    if reply.status != 204 {
        text.push_str(&format!("content-length: {}\r\n", reply.body.len()));
    }
    text.push_str(&format!("content-type: application/json\r\n\r\n{}", reply.body));
    stream.write_all(text.as_bytes()).is_ok()
}
