//! Users, and the tokens by which they call.

use std::time::Duration;

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Call;
use crate::answer::Answer;
use crate::clock::rfc3339;
use crate::error::Refusal;
use crate::state::State;

pub(super) fn create(state: &mut State, call: &Call<'_>) -> Result<Answer, Refusal> {
    let lifetime = lifetime(call)?;
    let scopes = scopes(&call.body["createTokenWithScopes"]);
    let id = call.settings.new_user_id();
    state.identities.add(&id);
    let mut result = json!({ "identity": { "id": id } });
    if let Some(scopes) = scopes {
        result["accessToken"] = token(state, call, &id, &scopes, lifetime)?;
    }
    Ok(Answer::json(StatusCode::CREATED, &result))
}

pub(super) fn delete(state: &mut State, call: &Call<'_>) -> Result<Answer, Refusal> {
    state.identities.delete(call.argument("id"))?;
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}

pub(super) fn issue_token(state: &mut State, call: &Call<'_>) -> Result<Answer, Refusal> {
    let lifetime = lifetime(call)?;
    let scopes = scopes(&call.body["scopes"])
        .ok_or_else(|| Refusal::bad_request("scopes", "`scopes` is empty"))?;
    let token = token(state, call, call.argument("id"), &scopes, lifetime)?;
    Ok(Answer::json(StatusCode::OK, &token))
}

pub(super) fn revoke_tokens(state: &mut State, call: &Call<'_>) -> Result<Answer, Refusal> {
    state.identities.revoke_tokens(call.argument("id"))?;
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}

/// A `CommunicationIdentityAccessToken`.
fn token(
    state: &State,
    call: &Call<'_>,
    id: &str,
    scopes: &str,
    lifetime: Duration,
) -> Result<Value, Refusal> {
    let revision = state.identities.revision(id)?;
    let token = call.settings.issue_token(id, scopes, revision, call.now, lifetime);
    Ok(json!({ "token": token, "expiresOn": rfc3339(call.now + lifetime) }))
}

/// The scopes in one text, `None` when there are none.
fn scopes(value: &Value) -> Option<String> {
    let scopes: Vec<&str> = value.as_array()?.iter().filter_map(Value::as_str).collect();
    (!scopes.is_empty()).then(|| scopes.join(","))
}

/// An hour to a day, and a day unless the request says otherwise.
fn lifetime(call: &Call<'_>) -> Result<Duration, Refusal> {
    let field = "expiresInMinutes";
    match call.body[field].as_u64() {
        None if call.body[field].is_null() => Ok(Duration::from_secs(24 * 60 * 60)),
        Some(minutes @ 60..=1440) => Ok(Duration::from_secs(minutes * 60)),
        _ => Err(Refusal::bad_request(field, format!("`{field}` is not within 60 and 1440"))),
    }
}
