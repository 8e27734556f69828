//! Incoming calls: each one is answered, redirected or rejected once.

use http::StatusCode;
use serde_json::json;

use super::call_connection::{new_connection, user};
use super::{Handler, HandlerContext};
use crate::error::ServiceError;
use crate::response::Response;
use crate::state::State;

pub(super) const HANDLERS: &[(&str, Handler)] = &[
    ("AnswerCall", Handler(answer)),
    ("RedirectCall", Handler(redirect)),
    ("RejectCall", Handler(reject)),
];

fn answer(state: &mut State, context: &HandlerContext<'_>) -> Result<Response, ServiceError> {
    let mut new = new_connection(context)?;
    new.application = user(context, "answeredBy")?;
    let incoming = state.network.take_incoming(incoming_context(context))?;
    new.targets = vec![incoming.to.clone()];
    new.source = Some(incoming.from.clone());
    if new.application.is_some() {
        new.details = json!({ "answeredBy": context.body["answeredBy"] });
    }
    Ok(Response::json(StatusCode::OK, &state.network.answer_call(incoming, new)))
}

/// The call continues elsewhere, and so it ends in the emulator.
fn redirect(state: &mut State, context: &HandlerContext<'_>) -> Result<Response, ServiceError> {
    context.required_identifier("target")?.check_dialable("target")?;
    state.network.take_incoming(incoming_context(context))?;
    Ok(Response::empty(StatusCode::NO_CONTENT))
}

fn reject(state: &mut State, context: &HandlerContext<'_>) -> Result<Response, ServiceError> {
    state.network.take_incoming(incoming_context(context))?;
    Ok(Response::empty(StatusCode::NO_CONTENT))
}

fn incoming_context<'a>(context: &'a HandlerContext<'_>) -> &'a str {
    context.body["incomingCallContext"].as_str().unwrap_or_default()
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
                assert_eq!((again.status(), again.code()), (404, "8522".to_owned()));
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
