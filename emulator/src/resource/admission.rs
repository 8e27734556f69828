//! Who may carry out what, and in which version of the API.

use std::time::SystemTime;

use http::StatusCode;

use crate::auth::{Caller, bearer};
use crate::entra_token::EntraToken;
use crate::error::{ServiceError, shown};
use crate::request::Request;
use crate::route::Route;

/// The operation that takes a token of Microsoft Entra ID.
const ENTRA_OPERATION: &str = "TeamsExtension_ExchangeToken";

/// Checks that the version of the API is known, and has the operation.
pub(super) fn check_version(request: &Request, route: &Route) -> Result<(), ServiceError> {
    let refuse = |code, message| {
        Err(ServiceError::new(StatusCode::BAD_REQUEST, code, message).about("api-version"))
    };
    let Route { service, operation, .. } = route;
    let known = &service.versions;
    let newest = known.last().map_or("", String::as_str);
    let mut sent = request.query("api-version");
    match (sent.next(), sent.next()) {
        (None, _) => refuse(
            "MissingApiVersionParameter",
            format!("`api-version` is missing from the query; send `api-version={newest}`"),
        ),
        (Some(_), Some(_)) => {
            refuse("BadRequest", "`api-version` is in the query more than once".to_owned())
        }
        (Some(version), None) if !known.iter().any(|known| *known == *version) => refuse(
            "UnsupportedApiVersionValue",
            format!(
                "`api-version` `{}` of {} is not emulated; let the client send one of {}",
                shown(&version),
                service.name,
                known.join(", "),
            ),
        ),
        (Some(version), None) if *version < *operation.since => refuse(
            "UnsupportedApiVersionValue",
            format!(
                "`{}` is in `api-version` {} and later, not in {version}; let the client send a \
                 later one",
                operation.id, operation.since,
            ),
        ),
        _ => Ok(()),
    }
}

/// The caller of the one operation that takes a token of Microsoft Entra ID.
pub(super) fn entra_user(request: &Request, now: SystemTime) -> Option<Caller> {
    let route = Route::find(&request.method, request.path()).ok()?;
    let token = bearer(request).filter(|_| route.operation.id == ENTRA_OPERATION)?;
    EntraToken::read(token, now).is_ok().then_some(Caller::EntraUser)
}

/// Users can call; only callers with the key can create users and tokens.
pub(super) fn check_permission(caller: &Caller, route: &Route) -> Result<(), ServiceError> {
    let id = &route.operation.id;
    if id == ENTRA_OPERATION && *caller != Caller::EntraUser {
        let message = format!("`{id}` takes a token of Microsoft Entra ID alone");
        return Err(ServiceError::new(StatusCode::FORBIDDEN, "Forbidden", message));
    }
    if matches!(caller, Caller::AccessKey | Caller::EntraUser) || route.service.name != "Identity" {
        return Ok(());
    }
    let message = format!("`{id}` takes the access key, not a user's token");
    Err(ServiceError::new(StatusCode::FORBIDDEN, "Forbidden", message))
}
