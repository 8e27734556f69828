//! A declared operation, on whichever transport.

use std::marker::PhantomData;
use std::sync::Arc;

use acs_rest::call_automation::{CallConnection, MuteParticipantsRequest, MuteParticipantsResult};
use acs_rest::{AccessKey, Client, CommunicationUserIdentifier, Credential, Error, UserToken};

use super::contender::Contender;
use crate::unit::{self, Variant};

/// A client, set up in the way of `S`.
pub(crate) struct Ours<S> {
    client: Client,
    setup: PhantomData<S>,
}

/// How a client is made.
pub(crate) trait Setup: Send + Sync + 'static {
    fn client(endpoint: &str, credential: Arc<dyn Credential>) -> acs_rest::Result<Client>;
}

/// Nothing is set.
pub(crate) struct OnReqwest;

impl Setup for OnReqwest {
    fn client(endpoint: &str, credential: Arc<dyn Credential>) -> acs_rest::Result<Client> {
        Client::new(endpoint, credential)
    }
}

/// The other transport.
pub(crate) struct OnHyper;

impl Setup for OnHyper {
    fn client(endpoint: &str, credential: Arc<dyn Credential>) -> acs_rest::Result<Client> {
        Client::builder(endpoint, credential).hyper().build()
    }
}

impl<S: Setup> Contender for Ours<S> {
    type Request = MuteParticipantsRequest;
    type Answer = MuteParticipantsResult;
    type Error = Error;

    fn new(endpoint: &str, variant: Variant) -> Self {
        let credential: Arc<dyn Credential> = match variant {
            Variant::Bearer => Arc::new(UserToken::new(unit::token())),
            Variant::AccessKey => {
                Arc::new(AccessKey::new(unit::ACCESS_KEY).expect("the key is base64"))
            }
        };
        let client = S::client(endpoint, credential);
        Self { client: client.expect("endpoint and trust store are there"), setup: PhantomData }
    }

    fn request() -> MuteParticipantsRequest {
        let user = CommunicationUserIdentifier::new(unit::PARTICIPANT);
        MuteParticipantsRequest::new([user]).operation_context(unit::CONTEXT)
    }

    fn mute(
        &self,
        call: &str,
        request: &MuteParticipantsRequest,
    ) -> impl Future<Output = Result<MuteParticipantsResult, Error>> + Send {
        self.client.mute_participants(call, request)
    }

    fn context(answer: &MuteParticipantsResult) -> Option<&str> {
        answer.operation_context.as_deref()
    }
}
