//! A declared operation against the emulator: the two were written from the specification apart.

use crate::operations::tested;
use acs_rest::call_automation::{
    CallAutomation, CallConnection, CreateCallRequest, MuteParticipantsRequest,
    MuteParticipantsResult,
};
use acs_rest::{
    AccessKey, CallOptions, Client, ClientBuilder, CommunicationIdentifier, Error, ErrorKind,
    Outcome, PhoneNumberIdentifier, Repeatability, Result, UserToken, acs_operation,
};
use acs_rest_emulator::Emulator;

const ALICE: &str = "8:acs:contoso_alice";
const BOB: &str = "8:acs:contoso_bob";
const PHONE: &str = "4:+14255550123";

/// A path that the specification does not have: it says `participants:mute`.
#[acs_operation(POST, "/calling/callConnections/<callConnectionId>/participant:mute", repeatable)]
trait MistypedMute {
    async fn mistyped_mute(
        &self,
        call_connection_id: &str,
        request: &MuteParticipantsRequest,
    ) -> Result<MuteParticipantsResult>;
}

/// Repeatable by declaration, but not by specification.
#[acs_operation(POST, "/calling/callConnections/<callConnectionId>:play", repeatable)]
trait RepeatablePlay {
    async fn repeatable_play(&self, call_connection_id: &str) -> Result<()>;
}

/// A client with the access key, one with a user's token, and a call with three participants.
async fn call(emulator: &Emulator) -> (Client, Client, String) {
    let server =
        tested(ClientBuilder::from_connection_string(emulator.connection_string()).unwrap())
            .build()
            .unwrap();
    let targets = [ALICE, BOB, PHONE].map(CommunicationIdentifier::from_raw_id);
    let request = CreateCallRequest::new(targets, "https://contoso.example/events")
        .source_caller_id_number(PhoneNumberIdentifier::new("+14255550100"));
    let created = server.create_call(&request).await.unwrap();
    let user = tested(Client::builder(emulator.endpoint(), UserToken::new(emulator.user_token())))
        .build()
        .unwrap();
    (server, user, created.call_connection_id.unwrap())
}

fn mute(raw_id: &str) -> MuteParticipantsRequest {
    MuteParticipantsRequest::new([CommunicationIdentifier::from_raw_id(raw_id)])
}

async fn muted(client: &Client, call: &str) -> Vec<String> {
    let (mut participants, mut muted) = (client.get_participants(call), Vec::new());
    while let Some(participant) = participants.next().await {
        let participant = participant.unwrap();
        if participant.is_muted == Some(true) {
            muted.push(participant.identifier.unwrap().raw_id().into_owned());
        }
    }
    muted
}

#[tokio::test]
async fn a_participant_is_muted_by_a_user_and_seen_muted_by_the_server() {
    let emulator = Emulator::start().await;
    let (server, user, call) = call(&emulator).await;
    assert!(muted(&server, &call).await.is_empty());
    let result = user.mute_participants(&call, &mute(BOB).operation_context("hush")).await.unwrap();
    assert_eq!(result.operation_context.as_deref(), Some("hush"));
    assert_eq!(muted(&server, &call).await, [BOB]);
    assert_eq!(server.get_participant(&call, BOB).await.unwrap().is_muted, Some(true));
    assert_eq!(server.get_participant(&call, PHONE).await.unwrap().is_muted, Some(false));
}

#[tokio::test]
async fn only_acs_users_are_muted() {
    let emulator = Emulator::start().await;
    let (_, user, call) = call(&emulator).await;
    let error = user.mute_participants(&call, &mute(PHONE)).await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Service, 400));
    assert_eq!((error.outcome(), error.attempts()), (Outcome::NotExecuted, 1));
    assert!(error.code().is_some() && error.request_id().is_some());
    assert!(muted(&user, &call).await.is_empty());
}

#[tokio::test]
async fn an_operation_that_the_specification_lacks_is_refused() {
    let emulator = Emulator::start().await;
    let (_, user, call) = call(&emulator).await;
    let error = user.mistyped_mute(&call, &mute(BOB)).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 404);
    let error = user.repeatable_play(&call).await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (501, 1));
    assert!(muted(&user, &call).await.is_empty());
}

#[tokio::test]
async fn a_foreign_key_or_token_is_refused() {
    let emulator = Emulator::start().await;
    let (_, _, call) = call(&emulator).await;
    let key = AccessKey::new("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=").unwrap();
    let stranger = tested(Client::builder(emulator.endpoint(), key)).build().unwrap();
    let impostor =
        tested(Client::builder(emulator.endpoint(), UserToken::new("a.b.c"))).build().unwrap();
    for client in [stranger, impostor] {
        let error = client.mute_participants(&call, &mute(BOB)).await.unwrap_err();
        assert_eq!(
            (error.status().unwrap().as_u16(), error.outcome()),
            (401, Outcome::NotExecuted)
        );
    }
}

#[tokio::test]
async fn one_pair_sent_64_times_at_once_is_executed_once() {
    let emulator = Emulator::start().await;
    let (_, user, call) = call(&emulator).await;
    let user = user.with_options(CallOptions::new().repeatability(Repeatability::new()));
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..64 {
        let (user, call) = (user.clone(), call.clone());
        calls.spawn(async move { user.mute_participants(&call, &mute(BOB)).await });
    }
    let results = calls.join_all().await;
    assert!(results.iter().all(|result| result.is_ok()));
    assert_eq!(emulator.executions()["CallConnection_Mute"], 1);
}

#[tokio::test]
async fn code_generic_over_a_trait_spawns() {
    #[derive(Clone)]
    struct Double;

    impl MistypedMute for Double {
        async fn mistyped_mute(
            &self,
            id: &str,
            _: &MuteParticipantsRequest,
        ) -> Result<MuteParticipantsResult> {
            Err(Error::new(ErrorKind::Service, format!("no call `{id}`")))
        }
    }

    async fn spawned<T: MistypedMute + Clone + Send + Sync + 'static>(
        calls: T,
    ) -> Result<MuteParticipantsResult> {
        tokio::spawn(async move { calls.mistyped_mute("x", &mute(BOB)).await }).await.unwrap()
    }

    assert_eq!(spawned(Double).await.unwrap_err().message(), "no call `x`");
}
