//! Calls: they connect as soon as they are made.

use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Call, copy, locator};
use crate::answer::Answer;
use crate::calls::Connection;
use crate::error::Refusal;
use crate::identifier::Identifier;
use crate::state::State;

pub(super) fn create(state: &mut State, call: &Call<'_>) -> Result<Answer, Refusal> {
    let targets = call.required_identifiers("targets")?;
    let source = user(call, "source")?;
    check_callback(call)?;
    let server_call = call.settings.server_call_id("conv", &Uuid::new_v4().to_string());
    let mut properties = properties(call, &server_call, &targets);
    copy(call.body, &["sourceCallerIdNumber", "sourceDisplayName"], &mut properties);
    if let Some(source) = &source {
        properties["source"] = source.to_json();
    }
    let answer = Answer::json(StatusCode::CREATED, &properties);
    let own = source.as_ref().map(|source| source.raw_id().to_owned());
    state.calls.start(server_call.clone(), targets.into_iter().chain(source));
    state.calls.connect(Connection { properties, server_call, own });
    Ok(answer)
}

/// The application joins a call, without being seen among its participants.
pub(super) fn connect(state: &mut State, call: &Call<'_>) -> Result<Answer, Refusal> {
    check_callback(call)?;
    let server_call = locator::find(state, call)?;
    let properties = properties(call, &server_call, &[]);
    let answer = Answer::json(StatusCode::OK, &properties);
    state.calls.connect(Connection { properties, server_call, own: None });
    Ok(answer)
}

pub(super) fn read(state: &mut State, call: &Call<'_>) -> Result<Answer, Refusal> {
    let found = state.calls.connection(call.argument("callConnectionId"))?;
    Ok(Answer::json(StatusCode::OK, &found.properties))
}

pub(super) fn hang_up(state: &mut State, call: &Call<'_>) -> Result<Answer, Refusal> {
    state.calls.hang_up(call.argument("callConnectionId"))?;
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}

pub(super) fn terminate(state: &mut State, call: &Call<'_>) -> Result<Answer, Refusal> {
    state.calls.terminate(call.argument("callConnectionId"))?;
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}

/// A `CommunicationUserIdentifierModel`: the id without its envelope.
pub(super) fn user(call: &Call<'_>, field: &str) -> Result<Option<Identifier>, Refusal> {
    let user = Some(&call.body[field]).filter(|user| !user.is_null());
    user.map(|user| Identifier::read(&json!({ "communicationUser": user }), field)).transpose()
}

pub(super) fn check_callback(call: &Call<'_>) -> Result<(), Refusal> {
    let uri = call.body["callbackUri"].as_str().unwrap_or_default();
    let rest = uri.strip_prefix("https://").or_else(|| uri.strip_prefix("http://"));
    if rest.is_some_and(|rest| !rest.is_empty()) {
        return Ok(());
    }
    Err(Refusal::bad_request("callbackUri", "`callbackUri` is not a whole `https://…` URL"))
}

/// `CallConnectionProperties`, of a connection of its own.
pub(super) fn properties(call: &Call<'_>, server_call: &str, targets: &[Identifier]) -> Value {
    let targets: Vec<Value> = targets.iter().map(Identifier::to_json).collect();
    let mut properties = json!({
        "callConnectionId": Uuid::new_v4().to_string(),
        "serverCallId": server_call,
        "correlationId": Uuid::new_v4().to_string(),
        "callConnectionState": "connected",
        "targets": targets,
    });
    copy(call.body, &["callbackUri"], &mut properties);
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
