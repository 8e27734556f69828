//! The whole catalogue against the emulator: an application from the first ring to the end of the
//! call.

use crate::operations::tested;
use acs_rest::call_automation::*;
use acs_rest::{
    Client, ClientBuilder, CommunicationIdentifier, CommunicationUserIdentifier, Outcome,
    PhoneNumberIdentifier, Result,
};
use acs_rest_emulator::Emulator;

const CALLER: &str = "4:+14255550123";
const AGENT: &str = "8:acs:contoso_agent";
const EXPERT: &str = "8:acs:contoso_expert";
const EVENTS: &str = "https://contoso.example/events";

fn who(raw_id: &str) -> CommunicationIdentifier {
    CommunicationIdentifier::from_raw_id(raw_id)
}

fn client(emulator: &Emulator) -> Client {
    tested(ClientBuilder::from_connection_string(emulator.connection_string()).unwrap())
        .build()
        .unwrap()
}

/// The status of a refusal, which the service has not carried out.
fn refused<T: std::fmt::Debug>(result: Result<T>) -> u16 {
    let error = result.unwrap_err();
    assert_eq!(error.outcome(), Outcome::NotExecuted, "{error}");
    error.status().unwrap().as_u16()
}

async fn on_hold(client: &Client, call: &str, raw_id: &str) -> bool {
    client.get_participant(call, raw_id).await.unwrap().is_on_hold.unwrap()
}

async fn raw_ids(client: &Client, call: &str) -> Vec<String> {
    let (mut participants, mut raw_ids) = (client.get_participants(call), Vec::new());
    while let Some(participant) = participants.next().await {
        raw_ids.push(participant.unwrap().identifier.unwrap().raw_id().into_owned());
    }
    raw_ids
}

#[tokio::test]
async fn a_call_from_here_to_its_end() {
    let emulator = Emulator::start().await;
    let client = client(&emulator);
    let request = CreateCallRequest::new([who(CALLER)], EVENTS)
        .source_caller_id_number(PhoneNumberIdentifier::new("+14255550100"));
    let created = client.create_call(&request).await.unwrap();
    let call = &*created.call_connection_id.clone().unwrap();
    // The call is answered later: only then is there a server call id.
    assert_eq!(created.call_connection_state, Some(CallConnectionState::Connecting));
    assert_eq!(created.server_call_id, None);
    let up = client.get_call(call).await.unwrap();
    assert_eq!(up.call_connection_state, Some(CallConnectionState::Connected));

    talk_to(&client, call).await;
    bring_in_an_agent(&client, call).await;
    record(&client, up.server_call_id.unwrap()).await;

    let request = TransferToParticipantRequest::new(who(EXPERT)).operation_context("expert");
    // Of the caller and the agent, which?
    assert_eq!(refused(client.transfer_to_participant(call, &request).await), 400);
    let request = request.transferee(who(CALLER));
    let transferred = client.transfer_to_participant(call, &request).await.unwrap();
    assert_eq!(transferred.operation_context.as_deref(), Some("expert"));
    assert_eq!(raw_ids(&client, call).await, [AGENT]);
    client.hangup_call(call).await.unwrap();
    assert_eq!(refused(client.get_call(call).await), 404);
    let once = emulator.executions();
    assert!(once["CallMedia_Hold"] == 1 && once["CallRecording_StopRecording"] == 1, "{once:?}");
    assert_eq!(once.len(), 23, "{once:?}");
}

/// All that Call Media has.
async fn talk_to(client: &Client, call: &str) {
    let play = PlayRequest::new([TextSource::new("Welcome.")]).play_to([who(CALLER)]);
    client.play(call, &play).await.unwrap();
    let options =
        RecognizeOptions::new(who(CALLER), DtmfOptions::new().max_tones_to_collect(1_u32));
    client.recognize(call, &RecognizeRequest::new(options)).await.unwrap();
    client.cancel_all_media_operations(call).await.unwrap();
    let tones = ContinuousDtmfRecognitionRequest::new(who(CALLER));
    client.start_continuous_dtmf_recognition(call, &tones).await.unwrap();
    client.stop_continuous_dtmf_recognition(call, &tones).await.unwrap();
    let send = SendDtmfTonesRequest::new([Tone::One, Tone::Pound], who(CALLER));
    let sent = client.send_dtmf_tones(call, &send.operation_context("tones")).await.unwrap();
    assert_eq!(sent.operation_context.as_deref(), Some("tones"));

    let play = PlayRequest::new([TextSource::new("Welcome.")]).play_to([who(AGENT)]);
    assert_eq!(refused(client.play(call, &play).await), 404);
    let music = FileSource::new("https://contoso.example/music.wav");
    let hold = HoldRequest::new(who(CALLER)).play_source_info(music);
    client.hold(call, &hold).await.unwrap();
    assert!(on_hold(client, call, CALLER).await);
    client.unhold(call, &UnholdRequest::new(who(CALLER))).await.unwrap();
    assert!(!on_hold(client, call, CALLER).await);
}

async fn bring_in_an_agent(client: &Client, call: &str) {
    let request = AddParticipantRequest::new(who(AGENT)).operation_context("agent");
    let added = client.add_participant(call, &request).await.unwrap();
    assert_eq!(added.operation_context.as_deref(), Some("agent"));
    let late = CancelAddParticipantRequest::new(added.invitation_id.clone().unwrap());
    let cancelled = client.cancel_add_participant(call, &late).await.unwrap();
    assert_eq!(cancelled.invitation_id, added.invitation_id);
    client.unhold(call, &UnholdRequest::new(who(AGENT))).await.unwrap();
    assert!(!on_hold(client, call, AGENT).await);
    let mute = MuteParticipantsRequest::new([CommunicationUserIdentifier::new(AGENT)]);
    client.mute_participants(call, &mute).await.unwrap();

    client.add_participant(call, &AddParticipantRequest::new(who(EXPERT))).await.unwrap();
    let remove = RemoveParticipantRequest::new(who(EXPERT));
    client.remove_participant(call, &remove).await.unwrap();
    assert_eq!(raw_ids(client, call).await, [CALLER, AGENT]);
}

async fn record(client: &Client, server_call_id: String) {
    let request = StartCallRecordingRequest::new(CallLocator::server_call(server_call_id));
    let recording = client.start_recording(&request).await.unwrap();
    let id = &*recording.recording_id.clone().unwrap();
    assert_eq!(recording.recording_state, Some(RecordingState::Inactive));
    let active = client.get_recording_properties(id).await.unwrap();
    assert_eq!(active.recording_state, Some(RecordingState::Active));
    assert_eq!(refused(client.start_recording(&request).await), 409);

    client.pause_recording(id).await.unwrap();
    assert_eq!(refused(client.pause_recording(id).await), 409);
    let paused = client.get_recording_properties(id).await.unwrap();
    assert_eq!(paused.recording_state, Some(RecordingState::Inactive));
    client.resume_recording(id).await.unwrap();
    client.stop_recording(id).await.unwrap();
    assert_eq!(refused(client.resume_recording(id).await), 404);
}

#[tokio::test]
async fn an_incoming_call_is_answered_once() {
    let emulator = Emulator::start().await;
    let client = client(&emulator);
    let reject = RejectCallRequest::new(emulator.incoming_call(CALLER));
    client.reject_call(&reject.call_reject_reason(CallRejectReason::Busy)).await.unwrap();

    let context = emulator.incoming_call(CALLER);
    client.redirect_call(&RedirectCallRequest::new(&*context, who(AGENT))).await.unwrap();
    assert_eq!(refused(client.reject_call(&RejectCallRequest::new(context)).await), 404);

    let request = AnswerCallRequest::new(emulator.incoming_call(CALLER), EVENTS)
        .answered_by(CommunicationUserIdentifier::new(AGENT));
    let answered = client.answer_call(&request).await.unwrap();
    assert_eq!(answered.source.unwrap().raw_id(), CALLER);
    assert_eq!(answered.answered_by.unwrap().id, AGENT);
    assert_eq!(refused(client.answer_call(&request).await), 404);
    let call = answered.call_connection_id.unwrap();
    assert_eq!(raw_ids(&client, &call).await, [CALLER, AGENT]);

    let locator = CallLocator::server_call(answered.server_call_id.unwrap());
    let joined = client.connect(&ConnectRequest::new(locator, EVENTS)).await.unwrap();
    client.terminate_call(&joined.call_connection_id.unwrap()).await.unwrap();
    assert_eq!(refused(client.get_call(&call).await), 404);
}

#[tokio::test]
async fn a_room_and_a_group_call_are_joined() {
    let emulator = Emulator::start().await;
    let client = client(&emulator);
    for locator in [CallLocator::room_call("room"), CallLocator::group_call("group")] {
        let joined = client.connect(&ConnectRequest::new(locator, EVENTS)).await.unwrap();
        let call = &*joined.call_connection_id.unwrap();
        client.add_participant(call, &AddParticipantRequest::new(who(AGENT))).await.unwrap();
        assert_eq!(raw_ids(&client, call).await, [AGENT]);
    }
}

#[cfg(feature = "identity")]
#[tokio::test]
async fn a_user_is_made_and_a_teams_token_that_is_not_a_token_is_refused() {
    use acs_rest::identity::*;

    let emulator = Emulator::start().await;
    let client = client(&emulator);
    let user = client.create_identity(None).await.unwrap().identity;
    let request = IssueAccessTokenRequest::new([TokenScope::Voip]);
    client.issue_access_token(&user.id, &request).await.unwrap();
    client.revoke_access_tokens(&user.id).await.unwrap();
    client.delete_identity(&user.id).await.unwrap();
    assert_eq!(refused(client.issue_access_token(&user.id, &request).await), 404);

    let request = TeamsUserExchangeTokenRequest::new("sign-in", "app", "user");
    assert_eq!(refused(client.exchange_teams_user_access_token(&request).await), 401);
}
