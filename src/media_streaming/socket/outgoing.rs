//! The queue between the senders and the driver.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};

use super::AudioSocketClosed;
use super::settings::AudioSocketSettings;
use crate::media_streaming::{Playback, PlaybackStep, STOP_AUDIO, write_audio};

#[derive(Debug)]
pub(super) struct Outgoing {
    state: Mutex<State>,
    /// Notifies the driver that there is something to send.
    added: Notify,
    /// Notifies the senders that there is room, or that the queue is closed.
    removed: Notify,
}

#[derive(Debug)]
struct State {
    playback: Playback,
    is_closed: bool,
}

impl Outgoing {
    pub(super) fn new(settings: &AudioSocketSettings) -> Self {
        let playback = Playback::new(settings.sample_rate, settings.max_queued_audio);
        let state = Mutex::new(State { playback, is_closed: false });
        Self { state, added: Notify::new(), removed: Notify::new() }
    }

    pub(super) async fn send(&self, mut pcm: &[u8]) -> Result<(), AudioSocketClosed> {
        loop {
            // Created before the state is checked: a later change is then not missed.
            let room = self.removed.notified();
            tokio::pin!(room);
            room.as_mut().enable();
            {
                let mut state = self.state();
                if state.is_closed {
                    return Err(AudioSocketClosed);
                }
                pcm = &pcm[state.playback.push(pcm)..];
            }
            self.added.notify_one();
            if pcm.is_empty() {
                return Ok(());
            }
            room.await;
        }
    }

    pub(super) fn stop(&self) {
        self.state().playback.stop();
        self.added.notify_one();
        self.removed.notify_waiters();
    }

    pub(super) fn queued(&self) -> Duration {
        self.state().playback.queued()
    }

    /// Closes the queue: nothing more can be sent.
    pub(super) fn close(&self) {
        self.state().is_closed = true;
        self.removed.notify_waiters();
    }

    /// Waits for the next message and returns it. Dropping the future loses no message.
    pub(super) async fn next(&self, pcm: &mut Vec<u8>) -> String {
        loop {
            let step = self.state().playback.next(Instant::now().into_std(), pcm);
            match step {
                PlaybackStep::Audio => {
                    self.removed.notify_waiters();
                    let mut message = String::new();
                    write_audio(&mut message, pcm);
                    return message;
                }
                PlaybackStep::StopAudio => return STOP_AUDIO.to_owned(),
                PlaybackStep::WaitUntil(due) => tokio::select! {
                    () = sleep_until(due.into()) => {}
                    () = self.added.notified() => {}
                },
                PlaybackStep::Empty => self.added.notified().await,
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
