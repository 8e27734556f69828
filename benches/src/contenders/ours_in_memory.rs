//! Our own share: the same call on a transport that only returns a response.
//!
//! The response costs almost nothing, since creating one is the HTTP library's work: its headers
//! are moved from the request, including the client's id that is compared with the echo.
//!
//! According to a profile (see `benches/README.md`), the instructions, including those of
//! allocations, are about
//! * 600 of the argument, as a user makes it and drops it;
//! * 2,000 of the body's JSON, ids and names first of all;
//! * 450 of path and query, and of putting the call together;
//! * 650 of the ids and the deadline;
//! * 3,300 of the request's header map: eight fields, with the texts of ids and date;
//! * 700 of dropping it with the answer;
//! * 350 of comparing the echo;
//! * 400 of the transport, which is this file's;
//! * 750 of the result's JSON;
//! * 2,650 of everything else: the boxed future and its states, the token, the disabled span, the
//!   retry budget, and dropping the state for another attempt.
//!
//! The allocations are
//! * 3 of the argument, as a user makes it: the id of the participant, the list, the context;
//! * 2 of the body: its JSON, and the shared handle on it;
//! * 1 of path and query;
//! * 1 of the future of the call;
//! * 2 of the ids, as header values; the date is another call's of that second;
//! * 2 of the request's header map;
//! * 1 of the transport's future, which is this file's;
//! * 1 of the result.

use std::future::ready;
use std::sync::Arc;

use acs_rest::transport::{Body, Request, Response, SendFuture, Transport};
use acs_rest::{Client, Credential, Result};

use super::ours::Setup;
use crate::unit;

/// Uses a transport that only returns a response.
pub(crate) struct InMemory;

impl Setup for InMemory {
    fn client(endpoint: &str, credential: Arc<dyn Credential>) -> Result<Client> {
        Client::builder(endpoint, credential).transport(Memory).build()
    }
}

/// Answers every request.
#[derive(Debug)]
struct Memory;

impl Transport for Memory {
    fn send<'a>(&'a self, request: Request<'a>) -> SendFuture<'a> {
        let mut answer = Response::new(Body::from(unit::ANSWER));
        *answer.headers_mut() = request.into_parts().1;
        Box::pin(ready(Ok(answer)))
    }
}
