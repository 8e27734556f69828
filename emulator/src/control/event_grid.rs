//! Subscriptions of Event Grid.

use http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Control, fields, ok};
use crate::delivery::{Schema, Subscription};
use crate::error::{ServiceError, shown};
use crate::request::Request;
use crate::response::Response;
use crate::url;

/// The maximum number of subscriptions.
const MAX_SUBSCRIPTIONS: usize = 100;

impl Control<'_> {
    pub(super) fn list_subscriptions(&self) -> Response {
        let subscriptions: Vec<Value> =
            self.delivery.subscriptions().iter().map(Subscription::to_json).collect();
        ok(&json!({ "subscriptions": subscriptions }))
    }

    /// Subscribes an endpoint, and starts the handshake.
    pub(super) fn subscribe(&self, body: &Value) -> Result<Response, ServiceError> {
        let field = "endpointUrl";
        fields::check(body, "a subscription", &[field, "schema", "includedEventTypes"])?;
        let endpoint = fields::required_text(body, field)?;
        if !url::is_http(endpoint) {
            let message = format!("`{field}` is not a whole `http://…` URL");
            return Err(ServiceError::bad_request(field, message));
        }
        let kinds = fields::texts(body, "includedEventTypes")?;
        if self.delivery.subscriptions().len() >= MAX_SUBSCRIPTIONS {
            let message = format!("there are {MAX_SUBSCRIPTIONS} subscriptions; delete some first");
            return Err(ServiceError::new(StatusCode::CONFLICT, "Conflict", message));
        }
        let subscription = Subscription::new(endpoint.to_owned(), schema(body)?, kinds);
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
    match fields::text(body, field)? {
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
