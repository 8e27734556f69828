//! A transport without sockets, for tests on a paused clock: nothing real is ever pending.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use acs_rest::transport::{Body, Request, Response, SendFuture, Transport, TransportError};
use tokio::time::Instant;

/// The reply to a request.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    Status(u16, &'static [(&'static str, &'static str)]),
    Ok(&'static str),
    Broken,
    Hang,
}

/// One request.
#[derive(Clone, Debug)]
pub(crate) struct Try {
    pub(crate) at: Instant,
    pub(crate) headers: http::HeaderMap,
}

/// Replies by number of the request, and keeps the requests.
#[derive(Clone)]
pub(crate) struct Memory {
    reply: Arc<dyn Fn(usize) -> Reply + Send + Sync>,
    tries: Arc<Mutex<Vec<Try>>>,
}

impl Memory {
    pub(crate) fn new(reply: impl Fn(usize) -> Reply + Send + Sync + 'static) -> Self {
        Self { reply: Arc::new(reply), tries: Arc::default() }
    }

    /// Replies in turn, the last one to all that follow.
    pub(crate) fn in_turn(replies: impl IntoIterator<Item = Reply>) -> Self {
        let replies: Vec<_> = replies.into_iter().collect();
        Self::new(move |nth| replies[nth.min(replies.len() - 1)].clone())
    }

    pub(crate) fn tries(&self) -> Vec<Try> {
        self.tries.lock().unwrap().clone()
    }

    /// The time from each request to the next.
    pub(crate) fn gaps(&self) -> Vec<Duration> {
        self.tries().windows(2).map(|pair| pair[1].at - pair[0].at).collect()
    }

    fn enter(&self, request: &Request<'_>) -> usize {
        let mut tries = self.tries.lock().unwrap();
        tries.push(Try { at: Instant::now(), headers: request.headers().clone() });
        tries.len() - 1
    }
}

impl std::fmt::Debug for Memory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Memory")
    }
}

impl Transport for Memory {
    fn send<'a>(&'a self, request: Request<'a>) -> SendFuture<'a> {
        let reply = (self.reply)(self.enter(&request));
        Box::pin(async move {
            match reply {
                Reply::Ok(json) => Ok(Response::new(Body::from(json))),
                Reply::Status(status, headers) => Ok(answer(status, headers)),
                Reply::Broken => Err(TransportError::interrupted("scripted")),
                Reply::Hang => std::future::pending().await,
            }
        })
    }
}

fn answer(status: u16, headers: &[(&'static str, &'static str)]) -> Response {
    let mut answer = Response::new(Body::from("{}"));
    *answer.status_mut() = status.try_into().unwrap();
    for &(name, value) in headers {
        answer.headers_mut().insert(name, http::HeaderValue::from_static(value));
    }
    answer
}
