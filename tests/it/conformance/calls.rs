//! Calls every operation of the catalogue with all optional values, or with none.

use std::fmt::Debug;
use std::time::Duration;

use acs_rest::call_automation::*;
#[cfg(feature = "identity")]
use acs_rest::identity::*;
use acs_rest::{
    Client, CommunicationUserIdentifier, MicrosoftTeamsAppIdentifier, PhoneNumberIdentifier, Result,
};

use super::fixture_size::FixtureSize;

const CALL: &str = "call-1";
const CONTEXT: &str = "context";
const INCOMING: &str = "incoming";
const RECORDING: &str = "rec==";
const SECOND: Duration = Duration::from_secs(1);
const URL: &str = "https://contoso.example/events";

fn phone() -> PhoneNumberIdentifier {
    PhoneNumberIdentifier::new("+14255550123")
}

fn user() -> CommunicationUserIdentifier {
    CommunicationUserIdentifier::new("8:acs:r_u")
}

/// The answer as debug text.
fn text<T: Debug>(answer: Result<T>) -> Result<String> {
    answer.map(|answer| format!("{answer:?}"))
}

/// Calls the operation with that name in the specification.
pub(super) async fn call(client: &Client, id: &str, size: FixtureSize) -> Result<String> {
    match id.split_once('_') {
        None => call_automation(client, id, size).await,
        Some(("CallConnection", name)) => call_connection(client, name, size).await,
        Some(("CallMedia", name)) => call_media(client, name, size).await,
        Some(("CallRecording", name)) => call_recording(client, name, size).await,
        #[cfg(feature = "identity")]
        Some(("TeamsExtension", name)) => teams_extension(client, name, size).await,
        #[cfg(feature = "identity")]
        Some(("CommunicationIdentity", name)) => identity(client, name, size).await,
        Some(_) => panic!("`{id}` is not in the catalogue"),
    }
}

async fn call_automation(client: &Client, id: &str, size: FixtureSize) -> Result<String> {
    match id {
        "CreateCall" => {
            let request = size.request(CreateCallRequest::new([size.who()], URL), |request| {
                request
                    .source_caller_id_number(phone())
                    .source_display_name("name")
                    .source(user())
                    .operation_context(CONTEXT)
                    .call_intelligence_options(size.intelligence())
            });
            let request = size.later_request(request, |request| {
                request
                    .media_streaming_options(size.media_streaming())
                    .transcription_options(size.transcription())
                    .teams_app_source(MicrosoftTeamsAppIdentifier::new("app"))
            });
            text(client.create_call(&request).await)
        }
        "AnswerCall" => {
            let request = size.request(AnswerCallRequest::new(INCOMING, URL), |request| {
                request
                    .operation_context(CONTEXT)
                    .call_intelligence_options(size.intelligence())
                    .answered_by(user())
            });
            let request = size.later_request(request, |request| {
                request
                    .media_streaming_options(size.media_streaming())
                    .transcription_options(size.transcription())
            });
            text(client.answer_call(&request).await)
        }
        "RedirectCall" => {
            let request = RedirectCallRequest::new(INCOMING, size.who());
            text(client.redirect_call(&request).await)
        }
        "RejectCall" => {
            let request = size.request(RejectCallRequest::new(INCOMING), |request| {
                request.call_reject_reason(CallRejectReason::Busy)
            });
            text(client.reject_call(&request).await)
        }
        "Connect" => {
            let request = size.request(ConnectRequest::new(size.call_locator(), URL), |request| {
                request.operation_context(CONTEXT).call_intelligence_options(size.intelligence())
            });
            let request = size.later_request(request, |request| {
                request
                    .media_streaming_options(size.media_streaming())
                    .transcription_options(size.transcription())
            });
            text(client.connect(&request).await)
        }
        _ => panic!("`{id}` is not in the catalogue"),
    }
}

async fn call_connection(client: &Client, id: &str, size: FixtureSize) -> Result<String> {
    match id {
        "GetCall" => text(client.get_call(CALL).await),
        "HangupCall" => text(client.hangup_call(CALL).await),
        "TerminateCall" => text(client.terminate_call(CALL).await),
        "GetParticipant" => text(client.get_participant(CALL, "8:acs:r_u").await),
        "GetParticipants" => {
            let mut participants = client.get_participants(CALL);
            let mut all = Vec::new();
            while let Some(participant) = participants.next().await {
                all.push(participant?);
            }
            text(Ok(all))
        }
        "TransferToParticipant" => {
            let least = TransferToParticipantRequest::new(size.who());
            let request = size.request(least, |request| {
                request
                    .operation_context(CONTEXT)
                    .transferee(size.who())
                    .operation_callback_uri(URL)
                    .custom_calling_context(size.calling_context())
                    .source_caller_id_number(phone())
            });
            text(client.transfer_to_participant(CALL, &request).await)
        }
        "AddParticipant" => {
            let request = size.request(AddParticipantRequest::new(size.who()), |request| {
                request
                    .source_caller_id_number(phone())
                    .source_display_name("name")
                    .invitation_timeout(SECOND)
                    .operation_context(CONTEXT)
                    .operation_callback_uri(URL)
                    .custom_calling_context(size.calling_context())
            });
            text(client.add_participant(CALL, &request).await)
        }
        "RemoveParticipant" => {
            let request = size.request(RemoveParticipantRequest::new(size.who()), |request| {
                request.operation_context(CONTEXT).operation_callback_uri(URL)
            });
            text(client.remove_participant(CALL, &request).await)
        }
        "Mute" => {
            let request = size.request(MuteParticipantsRequest::new([size.who()]), |request| {
                request.operation_context(CONTEXT)
            });
            text(client.mute_participants(CALL, &request).await)
        }
        "CancelAddParticipant" => {
            let request = size.request(CancelAddParticipantRequest::new("invitation"), |request| {
                request.operation_context(CONTEXT).operation_callback_uri(URL)
            });
            text(client.cancel_add_participant(CALL, &request).await)
        }
        "MoveParticipants" => {
            let least = MoveParticipantsRequest::new([size.who()], "call-2");
            let request = size.request(least, |request| {
                request.operation_context(CONTEXT).operation_callback_uri(URL)
            });
            text(client.move_participants(CALL, &request).await)
        }
        _ => panic!("`CallConnection_{id}` is not in the catalogue"),
    }
}

async fn call_media(client: &Client, id: &str, size: FixtureSize) -> Result<String> {
    match id {
        "Play" => {
            let request = size.request(PlayRequest::new([size.play_source()]), |request| {
                request
                    .play_to([size.who()])
                    .interrupt_call_media_operation(true)
                    .play_options(PlayOptions::new(true))
                    .operation_context(CONTEXT)
                    .operation_callback_uri(URL)
            });
            text(client.play(CALL, &request).await)
        }
        "CancelAllMediaOperations" => text(client.cancel_all_media_operations(CALL).await),
        "Recognize" => {
            let least = RecognizeRequest::new(size.recognize_options());
            let request = size.request(least, |request| {
                request
                    .play_prompt(size.play_source())
                    .play_prompts([size.play_source()])
                    .interrupt_call_media_operation(true)
                    .operation_context(CONTEXT)
                    .operation_callback_uri(URL)
            });
            text(client.recognize(CALL, &request).await)
        }
        "StartContinuousDtmfRecognition" | "StopContinuousDtmfRecognition" => {
            let least = ContinuousDtmfRecognitionRequest::new(size.who());
            let request = size.request(least, |request| {
                request.operation_context(CONTEXT).operation_callback_uri(URL)
            });
            if id.starts_with("Start") {
                text(client.start_continuous_dtmf_recognition(CALL, &request).await)
            } else {
                text(client.stop_continuous_dtmf_recognition(CALL, &request).await)
            }
        }
        "SendDtmfTones" => {
            let least = SendDtmfTonesRequest::new([Tone::One, Tone::Pound], size.who());
            let request = size.request(least, |request| {
                request.operation_context(CONTEXT).operation_callback_uri(URL)
            });
            text(client.send_dtmf_tones(CALL, &request).await)
        }
        "Hold" => {
            let request = size.request(HoldRequest::new(size.who()), |request| {
                request
                    .play_source_info(size.play_source())
                    .operation_context(CONTEXT)
                    .operation_callback_uri(URL)
            });
            text(client.hold(CALL, &request).await)
        }
        "Unhold" => {
            let request = size.request(UnholdRequest::new(size.who()), |request| {
                request.operation_context(CONTEXT)
            });
            let request =
                size.later_request(request, |request| request.operation_callback_uri(URL));
            text(client.unhold(CALL, &request).await)
        }
        "StartMediaStreaming" => {
            let request = size.request(StartMediaStreamingRequest::new(), |request| {
                request.operation_context(CONTEXT).operation_callback_uri(URL)
            });
            text(client.start_media_streaming(CALL, &request).await)
        }
        "StopMediaStreaming" => {
            let request = size.request(StopMediaStreamingRequest::new(), |request| {
                request.operation_context(CONTEXT).operation_callback_uri(URL)
            });
            text(client.stop_media_streaming(CALL, &request).await)
        }
        "StartTranscription" => {
            let request = size.request(StartTranscriptionRequest::new(), |request| {
                request
                    .locale("en-US")
                    .speech_model_endpoint_id("endpoint")
                    .operation_context(CONTEXT)
                    .operation_callback_uri(URL)
            });
            text(client.start_transcription(CALL, &request).await)
        }
        "StopTranscription" => {
            let request = size.request(StopTranscriptionRequest::new(), |request| {
                request.operation_context(CONTEXT).operation_callback_uri(URL)
            });
            text(client.stop_transcription(CALL, &request).await)
        }
        "UpdateTranscription" => {
            let request = size.request(UpdateTranscriptionRequest::new(), |request| {
                request
                    .locale("en-US")
                    .speech_model_endpoint_id("endpoint")
                    .operation_context(CONTEXT)
                    .operation_callback_uri(URL)
            });
            text(client.update_transcription(CALL, &request).await)
        }
        _ => panic!("`CallMedia_{id}` is not in the catalogue"),
    }
}

async fn call_recording(client: &Client, id: &str, size: FixtureSize) -> Result<String> {
    match id {
        "StartRecording" => {
            let least = StartCallRecordingRequest::new(size.recorded_call());
            let affinity = ChannelAffinity::new(size.who());
            let affinity = size.inner(affinity, |affinity| affinity.channel(4));
            let request = size.request(least, |request| {
                request
                    .recording_state_callback_uri(URL)
                    .recording_content_type(RecordingContentType::Audio)
                    .recording_channel_type(RecordingChannelType::Unmixed)
                    .recording_format_type(RecordingFormatType::Wav)
                    .audio_channel_participant_ordering([size.who()])
                    .channel_affinity([affinity])
                    .pause_on_start(true)
                    .external_storage(size.storage())
            });
            text(client.start_recording(&request).await)
        }
        "GetRecordingProperties" => text(client.get_recording_properties(RECORDING).await),
        "StopRecording" => text(client.stop_recording(RECORDING).await),
        "PauseRecording" => text(client.pause_recording(RECORDING).await),
        "ResumeRecording" => text(client.resume_recording(RECORDING).await),
        _ => panic!("`CallRecording_{id}` is not in the catalogue"),
    }
}

#[cfg(feature = "identity")]
async fn identity(client: &Client, id: &str, size: FixtureSize) -> Result<String> {
    const USER: &str = "a/b";
    match id {
        "Create" => {
            let request = CreateIdentityRequest::new()
                .create_token_with_scopes([TokenScope::Chat])
                .expires_in(60 * SECOND);
            text(client.create_identity(size.request.then_some(&request)).await)
        }
        "Delete" => text(client.delete_identity(USER).await),
        "RevokeAccessTokens" => text(client.revoke_access_tokens(USER).await),
        "IssueAccessToken" => {
            let least = IssueAccessTokenRequest::new([TokenScope::Voip]);
            let request = size.request(least, |request| request.expires_in(60 * SECOND));
            text(client.issue_access_token(USER, &request).await)
        }
        "ExchangeTeamsUserAccessToken" => {
            let request = TeamsUserExchangeTokenRequest::new("token", "app", "user");
            text(client.exchange_teams_user_access_token(&request).await)
        }
        _ => panic!("`CommunicationIdentity_{id}` is not in the catalogue"),
    }
}

#[cfg(feature = "identity")]
async fn teams_extension(client: &Client, id: &str, size: FixtureSize) -> Result<String> {
    const TENANT: &str = "tenant";
    const OBJECT: &str = "object";
    match id {
        "ExchangeToken" => {
            let request = TeamsExtensionExchangeTokenRequest::new();
            text(client.exchange_teams_extension_token(&request).await)
        }
        "GetAssignment" => text(client.get_assignment(TENANT, OBJECT).await),
        "UpsertAssignment" => {
            let least = TeamsExtensionAssignmentRequest::new(TeamsExtensionPrincipalType::User);
            let request = size.request(least, |request| request.client_ids(["client"]));
            text(client.upsert_assignment(TENANT, OBJECT, &request).await)
        }
        "DeleteAssignment" => text(client.delete_assignment(TENANT, OBJECT).await),
        _ => panic!("`TeamsExtension_{id}` is not in the catalogue"),
    }
}
