//! Planned faults: of requests, of the outcome of operations, of events.

use std::time::Duration;

use http::StatusCode;
use serde_json::Value;

use super::{Control, PREFIX, fields};
use crate::callback_token::TokenFault;
use crate::delivery::EventFault;
use crate::error::{ServiceError, shown};
use crate::network::ResultInformation;
use crate::request_faults::{Breakage, RequestFault};
use crate::response::Response;
use crate::spec::SERVICES;

const FIELDS: [&str; 9] = [
    "operation",
    "count",
    "status",
    "retryAfterSeconds",
    "delayMs",
    "connection",
    "result",
    "events",
    "token",
];

/// The maximum number of faults that are planned at a time.
const MAX_FAULTS: usize = 100_000;

impl Control<'_> {
    pub(super) fn plan_fault(&self, body: &Value) -> Result<Response, ServiceError> {
        fields::check(body, "a fault", &FIELDS)?;
        let count = count(body)?;
        self.check_room(count)?;
        if let Some(fault) = event_fault(body)? {
            self.delivery.plan(&fault, count);
            return Ok(Response::empty(StatusCode::NO_CONTENT));
        }
        let operation = fields::required_text(body, "operation")?;
        if body["result"].is_null() {
            check_operation(operation, true)?;
            self.faults.plan(operation, &request_fault(body)?, count);
        } else {
            check_operation(operation, false)?;
            let result = result(&body["result"])?;
            self.resource.command(self.clock.now(), |state| {
                for _ in 0..count {
                    state.network.plan_failure(operation, result.clone());
                }
            });
        }
        Ok(Response::empty(StatusCode::NO_CONTENT))
    }

    /// Refuses more planned faults than are kept.
    fn check_room(&self, count: usize) -> Result<(), ServiceError> {
        let failures = self.resource.state().network.planned_failures();
        if self.faults.count() + self.delivery.planned_faults() + failures + count <= MAX_FAULTS {
            return Ok(());
        }
        let message = format!(
            "at most {MAX_FAULTS} faults are planned at a time; `POST {PREFIX}/reset` removes them"
        );
        Err(ServiceError::new(StatusCode::CONFLICT, "Conflict", message))
    }
}

/// Refuses an operation that is not emulated, and `*` unless it `may_be_any`.
fn check_operation(operation: &str, may_be_any: bool) -> Result<(), ServiceError> {
    let mut known = SERVICES.iter().flat_map(|service| &service.operations);
    if known.any(|known| known.id == operation) || may_be_any && operation == "*" {
        return Ok(());
    }
    let message = format!(
        "`operation` is not the id of an operation such as `CallConnection_Mute`: `{}`; `GET \
         {PREFIX}/requests` shows the ids",
        shown(operation)
    );
    Err(ServiceError::bad_request("operation", message))
}

fn count(body: &Value) -> Result<usize, ServiceError> {
    let field = "count";
    if body[field].is_null() {
        return Ok(1);
    }
    let count = body[field].as_u64().and_then(|count| usize::try_from(count).ok());
    count.filter(|count| (1..=MAX_FAULTS).contains(count)).ok_or_else(|| {
        ServiceError::bad_request(field, format!("`{field}` is not within 1 and {MAX_FAULTS}"))
    })
}

fn event_fault(body: &Value) -> Result<Option<EventFault>, ServiceError> {
    if let Some(name) = fields::text(body, "token")? {
        let fault = TokenFault::parse(name).ok_or_else(|| {
            unknown("token", &["expired", "wrongAudience", "wrongKey", "missing"], name)
        })?;
        return Ok(Some(EventFault::Token(fault)));
    }
    let delay = fields::millis(body, "delayMs")?.unwrap_or(Duration::from_secs(1));
    match fields::text(body, "events")? {
        None => Ok(None),
        Some("twice") => Ok(Some(EventFault::Twice)),
        Some("reordered") => Ok(Some(EventFault::Reordered)),
        Some("early") => Ok(Some(EventFault::Early)),
        Some("late") => Ok(Some(EventFault::Late(delay))),
        Some(other) => Err(unknown("events", &["twice", "reordered", "early", "late"], other)),
    }
}

fn request_fault(body: &Value) -> Result<RequestFault, ServiceError> {
    let breakage = match fields::text(body, "connection")? {
        None => None,
        Some("dropped") => Some(Breakage::Dropped),
        Some("half") => Some(Breakage::Half),
        Some(other) => return Err(unknown("connection", &["dropped", "half"], other)),
    };
    let status = match &body["status"] {
        Value::Null => None,
        status => {
            let code = status.as_u64().and_then(|code| u16::try_from(code).ok());
            let code = code.filter(|code| (400..600).contains(code));
            let status = code.and_then(|code| StatusCode::from_u16(code).ok());
            Some(status.ok_or_else(|| {
                ServiceError::bad_request("status", "`status` is not within 400 and 599")
            })?)
        }
    };
    let delay = fields::millis(body, "delayMs")?;
    if breakage.is_none() && status.is_none() && delay.is_none() {
        let message = "a fault of requests has `status`, `delayMs`, `connection` or `result`";
        return Err(ServiceError::bad_request("body", message));
    }
    let field = "retryAfterSeconds";
    let retry_after = body[field].as_u64();
    if retry_after.is_none() && !body[field].is_null() {
        let message = format!("`{field}` is not a whole number of seconds");
        return Err(ServiceError::bad_request(field, message));
    }
    Ok(RequestFault { status, retry_after, delay, breakage })
}

fn result(result: &Value) -> Result<ResultInformation, ServiceError> {
    fields::check(result, "`result`", &["code", "subCode", "message"])?;
    let number = |field: &str| {
        result[field].as_u64().and_then(|number| u32::try_from(number).ok()).ok_or_else(|| {
            ServiceError::bad_request(field, format!("`result.{field}` is not a number"))
        })
    };
    let code = u16::try_from(number("code")?)
        .map_err(|_| ServiceError::bad_request("code", "`result.code` is not an HTTP status"))?;
    let message = fields::text(result, "message")?.unwrap_or("The operation failed on demand.");
    Ok(ResultInformation::new(code, number("subCode")?, message))
}

fn unknown(field: &str, known: &[&str], given: &str) -> ServiceError {
    let message = format!("`{field}` is not one of `{}`: `{}`", known.join("`, `"), shown(given));
    ServiceError::bad_request(field, message)
}
