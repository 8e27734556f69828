//! HTTP/1.1 messages, as far as the contenders use them.

use std::io::Write;

use crate::unit;

/// One request with its body.
pub(super) struct Message<'a> {
    head: &'a [u8],
    pub(super) body: &'a [u8],
}

impl<'a> Message<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let end = end_of_head(bytes).unwrap_or(bytes.len());
        Self { head: &bytes[..end], body: &bytes[end..] }
    }

    /// `POST /path?query HTTP/1.1`.
    pub(super) fn request_line(&self) -> &'a str {
        let end = self.head.windows(2).position(|pair| pair == b"\r\n").unwrap_or_default();
        text(&self.head[..end])
    }

    pub(super) fn target(&self) -> &'a str {
        self.request_line().split(' ').nth(1).unwrap_or_default()
    }

    /// The header's value, if it comes once.
    pub(super) fn header(&self, name: &str) -> Option<&'a str> {
        let mut values = fields(self.head).filter(|(field, _)| field.eq_ignore_ascii_case(name));
        let value = values.next()?.1;
        values.next().is_none().then_some(value)
    }
}

/// The length of the request that `bytes` begin with, if all of it is there.
pub(super) fn length(bytes: &[u8]) -> Option<usize> {
    let head = end_of_head(bytes)?;
    let length = Message::new(&bytes[..head]).header("content-length");
    let total = head + length.and_then(|length| length.parse().ok()).unwrap_or(0);
    (bytes.len() >= total).then_some(total)
}

/// Eight headers and the result, or what is wrong with the request.
pub(super) fn answer(request: &Message<'_>, checked: Result<(), String>, answer: &mut Vec<u8>) {
    let (status, body) = match &checked {
        Ok(()) => ("200 OK", unit::ANSWER),
        Err(wrong) => ("400 Bad Request", &**wrong),
    };
    write_to(
        answer,
        format_args!(
            "HTTP/1.1 {status}\r\n\
             Date: Mon, 23 Nov 2026 07:06:37 GMT\r\n\
             Content-Type: application/json; charset=utf-8\r\n\
             Content-Length: {}\r\n\
             Request-Context: appId=\r\n\
             Repeatability-Result: accepted\r\n\
             x-ms-client-request-id: {}\r\n\
             X-Azure-Ref: 20261123T070637Z-r1598f7b8d4\r\n\
             X-Cache: CONFIG_NOCACHE\r\n\r\n{body}",
            body.len(),
            request.header("x-ms-client-request-id").unwrap_or_default(),
        ),
    );
}

/// How many requests are held.
pub(super) fn held(count: usize, answer: &mut Vec<u8>) {
    let body = count.to_string();
    let length = body.len();
    write_to(answer, format_args!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{body}"));
}

fn write_to(answer: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    answer.clear();
    answer.write_fmt(text).expect("a vector takes what is written to it");
}

fn end_of_head(bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4)
}

fn fields(head: &[u8]) -> impl Iterator<Item = (&str, &str)> {
    let lines = text(head).split("\r\n").skip(1);
    lines.filter_map(|line| line.split_once(':')).map(|(name, value)| (name, value.trim()))
}

/// No contender sends text that is not UTF-8.
fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}
