//! A streaming socket as a stream of frames, and a sender of audio.

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

/// The server's end of a streaming socket: frames come in, audio goes out at its pace.
///
/// It takes any WebSocket that is a stream and a sink of texts; `acs_rest::axum::audio_route` makes one of
/// axum's. A task of its own drives the socket, until the socket or this value goes.
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

/// A frame that the service sent, not read yet.
#[derive(Clone, PartialEq, Eq)]
pub struct ReceivedFrame(String);

/// Sends audio to the participants. Clones send to the same socket.
#[derive(Clone, Debug)]
pub struct AudioSender(Arc<Outgoing>);

/// The socket is closed: no more audio can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct AudioSocketClosed;

/// Why a socket ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AudioSocketEnd {
    /// The service closed it, as it does at the end of the call.
    Closed,
    /// The connection failed.
    Failed,
    /// Nothing came for too long; see [`AudioSocketSettings::idle_timeout`].
    Idle,
    /// It was open for too long; see [`AudioSocketSettings::max_duration`].
    DurationExceeded,
    /// The service did not take a frame in time; see [`AudioSocketSettings::send_timeout`].
    SendTimedOut,
}

impl AudioSocket {
    /// Starts to drive a socket that has been accepted, on the current Tokio runtime.
    ///
    /// The stream has its text messages, and ends when the socket is closed. The sockets of
    /// WebSocket libraries have messages of their own: map them with `futures_util`.
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

    /// Waits for the next frame; `None` once the socket has ended. While it is not called, no more
    /// than [`max_received_frames`](AudioSocketSettings::max_received_frames) are read.
    pub async fn next(&mut self) -> Option<ReceivedFrame> {
        self.frames.recv().await
    }

    /// Returns the sender of audio.
    #[must_use]
    pub fn sender(&self) -> AudioSender {
        AudioSender(Arc::clone(&self.outgoing))
    }

    /// Returns why the socket ended; `None` while it is open.
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
    /// As [`Frame::parse`].
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
    /// Shows the length alone: it holds what people say.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceivedFrame").field("length", &self.0.len()).finish()
    }
}

impl AudioSender {
    /// Adds audio (16 bits a sample, little endian, mono) to what is sent, a frame each 20 ms. It waits
    /// while there is no room.
    ///
    /// # Errors
    /// If the socket is closed.
    pub async fn send(&self, pcm: &[u8]) -> Result<(), AudioSocketClosed> {
        self.0.send(pcm).await
    }

    /// Drops the audio that waits, and has the service drop what it has not played yet: for when a
    /// participant begins to speak.
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
