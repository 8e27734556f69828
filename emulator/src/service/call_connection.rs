//! Calls: they are created, connected to, read and ended.

use http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Handler, HandlerContext, copy, locator, streaming};
use crate::error::ServiceError;
use crate::identifier::Identifier;
use crate::network::NewConnection;
use crate::response::Response;
use crate::state::State;
use crate::url;

pub(super) const HANDLERS: &[(&str, Handler)] = &[
    ("CreateCall", Handler(create)),
    ("CallConnection_GetCall", Handler(read)),
    ("Connect", Handler(connect)),
    ("CallConnection_HangupCall", Handler(hang_up)),
    ("CallConnection_TerminateCall", Handler(terminate)),
];

/// As many as a call of the service can have.
const LARGEST_CALL: usize = 350;

fn create(state: &mut State, context: &HandlerContext<'_>) -> Result<Response, ServiceError> {
    let targets = context.required_identifiers("targets")?;
    check_targets(&targets)?;
    context.check_caller_id(&targets)?;
    let application = user(context, "source")?;
    let server_call = context.settings.server_call_id("conv", &Uuid::new_v4().to_string());
    let mut details = json!({});
    copy(context.body, &["sourceCallerIdNumber", "sourceDisplayName"], &mut details);
    let source = application.clone().map_or_else(|| context.settings.new_user(), Ok)?;
    let mut new = new_connection(context)?;
    (new.targets, new.source) = (targets, Some(source));
    (new.details, new.application) = (details, application);
    let properties = state.network.create_call(server_call, new);
    Ok(Response::json(StatusCode::CREATED, &properties))
}

/// The application joins a call, without being seen among its participants.
fn connect(state: &mut State, context: &HandlerContext<'_>) -> Result<Response, ServiceError> {
    let new = new_connection(context)?;
    let server_call = locator::find(state, context)?;
    Ok(Response::json(StatusCode::OK, &state.network.connect(&server_call, new)))
}

fn read(state: &mut State, context: &HandlerContext<'_>) -> Result<Response, ServiceError> {
    let found = state.network.connection(context.connection())?;
    Ok(Response::json(StatusCode::OK, &found.properties()))
}

fn hang_up(state: &mut State, context: &HandlerContext<'_>) -> Result<Response, ServiceError> {
    state.network.hang_up(context.connection())?;
    Ok(Response::empty(StatusCode::NO_CONTENT))
}

fn terminate(state: &mut State, context: &HandlerContext<'_>) -> Result<Response, ServiceError> {
    state.network.terminate(context.connection())?;
    Ok(Response::empty(StatusCode::NO_CONTENT))
}

/// A `CommunicationUserIdentifierModel`: the id without its envelope.
pub(super) fn user(
    context: &HandlerContext<'_>,
    field: &str,
) -> Result<Option<Identifier>, ServiceError> {
    let user = Some(&context.body[field]).filter(|user| !user.is_null());
    user.map(|user| Identifier::read(&json!({ "communicationUser": user }), field)).transpose()
}

/// The common fields of requests that create a connection.
pub(super) fn new_connection(context: &HandlerContext<'_>) -> Result<NewConnection, ServiceError> {
    let callback_uri = context.text("callbackUri").unwrap_or_default();
    if !url::is_http(&callback_uri) {
        let message = "`callbackUri` is not a whole `https://…` URL";
        return Err(ServiceError::bad_request("callbackUri", message));
    }
    let speech = &context.body["callIntelligenceOptions"]["cognitiveServicesEndpoint"];
    Ok(NewConnection {
        callback_uri,
        operation_context: context.text("operationContext"),
        targets: Vec::new(),
        source: None,
        details: Value::Null,
        application: None,
        has_speech: speech.as_str().is_some_and(|endpoint| !endpoint.is_empty()),
        streams: streaming::settings(context)?,
    })
}

fn check_targets(targets: &[Identifier]) -> Result<(), ServiceError> {
    if targets.len() > LARGEST_CALL {
        let message = format!("`targets` has more than the {LARGEST_CALL} that a call can have");
        return Err(ServiceError::bad_request("targets", message));
    }
    let mut targets = targets.iter().enumerate();
    targets.try_for_each(|(index, target)| target.check_dialable(&format!("targets[{index}]")))
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
            "sourceCallerIdNumber": { "value": "+14255550100" },
        });
        let created = client.calling("POST", "", &body);
        assert_eq!(created.status(), 201);
        let mut call = created.json();
        assert_eq!(call["callConnectionState"], "connecting");
        assert_eq!(call.get("serverCallId"), None);
        assert_eq!(call["source"]["communicationUser"]["id"], BOB);
        assert_eq!(call["targets"][1]["kind"], "phoneNumber");
        assert_eq!(call["sourceDisplayName"], "Bob");
        let path = format!("/{}", call["callConnectionId"].as_str().unwrap());
        let up = client.calling("GET", &path, &Value::Null).json();
        assert!(up["serverCallId"].is_string());
        call["callConnectionState"] = "connected".into();
        call["serverCallId"] = up["serverCallId"].clone();
        assert_eq!(up, call);
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
            json!({ "targets": [{ "rawId": PHONE }], "callbackUri": callback }),
            json!({ "targets": [{ "phoneNumber": { "value": "hello" } }], "callbackUri": callback }),
            json!({ "targets": alice, "callbackUri": "http://x y" }),
            json!({ "targets": vec![json!({ "rawId": ALICE }); 351], "callbackUri": callback }),
        ] {
            assert_eq!(client.calling("POST", "", &body).status(), 400, "{body}");
        }
        assert_eq!(client.executions("CreateCall"), 0);
    }
}
