//! A transport that answers from memory and keeps what it was sent.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::SystemTime;
use time::OffsetDateTime;

use acs_rest::transport::{Body, Request, Response, SendFuture, Transport};
use acs_rest::{RandomSource, TimeSource};

/// What was sent, and the answer to everything.
#[derive(Clone, Debug)]
pub(crate) struct Recorder {
    status: u16,
    answer: &'static str,
    sent: Arc<Mutex<Vec<Sent>>>,
}

/// One request as it would go on the wire.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) method: String,
    pub(crate) host: String,
    pub(crate) target: String,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
}

impl Recorder {
    pub(crate) fn answering(status: u16, answer: &'static str) -> Self {
        Self { status, answer, sent: Arc::default() }
    }

    pub(crate) fn sent(&self) -> Vec<Sent> {
        self.sent.lock().unwrap().clone()
    }
}

impl Transport for Recorder {
    fn send<'a>(&'a self, request: Request<'a>) -> SendFuture<'a> {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let headers = request.headers().iter();
        self.sent.lock().unwrap().push(Sent {
            method: request.method().to_string(),
            host: request.endpoint().authority().to_owned(),
            target: request.target().to_owned(),
            headers: headers
                .map(|(name, value)| (name.to_string(), text(value.as_bytes())))
                .collect(),
            body: text(request.body()),
        });
        let mut answer = Response::new(Body::from(self.answer));
        *answer.status_mut() = self.status.try_into().unwrap();
        Box::pin(async { Ok(answer) })
    }
}

/// A clock that stands still.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StoppedAt(pub(crate) SystemTime);

impl TimeSource for StoppedAt {
    fn now(&self) -> OffsetDateTime {
        self.0.into()
    }
}

impl RandomSource for StoppedAt {
    fn random(&self) -> u128 {
        0x0123_4567_89ab_cdef_0123_4567_89ab_cdef
    }
}
