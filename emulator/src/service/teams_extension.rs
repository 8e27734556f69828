//! Teams phone extensibility: assignments, and the tokens of those who have one.

use std::time::Duration;

use http::StatusCode;
use serde_json::json;
use uuid::Uuid;

use super::identity::access_token;
use super::{Handler, HandlerContext, items};
use crate::auth::bearer;
use crate::entra_token::EntraToken;
use crate::error::ServiceError;
use crate::response::Response;
use crate::state::State;
use crate::teams_extension::Principal;

pub(super) const HANDLERS: &[(&str, Handler)] = &[
    ("TeamsExtension_ExchangeToken", Handler(exchange)),
    ("TeamsExtension_GetAssignment", Handler(read)),
    ("TeamsExtension_UpsertAssignment", Handler(upsert)),
    ("TeamsExtension_DeleteAssignment", Handler(delete)),
];

/// The caller is a Teams user, by a token of Microsoft Entra ID that is not verified.
fn exchange(state: &mut State, context: &HandlerContext<'_>) -> Result<Response, ServiceError> {
    let token = bearer(context.request).unwrap_or_default();
    let token = EntraToken::read(token, context.now).map_err(|fault| {
        ServiceError::denied(format!("the token of Microsoft Entra ID {fault}"))
    })?;
    let EntraToken { tenant_id, object_id, client_id, .. } = token;
    let id = format!("8:acs:{}_{tenant_id}_{object_id}", context.settings.resource_id);
    let assignment = state.assignments.find(&Principal { tenant_id, object_id });
    let is_allowed = assignment.is_ok_and(|assignment| {
        let clients = items(assignment, "clientIds");
        clients.is_empty() || clients.iter().any(|client| *client == client_id.as_str())
    });
    if !is_allowed {
        let message = "the Teams user has no assignment to this resource by this application";
        return Err(ServiceError::new(StatusCode::FORBIDDEN, "Forbidden", message));
    }
    state.identities.add_if_absent(&id);
    let token = access_token(state, context, &id, "voip", Duration::from_secs(60 * 60))?;
    let result = json!({ "identity": { "id": id }, "accessToken": token });
    Ok(Response::json(StatusCode::OK, &result))
}

fn read(state: &mut State, context: &HandlerContext<'_>) -> Result<Response, ServiceError> {
    Ok(Response::json(StatusCode::OK, state.assignments.find(&principal(context)?)?))
}

fn upsert(state: &mut State, context: &HandlerContext<'_>) -> Result<Response, ServiceError> {
    let principal = principal(context)?;
    let assignment = json!({
        "objectId": principal.object_id,
        "tenantId": principal.tenant_id,
        "principalType": context.body["principalType"],
        "clientIds": items(context.body, "clientIds"),
    });
    let response = |status| Response::json(status, &assignment);
    let responses = (response(StatusCode::CREATED), response(StatusCode::OK));
    let is_new = state.assignments.put(principal, assignment);
    Ok(if is_new { responses.0 } else { responses.1 })
}

fn delete(state: &mut State, context: &HandlerContext<'_>) -> Result<Response, ServiceError> {
    state.assignments.remove(&principal(context)?)?;
    Ok(Response::empty(StatusCode::NO_CONTENT))
}

fn principal(context: &HandlerContext<'_>) -> Result<Principal, ServiceError> {
    let id = |name: &str| match Uuid::try_parse(context.argument(name)) {
        Ok(id) => Ok(id.to_string()),
        Err(_) => Err(ServiceError::bad_request(name, format!("`{name}` is not a UUID"))),
    };
    Ok(Principal { tenant_id: id("tenantId")?, object_id: id("objectId")? })
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::entra_token::tests::token;
    use crate::testing::{Client, Seen};

    const TENANT: &str = "7f3ef6a1-9a0a-4f0a-8b14-8d5d3fbd2f4a";
    const USER: &str = "0b0b3f0e-6a4b-4d0c-9a43-6a4c6d9f0d11";

    fn assignment(client: &Client, method: &str, tenant: &str, body: &Value) -> Seen {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let target = format!(
            "/access/teamsExtension/tenants/{tenant}/assignments/{USER}?api-version=2025-06-30"
        );
        client.send(method, &target, &[], &body)
    }

    fn exchange(client: &Client, authorization: &str) -> Seen {
        let target = "/access/teamsExtension/:exchangeAccessToken?api-version=2025-06-30";
        client.send("POST", target, &[("authorization", authorization)], "{}")
    }

    #[test]
    fn an_assignment_is_made_replaced_read_and_deleted() {
        let client = Client::new();
        assert_eq!(assignment(&client, "GET", TENANT, &Value::Null).status(), 404);
        let user = json!({ "principalType": "user", "clientIds": ["a"] });
        assert_eq!(assignment(&client, "PUT", TENANT, &user).status(), 201);
        let replaced = assignment(&client, "PUT", TENANT, &json!({ "principalType": "user" }));
        let expected = json!({
            "objectId": USER, "tenantId": TENANT, "principalType": "user", "clientIds": [],
        });
        assert_eq!((replaced.status(), replaced.json()), (200, expected.clone()));
        assert_eq!(assignment(&client, "GET", TENANT, &Value::Null).json(), expected);
        assert_eq!(assignment(&client, "PUT", TENANT, &json!({})).status(), 400);
        assert_eq!(assignment(&client, "PUT", "t", &user).status(), 400);
        assert_eq!(assignment(&client, "DELETE", TENANT, &Value::Null).status(), 204);
        assert_eq!(assignment(&client, "DELETE", TENANT, &Value::Null).status(), 404);
    }

    #[test]
    fn a_user_with_an_assignment_gets_a_token() {
        let client = Client::new();
        let entra = |application: &str, exp: u64| {
            let claims = json!({ "tid": TENANT, "oid": USER, "azp": application, "exp": exp });
            format!("Bearer {}", token(&claims))
        };
        let good = entra("a", u64::MAX);
        assert_eq!(exchange(&client, &good).status(), 403);
        let body = json!({ "principalType": "user", "clientIds": ["a"] });
        assignment(&client, "PUT", TENANT, &body);
        let exchanged = exchange(&client, &good);
        assert_eq!(exchanged.status(), 200);
        let id = exchanged.json()["identity"]["id"].as_str().unwrap().to_owned();
        assert!(id.ends_with(&format!("_{TENANT}_{USER}")), "{id}");
        let token = exchanged.json()["accessToken"]["token"].as_str().unwrap().to_owned();
        let bearer = format!("Bearer {token}");
        let call = "/calling/callConnections/a?api-version=2024-09-15";
        let with = |authorization: &str| {
            client.send("GET", call, &[("authorization", authorization)], "").status()
        };
        assert_eq!(with(&bearer), 404);
        // Such a token opens this one operation.
        assert_eq!(with(&good), 401);
        for (authorization, status) in
            [(&entra("b", u64::MAX), 403), (&entra("a", 0), 401), (&bearer, 403)]
        {
            assert_eq!(exchange(&client, authorization).status(), status);
        }
    }
}
