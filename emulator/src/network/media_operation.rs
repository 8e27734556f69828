//! Something that a call hears, or that waits for its turn.

use super::recognition::{Listening, Prompt};
use super::result::ReplyTo;

/// An operation that waits, or that the call hears.
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
