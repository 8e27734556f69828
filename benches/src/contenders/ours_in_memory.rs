//! Our own share: the same call with a transport below it that only answers.
//!
//! What the transport itself costs is in the figures: 3 allocations (its boxed future, and the two
//! tables of the answer's header map) and some 700 instructions. The echo of the client's id is the
//! value that the request brought, moved.

use std::future::ready;

use acs_rest::call_automation::{CallConnection, MuteParticipantsRequest, MuteParticipantsResult};
use acs_rest::transport::{Body, Request, Response, SendFuture, Transport};
use acs_rest::{Client, Error};
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, DATE};
use http::{HeaderMap, HeaderName, HeaderValue};

use super::Contender;
use super::ours_on_reqwest::{credential, request};
use crate::unit::{self, Variant};

const ECHO: HeaderName = HeaderName::from_static("x-ms-client-request-id");

pub(crate) struct OursInMemory(Client);

/// Answers with these headers, among them the echo.
#[derive(Debug)]
struct Memory(HeaderMap);

impl Transport for Memory {
    fn send<'a>(&'a self, mut request: Request<'a>) -> SendFuture<'a> {
        let mut answer = Response::new(Body::from(unit::ANSWER));
        *answer.headers_mut() = self.0.clone();
        if let Some(echo) = request.headers.get_mut(ECHO) {
            let echo = std::mem::replace(echo, HeaderValue::from_static(""));
            answer.headers_mut().insert(ECHO, echo);
        }
        Box::pin(ready(Ok(answer)))
    }
}

impl Contender for OursInMemory {
    type Request = MuteParticipantsRequest;
    type Answer = MuteParticipantsResult;
    type Error = Error;

    fn new(endpoint: &str, variant: Variant) -> Self {
        let builder = Client::builder(endpoint, credential(variant)).transport(Memory(headers()));
        Self(builder.build().expect("the endpoint is one"))
    }

    fn request() -> MuteParticipantsRequest {
        request()
    }

    fn mute(
        &self,
        call: &str,
        request: &MuteParticipantsRequest,
    ) -> impl Future<Output = Result<MuteParticipantsResult, Error>> + Send {
        self.0.mute_participants(call, request)
    }

    fn context(answer: &MuteParticipantsResult) -> Option<&str> {
        answer.operation_context.as_deref()
    }
}

/// The answer's eight headers; the echo is filled in.
fn headers() -> HeaderMap {
    [
        (DATE, "Mon, 23 Nov 2026 07:06:37 GMT"),
        (CONTENT_TYPE, "application/json; charset=utf-8"),
        (CONTENT_LENGTH, "39"),
        (HeaderName::from_static("request-context"), "appId="),
        (HeaderName::from_static("repeatability-result"), "accepted"),
        (ECHO, ""),
        (HeaderName::from_static("x-azure-ref"), "20261123T070637Z-r1598f7b8d4"),
        (HeaderName::from_static("x-cache"), "CONFIG_NOCACHE"),
    ]
    .map(|(name, value)| (name, HeaderValue::from_static(value)))
    .into_iter()
    .collect()
}
