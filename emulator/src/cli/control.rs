//! Commands to a running emulator.

use std::io::{self, Write};

use clap::Args;
use http::{Method, Request, Uri, header};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use tokio::net::TcpStream;

/// The emulator to control.
#[derive(Args, Debug)]
struct Target {
    /// The emulator's http endpoint
    #[arg(
        long,
        env = "ACS_EMULATOR_URL",
        value_name = "URL",
        default_value = "http://127.0.0.1:4280"
    )]
    emulator: Uri,
}

/// Calls the bot: an incoming call from a phone number or a raw id.
#[derive(Args, Debug)]
pub(super) struct Ring {
    /// The caller, such as +14255550123
    from: String,
    /// The callee [default: the user that every emulator has]
    #[arg(long, env = "ACS_EMULATOR_TO", value_name = "RAW_ID")]
    to: Option<String>,
    /// The name that is shown for the caller
    #[arg(long, env = "ACS_EMULATOR_DISPLAY_NAME", value_name = "NAME")]
    display_name: Option<String>,
    #[command(flatten)]
    target: Target,
}

impl Ring {
    pub(super) async fn run(self) -> io::Result<()> {
        let mut body = json!({ "from": raw_id(&self.from) });
        if let Some(to) = &self.to {
            body["to"] = raw_id(to).into();
        }
        if let Some(name) = &self.display_name {
            body["callerDisplayName"] = name.as_str().into();
        }
        let call = self.target.post("incomingCalls", &body).await?;
        writeln!(io::stdout(), "{}", call["serverCallId"].as_str().unwrap_or_default())
    }
}

/// Presses keys as a participant of a call.
#[derive(Args, Debug)]
pub(super) struct Press {
    /// The participant, such as +14255550123
    who: String,
    /// The keys, one by one or together: 1 2 #, or 12#
    #[arg(required = true)]
    keys: Vec<String>,
    #[command(flatten)]
    target: Target,
}

impl Press {
    pub(super) async fn run(self) -> io::Result<()> {
        let tones: Vec<String> = self.keys.concat().chars().map(|key| key.to_string()).collect();
        self.target.person(&self.who, "press", &json!({ "tones": tones })).await
    }
}

/// Speaks as a participant of a call.
#[derive(Args, Debug)]
pub(super) struct Say {
    /// The participant, such as +14255550123
    who: String,
    /// The words
    #[arg(required = true)]
    words: Vec<String>,
    #[command(flatten)]
    target: Target,
}

impl Say {
    pub(super) async fn run(self) -> io::Result<()> {
        self.target.person(&self.who, "speak", &json!({ "text": self.words.join(" ") })).await
    }
}

/// Hangs up as a participant of a call.
#[derive(Args, Debug)]
pub(super) struct HangUp {
    /// The participant, such as +14255550123
    who: String,
    #[command(flatten)]
    target: Target,
}

impl HangUp {
    pub(super) async fn run(self) -> io::Result<()> {
        self.target.person(&self.who, "hangUp", &json!({})).await
    }
}

impl Target {
    /// Performs an action of a person in the person's only call.
    async fn person(&self, who: &str, verb: &str, body: &Value) -> io::Result<()> {
        let (who, calls) = (raw_id(who), self.send(Method::GET, "calls", None).await?);
        let is_there = |call: &&Value| {
            let participants = call["participants"].as_array().into_iter().flatten();
            participants.map(|one| &one["identifier"]["rawId"]).any(|id| *id == who.as_str())
        };
        let mut found = calls["calls"].as_array().into_iter().flatten().filter(is_there);
        let call = match (found.next(), found.next()) {
            (Some(call), None) => call["serverCallId"].as_str().unwrap_or_default(),
            (None, _) => return Err(io::Error::other(format!("`{who}` is not in a call"))),
            (Some(_), Some(_)) => {
                return Err(io::Error::other(format!(
                    "`{who}` is in more than one call; use the page at /_emulator/"
                )));
            }
        };
        let [call, who] = [call, &who].map(|id| utf8_percent_encode(id, NON_ALPHANUMERIC));
        self.post(&format!("calls/{call}/participants/{who}:{verb}"), body).await.map(drop)
    }

    async fn post(&self, path: &str, body: &Value) -> io::Result<Value> {
        self.send(Method::POST, path, Some(body)).await
    }

    /// Sends a request to a path under `/_emulator`, and reads the JSON that answers it.
    async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> io::Result<Value> {
        let host = self.emulator.host().filter(|_| self.emulator.scheme_str() == Some("http"));
        let Some(host) = host else {
            let message = "`--emulator` is not a URL such as `http://127.0.0.1:4280`";
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        };
        let port = self.emulator.port_u16().unwrap_or(80);
        let stream = TcpStream::connect((host.trim_matches(['[', ']']), port))
            .await
            .map_err(|error| unreachable_emulator(&self.emulator, &error))?;
        let (mut client, connection) =
            http1::handshake(TokioIo::new(stream)).await.map_err(io::Error::other)?;
        tokio::spawn(connection);
        let body = body.map(Value::to_string).unwrap_or_default();
        let request = Request::builder()
            .method(method)
            .uri(format!("/_emulator/{path}"))
            .header(header::HOST, format!("{host}:{port}"))
            .header(header::CONTENT_TYPE, "application/json")
            .body(Full::new(Bytes::from(body)))
            .map_err(io::Error::other)?;
        let response = client.send_request(request).await.map_err(io::Error::other)?;
        let is_success = response.status().is_success();
        let bytes = response.into_body().collect().await.map_err(io::Error::other)?.to_bytes();
        let response: Value = serde_json::from_slice(&bytes).unwrap_or_default();
        if is_success {
            return Ok(response);
        }
        Err(io::Error::other(
            response["error"]["message"].as_str().unwrap_or("it failed").to_owned(),
        ))
    }
}

fn unreachable_emulator(url: &Uri, error: &io::Error) -> io::Error {
    let message = format!("no emulator answers at {url}: {error}; name another with `--emulator`");
    io::Error::new(error.kind(), message)
}

/// A phone number may be given without the `4:` that its raw id has.
fn raw_id(text: &str) -> String {
    let is_number =
        !text.contains(':') && text.starts_with(|c: char| c == '+' || c.is_ascii_digit());
    if is_number { format!("4:{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_number_is_a_raw_id_without_its_prefix() {
        for (text, expected) in [
            ("+14255550123", "4:+14255550123"),
            ("4:+14255550123", "4:+14255550123"),
            ("8:acs:a", "8:acs:a"),
        ] {
            assert_eq!(raw_id(text), expected);
        }
    }
}
