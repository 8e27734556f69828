//! Every operation with a body, called with what its example says.

use std::time::Duration;

use acs_rest::call_automation::*;
#[cfg(feature = "identity")]
use acs_rest::identity::*;
use acs_rest::{Client, CommunicationIdentifier, PhoneNumberIdentifier, Result};
use serde::de::DeserializeOwned;
use serde_json::Value;

const CALL: &str = "call-1";

/// The body of an example.
#[derive(Clone, Copy)]
pub(super) struct Example<'a>(pub(super) &'a Value);

impl<'a> Example<'a> {
    fn get<T: DeserializeOwned>(self, pointer: &str) -> T {
        let value = self.0.pointer(pointer).unwrap_or_else(|| panic!("{pointer} in {}", self.0));
        serde_json::from_value(value.clone()).unwrap()
    }

    fn text(self, field: &str) -> &'a str {
        self.0[field].as_str().unwrap_or_else(|| panic!("{field} in {}", self.0))
    }

    fn who(self, pointer: &str) -> CommunicationIdentifier {
        self.get(pointer)
    }

    fn seconds(self, pointer: &str) -> Duration {
        Duration::from_secs(self.get(pointer))
    }

    fn file(self, pointer: &str) -> FileSource {
        FileSource::new(self.get::<String>(&format!("{pointer}/file/uri")))
    }

    fn context(self) -> &'a str {
        self.text("operationContext")
    }

    fn callback(self) -> &'a str {
        self.text("operationCallbackUri")
    }
}

/// Calls the operation with what the example of its request says.
pub(super) async fn call(client: &Client, id: &str, e: Example<'_>) -> Result<()> {
    match id {
        "CreateCall" => {
            let request = CreateCallRequest::new([e.who("/targets/0")], e.text("callbackUri"));
            client.create_call(&request).await.map(drop)
        }
        "AnswerCall" => {
            let request =
                AnswerCallRequest::new(e.text("incomingCallContext"), e.text("callbackUri"));
            client.answer_call(&request).await.map(drop)
        }
        "RedirectCall" => {
            let request = RedirectCallRequest::new(e.text("incomingCallContext"), e.who("/target"));
            client.redirect_call(&request).await
        }
        "RejectCall" => {
            client.reject_call(&RejectCallRequest::new(e.text("incomingCallContext"))).await
        }
        "Connect" => {
            let room = CallLocator::room_call(e.get::<String>("/callLocator/roomId"));
            let endpoint = e.get::<String>("/callIntelligenceOptions/cognitiveServicesEndpoint");
            let intelligence = CallIntelligenceOptions::new().cognitive_services_endpoint(endpoint);
            let request = ConnectRequest::new(room, e.text("callbackUri"))
                .call_intelligence_options(intelligence);
            client.connect(&request).await.map(drop)
        }
        "CallConnection_TransferToParticipant" => {
            let request = TransferToParticipantRequest::new(e.who("/targetParticipant"))
                .transferee(e.who("/transferee"))
                .operation_callback_uri(e.callback())
                .operation_context(e.context());
            client.transfer_to_participant(CALL, &request).await.map(drop)
        }
        "CallConnection_AddParticipant" => {
            let phone: String = e.get("/sourceCallerIdNumber/value");
            let request = AddParticipantRequest::new(e.who("/participantToAdd"))
                .source_caller_id_number(PhoneNumberIdentifier::new(phone))
                .operation_context(e.context())
                .operation_callback_uri(e.callback());
            client.add_participant(CALL, &request).await.map(drop)
        }
        "CallConnection_RemoveParticipant" => {
            let request = RemoveParticipantRequest::new(e.who("/participantToRemove"))
                .operation_context(e.context())
                .operation_callback_uri(e.callback());
            client.remove_participant(CALL, &request).await.map(drop)
        }
        "CallConnection_Mute" => {
            let request = MuteParticipantsRequest::new([e.who("/targetParticipants/0")])
                .operation_context(e.context());
            client.mute_participants(CALL, &request).await.map(drop)
        }
        "CallConnection_CancelAddParticipant" => {
            let request = CancelAddParticipantRequest::new(e.text("invitationId"))
                .operation_context(e.context())
                .operation_callback_uri(e.callback());
            client.cancel_add_participant(CALL, &request).await.map(drop)
        }
        "CallRecording_StartRecording" => {
            let call = CallLocator::server_call(e.get::<String>("/callLocator/serverCallId"));
            let container: String = e.get("/externalStorage/recordingDestinationContainerUrl");
            let request = StartCallRecordingRequest::new(call)
                .recording_state_callback_uri(e.text("recordingStateCallbackUri"))
                .pause_on_start(e.get::<bool>("/pauseOnStart"))
                .external_storage(ExternalStorage::azure_blob_storage(container));
            client.start_recording(&request).await.map(drop)
        }
        _ => media(client, id, e).await,
    }
}

async fn media(client: &Client, id: &str, e: Example<'_>) -> Result<()> {
    match id {
        "CallMedia_Play" => {
            let cache: String = e.get("/playSources/0/playSourceCacheId");
            let source = PlaySource::new(e.file("/playSources/0")).play_source_cache_id(cache);
            let request = PlayRequest::new([source])
                .play_to([e.who("/playTo/0")])
                .play_options(PlayOptions::new(e.get::<bool>("/playOptions/loop")))
                .operation_callback_uri(e.callback());
            client.play(CALL, &request).await
        }
        "CallMedia_Recognize" => {
            let tones: Vec<Tone> = e.get("/recognizeOptions/dtmfOptions/stopTones");
            let most: u32 = e.get("/recognizeOptions/dtmfOptions/maxTonesToCollect");
            let silence = "/recognizeOptions/initialSilenceTimeoutInSeconds";
            let between = "/recognizeOptions/dtmfOptions/interToneTimeoutInSeconds";
            let dtmf = DtmfOptions::new()
                .inter_tone_timeout(e.seconds(between))
                .max_tones_to_collect(most)
                .stop_tones(tones);
            let who = e.who("/recognizeOptions/targetParticipant");
            let options = RecognizeOptions::new(who, dtmf)
                .interrupt_prompt(e.get::<bool>("/recognizeOptions/interruptPrompt"))
                .initial_silence_timeout(e.seconds(silence));
            let request = RecognizeRequest::new(options)
                .play_prompt(e.file("/playPrompt"))
                .operation_callback_uri(e.callback());
            client.recognize(CALL, &request).await
        }
        "CallMedia_StartContinuousDtmfRecognition" => {
            let request = ContinuousDtmfRecognitionRequest::new(e.who("/targetParticipant"));
            client.start_continuous_dtmf_recognition(CALL, &request).await
        }
        "CallMedia_StopContinuousDtmfRecognition" => {
            let request = ContinuousDtmfRecognitionRequest::new(e.who("/targetParticipant"))
                .operation_callback_uri(e.callback());
            client.stop_continuous_dtmf_recognition(CALL, &request).await
        }
        "CallMedia_SendDtmfTones" => {
            let tones: Vec<Tone> = e.get("/tones");
            let request = SendDtmfTonesRequest::new(tones, e.who("/targetParticipant"))
                .operation_context(e.context())
                .operation_callback_uri(e.callback());
            client.send_dtmf_tones(CALL, &request).await.map(drop)
        }
        "CallMedia_Hold" => {
            let request = HoldRequest::new(e.who("/targetParticipant"))
                .play_source_info(e.file("/playSourceInfo"));
            client.hold(CALL, &request).await
        }
        "CallMedia_Unhold" => {
            client.unhold(CALL, &UnholdRequest::new(e.who("/targetParticipant"))).await
        }
        _ => identity(client, id, e).await,
    }
}

#[cfg(feature = "identity")]
async fn identity(client: &Client, id: &str, e: Example<'_>) -> Result<()> {
    let scopes = |field| e.get::<Vec<TokenScope>>(field);
    let time = || e.seconds("/expiresInMinutes") * 60;
    match id {
        "CommunicationIdentity_Create" => {
            let request = CreateIdentityRequest::new()
                .create_token_with_scopes(scopes("/createTokenWithScopes"))
                .expires_in(time());
            client.create_identity(Some(&request)).await.map(drop)
        }
        "CommunicationIdentity_IssueAccessToken" => {
            let request = IssueAccessTokenRequest::new(scopes("/scopes")).expires_in(time());
            client.issue_access_token("a", &request).await.map(drop)
        }
        "CommunicationIdentity_ExchangeTeamsUserAccessToken" => {
            let [token, app, user] = ["token", "appId", "userId"].map(|field| e.text(field));
            let request = TeamsUserExchangeTokenRequest::new(token, app, user);
            client.exchange_teams_user_access_token(&request).await.map(drop)
        }
        _ => panic!("the example of `{id}` has a body that no request is made of"),
    }
}

#[cfg(not(feature = "identity"))]
async fn identity(_: &Client, id: &str, _: Example<'_>) -> Result<()> {
    panic!("the example of `{id}` has a body that no request is made of")
}
