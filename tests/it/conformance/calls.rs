//! Every operation of the catalogue, called with all that it can be given, or with the least.

use std::fmt::Debug;
use std::time::Duration;

use acs_rest::call_automation::*;
#[cfg(feature = "identity")]
use acs_rest::identity::*;
use acs_rest::{Client, CommunicationUserIdentifier, PhoneNumberIdentifier, Result};

use super::how::How;

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
pub(super) async fn call(client: &Client, id: &str, how: How) -> Result<String> {
    match id.split_once('_') {
        None => call_automation(client, id, how).await,
        Some(("CallConnection", name)) => call_connection(client, name, how).await,
        Some(("CallMedia", name)) => call_media(client, name, how).await,
        Some(("CallRecording", name)) => call_recording(client, name, how).await,
        #[cfg(feature = "identity")]
        Some(("CommunicationIdentity", name)) => identity(client, name, how).await,
        Some(_) => panic!("`{id}` is not in the catalogue"),
    }
}

async fn call_automation(client: &Client, id: &str, how: How) -> Result<String> {
    match id {
        "CreateCall" => {
            let request = how.request(CreateCallRequest::new([how.who()], URL), |request| {
                request
                    .source_caller_id_number(phone())
                    .source_display_name("name")
                    .source(user())
                    .operation_context(CONTEXT)
                    .call_intelligence_options(how.intelligence())
            });
            text(client.create_call(&request).await)
        }
        "AnswerCall" => {
            let request = how.request(AnswerCallRequest::new(INCOMING, URL), |request| {
                request
                    .operation_context(CONTEXT)
                    .call_intelligence_options(how.intelligence())
                    .answered_by(user())
            });
            text(client.answer_call(&request).await)
        }
        "RedirectCall" => {
            let request = RedirectCallRequest::new(INCOMING, how.who());
            text(client.redirect_call(&request).await)
        }
        "RejectCall" => {
            let request = how.request(RejectCallRequest::new(INCOMING), |request| {
                request.call_reject_reason(CallRejectReason::Busy)
            });
            text(client.reject_call(&request).await)
        }
        "Connect" => {
            let request = how.request(ConnectRequest::new(how.call_locator(), URL), |request| {
                request.operation_context(CONTEXT).call_intelligence_options(how.intelligence())
            });
            text(client.connect(&request).await)
        }
        _ => panic!("`{id}` is not in the catalogue"),
    }
}

async fn call_connection(client: &Client, id: &str, how: How) -> Result<String> {
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
            let least = TransferToParticipantRequest::new(how.who());
            let request = how.request(least, |request| {
                request
                    .operation_context(CONTEXT)
                    .transferee(how.who())
                    .operation_callback_uri(URL)
                    .custom_calling_context(how.calling_context())
                    .source_caller_id_number(phone())
            });
            text(client.transfer_to_participant(CALL, &request).await)
        }
        "AddParticipant" => {
            let request = how.request(AddParticipantRequest::new(how.who()), |request| {
                request
                    .source_caller_id_number(phone())
                    .source_display_name("name")
                    .invitation_timeout(SECOND)
                    .operation_context(CONTEXT)
                    .operation_callback_uri(URL)
                    .custom_calling_context(how.calling_context())
            });
            text(client.add_participant(CALL, &request).await)
        }
        "RemoveParticipant" => {
            let request = how.request(RemoveParticipantRequest::new(how.who()), |request| {
                request.operation_context(CONTEXT).operation_callback_uri(URL)
            });
            text(client.remove_participant(CALL, &request).await)
        }
        "Mute" => {
            let request = how.request(MuteParticipantsRequest::new([how.who()]), |request| {
                request.operation_context(CONTEXT)
            });
            text(client.mute_participants(CALL, &request).await)
        }
        "CancelAddParticipant" => {
            let request = how.request(CancelAddParticipantRequest::new("invitation"), |request| {
                request.operation_context(CONTEXT).operation_callback_uri(URL)
            });
            text(client.cancel_add_participant(CALL, &request).await)
        }
        _ => panic!("`CallConnection_{id}` is not in the catalogue"),
    }
}

async fn call_media(client: &Client, id: &str, how: How) -> Result<String> {
    match id {
        "Play" => {
            let request = how.request(PlayRequest::new([how.play_source()]), |request| {
                request
                    .play_to([how.who()])
                    .interrupt_call_media_operation(true)
                    .play_options(PlayOptions::new(true))
                    .operation_context(CONTEXT)
                    .operation_callback_uri(URL)
            });
            text(client.play(CALL, &request).await)
        }
        "CancelAllMediaOperations" => text(client.cancel_all_media_operations(CALL).await),
        "Recognize" => {
            let least = RecognizeRequest::new(how.recognize_options());
            let request = how.request(least, |request| {
                request
                    .play_prompt(how.play_source())
                    .play_prompts([how.play_source()])
                    .interrupt_call_media_operation(true)
                    .operation_context(CONTEXT)
                    .operation_callback_uri(URL)
            });
            text(client.recognize(CALL, &request).await)
        }
        "StartContinuousDtmfRecognition" | "StopContinuousDtmfRecognition" => {
            let least = ContinuousDtmfRecognitionRequest::new(how.who());
            let request = how.request(least, |request| {
                request.operation_context(CONTEXT).operation_callback_uri(URL)
            });
            if id.starts_with("Start") {
                text(client.start_continuous_dtmf_recognition(CALL, &request).await)
            } else {
                text(client.stop_continuous_dtmf_recognition(CALL, &request).await)
            }
        }
        "SendDtmfTones" => {
            let least = SendDtmfTonesRequest::new([Tone::One, Tone::Pound], how.who());
            let request = how.request(least, |request| {
                request.operation_context(CONTEXT).operation_callback_uri(URL)
            });
            text(client.send_dtmf_tones(CALL, &request).await)
        }
        "Hold" => {
            let request = how.request(HoldRequest::new(how.who()), |request| {
                request
                    .play_source_info(how.play_source())
                    .operation_context(CONTEXT)
                    .operation_callback_uri(URL)
            });
            text(client.hold(CALL, &request).await)
        }
        "Unhold" => {
            let request = how.request(UnholdRequest::new(how.who()), |request| {
                request.operation_context(CONTEXT)
            });
            text(client.unhold(CALL, &request).await)
        }
        _ => panic!("`CallMedia_{id}` is not in the catalogue"),
    }
}

async fn call_recording(client: &Client, id: &str, how: How) -> Result<String> {
    match id {
        "StartRecording" => {
            let least = StartCallRecordingRequest::new(how.call_locator());
            let affinity = ChannelAffinity::new(how.who());
            let affinity = how.inner(affinity, |affinity| affinity.channel(4));
            let request = how.request(least, |request| {
                request
                    .recording_state_callback_uri(URL)
                    .recording_content_type(RecordingContentType::Audio)
                    .recording_channel_type(RecordingChannelType::Unmixed)
                    .recording_format_type(RecordingFormatType::Wav)
                    .audio_channel_participant_ordering([how.who()])
                    .channel_affinity([affinity])
                    .pause_on_start(true)
                    .external_storage(how.storage())
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
async fn identity(client: &Client, id: &str, how: How) -> Result<String> {
    const USER: &str = "a/b";
    match id {
        "Create" => {
            let request = CreateIdentityRequest::new()
                .create_token_with_scopes([TokenScope::Chat])
                .expires_in(60 * SECOND);
            text(client.create_identity(how.request.then_some(&request)).await)
        }
        "Delete" => text(client.delete_identity(USER).await),
        "RevokeAccessTokens" => text(client.revoke_access_tokens(USER).await),
        "IssueAccessToken" => {
            let least = IssueAccessTokenRequest::new([TokenScope::Voip]);
            let request = how.request(least, |request| request.expires_in(60 * SECOND));
            text(client.issue_access_token(USER, &request).await)
        }
        "ExchangeTeamsUserAccessToken" => {
            let request = TeamsUserExchangeTokenRequest::new("token", "app", "user");
            text(client.exchange_teams_user_access_token(&request).await)
        }
        _ => panic!("`CommunicationIdentity_{id}` is not in the catalogue"),
    }
}
