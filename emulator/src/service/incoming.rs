//! Calls that come in: each one is answered, redirected or rejected, once.

use axum::http::StatusCode;
use uuid::Uuid;

use super::Call;
use super::call_connection::{check_callback, properties, user};
use crate::answer::Answer;
use crate::calls::Connection;
use crate::error::Refusal;
use crate::ringing::IncomingCall;
use crate::state::State;

pub(super) fn answer(state: &mut State, call: &Call<'_>) -> Result<Answer, Refusal> {
    check_callback(call)?;
    let answered_by = user(call, "answeredBy")?;
    let IncomingCall { caller, called } = take(state, call)?;
    let server_call = call.settings.server_call_id("conv", &Uuid::new_v4().to_string());
    let mut properties = properties(call, &server_call, &[called]);
    properties["source"] = caller.to_json();
    if answered_by.is_some() {
        properties["answeredBy"] = call.body["answeredBy"].clone();
    }
    let answer = Answer::json(StatusCode::OK, &properties);
    let own = answered_by.as_ref().map(|user| user.raw_id().to_owned());
    state.calls.start(server_call.clone(), [caller].into_iter().chain(answered_by));
    state.calls.connect(Connection { properties, server_call, own });
    Ok(answer)
}

/// Whoever it is handed to talks elsewhere: the emulator sees no more of it.
pub(super) fn redirect(state: &mut State, call: &Call<'_>) -> Result<Answer, Refusal> {
    call.required_identifier("target")?;
    take(state, call)?;
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}

pub(super) fn reject(state: &mut State, call: &Call<'_>) -> Result<Answer, Refusal> {
    take(state, call)?;
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}

fn take(state: &mut State, call: &Call<'_>) -> Result<IncomingCall, Refusal> {
    state.ringing.take(call.body["incomingCallContext"].as_str().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::{ALICE, BOB, Client, PHONE};

    const CALLBACK: &str = "https://app.contoso.com/callback";

    #[test]
    fn an_answered_call_has_its_caller_in_it() {
        let client = Client::new();
        let context = client.incoming_call(PHONE, ALICE);
        let mut body = json!({ "incomingCallContext": context, "callbackUri": "nowhere" });
        assert_eq!(client.calling("POST", ":answer", &body).status(), 400);
        body["callbackUri"] = CALLBACK.into();
        body["answeredBy"] = json!({ "id": BOB });
        let answered = client.calling("POST", ":answer", &body);
        assert_eq!(answered.status(), 200);
        let call = answered.json();
        assert_eq!(
            (&call["source"]["rawId"], &call["targets"][0]["rawId"]),
            (&PHONE.into(), &ALICE.into())
        );
        assert_eq!(
            (&call["answeredBy"]["id"], &call["callbackUri"]),
            (&BOB.into(), &CALLBACK.into())
        );
        let path = format!("/{}", call["callConnectionId"].as_str().unwrap());
        assert_eq!(client.participants(&path), [PHONE, BOB]);
        // The caller alone makes no call.
        assert_eq!(client.calling("DELETE", &path, &Value::Null).status(), 204);
        assert_eq!(client.locate(&call["serverCallId"]).status(), 404);
    }

    #[test]
    fn a_call_is_decided_about_once() {
        let client = Client::new();
        let decisions = |context: &str| {
            [
                (
                    ":answer",
                    json!({ "incomingCallContext": context, "callbackUri": CALLBACK }),
                    200,
                ),
                (
                    ":redirect",
                    json!({ "incomingCallContext": context, "target": { "rawId": BOB } }),
                    204,
                ),
                (
                    ":reject",
                    json!({ "incomingCallContext": context, "callRejectReason": "busy" }),
                    204,
                ),
            ]
        };
        for index in 0..3 {
            let context = client.incoming_call(PHONE, ALICE);
            let (path, body, status) = &decisions(&context)[index];
            assert_eq!(client.calling("POST", path, body).status(), *status, "{path}");
            for (path, body, _) in decisions(&context) {
                let again = client.calling("POST", path, &body);
                assert_eq!((again.status(), again.code()), (404, "NotFound".to_owned()));
                assert!(!again.json().to_string().contains(&context));
            }
        }
    }

    #[test]
    fn a_wrong_decision_leaves_the_call_ringing() {
        let client = Client::new();
        let context = client.incoming_call(PHONE, ALICE);
        let body = json!({ "incomingCallContext": context, "target": {} });
        assert_eq!(client.calling("POST", ":redirect", &body).status(), 400);
        let body = json!({ "incomingCallContext": context });
        assert_eq!(client.calling("POST", ":reject", &body).status(), 204);
    }
}
