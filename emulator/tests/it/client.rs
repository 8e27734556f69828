//! Raw HTTP/1.1: what is written here is what goes over the wire.

use std::time::{Duration, SystemTime};

use acs_rest_emulator::Emulator;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What came back.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Response {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: String,
}

impl Response {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub(crate) fn read(text: &str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Self { status, head: head.to_owned(), body: body.to_owned() }
    }
}

/// A request with the user's token.
pub(crate) fn request(emulator: &Emulator, line: &str, headers: &str, body: &str) -> String {
    format!(
        "{line} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nAuthorization: Bearer {}\r\n{headers}\r\n{body}",
        address(emulator),
        body.len(),
        emulator.user_token(),
    )
}

pub(crate) async fn connect(emulator: &Emulator) -> TcpStream {
    TcpStream::connect(address(emulator)).await.unwrap()
}

/// Sends text as it stands, and reads until the emulator closes.
pub(crate) async fn send(emulator: &Emulator, text: &str) -> Response {
    let mut stream = connect(emulator).await;
    stream.write_all(text.as_bytes()).await.unwrap();
    read(&mut stream).await
}

pub(crate) async fn read(stream: &mut TcpStream) -> Response {
    let mut bytes = Vec::new();
    let read = stream.read_to_end(&mut bytes);
    tokio::time::timeout(Duration::from_secs(20), read).await.expect("a response").unwrap();
    Response::read(std::str::from_utf8(&bytes).unwrap())
}

pub(crate) fn address(emulator: &Emulator) -> &str {
    emulator.endpoint().strip_prefix("http://").unwrap()
}

/// A call with the emulator's user in it, by its path.
pub(crate) async fn call(emulator: &Emulator) -> String {
    let user = emulator.user_id();
    let body =
        format!(r#"{{"targets":[{{"rawId":"{user}"}}],"callbackUri":"https://app.contoso.com/"}}"#);
    let line = "POST /calling/callConnections?api-version=2024-09-15";
    let response = send(emulator, &request(emulator, line, "", &body)).await;
    assert_eq!(response.status, 201, "{response:?}");
    format!("/calling/callConnections/{}", response.json()["callConnectionId"].as_str().unwrap())
}

/// A request that mutes the emulator's user, under a pair made now.
pub(crate) fn mute(emulator: &Emulator, call: &str, id: &str) -> String {
    let line = format!("POST {call}/participants:mute?api-version=2024-09-15");
    let date = httpdate::fmt_http_date(SystemTime::now());
    let pair = format!("Repeatability-Request-ID: {id}\r\nRepeatability-First-Sent: {date}\r\n");
    let body = format!(r#"{{"targetParticipants":[{{"rawId":"{}"}}]}}"#, emulator.user_id());
    request(emulator, &line, &pair, &body)
}

pub(crate) fn mutes(emulator: &Emulator) -> u64 {
    emulator.executions().get("CallConnection_Mute").copied().unwrap_or_default()
}
