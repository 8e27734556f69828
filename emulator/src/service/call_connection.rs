//! Calls: they connect as soon as they are made.

use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Handler, HandlerContext, copy, locator};
use crate::answer::Answer;
use crate::calls::Connection;
use crate::error::ServiceError;
use crate::identifier::Identifier;
use crate::state::State;

pub(super) const HANDLERS: &[(&str, Handler)] = &[
    ("CreateCall", Handler(create)),
    ("CallConnection_GetCall", Handler(read)),
    ("Connect", Handler(connect)),
    ("CallConnection_HangupCall", Handler(hang_up)),
    ("CallConnection_TerminateCall", Handler(terminate)),
];

fn create(state: &mut State, context: &HandlerContext<'_>) -> Result<Answer, ServiceError> {
    let targets = context.required_identifiers("targets")?;
    let source = user(context, "source")?;
    check_callback(context)?;
    let server_call = context.settings.server_call_id("conv", &Uuid::new_v4().to_string());
    let mut properties = properties(context, &server_call, &targets);
    copy(context.body, &["sourceCallerIdNumber", "sourceDisplayName"], &mut properties);
    if let Some(source) = &source {
        properties["source"] = source.to_json();
    }
    let answer = Answer::json(StatusCode::CREATED, &properties);
    let application_id = source.as_ref().map(|source| source.raw_id().to_owned());
    state.calls.start(server_call.clone(), targets.into_iter().chain(source));
    state.calls.connect(Connection { properties, server_call, application_id });
    Ok(answer)
}

/// The application joins a call, without being seen among its participants.
fn connect(state: &mut State, context: &HandlerContext<'_>) -> Result<Answer, ServiceError> {
    check_callback(context)?;
    let server_call = locator::find(state, context)?;
    let properties = properties(context, &server_call, &[]);
    let answer = Answer::json(StatusCode::OK, &properties);
    state.calls.connect(Connection { properties, server_call, application_id: None });
    Ok(answer)
}

fn read(state: &mut State, context: &HandlerContext<'_>) -> Result<Answer, ServiceError> {
    let found = state.calls.connection(context.argument("callConnectionId"))?;
    Ok(Answer::json(StatusCode::OK, &found.properties))
}

fn hang_up(state: &mut State, context: &HandlerContext<'_>) -> Result<Answer, ServiceError> {
    state.calls.hang_up(context.argument("callConnectionId"))?;
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}

fn terminate(state: &mut State, context: &HandlerContext<'_>) -> Result<Answer, ServiceError> {
    state.calls.terminate(context.argument("callConnectionId"))?;
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}

/// A `CommunicationUserIdentifierModel`: the id without its envelope.
pub(super) fn user(
    context: &HandlerContext<'_>,
    field: &str,
) -> Result<Option<Identifier>, ServiceError> {
    let user = Some(&context.body[field]).filter(|user| !user.is_null());
    user.map(|user| Identifier::read(&json!({ "communicationUser": user }), field)).transpose()
}

pub(super) fn check_callback(context: &HandlerContext<'_>) -> Result<(), ServiceError> {
    let uri = context.body["callbackUri"].as_str().unwrap_or_default();
    let rest = uri.strip_prefix("https://").or_else(|| uri.strip_prefix("http://"));
    if rest.is_some_and(|rest| !rest.is_empty()) {
        return Ok(());
    }
    Err(ServiceError::bad_request("callbackUri", "`callbackUri` is not a whole `https://…` URL"))
}

/// `CallConnectionProperties`, of a connection of its own.
pub(super) fn properties(
    context: &HandlerContext<'_>,
    server_call: &str,
    targets: &[Identifier],
) -> Value {
    let targets: Vec<Value> = targets.iter().map(Identifier::to_json).collect();
    let mut properties = json!({
        "callConnectionId": Uuid::new_v4().to_string(),
        "serverCallId": server_call,
        "correlationId": Uuid::new_v4().to_string(),
        "callConnectionState": "connected",
        "targets": targets,
    });
    copy(context.body, &["callbackUri"], &mut properties);
    properties
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{ALICE, BOB, Client, PHONE};

    #[test]
    fn a_call_is_made_read_and_ended() {
        let client = Client::new();
        let body = json!({
            "targets": [{ "communicationUser": { "id": ALICE } }, { "rawId": PHONE }, { "rawId": ALICE }],
            "source": { "id": BOB },
            "callbackUri": "https://app.contoso.com/callback",
            "sourceDisplayName": "Bob",
        });
        let created = client.calling("POST", "", &body);
        assert_eq!(created.status(), 201);
        let call = created.json();
        assert_eq!(call["callConnectionState"], "connected");
        assert_eq!(call["source"]["communicationUser"]["id"], BOB);
        assert_eq!(call["targets"][1]["kind"], "phoneNumber");
        assert_eq!(call["sourceDisplayName"], "Bob");
        let path = format!("/{}", call["callConnectionId"].as_str().unwrap());
        assert_eq!(client.calling("GET", &path, &Value::Null).json(), call);
        let bob =
            client.calling("GET", &format!("{path}/participants/8%3Aacs%3Abob"), &Value::Null);
        assert_eq!(bob.json()["isMuted"], false);
        assert_eq!(client.calling("DELETE", &path, &Value::Null).status(), 204);
        assert_eq!(client.calling("GET", &path, &Value::Null).status(), 404);
        assert_eq!(
            client.calling("POST", &format!("{path}:terminate"), &Value::Null).status(),
            404
        );
    }

    #[test]
    fn a_wrong_call_is_not_made() {
        let client = Client::new();
        let alice = json!([{ "rawId": ALICE }]);
        let callback = "https://app.contoso.com/callback";
        for body in [
            Value::Null,
            json!({ "targets": [], "callbackUri": callback }),
            json!({ "targets": [{}], "callbackUri": callback }),
            json!({ "targets": alice }),
            json!({ "targets": alice, "callbackUri": "" }),
            json!({ "targets": alice, "callbackUri": "app.contoso.com" }),
            json!({ "targets": alice, "callbackUri": callback, "source": { "id": PHONE } }),
        ] {
            assert_eq!(client.calling("POST", "", &body).status(), 400, "{body}");
        }
        assert_eq!(client.executions("CreateCall"), 0);
    }
}
