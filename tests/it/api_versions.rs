//! The api-version that goes out: the latest that the client, the operation and the fields need.

#![allow(unreachable_pub, reason = "models are declared as users declare them")]

use acs_rest::call_automation::*;
use acs_rest::{
    CallOptions, Client, CommunicationUserIdentifier, ErrorKind, Outcome, UserToken, acs_model,
    acs_operations,
};

use crate::recorder::Recorder;

const URL: &str = "https://contoso.example/events";

/// A service that has grown.
#[acs_operations(api_version = "2024-01-01")]
trait Grown {
    #[acs_operation(POST, "/things")]
    async fn create(&self, #[body] thing: &[Thing]) -> acs_rest::Result<()>;

    /// It came later.
    #[since("2025-02-02")]
    #[acs_operation(DELETE, "/things")]
    async fn delete(&self) -> acs_rest::Result<()>;
}

/// A thing.
#[acs_model]
pub struct Thing {
    /// A colour.
    #[since("2025-01-01")]
    pub colour: Option<Colour>,
}

/// A colour.
#[acs_model]
pub enum Colour {
    /// Known from the start.
    Red,
    /// Known later.
    #[since("2026-01-01")]
    Blue,
}

fn on(recorder: &Recorder, version: &str) -> Client {
    Client::builder("https://contoso.communication.azure.com", UserToken::new("t"))
        .transport(recorder.clone())
        .api_version(version)
        .build()
        .unwrap()
}

fn user() -> CommunicationUserIdentifier {
    CommunicationUserIdentifier::new("8:acs:r_u")
}

fn streamed() -> CreateCallRequest {
    let stream = WebSocketMediaStreamingOptions::new(MediaStreamingAudioChannelType::Mixed);
    CreateCallRequest::new([user()], URL).media_streaming_options(stream)
}

/// The version of the one request that was sent.
fn version(recorder: &Recorder) -> String {
    let sent = recorder.sent();
    sent.last().unwrap().target.rsplit_once("api-version=").unwrap().1.to_owned()
}

#[tokio::test]
async fn a_field_raises_the_version() {
    let recorder = Recorder::answering(201, "{}");
    let client = on(&recorder, "2024-09-15");
    let details = TeamsPhoneCallDetails::new().intent("help");
    let context = CustomCallingContext::new().teams_phone_call_details(details);
    client.create_call(&CreateCallRequest::new([user()], URL)).await.unwrap();
    assert_eq!(version(&recorder), "2024-09-15");
    client.create_call(&streamed()).await.unwrap();
    assert_eq!(version(&recorder), "2025-05-15");
    let app = acs_rest::MicrosoftTeamsAppIdentifier::new("app");
    client.create_call(&streamed().teams_app_source(app)).await.unwrap();
    assert_eq!(version(&recorder), "2025-06-15");
    let transfer = TransferToParticipantRequest::new(user()).custom_calling_context(context);
    client.transfer_to_participant("c", &transfer).await.unwrap();
    assert_eq!(version(&recorder), "2026-03-12");
    let extension = acs_rest::CommunicationIdentifier::from_raw_id("8:acs:r_t_u");
    client.add_participant("c", &AddParticipantRequest::new(extension)).await.unwrap();
    assert_eq!(version(&recorder), "2025-06-15");
    let recorded = StartCallRecordingRequest::new(RecordedCall::call_connection("c"));
    client.start_recording(&recorded).await.unwrap();
    assert_eq!(version(&recorder), "2025-06-15");
    let located = StartCallRecordingRequest::new(CallLocator::server_call("s"));
    client.start_recording(&located).await.unwrap();
    assert_eq!(version(&recorder), "2024-09-15");
}

#[tokio::test]
async fn an_operation_raises_the_version() {
    let recorder = Recorder::answering(202, "{}");
    let client = on(&recorder, "2024-09-15");
    client.start_transcription("c", &StartTranscriptionRequest::new()).await.unwrap();
    assert_eq!(version(&recorder), "2025-05-15");
    let request = MoveParticipantsRequest::new([user()], "c");
    client.move_participants("c", &request).await.unwrap();
    assert_eq!(version(&recorder), "2026-03-12");
    let client = on(&recorder, "2026-03-12");
    client.start_transcription("c", &StartTranscriptionRequest::new()).await.unwrap();
    assert_eq!(version(&recorder), "2026-03-12");
}

#[tokio::test]
async fn a_user_declared_service_has_versions_too() {
    let recorder = Recorder::answering(200, "");
    let client = on(&recorder, "2030-01-01");
    for (colour, expected) in [
        (None, "2024-01-01"),
        (Some(Colour::Red), "2025-01-01"),
        (Some(Colour::Blue), "2026-01-01"),
    ] {
        let mut thing = Thing::new();
        thing.colour = colour;
        client.create(&[thing, Thing::new()]).await.unwrap();
        assert_eq!(version(&recorder), expected);
    }
    client.delete().await.unwrap();
    assert_eq!(version(&recorder), "2025-02-02");
}

#[tokio::test]
async fn a_pinned_version_is_sent_or_nothing_is() {
    let recorder = Recorder::answering(201, "{}");
    let client = on(&recorder, "2024-09-15");
    let pinned =
        |version: &str| client.clone().with_options(CallOptions::new().api_version(version));
    pinned("2023-10-15").create_call(&CreateCallRequest::new([user()], URL)).await.unwrap();
    assert_eq!(version(&recorder), "2023-10-15");
    pinned("2025-06-15").create_call(&streamed()).await.unwrap();
    assert_eq!(version(&recorder), "2025-06-15");
    pinned("2024-06-15-preview").create_call(&streamed()).await.unwrap();
    assert_eq!(version(&recorder), "2024-06-15-preview");
    for (call, reason) in [
        (
            pinned("2024-09-15").create_call(&streamed()).await,
            "`mediaStreamingOptions` needs api-version 2025-05-15",
        ),
        (pinned("").create_call(&streamed()).await, "`api_version` must be"),
        (pinned("a&b").create_call(&streamed()).await, "`api_version` must be"),
    ] {
        let error = call.unwrap_err();
        assert!(error.message().contains(reason), "{error}");
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Argument, Outcome::NotExecuted));
    }
    let error = pinned("2025-06-15")
        .move_participants("c", &MoveParticipantsRequest::new([user()], "c"))
        .await
        .unwrap_err();
    assert!(error.message().starts_with("the operation needs api-version 2026-03-12"), "{error}");
    assert_eq!(recorder.sent().len(), 3);
}
