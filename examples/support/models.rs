//! Models that speak: two that need no network, and the shape of one that does.

use std::collections::VecDeque;
use std::f32::consts::TAU;
use std::time::Duration;

use acs_rest::media_streaming::AudioData;
use tokio::sync::mpsc;
use tokio::time::{Interval, interval};

/// A model that hears and speaks: 24,000 samples of 16 bits a second, little endian, mono.
pub(crate) trait Model: Send + 'static {
    /// Takes what the participant says, a frame of 20 ms. It must not wait.
    fn hear(&mut self, audio: &AudioData<'_>);

    /// Waits for what it says next; `None` if it hangs up. Dropped before, it loses nothing.
    fn speak(&mut self) -> impl Future<Output = Option<Speech>> + Send;
}

/// What a model does.
pub(crate) enum Speech {
    /// It says this.
    Audio(Vec<u8>),
    /// It stops, because the participant began to speak.
    #[allow(dead_code, reason = "the two that need no network never do")]
    Interrupted,
}

/// Says what it hears.
pub(crate) struct Echo {
    heard: mpsc::UnboundedSender<Vec<u8>>,
    said: mpsc::UnboundedReceiver<Vec<u8>>,
}

impl Echo {
    pub(crate) fn new() -> Self {
        let (heard, said) = mpsc::unbounded_channel();
        Self { heard, said }
    }
}

impl Model for Echo {
    fn hear(&mut self, audio: &AudioData<'_>) {
        let mut pcm = Vec::new();
        if audio.append_to(&mut pcm).is_ok() {
            drop(self.heard.send(pcm));
        }
    }

    async fn speak(&mut self) -> Option<Speech> {
        self.said.recv().await.map(Speech::Audio)
    }
}

/// Beeps for a fifth of each second.
pub(crate) struct Beep {
    seconds: Interval,
}

impl Beep {
    pub(crate) fn new() -> Self {
        Self { seconds: interval(Duration::from_secs(1)) }
    }
}

impl Model for Beep {
    fn hear(&mut self, _: &AudioData<'_>) {}

    async fn speak(&mut self) -> Option<Speech> {
        self.seconds.tick().await;
        let sample = |n: u16| (f32::sin(TAU * 440.0 * f32::from(n) / 24_000.0) * 8_000.0) as i16;
        Some(Speech::Audio((0..4_800).flat_map(|n| sample(n).to_le_bytes()).collect()))
    }
}

/// The shape of a realtime model behind a WebSocket of JSON messages, with the names that such models
/// use. Connect `sent` and `received` to its socket, with the library that you prefer.
#[allow(dead_code, reason = "it needs an account")]
pub(crate) struct Realtime {
    sent: mpsc::Sender<String>,
    received: mpsc::Receiver<String>,
    waiting: VecDeque<Speech>,
}

impl Model for Realtime {
    fn hear(&mut self, audio: &AudioData<'_>) {
        // The audio is base64 on both sides: it goes on as it came.
        let Some(base64) = audio.base64() else { return };
        let message = format!(r#"{{"type":"input_audio_buffer.append","audio":"{base64}"}}"#);
        // A model that does not keep up loses frames, and the call goes on.
        drop(self.sent.try_send(message));
    }

    async fn speak(&mut self) -> Option<Speech> {
        loop {
            if let Some(speech) = self.waiting.pop_front() {
                return Some(speech);
            }
            let message = self.received.recv().await?;
            let message: serde_json::Value = serde_json::from_str(&message).ok()?;
            match message["type"].as_str() {
                Some("response.audio.delta") => {
                    let frame = format!(
                        r#"{{"kind":"AudioData","audioData":{{"data":{}}}}}"#,
                        message["delta"]
                    );
                    if let Ok(acs_rest::media_streaming::Frame::AudioData(audio)) =
                        acs_rest::media_streaming::Frame::parse(&frame)
                    {
                        let mut pcm = Vec::new();
                        audio.append_to(&mut pcm).ok()?;
                        self.waiting.push_back(Speech::Audio(pcm));
                    }
                }
                Some("input_audio_buffer.speech_started") => {
                    self.waiting.clear();
                    self.waiting.push_back(Speech::Interrupted);
                }
                _ => {}
            }
        }
    }
}
