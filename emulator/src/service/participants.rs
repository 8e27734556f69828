//! Who is in a call, and who is heard.

use axum::http::StatusCode;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Call, copy};
use crate::answer::Answer;
use crate::error::{Refusal, shown};
use crate::identifier::Identifier;
use crate::state::{Participant, State};

pub(super) fn list(state: &mut State, call: &Call<'_>) -> Result<Answer, Refusal> {
    let participants = state.calls.find(call.argument("callConnectionId"))?.participants();
    let start = skip(call)?.min(participants.len());
    let end = start.saturating_add(call.settings.page_size).min(participants.len());
    let value: Vec<Value> = participants[start..end].iter().map(Participant::to_json).collect();
    let mut page = json!({ "value": value });
    if end < participants.len() {
        page["nextLink"] = next_link(call, end).into();
    }
    Ok(Answer::json(StatusCode::OK, &page))
}

pub(super) fn read(state: &mut State, call: &Call<'_>) -> Result<Answer, Refusal> {
    let found = state.calls.find(call.argument("callConnectionId"))?;
    let participant = found.participant(call.argument("participantRawId"))?;
    Ok(Answer::json(StatusCode::OK, &participant.to_json()))
}

/// The participant joins at once. One who is there already is answered alike: whether the service
/// refuses is not known.
pub(super) fn add(state: &mut State, call: &Call<'_>) -> Result<Answer, Refusal> {
    check_invitation_timeout(call)?;
    let identifier = required(call, "participantToAdd")?;
    let found = state.calls.find(call.argument("callConnectionId"))?;
    let mut response = json!({
        "participant": found.join(identifier).to_json(),
        "invitationId": Uuid::new_v4().to_string(),
    });
    copy(call.body, &["operationContext"], &mut response);
    Ok(Answer::json(StatusCode::ACCEPTED, &response))
}

pub(super) fn remove(state: &mut State, call: &Call<'_>) -> Result<Answer, Refusal> {
    let identifier = required(call, "participantToRemove")?;
    let found = state.calls.find(call.argument("callConnectionId"))?;
    found.participant(identifier.raw_id())?;
    found.leave(identifier.raw_id());
    Ok(echo(StatusCode::ACCEPTED, call))
}

pub(super) fn mute(state: &mut State, call: &Call<'_>) -> Result<Answer, Refusal> {
    let targets = call.identifiers("targetParticipants")?;
    if let Some(other) = targets.iter().find(|target| !target.is_user()) {
        return Err(Refusal::bad_request(
            "targetParticipants",
            format!("only ACS users can be muted, and `{}` is none", shown(other.raw_id())),
        ));
    }
    let found = state.calls.find(call.argument("callConnectionId"))?;
    for target in &targets {
        found.participant(target.raw_id())?;
    }
    for target in &targets {
        found.participant(target.raw_id())?.is_muted = true;
    }
    Ok(echo(StatusCode::OK, call))
}

fn required(call: &Call<'_>, field: &str) -> Result<Identifier, Refusal> {
    let identifier = call.identifier(field)?;
    identifier.ok_or_else(|| Refusal::bad_request(field, format!("`{field}` is required")))
}

/// The REST page gives the range; the facts have types only.
fn check_invitation_timeout(call: &Call<'_>) -> Result<(), Refusal> {
    let field = "invitationTimeoutInSeconds";
    match call.body[field].as_i64() {
        None | Some(0..=180) => Ok(()),
        Some(_) => Err(Refusal::bad_request(field, format!("`{field}` is not within 0 and 180"))),
    }
}

fn echo(status: StatusCode, call: &Call<'_>) -> Answer {
    let mut response = json!({});
    copy(call.body, &["operationContext"], &mut response);
    Answer::json(status, &response)
}

/// The token has to be encoded in a query, so that a client which decodes the link, or encodes it
/// again, is found out.
fn next_link(call: &Call<'_>, skip: usize) -> String {
    let token = format!("after/{skip}=");
    let token = utf8_percent_encode(&token, NON_ALPHANUMERIC);
    let (endpoint, path) = (&call.settings.endpoint, call.request.path());
    let version = &call.route.service.api_version;
    format!("{endpoint}{path}?api-version={version}&skipToken={token}")
}

fn skip(call: &Call<'_>) -> Result<usize, Refusal> {
    let Some(token) = call.request.query("skipToken").next() else { return Ok(0) };
    let skip = token.strip_prefix("after/").and_then(|rest| rest.strip_suffix('='));
    skip.and_then(|skip| skip.parse().ok()).ok_or_else(|| {
        Refusal::bad_request("skipToken", "`skipToken` is not one of ours; send the link as it is")
    })
}
