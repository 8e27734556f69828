//! Streaming sockets, which receive frames and send audio.

mod driver;
mod outgoing;
mod settings;

use std::fmt;
use std::sync::{Arc, OnceLock};

use futures_core::Stream;
use futures_sink::Sink;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use self::driver::Driver;
use self::outgoing::Outgoing;
pub use self::settings::AudioSocketSettings;
use super::error::FrameError;
use super::frame::Frame;

/// The server side of a streaming socket, which receives frames and sends audio at the pace of
/// playback.
///
/// It is created from any WebSocket that is a stream and a sink of text messages;
/// `acs_rest::axum::audio_route` creates one from a WebSocket of axum. A background task reads and
/// writes the socket until the socket is closed or the `AudioSocket` is dropped.
///
/// ```
/// use acs_rest::media_streaming::{AudioSocket, Frame};
///
/// /// Plays what a participant says back to them, until they press a key.
/// async fn echo(mut socket: AudioSocket) {
///     let (sender, mut pcm) = (socket.sender(), Vec::new());
///     while let Some(frame) = socket.next().await {
///         match frame.parse() {
///             Ok(Frame::AudioData(audio)) => {
///                 pcm.clear();
///                 if audio.append_to(&mut pcm).is_err() || sender.send(&pcm).await.is_err() {
///                     return;
///                 }
///             }
///             Ok(Frame::DtmfData(_)) => sender.stop(),
///             Ok(_) => {}
///             Err(error) => eprintln!("{error}"),
///         }
///     }
///     println!("{:?}", socket.end());
/// }
/// # drop(echo);
/// ```
#[derive(Debug)]
pub struct AudioSocket {
    frames: mpsc::Receiver<ReceivedFrame>,
    outgoing: Arc<Outgoing>,
    end: Arc<OnceLock<AudioSocketEnd>>,
    driver: JoinHandle<()>,
}

/// A frame that the service sent, which has not been parsed yet.
#[derive(Clone, PartialEq, Eq)]
pub struct ReceivedFrame(String);

/// Sends audio to the participants. Clones send to the same socket.
#[derive(Clone, Debug)]
pub struct AudioSender(Arc<Outgoing>);

/// The error of sending audio on a closed socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct AudioSocketClosed;

/// The reason why a socket ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AudioSocketEnd {
    /// The service closed the socket, as it does at the end of the call.
    Closed,
    /// The connection failed.
    Failed,
    /// No frame arrived within the [idle timeout](AudioSocketSettings::idle_timeout).
    Idle,
    /// The socket reached its [maximum duration](AudioSocketSettings::max_duration).
    DurationExceeded,
    /// The service did not accept a frame within the
    /// [send timeout](AudioSocketSettings::send_timeout).
    SendTimedOut,
}

impl AudioSocket {
    /// Creates an `AudioSocket` from an accepted WebSocket, and starts its task on the current
    /// Tokio runtime.
    ///
    /// `socket` is a stream and a sink of text messages; the stream ends when the WebSocket is
    /// closed. Use `futures_util` to map the message type of a WebSocket library.
    pub fn new<T, E>(socket: T, settings: AudioSocketSettings) -> Self
    where
        T: Stream<Item = Result<String, E>> + Sink<String, Error: Send> + Send + 'static,
        E: Send + 'static,
    {
        let outgoing = Arc::new(Outgoing::new(&settings));
        let end = Arc::new(OnceLock::new());
        let (frames_in, frames) = mpsc::channel(settings.max_received_frames.max(1));
        let driver = Driver::new(socket, frames_in, outgoing.clone(), settings);
        let ended = Arc::clone(&end);
        let driver = tokio::spawn(async move {
            let end = driver.run().await;
            ended.get_or_init(|| end);
        });
        Self { frames, outgoing, end, driver }
    }

    /// Waits for the next frame. Returns `None` after the socket has ended. While it is not called,
    /// at most [`max_received_frames`](AudioSocketSettings::max_received_frames) frames are read.
    pub async fn next(&mut self) -> Option<ReceivedFrame> {
        self.frames.recv().await
    }

    /// Returns a sender of audio.
    #[must_use]
    pub fn sender(&self) -> AudioSender {
        AudioSender(Arc::clone(&self.outgoing))
    }

    /// Returns why the socket ended, or `None` while it is open.
    #[must_use]
    pub fn end(&self) -> Option<AudioSocketEnd> {
        self.end.get().copied()
    }
}

impl Drop for AudioSocket {
    fn drop(&mut self) {
        self.outgoing.close();
        self.driver.abort();
    }
}

impl ReceivedFrame {
    pub(super) fn new(text: String) -> Self {
        Self(text)
    }

    /// Reads the frame.
    ///
    /// # Errors
    /// As for [`Frame::parse`].
    pub fn parse(&self) -> Result<Frame<'_>, FrameError> {
        Frame::parse(&self.0)
    }

    /// Returns the frame as it was received.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ReceivedFrame {
    /// Shows only the length, since the frame contains what people say.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceivedFrame").field("length", &self.0.len()).finish()
    }
}

impl AudioSender {
    /// Queues audio (16 bits per sample, little endian, mono), of which one frame is sent every 20
    /// ms. It waits while the queue is full.
    ///
    /// # Errors
    /// If the socket is closed.
    pub async fn send(&self, pcm: &[u8]) -> Result<(), AudioSocketClosed> {
        self.0.send(pcm).await
    }

    /// Drops the queued audio, and stops the audio that the service is playing, for example because
    /// a participant began to speak.
    pub fn stop(&self) {
        self.0.stop();
    }

    /// Returns the duration of the queued audio.
    #[must_use]
    pub fn queued(&self) -> std::time::Duration {
        self.0.queued()
    }
}

impl fmt::Display for AudioSocketClosed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the streaming socket is closed; the call has ended, or streaming has stopped")
    }
}

impl std::error::Error for AudioSocketClosed {}
