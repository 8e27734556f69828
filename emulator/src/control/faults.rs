//! Planned faults: of requests, of the outcome of operations, of events.

use std::time::Duration;

use http::StatusCode;
use serde_json::Value;

use super::{Control, millis, missing};
use crate::callback_token::TokenFault;
use crate::delivery::EventFault;
use crate::error::{ServiceError, shown};
use crate::network::ResultInformation;
use crate::request_faults::{Breakage, RequestFault};
use crate::response::Response;

impl Control<'_> {
    pub(super) fn plan_fault(&self, body: &Value) -> Result<Response, ServiceError> {
        let count = count(body)?;
        if let Some(fault) = event_fault(body)? {
            self.delivery.plan(&fault, count);
            return Ok(Response::empty(StatusCode::NO_CONTENT));
        }
        let operation = body["operation"].as_str().ok_or_else(|| missing("operation"))?;
        if body["result"].is_object() {
            let result = result(&body["result"])?;
            self.resource.command(self.clock.now(), |state| {
                for _ in 0..count {
                    state.network.plan_failure(operation, result.clone());
                }
            });
        } else {
            self.faults.plan(operation, &request_fault(body)?, count);
        }
        Ok(Response::empty(StatusCode::NO_CONTENT))
    }
}

fn count(body: &Value) -> Result<usize, ServiceError> {
    let field = "count";
    if body[field].is_null() {
        return Ok(1);
    }
    let count = body[field].as_u64().and_then(|count| usize::try_from(count).ok());
    count.filter(|count| (1..=100_000).contains(count)).ok_or_else(|| {
        ServiceError::bad_request(field, format!("`{field}` is not within 1 and 100000"))
    })
}

fn event_fault(body: &Value) -> Result<Option<EventFault>, ServiceError> {
    if let Some(name) = body["token"].as_str() {
        let fault = TokenFault::parse(name).ok_or_else(|| {
            unknown("token", &["expired", "wrongAudience", "wrongKey", "missing"], name)
        })?;
        return Ok(Some(EventFault::Token(fault)));
    }
    let delay = millis(body, "delayMs")?.unwrap_or(Duration::from_secs(1));
    match body["events"].as_str() {
        None => Ok(None),
        Some("twice") => Ok(Some(EventFault::Twice)),
        Some("reordered") => Ok(Some(EventFault::Reordered)),
        Some("early") => Ok(Some(EventFault::Early)),
        Some("late") => Ok(Some(EventFault::Late(delay))),
        Some(other) => Err(unknown("events", &["twice", "reordered", "early", "late"], other)),
    }
}

fn request_fault(body: &Value) -> Result<RequestFault, ServiceError> {
    let breakage = match body["connection"].as_str() {
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
    let delay = millis(body, "delayMs")?;
    if breakage.is_none() && status.is_none() && delay.is_none() {
        let message = "a fault of requests has `status`, `delayMs`, `connection` or `result`";
        return Err(ServiceError::bad_request("body", message));
    }
    Ok(RequestFault { status, retry_after: body["retryAfterSeconds"].as_u64(), delay, breakage })
}

fn result(result: &Value) -> Result<ResultInformation, ServiceError> {
    let number = |field: &str| {
        result[field].as_u64().and_then(|number| u32::try_from(number).ok()).ok_or_else(|| {
            ServiceError::bad_request(field, format!("`result.{field}` is not a number"))
        })
    };
    let code = u16::try_from(number("code")?)
        .map_err(|_| ServiceError::bad_request("code", "`result.code` is not an HTTP status"))?;
    let message = result["message"].as_str().unwrap_or("The operation failed on demand.");
    Ok(ResultInformation::new(code, number("subCode")?, message))
}

fn unknown(field: &str, known: &[&str], given: &str) -> ServiceError {
    let message = format!("`{field}` is not one of `{}`: `{}`", known.join("`, `"), shown(given));
    ServiceError::bad_request(field, message)
}
