//! The WebSocket of the audio.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use ::axum::Error;
use ::axum::Router;
use ::axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use ::axum::response::{IntoResponse, Response};
use ::axum::routing::get;
use futures_core::Stream;
use futures_sink::Sink;
use http::{HeaderMap, Uri};
use tracing::{Span, info_span};

use super::extract::WebhookRejection;
use crate::media_streaming::{AudioSocket, AudioSocketSettings, MAX_FRAME_LENGTH};
use crate::webhook::{StreamingUpgrade, WebhookRoute, Webhooks};

/// Creates the route of streaming sockets, for a router with any state. Each socket whose upgrade
/// request is authentic is passed to `handler`, which runs in the background.
///
/// ```
/// use acs_rest::axum::{audio_route, routes};
/// use acs_rest::media_streaming::AudioSocketSettings;
/// use acs_rest::webhook::Webhooks;
///
/// fn app(webhooks: Webhooks) -> axum::Router {
///     let settings = AudioSocketSettings::default();
///     let audio = audio_route(webhooks.clone(), settings, |mut socket, upgrade| async move {
///         println!("audio of the call {:?}", upgrade.call_connection_id);
///         while let Some(frame) = socket.next().await {
///             println!("{:?}", frame.parse());
///         }
///     });
///     routes(webhooks).merge(audio)
/// }
/// # drop(app);
/// ```
pub fn audio_route<S, F>(
    webhooks: Webhooks,
    settings: AudioSocketSettings,
    handler: impl Fn(AudioSocket, StreamingUpgrade) -> F + Clone + Send + Sync + 'static,
) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let upgrade = async move |uri: Uri, headers: HeaderMap, upgrade: WebSocketUpgrade| {
        accept(webhooks, settings, handler, uri, headers, upgrade).await
    };
    Router::new().route(WebhookRoute::Audio.path(), get(upgrade))
}

async fn accept<F>(
    webhooks: Webhooks,
    settings: AudioSocketSettings,
    handler: impl Fn(AudioSocket, StreamingUpgrade) -> F + Send + Sync + 'static,
    uri: Uri,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response
where
    F: Future<Output = ()> + Send + 'static,
{
    let about = match webhooks.audio(&uri, &headers).await {
        Ok(about) => about,
        Err(error) => return WebhookRejection::from(error).into_response(),
    };
    let span = span(&about);
    upgrade.max_message_size(MAX_FRAME_LENGTH).on_upgrade(async move |socket| {
        let socket = AudioSocket::new(TextSocket(socket), settings);
        webhooks.run(span, handler(socket, about));
    })
}

fn span(about: &StreamingUpgrade) -> Span {
    info_span!(
        "acs_rest.media_streaming",
        otel.kind = "server",
        acs.call_connection_id = about.call_connection_id,
        acs.correlation_id = about.correlation_id,
    )
}

/// The text messages of a WebSocket.
struct TextSocket(WebSocket);

impl Stream for TextSocket {
    type Item = Result<String, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            return Poll::Ready(match ready!(Pin::new(&mut self.0).poll_next(context)) {
                Some(Ok(Message::Text(text))) => Some(Ok(text.as_str().to_owned())),
                Some(Ok(Message::Close(_))) | None => None,
                // The library responds to pings; the service sends nothing else.
                Some(Ok(_)) => continue,
                Some(Err(error)) => Some(Err(error)),
            });
        }
    }
}

impl Sink<String> for TextSocket {
    type Error = Error;

    fn poll_ready(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        Pin::new(&mut self.0).poll_ready(context)
    }

    fn start_send(mut self: Pin<&mut Self>, text: String) -> Result<(), Error> {
        Pin::new(&mut self.0).start_send(Message::Text(text.into()))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        Pin::new(&mut self.0).poll_flush(context)
    }

    fn poll_close(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        Pin::new(&mut self.0).poll_close(context)
    }
}
