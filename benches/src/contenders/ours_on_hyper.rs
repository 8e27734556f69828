//! A declared operation, on the other transport.

use std::time::Duration;

use acs_rest::call_automation::{CallConnection, MuteParticipantsRequest, MuteParticipantsResult};
use acs_rest::transport::HyperTransport;
use acs_rest::{Client, Error};

use super::Contender;
use super::ours_on_reqwest::{credential, request};
use crate::unit::Variant;

pub(crate) struct OursOnHyper(Client);

impl Contender for OursOnHyper {
    type Request = MuteParticipantsRequest;
    type Answer = MuteParticipantsResult;
    type Error = Error;

    fn new(endpoint: &str, variant: Variant) -> Self {
        let transport = HyperTransport::with_connect_timeout(Duration::from_secs(10));
        let transport = transport.expect("the trust store can be read");
        let builder = Client::builder(endpoint, credential(variant)).transport(transport);
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
