//! A bot's end of a WebSocket for audio or transcripts, with or without TLS.

use std::time::Duration;

use acs_rest_emulator::Emulator;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};
use tokio_tungstenite::tungstenite::http::HeaderMap;
use tokio_tungstenite::tungstenite::{Error, Message};

use crate::client::request;

/// A bot's end of one WebSocket.
pub(crate) struct Socket<S> {
    pub(crate) headers: HeaderMap,
    frames: WebSocketStream<S>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Socket<S> {
    #[expect(clippy::result_large_err, reason = "the signature is that of the library")]
    pub(crate) async fn accept(stream: S) -> Self {
        let mut headers = HeaderMap::new();
        let keep = |request: &Request, response: Response| -> Result<Response, ErrorResponse> {
            headers = request.headers().clone();
            Ok(response)
        };
        let frames = tokio_tungstenite::accept_hdr_async(stream, keep).await.unwrap();
        Self { headers, frames }
    }

    /// The next text frame, `None` once the emulator has closed the socket.
    pub(crate) async fn next(&mut self) -> Option<Value> {
        loop {
            let next = tokio::time::timeout(Duration::from_secs(20), self.frames.next());
            match next.await.expect("a frame") {
                Some(Ok(Message::Text(text))) => return Some(serde_json::from_str(&text).unwrap()),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                Some(Ok(_)) => {}
            }
        }
    }

    pub(crate) async fn frame(&mut self, kind: &str) -> Value {
        let frame = self.next().await.expect(kind);
        assert_eq!(frame["kind"], kind, "{frame}");
        let field = format!("{}{}", kind[..1].to_lowercase(), &kind[1..]);
        frame[field].clone()
    }

    pub(crate) async fn send(&mut self, message: &Value) {
        self.try_send(message.to_string()).await.unwrap();
    }

    pub(crate) async fn try_send(&mut self, text: String) -> Result<(), Error> {
        self.frames.send(Message::text(text)).await
    }
}

pub(crate) fn audio_options(url: &str, more: &Value) -> Value {
    let mut options = json!({
        "transportUrl": url,
        "transportType": "websocket",
        "contentType": "audio",
        "audioChannelType": "mixed",
        "startMediaStreaming": true,
    });
    for (name, value) in more.as_object().unwrap() {
        options[name] = value.clone();
    }
    json!({ "mediaStreamingOptions": options })
}

pub(crate) fn samples(frame: &Value) -> Vec<i16> {
    let bytes = BASE64_STANDARD.decode(frame["data"].as_str().unwrap()).unwrap();
    bytes.chunks(2).map(|sample| i16::from_le_bytes([sample[0], sample[1]])).collect()
}

pub(crate) async fn wait_for_journal(emulator: &Emulator, text: &str) {
    let mut stream = crate::client::connect(emulator).await;
    let head = request(emulator, "GET /_emulator/journal", "", "");
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut seen = Vec::new();
    while !String::from_utf8_lossy(&seen).contains(text) {
        let read = tokio::time::timeout(Duration::from_secs(20), stream.read_buf(&mut seen));
        assert_ne!(read.await.expect(text).unwrap(), 0);
    }
}
