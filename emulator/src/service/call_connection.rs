//! Calls: they connect as soon as they are made.

use axum::http::StatusCode;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Call, copy};
use crate::answer::Answer;
use crate::error::Refusal;
use crate::identifier::Identifier;
use crate::state;
use crate::state::State;

pub(super) fn create(state: &mut State, call: &Call<'_>) -> Result<Answer, Refusal> {
    let targets = call.identifiers("targets")?;
    let source = source(call)?;
    check_callback(call)?;
    let id = Uuid::new_v4().to_string();
    let properties = properties(call, &id, &targets, source.as_ref());
    let answer = Answer::json(StatusCode::CREATED, &properties);
    state.calls.add(id, state::Call::new(properties, targets.into_iter().chain(source)));
    Ok(answer)
}

pub(super) fn read(state: &mut State, call: &Call<'_>) -> Result<Answer, Refusal> {
    let found = state.calls.find(call.argument("callConnectionId"))?;
    Ok(Answer::json(StatusCode::OK, &found.properties))
}

/// Both ways of ending a call: the emulator's application is the only one that could stay in it.
pub(super) fn end(state: &mut State, call: &Call<'_>) -> Result<Answer, Refusal> {
    state.calls.end(call.argument("callConnectionId"))?;
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}

/// In a request the source is a `CommunicationUserIdentifierModel`: the id without its envelope.
fn source(call: &Call<'_>) -> Result<Option<Identifier>, Refusal> {
    let source = &call.body["source"];
    if source.is_null() {
        return Ok(None);
    }
    Identifier::read(&json!({ "communicationUser": source }), "source").map(Some)
}

fn check_callback(call: &Call<'_>) -> Result<(), Refusal> {
    let uri = call.body["callbackUri"].as_str().unwrap_or_default();
    let rest = uri.strip_prefix("https://").or_else(|| uri.strip_prefix("http://"));
    if rest.is_some_and(|rest| !rest.is_empty()) {
        return Ok(());
    }
    Err(Refusal::bad_request("callbackUri", "`callbackUri` is not a whole `https://…` URL"))
}

fn properties(
    call: &Call<'_>,
    id: &str,
    targets: &[Identifier],
    source: Option<&Identifier>,
) -> Value {
    let targets: Vec<Value> = targets.iter().map(Identifier::to_json).collect();
    let server_call = format!("{}/conv/{id}", call.settings.endpoint);
    let mut properties = json!({
        "callConnectionId": id,
        "serverCallId": BASE64_STANDARD.encode(server_call),
        "correlationId": Uuid::new_v4().to_string(),
        "callConnectionState": "connected",
        "targets": targets,
    });
    if let Some(source) = source {
        properties["source"] = source.to_json();
    }
    copy(call.body, &["callbackUri", "sourceCallerIdNumber", "sourceDisplayName"], &mut properties);
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
