//! Routes and extractors for [axum](https://docs.rs/axum): callbacks, Event Grid and streaming sockets.
//!
//! ```no_run
//! use std::time::Duration;
//!
//! use acs_rest::call_automation::AnswerCallRequest;
//! use acs_rest::event_processor::{CallClient, EventProcessor};
//! use acs_rest::webhook::{WebhookRoute, WebhookUrls, Webhooks};
//! use acs_rest::{Client, axum::routes};
//! use axum::Router;
//! use axum::routing::get;
//!
//! # async fn terminated() {}
//! #[tokio::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let client = Client::from_connection_string(std::env::var("ACS_CONNECTION_STRING")?)?;
//!     let urls = WebhookUrls::new("https://bot.contoso.example/acs", std::env::var("SECRET")?)?;
//!     println!("the endpoint for Event Grid: {}", urls.url(WebhookRoute::EventGrid));
//!     let calls = CallClient::new(client, EventProcessor::new());
//!     let webhooks = Webhooks::new(urls.clone(), calls.processor().clone());
//!     let webhooks = webhooks.on_incoming_call(move |incoming| {
//!         let (calls, callback) = (calls.clone(), urls.url(WebhookRoute::Callbacks));
//!         async move {
//!             let Some(context) = incoming.incoming_call_context else { return };
//!             match calls.answer_call(AnswerCallRequest::new(context, callback)).await {
//!                 Ok(call) => drop(call.hang_up().await),
//!                 Err(error) => eprintln!("{error}"),
//!             }
//!         }
//!     });
//!
//!     let app = Router::new()
//!         .route("/health", get(async || "ok"))
//!         .nest("/acs", routes(webhooks.clone()));
//!     let listener = tokio::net::TcpListener::bind("0.0.0.0:8080").await?;
//!     let stop = async move {
//!         terminated().await; // such as `tokio::signal::ctrl_c`
//!         webhooks.shutdown(Duration::from_secs(60)).await; // calls that run end first
//!     };
//!     Ok(axum::serve(listener, app).with_graceful_shutdown(stop).await?)
//! }
//! ```

mod audio;
mod extract;

use ::axum::Router;
use ::axum::body::{Body, Bytes};
use ::axum::extract::{DefaultBodyLimit, State};
use ::axum::response::Response;
use ::axum::routing::{any, post};
use http::{HeaderMap, Method, Uri};

pub use self::audio::audio_route;
pub use self::extract::{CallbackEvents, GridEvents, WebhookRejection};
use crate::webhook::{WebhookRoute, Webhooks};

/// The longest body that the routes accept, in bytes: 1 MiB, which is also the limit of Event Grid.
pub const MAX_BODY_LENGTH: usize = 1 << 20;

/// Creates the routes of callbacks and of Event Grid, for a router with any state. Merge them into
/// the router, or nest them below the path of the [base URL](crate::webhook::WebhookUrls::new).
///
/// [`Webhooks`] lists the statuses of responses. The status is 413 if a body is longer than
/// [`MAX_BODY_LENGTH`].
pub fn routes<S: Clone + Send + Sync + 'static>(webhooks: Webhooks) -> Router<S> {
    Router::new()
        .route(WebhookRoute::Callbacks.path(), post(callback))
        .route(WebhookRoute::EventGrid.path(), any(event_grid))
        .layer(DefaultBodyLimit::max(MAX_BODY_LENGTH))
        .with_state(webhooks)
}

async fn callback(
    State(webhooks): State<Webhooks>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    webhooks.callback(&uri, &headers, &body).await.map(Body::from)
}

async fn event_grid(
    State(webhooks): State<Webhooks>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    webhooks.event_grid(&method, &uri, &headers, &body).await.map(Body::from)
}
