//! Subscriptions of Event Grid.

use http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Control, missing, ok};
use crate::delivery::{Schema, Subscription};
use crate::error::{ServiceError, shown};
use crate::request::Request;
use crate::response::Response;
use crate::url;

impl Control<'_> {
    pub(super) fn list_subscriptions(&self) -> Response {
        let subscriptions: Vec<Value> =
            self.delivery.subscriptions().iter().map(Subscription::to_json).collect();
        ok(&json!({ "subscriptions": subscriptions }))
    }

    /// Subscribes an endpoint, and starts the handshake.
    pub(super) fn subscribe(&self, body: &Value) -> Result<Response, ServiceError> {
        let field = "endpointUrl";
        let endpoint = body[field].as_str().ok_or_else(|| missing(field))?;
        if !url::is_http(endpoint) {
            let message = format!("`{field}` is not a whole `http://…` URL");
            return Err(ServiceError::bad_request(field, message));
        }
        let kinds = body["includedEventTypes"].as_array();
        let kinds = kinds.into_iter().flatten().filter_map(Value::as_str).map(ToOwned::to_owned);
        let subscription = Subscription::new(endpoint.to_owned(), schema(body)?, kinds.collect());
        let response = Response::json(StatusCode::CREATED, &subscription.to_json());
        self.delivery.subscribe(subscription, false);
        Ok(response)
    }

    pub(super) fn unsubscribe(&self, id: &str) -> Result<Response, ServiceError> {
        let is_known = id.parse().is_ok_and(|id: Uuid| self.delivery.unsubscribe(id));
        if is_known { Ok(Response::empty(StatusCode::NO_CONTENT)) } else { Err(unknown(id)) }
    }

    /// Answers the `validationUrl` of a handshake.
    pub(super) fn pass_validation(&self, request: &Request) -> Result<Response, ServiceError> {
        let id = request.query("id").next().unwrap_or_default();
        let is_known = id.parse().is_ok_and(|id: Uuid| self.delivery.pass(id));
        if is_known { Ok(ok(&json!({ "isValidated": true }))) } else { Err(unknown(&id)) }
    }
}

fn schema(body: &Value) -> Result<Schema, ServiceError> {
    let field = "schema";
    match body[field].as_str() {
        None | Some("eventGrid") => Ok(Schema::EventGrid),
        Some("cloudEvents") => Ok(Schema::CloudEvents),
        Some(other) => {
            let message =
                format!("`{field}` is not `eventGrid` or `cloudEvents`: `{}`", shown(other));
            Err(ServiceError::bad_request(field, message))
        }
    }
}

fn unknown(id: &str) -> ServiceError {
    ServiceError::not_found(format!("no subscription has the id `{}`", shown(id))).about("id")
}
