//! An emulator, and a bot that takes events and audio.

use std::time::{Duration, SystemTime};

use acs_rest_emulator::{Clock, Emulator, EmulatorBuilder};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};

use crate::bot::Bot;
use crate::bot_socket::{Socket, wait_for_journal};
use crate::client::{Response, request, send};

pub(crate) const CUSTOMER: &str = "4:+14255550123";
pub(crate) const AGENT: &str = "8:acs:contoso_agent";
const CALLS: &str = "/calling/callConnections";
const FRAME: Duration = Duration::from_millis(20);

/// An emulator whose clock is paused, a bot, and the port of the bot's WebSockets.
pub(crate) struct MediaTest {
    pub(crate) emulator: Emulator,
    pub(crate) bot: Bot,
    pub(crate) listener: TcpListener,
}

impl MediaTest {
    pub(crate) async fn start() -> Self {
        Self::with(|builder| builder).await
    }

    /// With more settings.
    pub(crate) async fn with(set: impl FnOnce(EmulatorBuilder) -> EmulatorBuilder) -> Self {
        let builder = Emulator::builder().clock(Clock::paused_at(SystemTime::now()));
        Self {
            emulator: set(builder).start().await.unwrap(),
            bot: Bot::start().await,
            listener: TcpListener::bind("127.0.0.1:0").await.unwrap(),
        }
    }

    pub(crate) fn socket_url(&self) -> String {
        format!("ws://{}/audio?call=1", self.listener.local_addr().unwrap())
    }

    pub(crate) async fn accept(&self) -> Socket<TcpStream> {
        Socket::accept(self.listener.accept().await.unwrap().0).await
    }

    /// A call to these people; returns what CreateCall answers.
    pub(crate) async fn call(&self, people: &[&str], options: &Value) -> Value {
        let targets: Vec<Value> = people.iter().map(|id| json!({ "rawId": id })).collect();
        let mut body = json!({
            "targets": targets,
            "sourceCallerIdNumber": { "value": "+14255550100" },
            "callbackUri": self.bot.url("/cb"),
            "operationContext": "out",
        });
        for (name, value) in options.as_object().unwrap() {
            body[name] = value.clone();
        }
        let created = self.post("", &body).await;
        assert_eq!(created.status, 201, "{created:?}");
        created.json()
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Response {
        let line = format!("POST {CALLS}{path}?api-version=2025-06-15");
        send(&self.emulator, &request(&self.emulator, &line, "", &body.to_string())).await
    }

    pub(crate) fn advance(&self, frames: u32) {
        self.emulator.clock().advance(FRAME * frames);
    }

    pub(crate) async fn server_call(&self) -> Value {
        self.bot.wait("CallConnected").await.event["data"]["serverCallId"].clone()
    }

    /// Sends a second of audio as the bot, and stops it after 20 ms were played. Returns how many
    /// of the bot's samples were played.
    pub(crate) async fn samples_until_stop_audio<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        socket: &mut Socket<S>,
        call: &str,
    ) -> usize {
        let second: Vec<u8> = std::iter::repeat_n(7_i16.to_le_bytes(), 16_000).flatten().collect();
        let data = BASE64_STANDARD.encode(second);
        socket.send(&json!({ "kind": "AudioData", "audioData": { "data": data } })).await;
        wait_for_journal(&self.emulator, "\"direction\":\"in\"").await;
        self.advance(1);
        socket.frame("AudioData").await;
        socket.send(&json!({ "Kind": "StopAudio", "AudioData": null, "StopAudio": {} })).await;
        wait_for_journal(&self.emulator, "StopAudio").await;
        self.advance(2);
        socket.frame("AudioData").await;
        socket.frame("AudioData").await;
        let file = self.emulator.call_audio(call).unwrap();
        let bot: Vec<u8> = file[44..].chunks(4).map(|pair| pair[2]).collect();
        assert_eq!(bot.len(), 6 * 320);
        bot.iter().filter(|sample| **sample == 7).count()
    }
}
