//! The script of the server.

use std::fmt::Write;
use std::time::Duration;

use super::Received;

/// One thing to do once a request's head is there. A script that ends keeps the connection open
/// for the next request, provided that the body was read.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    ReadBody,
    /// Carries the request out, once for each repeatability id.
    Execute,
    /// A whole answer.
    Answer(Answer),
    /// Bytes as they are.
    Raw(Vec<u8>),
    /// The same bytes that many times.
    Repeat(Vec<u8>, u64),
    /// Bytes one by one, with a pause before each.
    Drip(Vec<u8>, Duration),
    Wait(Duration),
    /// Nothing more, until the client leaves.
    Hang,
    Fin,
    Reset,
}

/// An answer as HTTP has it, with the client's request id echoed.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    status: u16,
    headers: String,
    body: Vec<u8>,
    echo: bool,
}

impl Answer {
    pub(crate) fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: String::new(), body: body.into(), echo: true }
    }

    /// What `mute` returns.
    pub(crate) fn muted() -> Self {
        Self::new(200, r#"{"operationContext":"muted"}"#)
    }

    pub(crate) fn error(status: u16) -> Self {
        let body = r#"{"error":{"code":"Scripted","message":"as told"}}"#;
        Self::new(status, body).header("content-type", "application/json")
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        write!(self.headers, "{name}: {value}\r\n").unwrap();
        self
    }

    pub(crate) fn without_echo(mut self) -> Self {
        self.echo = false;
        self
    }

    /// Head and body with their right length.
    pub(crate) fn bytes(&self, to: &Received) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {} As Told\r\n{}", self.status, self.headers);
        if let Some(id) = to.header("x-ms-client-request-id").filter(|_| self.echo) {
            write!(head, "x-ms-client-request-id: {id}\r\n").unwrap();
        }
        let has_body = self.status >= 200 && self.status != 204 && self.status != 304;
        if has_body {
            write!(head, "content-length: {}\r\n", self.body.len()).unwrap();
        }
        let mut bytes = format!("{head}\r\n").into_bytes();
        if has_body && to.method != "HEAD" {
            bytes.extend_from_slice(&self.body);
        }
        bytes
    }
}

impl From<Answer> for Vec<Step> {
    /// A good server: reads, carries out, answers.
    fn from(answer: Answer) -> Self {
        let is_success = (200..300).contains(&answer.status);
        let execute = is_success.then_some(Step::Execute);
        [Step::ReadBody].into_iter().chain(execute).chain([Step::Answer(answer)]).collect()
    }
}

/// A script that does the same for every request.
pub(crate) fn always(steps: impl Into<Vec<Step>>) -> impl Fn(&Received) -> Vec<Step> {
    let steps = steps.into();
    move |_| steps.clone()
}

/// A script with a turn for each request, the last one for all that follow.
pub(crate) fn in_turn(
    turns: impl IntoIterator<Item = Vec<Step>>,
) -> impl Fn(&Received) -> Vec<Step> {
    let turns: Vec<_> = turns.into_iter().collect();
    move |request| turns[request.nth.min(turns.len() - 1)].clone()
}

/// A script of good answers, in turn.
pub(crate) fn answers(
    answers: impl IntoIterator<Item = Answer>,
) -> impl Fn(&Received) -> Vec<Step> {
    in_turn(answers.into_iter().map(Vec::from))
}
