//! A media operation of a call, running or queued.

use super::recognition::{Listening, Prompt};
use super::result::ReplyTo;

/// A media operation, running or queued.
#[derive(Debug)]
pub(super) struct MediaOperation {
    pub(super) number: u64,
    pub(super) reply_to: ReplyTo,
    pub(super) is_running: bool,
    pub(super) work: MediaWork,
}

#[derive(Debug)]
pub(super) enum MediaWork {
    Play(Prompt),
    Recognize(Listening),
}

impl MediaWork {
    /// The event that reports that it was cancelled.
    pub(super) fn cancelled(&self) -> &'static str {
        match self {
            Self::Play(_) => "PlayCanceled",
            Self::Recognize(_) => "RecognizeCanceled",
        }
    }
}
