//! A WebSocket to a bot, over http or https.

use std::time::Duration;

use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use http::Uri;
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Error, Message};

use crate::connector::{Connector, Duplex};

/// How long a bot may take to accept.
const DIAL_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a bot may take to read.
const SEND_TIMEOUT: Duration = Duration::from_secs(10);

/// The longest message of a bot, in bytes: 16 seconds of audio at 24 kHz.
const MESSAGE_BYTES: usize = 1024 * 1024;

/// The half that sends.
pub(super) struct Sender(SplitSink<WebSocketStream<Box<dyn Duplex>>, Message>);

/// The half that receives.
pub(super) struct Receiver(SplitStream<WebSocketStream<Box<dyn Duplex>>>);

/// Opens a socket with these headers; an error is the reason why it cannot.
pub(super) async fn dial(
    connector: &Connector,
    url: &str,
    headers: &[(&'static str, String)],
) -> Result<(Sender, Receiver), String> {
    let dialled = timeout(DIAL_TIMEOUT, connect(connector, url, headers)).await;
    dialled.map_err(|_| format!("not accepted within {} seconds", DIAL_TIMEOUT.as_secs()))?
}

impl Sender {
    pub(super) async fn send(&mut self, text: String) -> Result<(), String> {
        let sent = timeout(SEND_TIMEOUT, self.0.send(Message::Text(text.into()))).await;
        let sent =
            sent.map_err(|_| format!("nothing read for {} seconds", SEND_TIMEOUT.as_secs()))?;
        sent.map_err(|error| error.to_string())
    }

    /// Closes the socket with a close handshake.
    pub(super) async fn close(&mut self) {
        // It does not wait longer for a bot that does not read.
        drop(timeout(SEND_TIMEOUT, self.0.close()).await);
    }
}

impl Receiver {
    /// The next text, and `None` after the last one.
    pub(super) async fn receive(&mut self) -> Option<Result<String, String>> {
        loop {
            return Some(match self.0.next().await? {
                Ok(Message::Text(text)) => Ok(text.as_str().to_owned()),
                Ok(Message::Binary(bytes)) => {
                    String::from_utf8(bytes.into()).map_err(|error| error.to_string())
                }
                Ok(Message::Close(_)) | Err(Error::ConnectionClosed) => return None,
                Ok(_) => continue,
                Err(error) => Err(error.to_string()),
            });
        }
    }
}

async fn connect(
    connector: &Connector,
    url: &str,
    headers: &[(&'static str, String)],
) -> Result<(Sender, Receiver), String> {
    let uri: Uri = url.parse().map_err(|error| format!("not a URL: {error}"))?;
    let stream = connector.connect(&uri).await.map_err(|error| error.to_string())?;
    let mut request = uri.into_client_request().map_err(|error| error.to_string())?;
    for (name, value) in headers {
        let value = value.parse().map_err(|_| format!("`{name}` cannot be sent"))?;
        request.headers_mut().insert(*name, value);
    }
    let config = WebSocketConfig::default()
        .max_message_size(Some(MESSAGE_BYTES))
        .max_frame_size(Some(MESSAGE_BYTES))
        .max_write_buffer_size(4 * MESSAGE_BYTES);
    let accepted = tokio_tungstenite::client_async_with_config(request, stream, Some(config)).await;
    let (socket, _) = accepted.map_err(|error| error.to_string())?;
    let (sender, receiver) = socket.split();
    Ok((Sender(sender), Receiver(receiver)))
}
