//! The task that reads and writes a socket.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;

use futures_core::Stream;
use futures_sink::Sink;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until, timeout};

use super::outgoing::Outgoing;
use super::settings::AudioSocketSettings;
use super::{AudioSocketEnd, ReceivedFrame};

pub(super) struct Driver<T> {
    socket: Pin<Box<T>>,
    frames: mpsc::Sender<ReceivedFrame>,
    outgoing: Arc<Outgoing>,
    settings: AudioSocketSettings,
}

impl<T, E> Driver<T>
where
    T: Stream<Item = Result<String, E>> + Sink<String>,
{
    pub(super) fn new(
        socket: T,
        frames: mpsc::Sender<ReceivedFrame>,
        outgoing: Arc<Outgoing>,
        settings: AudioSocketSettings,
    ) -> Self {
        Self { socket: Box::pin(socket), frames, outgoing, settings }
    }

    /// Reads and writes until the socket ends, and closes it.
    pub(super) async fn run(mut self) -> AudioSocketEnd {
        let end = self.drive().await;
        self.outgoing.close();
        let close = poll_fn(|context| self.socket.as_mut().poll_close(context));
        // The service may have closed the connection already.
        drop(timeout(self.settings.send_timeout, close).await);
        end
    }

    async fn drive(&mut self) -> AudioSocketEnd {
        let life = Instant::now() + self.settings.max_duration;
        let mut idle = Instant::now() + self.settings.idle_timeout;
        let mut pcm = Vec::new();
        loop {
            // A frame is read only if there is room for it.
            let has_room = self.frames.capacity() > 0;
            if !has_room {
                idle = Instant::now() + self.settings.idle_timeout;
            }
            let message = tokio::select! {
                message = next(&mut self.socket), if has_room => message,
                () = room(&self.frames), if !has_room => continue,
                text = self.outgoing.next(&mut pcm) => match self.send(text).await {
                    Ok(()) => continue,
                    Err(end) => return end,
                },
                () = sleep_until(life) => return AudioSocketEnd::DurationExceeded,
                () = sleep_until(idle), if has_room => return AudioSocketEnd::Idle,
            };
            match message {
                Some(Ok(text)) => drop(self.frames.try_send(ReceivedFrame::new(text))),
                Some(Err(_)) => return AudioSocketEnd::Failed,
                None => return AudioSocketEnd::Closed,
            }
            idle = Instant::now() + self.settings.idle_timeout;
        }
    }

    async fn send(&mut self, text: String) -> Result<(), AudioSocketEnd> {
        let socket = &mut self.socket;
        let send = async {
            poll_fn(|context| socket.as_mut().poll_ready(context)).await?;
            socket.as_mut().start_send(text)?;
            poll_fn(|context| socket.as_mut().poll_flush(context)).await
        };
        match timeout(self.settings.send_timeout, send).await {
            Ok(sent) => sent.map_err(|_: T::Error| AudioSocketEnd::Failed),
            Err(_) => Err(AudioSocketEnd::SendTimedOut),
        }
    }
}

/// Waits until there is room for one more frame.
async fn room(frames: &mpsc::Sender<ReceivedFrame>) {
    drop(frames.reserve().await);
}

async fn next<S: Stream>(stream: &mut Pin<Box<S>>) -> Option<S::Item> {
    poll_fn(|context| stream.as_mut().poll_next(context)).await
}
