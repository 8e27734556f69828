//! Our own share: the same call with a transport below it that only answers.
//!
//! The answer costs next to nothing, since making one is the HTTP library's work: its headers are
//! those of the request, moved, among them the client's id that is compared with the echo.
//!
//! The instructions, allocations included, are about
//! * 600 of the argument, as a user makes it and drops it;
//! * 2,100 of the body's JSON, ids and names first of all;
//! * 650 of path and query, and of putting the call together;
//! * 1,300 of the ids, the date and the deadline;
//! * 3,250 of the request's header map: eight fields put in, and dropped with the answer;
//! * 300 of comparing the echo;
//! * 400 of the transport, which is this file's;
//! * 750 of the result's JSON;
//! * 2,500 of everything else: the boxed future and its states, the token, the span that nobody
//!   listens to, the retry budget, and dropping what was kept for another try.
//!
//! The allocations are
//! * 3 of the argument, as a user makes it: the id of the participant, the list, the context;
//! * 2 of the body: its JSON, and the shared handle on it;
//! * 1 of path and query;
//! * 1 of the future of the call;
//! * 2 of the ids, which the requests of all tries share; the date is another call's of that second;
//! * 2 of the request's header map;
//! * 1 of the transport's future, which is this file's;
//! * 1 of the result.

use std::future::ready;

use acs_rest::call_automation::{CallConnection, MuteParticipantsRequest, MuteParticipantsResult};
use acs_rest::transport::{Body, Request, Response, SendFuture, Transport};
use acs_rest::{Client, Error};

use super::Contender;
use super::ours_on_reqwest::{credential, request};
use crate::unit::{self, Variant};

pub(crate) struct OursInMemory(Client);

#[derive(Debug)]
struct Memory;

impl Transport for Memory {
    fn send<'a>(&'a self, request: Request<'a>) -> SendFuture<'a> {
        let mut answer = Response::new(Body::from(unit::ANSWER));
        *answer.headers_mut() = request.headers;
        Box::pin(ready(Ok(answer)))
    }
}

impl Contender for OursInMemory {
    type Request = MuteParticipantsRequest;
    type Answer = MuteParticipantsResult;
    type Error = Error;

    fn new(endpoint: &str, variant: Variant) -> Self {
        let builder = Client::builder(endpoint, credential(variant)).transport(Memory);
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
