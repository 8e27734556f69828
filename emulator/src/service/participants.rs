//! The participants of a call.

use std::time::Duration;

use http::StatusCode;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::{Handler, HandlerContext, copy, echo, within};
use crate::error::{ServiceError, shown};
use crate::network::Participant;
use crate::response::Response;
use crate::state::State;

pub(super) const HANDLERS: &[(&str, Handler)] = &[
    ("CallConnection_GetParticipants", Handler(list)),
    ("CallConnection_GetParticipant", Handler(read)),
    ("CallConnection_AddParticipant", Handler(add)),
    ("CallConnection_CancelAddParticipant", Handler(cancel_add)),
    ("CallConnection_RemoveParticipant", Handler(remove)),
    ("CallConnection_MoveParticipants", Handler(move_here)),
    ("CallConnection_Mute", Handler(mute)),
];

fn list(state: &mut State, context: &HandlerContext<'_>) -> Result<Response, ServiceError> {
    let participants = state.network.call_of(context.connection())?.participants();
    let start = skip(context)?.min(participants.len());
    let end = start.saturating_add(context.settings.page_size).min(participants.len());
    let value: Vec<Value> = participants[start..end].iter().map(Participant::to_json).collect();
    let mut page = json!({ "value": value });
    if end < participants.len() {
        page["nextLink"] = next_link(context, end).into();
    }
    Ok(Response::json(StatusCode::OK, &page))
}

fn read(state: &mut State, context: &HandlerContext<'_>) -> Result<Response, ServiceError> {
    let call = state.network.call_of(context.connection())?;
    let participant = call.participant(context.argument("participantRawId"))?;
    Ok(Response::json(StatusCode::OK, &participant.to_json()))
}

fn add(state: &mut State, context: &HandlerContext<'_>) -> Result<Response, ServiceError> {
    // The REST page gives the range; the specification's file has types only.
    within(context.body, "invitationTimeoutInSeconds", 0..=180)?;
    let identifier = context.required_identifier("participantToAdd")?;
    identifier.check_dialable("participantToAdd")?;
    context.check_caller_id([&identifier])?;
    let timeout = context.body["invitationTimeoutInSeconds"].as_u64().map(Duration::from_secs);
    let reply_to = context.reply_to()?;
    let invitation = state.network.invite(context.connection(), identifier, timeout, reply_to)?;
    let mut response =
        json!({ "participant": invitation.participant, "invitationId": invitation.id });
    copy(context.body, &["operationContext"], &mut response);
    Ok(Response::json(StatusCode::ACCEPTED, &response))
}

/// Accepted whatever the invitation: an event says whether it was in time.
fn cancel_add(state: &mut State, context: &HandlerContext<'_>) -> Result<Response, ServiceError> {
    let invitation = context.text("invitationId").unwrap_or_default();
    let reply_to = context.reply_to()?;
    state.network.cancel_invitation(context.connection(), &invitation, reply_to)?;
    let mut response = json!({});
    copy(context.body, &["invitationId", "operationContext"], &mut response);
    Ok(Response::json(StatusCode::ACCEPTED, &response))
}

fn remove(state: &mut State, context: &HandlerContext<'_>) -> Result<Response, ServiceError> {
    let identifier = context.required_identifier("participantToRemove")?;
    state.network.remove(context.connection(), identifier, context.reply_to()?)?;
    Ok(echo(StatusCode::ACCEPTED, context))
}

fn move_here(state: &mut State, context: &HandlerContext<'_>) -> Result<Response, ServiceError> {
    let targets = context.required_identifiers("targetParticipants")?;
    let from = context.text("fromCall").unwrap_or_default();
    let participants: Vec<Value> =
        targets.iter().map(|target| json!({ "identifier": target.to_json() })).collect();
    let reply_to = context.reply_to()?;
    state.network.move_participants(context.connection(), &from, targets, reply_to)?;
    let mut response = json!({ "participants": participants, "fromCall": from });
    copy(context.body, &["operationContext"], &mut response);
    Ok(Response::json(StatusCode::ACCEPTED, &response))
}

fn mute(state: &mut State, context: &HandlerContext<'_>) -> Result<Response, ServiceError> {
    let targets = context.required_identifiers("targetParticipants")?;
    if let Some(other) = targets.iter().find(|target| !target.is_user()) {
        return Err(ServiceError::bad_request(
            "targetParticipants",
            format!("only ACS users can be muted, and `{}` is not one", shown(other.raw_id())),
        ));
    }
    state.network.mute(context.connection(), &targets)?;
    Ok(echo(StatusCode::OK, context))
}

/// The token has to be encoded in a query, which reveals clients that decode the link or encode it
/// again.
fn next_link(context: &HandlerContext<'_>, skip: usize) -> String {
    let token = format!("after/{skip}=");
    let token = utf8_percent_encode(&token, NON_ALPHANUMERIC);
    let origin = context.request.origin().unwrap_or_else(|| context.settings.endpoint.clone());
    let path = context.request.path();
    let version = context.request.query("api-version").next().unwrap_or_default();
    format!("{origin}{path}?api-version={version}&skipToken={token}")
}

fn skip(context: &HandlerContext<'_>) -> Result<usize, ServiceError> {
    let Some(token) = context.request.query("skipToken").next() else { return Ok(0) };
    let skip = token.strip_prefix("after/").and_then(|rest| rest.strip_suffix('='));
    skip.and_then(|skip| skip.parse().ok()).ok_or_else(|| {
        ServiceError::bad_request(
            "skipToken",
            "`skipToken` is not one of ours; send the link as it is",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{ALICE, BOB, Client, PHONE};

    #[test]
    fn a_muted_user_is_seen_muted() {
        let client = Client::new();
        let call = client.call(&[ALICE, BOB]);
        let response = client.mute(&call, &[BOB]);
        assert_eq!(
            (response.status(), response.json()),
            (200, json!({ "operationContext": "context" }))
        );
        assert_eq!(client.muted(&call), [BOB]);
    }

    #[test]
    fn participants_are_muted_only_if_all_are_users_in_the_call() {
        let client = Client::new();
        let call = client.call(&[ALICE, PHONE]);
        for (targets, status) in [
            (&[PHONE][..], 400),
            (&[ALICE, PHONE], 400),
            (&[ALICE, "8:orgid:teams"], 400),
            (&[], 400),
            (&[ALICE, BOB], 404),
        ] {
            assert_eq!(client.mute(&call, targets).status(), status, "{targets:?}");
        }
        assert_eq!(client.mute("/elsewhere", &[ALICE]).status(), 404);
        assert!(client.muted(&call).is_empty());
        assert_eq!(client.executions("CallConnection_Mute"), 0);
    }

    #[test]
    fn participants_come_and_go() {
        let client = Client::new();
        let call = client.call(&[ALICE]);
        let add = json!({ "participantToAdd": { "rawId": BOB }, "operationContext": "a" });
        let added = client.calling("POST", &format!("{call}/participants:add"), &add);
        assert_eq!(added.status(), 202);
        assert_eq!(added.json()["participant"]["identifier"]["rawId"], BOB);
        assert_eq!(added.json()["operationContext"], "a");
        let late =
            json!({ "participantToAdd": { "rawId": ALICE }, "invitationTimeoutInSeconds": 181 });
        let late = client.calling("POST", &format!("{call}/participants:add"), &late);
        assert_eq!(late.status(), 400);
        let add = json!({ "participantToAdd": { "rawId": PHONE } });
        let phone = client.calling("POST", &format!("{call}/participants:add"), &add);
        assert_eq!(phone.json()["error"]["target"], "sourceCallerIdNumber");
        let cancel = |invitation: &Value| {
            let body = json!({ "invitationId": invitation, "operationContext": "b" });
            client.calling("POST", &format!("{call}/participants:cancelAddParticipant"), &body)
        };
        let invitation = &added.json()["invitationId"];
        let late = cancel(invitation);
        assert_eq!(
            (late.status(), late.json()),
            (202, json!({ "invitationId": invitation, "operationContext": "b" }))
        );
        assert_eq!(cancel(&json!("another")).status(), 202);
        let remove = json!({ "participantToRemove": { "rawId": BOB } });
        let path = format!("{call}/participants:remove");
        assert_eq!(client.calling("POST", &path, &remove).status(), 202);
        assert_eq!(client.calling("POST", &path, &remove).status(), 404);
    }

    #[test]
    fn a_list_goes_on_at_the_next_link() {
        let client = Client::new();
        let users = ["8:acs:a", "8:acs:b", "8:acs:c", "8:acs:d", "8:acs:e"];
        let call = client.call(&users);
        let mut target =
            format!("/calling/callConnections{call}/participants?api-version=2024-09-15");
        let (mut seen, mut pages) = (Vec::new(), 0);
        loop {
            let page = client.send("GET", &target, &[], "").json();
            pages += 1;
            let participants = page["value"].as_array().unwrap().clone();
            seen.extend(participants.into_iter().map(|p| p["identifier"]["rawId"].clone()));
            let Some(link) = page.get("nextLink") else { break };
            let link = link.as_str().unwrap();
            target = link.strip_prefix("http://a:1").unwrap().to_owned();
            assert!(target.contains("%2F") && target.contains("%3D"), "{target}");
        }
        assert_eq!((seen, pages), (users.map(Value::from).to_vec(), 3));
        let foreign = format!("{}x", target.trim_end_matches("%3D"));
        assert_eq!(client.send("GET", &foreign, &[], "").status(), 400);
    }
}
