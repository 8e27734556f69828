//! Calls that come in: each one is answered, redirected or rejected, once.

use axum::http::StatusCode;
use uuid::Uuid;

use super::call_connection::{check_callback, properties, user};
use super::{Handler, HandlerContext};
use crate::answer::Answer;
use crate::calls::Connection;
use crate::error::ServiceError;
use crate::incoming_calls::IncomingCall;
use crate::state::State;

pub(super) const HANDLERS: &[(&str, Handler)] = &[
    ("AnswerCall", Handler(answer)),
    ("RedirectCall", Handler(redirect)),
    ("RejectCall", Handler(reject)),
];

fn answer(state: &mut State, context: &HandlerContext<'_>) -> Result<Answer, ServiceError> {
    check_callback(context)?;
    let answered_by = user(context, "answeredBy")?;
    let IncomingCall { caller, called } = take(state, context)?;
    let server_call = context.settings.server_call_id("conv", &Uuid::new_v4().to_string());
    let mut properties = properties(context, &server_call, &[called]);
    properties["source"] = caller.to_json();
    if answered_by.is_some() {
        properties["answeredBy"] = context.body["answeredBy"].clone();
    }
    let answer = Answer::json(StatusCode::OK, &properties);
    let application_id = answered_by.as_ref().map(|user| user.raw_id().to_owned());
    state.calls.start(server_call.clone(), [caller].into_iter().chain(answered_by));
    state.calls.connect(Connection { properties, server_call, application_id });
    Ok(answer)
}

/// Whoever it is handed to talks elsewhere: the emulator sees no more of it.
fn redirect(state: &mut State, context: &HandlerContext<'_>) -> Result<Answer, ServiceError> {
    context.required_identifier("target")?;
    take(state, context)?;
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}

fn reject(state: &mut State, context: &HandlerContext<'_>) -> Result<Answer, ServiceError> {
    take(state, context)?;
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}

fn take(state: &mut State, context: &HandlerContext<'_>) -> Result<IncomingCall, ServiceError> {
    state.incoming_calls.take(context.body["incomingCallContext"].as_str().unwrap_or_default())
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
