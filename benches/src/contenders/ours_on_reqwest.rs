//! A declared operation, with nothing set.

use acs_rest::call_automation::{CallConnection, MuteParticipantsRequest, MuteParticipantsResult};
use acs_rest::{AccessKey, Client, CommunicationUserIdentifier, Credential, Error, UserToken};

use super::Contender;
use crate::unit::{self, Variant};

pub(crate) struct OursOnReqwest(Client);

impl Contender for OursOnReqwest {
    type Request = MuteParticipantsRequest;
    type Answer = MuteParticipantsResult;
    type Error = Error;

    fn new(endpoint: &str, variant: Variant) -> Self {
        Self(Client::new(endpoint, credential(variant)).expect("the endpoint is one"))
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

pub(super) fn request() -> MuteParticipantsRequest {
    let user = CommunicationUserIdentifier::new(unit::PARTICIPANT);
    MuteParticipantsRequest::new([user]).operation_context(unit::CONTEXT)
}

pub(super) fn credential(variant: Variant) -> Credential {
    match variant {
        Variant::Bearer => UserToken::new(unit::token()).into(),
        Variant::AccessKey => AccessKey::new(unit::ACCESS_KEY).expect("the key is base64").into(),
    }
}
