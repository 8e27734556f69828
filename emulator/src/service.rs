//! The operations that are served, each one a function.
//!
//! An operation performs all checks before it changes the state, and so an error has no effect.

use std::ops::RangeInclusive;
use std::time::SystemTime;

use http::StatusCode;
use serde_json::{Value, json};

use crate::error::{ServiceError, shown};
use crate::identifier::Identifier;
use crate::network::ReplyTo;
use crate::request::Request;
use crate::response::Response;
use crate::route::Route;
use crate::settings::Settings;
use crate::state::State;
use crate::url;

mod call_connection;
mod identity;
mod incoming;
mod locator;
mod media;
mod participants;
mod recognition;
mod recording;
mod streaming;
mod teams_extension;
mod transfer;

/// The function that executes an operation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Handler(fn(&mut State, &HandlerContext<'_>) -> Result<Response, ServiceError>);

/// The handlers of each part of the API, by the specification's operation id.
const HANDLERS: [&[(&str, Handler)]; 9] = [
    call_connection::HANDLERS,
    incoming::HANDLERS,
    transfer::HANDLERS,
    participants::HANDLERS,
    media::HANDLERS,
    recording::HANDLERS,
    streaming::HANDLERS,
    identity::HANDLERS,
    teams_extension::HANDLERS,
];

impl Handler {
    /// The handler of an operation of the specification.
    pub(crate) fn find(operation: &str) -> Self {
        let mut handlers = HANDLERS.into_iter().flatten();
        let found = handlers.find(|(id, _)| *id == operation);
        found
            .map(|(_, handler)| *handler)
            .expect("a test finds every operation of the specification")
    }

    pub(crate) fn call(
        self,
        state: &mut State,
        context: &HandlerContext<'_>,
    ) -> Result<Response, ServiceError> {
        (self.0)(state, context)
    }
}

/// A request whose body has the types of its model.
#[derive(Debug)]
pub(crate) struct HandlerContext<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) request: &'a Request,
    pub(crate) route: &'a Route,
    pub(crate) body: &'a Value,
    pub(crate) now: SystemTime,
}

impl HandlerContext<'_> {
    /// An argument in the path.
    fn argument(&self, name: &str) -> &str {
        self.route.argument(name)
    }

    /// A field of the body that may be absent.
    fn identifier(&self, field: &str) -> Result<Option<Identifier>, ServiceError> {
        let value = Some(&self.body[field]).filter(|value| !value.is_null());
        value.map(|value| Identifier::read(value, field)).transpose()
    }

    fn required_identifier(&self, field: &str) -> Result<Identifier, ServiceError> {
        let identifier = self.identifier(field)?;
        identifier.ok_or_else(|| ServiceError::bad_request(field, format!("`{field}` is required")))
    }

    /// An id of a call connection, in the path.
    fn connection(&self) -> &str {
        self.argument("callConnectionId")
    }

    /// A text of the body that may be absent.
    fn text(&self, field: &str) -> Option<String> {
        self.body[field].as_str().map(ToOwned::to_owned)
    }

    /// Where the events of the operation go.
    fn reply_to(&self) -> Result<ReplyTo, ServiceError> {
        let callback_uri = self.url("operationCallbackUri")?;
        Ok(ReplyTo { operation_context: self.text("operationContext"), callback_uri })
    }

    /// A URL of the body that may be absent.
    fn url(&self, field: &str) -> Result<Option<String>, ServiceError> {
        let url = self.text(field);
        if url.as_deref().is_none_or(url::is_http) {
            return Ok(url);
        }
        let message = format!("`{field}` is not a whole `https://…` URL");
        Err(ServiceError::bad_request(field, message))
    }

    /// The caller id, which a call to a phone needs.
    fn check_caller_id<'b>(
        &self,
        called: impl IntoIterator<Item = &'b Identifier>,
    ) -> Result<(), ServiceError> {
        let field = "sourceCallerIdNumber";
        let caller = &self.body[field];
        if caller.is_null() {
            if called.into_iter().any(Identifier::is_phone) {
                let message = format!("`{field}` is required to call a phone");
                return Err(ServiceError::bad_request(field, message));
            }
            return Ok(());
        }
        let number = caller["value"].as_str().unwrap_or_default();
        Identifier::read(&json!({ "phoneNumber": caller }), field)?.check_dialable(field)?;
        if self.settings.seeds.has_number(number) {
            return Ok(());
        }
        let message = format!(
            "`{field}` is not a number of the resource: `{}`; the seeds of the emulator list those",
            shown(number)
        );
        Err(ServiceError::bad_request(field, message))
    }

    /// Whether the request is of this api-version or a later one.
    fn is_since(&self, version: &str) -> bool {
        self.request.query("api-version").next().is_some_and(|sent| *sent >= *version)
    }

    /// A list in the body that may be empty or absent.
    fn identifiers(&self, field: &str) -> Result<Vec<Identifier>, ServiceError> {
        let read = |(index, value)| Identifier::read(value, &format!("{field}[{index}]"));
        items(self.body, field).iter().enumerate().map(read).collect()
    }

    /// A list in the body that may not be empty.
    fn required_identifiers(&self, field: &str) -> Result<Vec<Identifier>, ServiceError> {
        check_items(self.body, field)?;
        self.identifiers(field)
    }
}

/// The values of a list, none if it is absent.
fn items<'a>(body: &'a Value, field: &str) -> &'a [Value] {
    body[field].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn check_items(body: &Value, field: &str) -> Result<(), ServiceError> {
    if items(body, field).is_empty() {
        return Err(ServiceError::bad_request(field, format!("`{field}` is empty")));
    }
    Ok(())
}

/// Refuses a number that is outside its range; it may be absent.
fn within(body: &Value, field: &str, range: RangeInclusive<i64>) -> Result<(), ServiceError> {
    if body[field].as_i64().is_none_or(|number| range.contains(&number)) {
        return Ok(());
    }
    let (from, to) = range.into_inner();
    Err(ServiceError::bad_request(field, format!("`{field}` is not within {from} and {to}")))
}

/// A response that returns the caller's operation context, if there was one.
fn echo(status: StatusCode, context: &HandlerContext<'_>) -> Response {
    let mut response = json!({});
    copy(context.body, &["operationContext"], &mut response);
    Response::json(status, &response)
}

/// Copies the fields that were sent.
fn copy(from: &Value, fields: &[&str], to: &mut Value) {
    for field in fields {
        if !from[field].is_null() {
            to[field] = from[field].clone();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::SERVICES;

    #[test]
    fn every_operation_of_the_specification_is_served_once() {
        let operations = SERVICES.iter().flat_map(|service| &service.operations);
        let served: Vec<_> = operations.map(|operation| Handler::find(&operation.id)).collect();
        assert_eq!((served.len(), HANDLERS.into_iter().flatten().count()), (43, 43));
    }
}
