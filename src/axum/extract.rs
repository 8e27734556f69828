//! Extractors for events.

use std::fmt;

use ::axum::body::Bytes;
use ::axum::extract::rejection::BytesRejection;
use ::axum::extract::{FromRef, FromRequest, Request};
use ::axum::response::{IntoResponse, Response};
use http::StatusCode;

use crate::EventError;
use crate::call_automation::events::{self, CallEvent};
use crate::event_grid::{self, GridEvent};
use crate::webhook::{WebhookError, WebhookRoute, WebhookUrls, WebhookVerifier};

/// Extracts the events of a callback request, after the [`WebhookVerifier`] in the state has
/// checked the token of the request.
///
/// An event that cannot be read is an error in its place. Respond with 200 nevertheless, since the
/// event could not be read if it were sent again either.
///
/// ```
/// use acs_rest::axum::CallbackEvents;
/// use acs_rest::webhook::WebhookVerifier;
/// use axum::Router;
/// use axum::routing::post;
///
/// async fn callback(CallbackEvents(events): CallbackEvents) {
///     for event in events.into_iter().flatten() {
///         println!("{}", event.event_type);
///     }
/// }
///
/// fn app(verifier: WebhookVerifier) -> Router {
///     Router::new().route("/callbacks", post(callback)).with_state(verifier)
/// }
/// # drop(app);
/// ```
#[derive(Debug)]
pub struct CallbackEvents(pub Vec<Result<CallEvent, EventError>>);

/// Extracts the events of a request from Event Grid, after the [`WebhookUrls`] in the state have
/// checked its URL.
///
/// If the events contain a [`SubscriptionValidation`](crate::event_grid::SubscriptionValidation),
/// the response must confirm it.
#[derive(Debug)]
pub struct GridEvents(pub Vec<Result<GridEvent, EventError>>);

/// The reason why a request is refused, which is returned with the status 400, 401, 413 or 503.
#[derive(Debug)]
pub struct WebhookRejection(Reason);

#[derive(Debug)]
enum Reason {
    NotAuthentic(WebhookError),
    Body(BytesRejection),
    NotEvents(EventError),
}

impl WebhookRejection {
    /// Returns the status of the response.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match &self.0 {
            Reason::NotAuthentic(error) => error.kind().status(),
            Reason::Body(rejection) => rejection.status(),
            Reason::NotEvents(_) => StatusCode::BAD_REQUEST,
        }
    }
}

impl<S: Send + Sync> FromRequest<S> for CallbackEvents
where
    WebhookVerifier: FromRef<S>,
{
    type Rejection = WebhookRejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, WebhookRejection> {
        WebhookVerifier::from_ref(state).verify(request.headers()).await?;
        let body = Bytes::from_request(request, state).await?;
        Ok(Self(events::parse(&body)?))
    }
}

impl<S: Send + Sync> FromRequest<S> for GridEvents
where
    WebhookUrls: FromRef<S>,
{
    type Rejection = WebhookRejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, WebhookRejection> {
        WebhookUrls::from_ref(state).check(WebhookRoute::EventGrid, request.uri())?;
        let body = Bytes::from_request(request, state).await?;
        Ok(Self(event_grid::parse(&body)?))
    }
}

impl From<WebhookError> for WebhookRejection {
    fn from(error: WebhookError) -> Self {
        Self(Reason::NotAuthentic(error))
    }
}

impl From<BytesRejection> for WebhookRejection {
    fn from(rejection: BytesRejection) -> Self {
        Self(Reason::Body(rejection))
    }
}

impl From<EventError> for WebhookRejection {
    fn from(error: EventError) -> Self {
        Self(Reason::NotEvents(error))
    }
}

impl IntoResponse for WebhookRejection {
    /// Responds with the status alone: the reason is for the log and not for the sender.
    fn into_response(self) -> Response {
        tracing::warn!(error = %self, "refused a request");
        self.status().into_response()
    }
}

impl fmt::Display for WebhookRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Reason::NotAuthentic(error) => error.fmt(f),
            Reason::Body(rejection) => rejection.fmt(f),
            Reason::NotEvents(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for WebhookRejection {}
