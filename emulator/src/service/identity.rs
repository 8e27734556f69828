//! Users, and the tokens by which they call.

use std::time::Duration;

use http::StatusCode;
use serde_json::{Value, json};

use super::{Handler, HandlerContext};
use crate::clock::rfc3339;
use crate::entra_token::EntraToken;
use crate::error::ServiceError;
use crate::response::Response;
use crate::state::State;

pub(super) const HANDLERS: &[(&str, Handler)] = &[
    ("CommunicationIdentity_Create", Handler(create)),
    ("CommunicationIdentity_Delete", Handler(delete)),
    ("CommunicationIdentity_ExchangeTeamsUserAccessToken", Handler(exchange_teams_token)),
    ("CommunicationIdentity_IssueAccessToken", Handler(issue_token)),
    ("CommunicationIdentity_RevokeAccessTokens", Handler(revoke_tokens)),
];

fn create(state: &mut State, context: &HandlerContext<'_>) -> Result<Response, ServiceError> {
    let lifetime = lifetime(context)?;
    let scopes = scopes(&context.body["createTokenWithScopes"]);
    let id = context.settings.new_user_id();
    state.identities.add(&id);
    let mut result = json!({ "identity": { "id": id } });
    if let Some(scopes) = scopes {
        result["accessToken"] = access_token(state, context, &id, &scopes, lifetime)?;
    }
    Ok(Response::json(StatusCode::CREATED, &result))
}

fn delete(state: &mut State, context: &HandlerContext<'_>) -> Result<Response, ServiceError> {
    state.identities.delete(context.argument("id"))?;
    Ok(Response::empty(StatusCode::NO_CONTENT))
}

fn issue_token(state: &mut State, context: &HandlerContext<'_>) -> Result<Response, ServiceError> {
    let lifetime = lifetime(context)?;
    let scopes = scopes(&context.body["scopes"])
        .ok_or_else(|| ServiceError::bad_request("scopes", "`scopes` is empty"))?;
    let token = access_token(state, context, context.argument("id"), &scopes, lifetime)?;
    Ok(Response::json(StatusCode::OK, &token))
}

fn revoke_tokens(
    state: &mut State,
    context: &HandlerContext<'_>,
) -> Result<Response, ServiceError> {
    state.identities.revoke_tokens(context.argument("id"))?;
    Ok(Response::empty(StatusCode::NO_CONTENT))
}

/// Exchanges the token of a Teams user, which is not verified.
fn exchange_teams_token(
    state: &mut State,
    context: &HandlerContext<'_>,
) -> Result<Response, ServiceError> {
    let [token, application, user] =
        ["token", "appId", "userId"].map(|field| context.body[field].as_str().unwrap_or_default());
    for (field, value) in [("appId", application), ("userId", user)] {
        if value.is_empty() {
            return Err(ServiceError::bad_request(field, format!("`{field}` is empty")));
        }
    }
    let claims = EntraToken::read(token, context.now)
        .map_err(|fault| ServiceError::denied(format!("`token` {fault}")).about("token"))?;
    for (field, value, claim) in
        [("appId", application, &claims.client_id), ("userId", user, &claims.object_id)]
    {
        if value != claim {
            let message = format!("`{field}` is not that of `token`");
            return Err(ServiceError::bad_request(field, message));
        }
    }
    let id = format!("8:orgid:{}", claims.object_id);
    state.identities.add_if_absent(&id);
    let lifetime = Duration::from_secs(60 * 60);
    let token = access_token(state, context, &id, "chat,voip", lifetime)?;
    Ok(Response::json(StatusCode::OK, &token))
}

/// A `CommunicationIdentityAccessToken`.
pub(super) fn access_token(
    state: &State,
    context: &HandlerContext<'_>,
    id: &str,
    scopes: &str,
    lifetime: Duration,
) -> Result<Value, ServiceError> {
    let revision = state.identities.revision(id)?;
    let token = context.settings.issue_token(id, scopes, revision, context.now, lifetime);
    Ok(json!({ "token": token, "expiresOn": rfc3339(context.now + lifetime) }))
}

/// The scopes in one text, `None` when there are none.
fn scopes(value: &Value) -> Option<String> {
    let scopes: Vec<&str> = value.as_array()?.iter().filter_map(Value::as_str).collect();
    (!scopes.is_empty()).then(|| scopes.join(","))
}

/// An hour to a day, and a day unless the request says otherwise.
fn lifetime(context: &HandlerContext<'_>) -> Result<Duration, ServiceError> {
    let field = "expiresInMinutes";
    match context.body[field].as_u64() {
        None if context.body[field].is_null() => Ok(Duration::from_secs(24 * 60 * 60)),
        Some(minutes @ 60..=1440) => Ok(Duration::from_secs(minutes * 60)),
        _ => Err(ServiceError::bad_request(field, format!("`{field}` is not within 60 and 1440"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entra_token::tests::token as entra_token;
    use crate::testing::Client;

    #[test]
    fn a_user_lives_and_calls_by_tokens() {
        let mut client = Client::new();
        let scopes = json!({ "createTokenWithScopes": ["voip"], "expiresInMinutes": 60 });
        let created = client.identities("POST", "", &scopes);
        assert_eq!(created.status(), 201);
        let created = created.json();
        assert_eq!(created["accessToken"]["expiresOn"], "2026-11-23T08:06:37+00:00");
        let path = created["identity"]["id"].as_str().unwrap().replace(':', "%3A");
        let first = bearer(&created["accessToken"]);
        let issued = client.identities(
            "POST",
            &format!("/{path}/:issueAccessToken"),
            &json!({ "scopes": ["chat"] }),
        );
        assert_eq!(issued.status(), 200);
        let asks = |client: &Client, token: &str, target: &str| {
            client.send("GET", target, &[("authorization", token)], "").status()
        };
        let call = "/calling/callConnections/a?api-version=2024-09-15";
        assert_eq!(asks(&client, &first, call), 404);
        client.now += Duration::from_secs(3600);
        assert_eq!(asks(&client, &first, call), 401);
        client.now -= Duration::from_secs(3600);
        let revoked =
            client.identities("POST", &format!("/{path}/:revokeAccessTokens"), &Value::Null);
        assert_eq!(revoked.status(), 204);
        assert_eq!(asks(&client, &bearer(&issued.json()), call), 401);
        assert_eq!(client.identities("DELETE", &format!("/{path}"), &Value::Null).status(), 204);
        assert_eq!(client.identities("DELETE", &format!("/{path}"), &Value::Null).status(), 404);
    }

    #[test]
    fn a_user_makes_no_users() {
        let client = Client::new();
        let token =
            client.identities("POST", "", &json!({ "createTokenWithScopes": ["chat"] })).json();
        let headers = [("authorization", &*bearer(&token["accessToken"]))];
        let seen = client.send("POST", "/identities?api-version=2023-10-01", &headers, "");
        assert_eq!((seen.status(), seen.code()), (403, "Forbidden".to_owned()));
        assert_eq!(client.executions("CommunicationIdentity_Create"), 1);
    }

    #[test]
    fn a_wrong_identity_request_makes_nothing() {
        let client = Client::new();
        for body in [
            json!({ "expiresInMinutes": 59 }),
            json!({ "expiresInMinutes": 1441 }),
            json!({ "expiresInMinutes": -1 }),
            json!({ "createTokenWithScopes": "chat" }),
        ] {
            assert_eq!(client.identities("POST", "", &body).status(), 400, "{body}");
        }
        assert_eq!(client.identities("POST", "", &Value::Null).status(), 201);
        let issue =
            |scopes| client.identities("POST", "/8%3Aacs%3Ax/:issueAccessToken", &scopes).status();
        assert_eq!(issue(json!({ "scopes": [] })), 400);
        assert_eq!(issue(json!({ "scopes": ["chat"] })), 404);
    }

    #[test]
    fn a_teams_user_is_known_by_the_claims_of_its_token() {
        let client = Client::new();
        let target = "/teamsUser/:exchangeAccessToken?api-version=2023-10-01";
        let exchange = |token: &str, application: &str, user: &str| {
            let body = json!({ "token": token, "appId": application, "userId": user });
            client.send("POST", target, &[], &body.to_string())
        };
        let claims = |exp: u64| json!({ "tid": "t", "oid": "user", "appid": "app", "exp": exp });
        let good = entra_token(&claims(u64::MAX));
        let exchanged = exchange(&good, "app", "user");
        assert_eq!(exchanged.status(), 200);
        let call = "/calling/callConnections/a?api-version=2024-09-15";
        let headers = [("authorization", &*bearer(&exchanged.json()))];
        assert_eq!(client.send("GET", call, &headers, "").status(), 404);
        for (token, application, user, status) in [
            ("no token", "app", "user", 401),
            (&entra_token(&claims(0)), "app", "user", 401),
            (&good, "other", "user", 400),
            (&good, "app", "other", 400),
            (&good, "", "user", 400),
            (&good, "app", "", 400),
        ] {
            assert_eq!(exchange(token, application, user).status(), status);
        }
    }

    fn bearer(access_token: &Value) -> String {
        format!("Bearer {}", access_token["token"].as_str().unwrap())
    }
}
