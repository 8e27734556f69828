//! How many frames a stream has carried, for the journal: one entry that is replaced, not one a frame.

use std::time::SystemTime;

use super::mixer::FRAMES_A_SECOND;
use crate::journal::Journal;
use crate::journal_entry::{self, CountedFrames};
use crate::network::StreamId;

#[derive(Debug)]
pub(super) struct FrameCount {
    journal: Journal,
    id: StreamId,
    server_call: String,
    is_from_bot: bool,
    since: Option<SystemTime>,
    count: u64,
    shown: u64,
}

impl FrameCount {
    pub(super) fn new(
        journal: Journal,
        id: StreamId,
        server_call: String,
        is_from_bot: bool,
    ) -> Self {
        Self { journal, id, server_call, is_from_bot, since: None, count: 0, shown: 0 }
    }

    /// Counts frames; shows the number with the first one, and then after every second of audio.
    pub(super) fn add(&mut self, frames: usize, now: SystemTime) {
        self.count += frames as u64;
        if self.since.is_none() || self.count >= self.shown + u64::from(FRAMES_A_SECOND) {
            self.since.get_or_insert(now);
            self.show();
        }
    }

    fn show(&mut self) {
        let Some(since) = self.since.filter(|_| self.count > self.shown) else { return };
        self.shown = self.count;
        let (key, entry) = journal_entry::of_frames(&CountedFrames {
            id: &self.id,
            server_call: &self.server_call,
            is_from_bot: self.is_from_bot,
            since,
            count: self.count,
        });
        self.journal.replace(&key, &entry);
    }
}

impl Drop for FrameCount {
    /// Shows the last frames.
    fn drop(&mut self) {
        self.show();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::StreamKind;

    #[test]
    fn one_entry_counts_all_frames() {
        let (journal, now) = (Journal::new(), SystemTime::UNIX_EPOCH);
        let id = StreamId { connection: "c".to_owned(), kind: StreamKind::Audio };
        let mut count = FrameCount::new(journal.clone(), id, "s".to_owned(), false);
        for _ in 0..120 {
            count.add(1, now);
        }
        assert_eq!((journal.after(0).len(), journal.last()), (1, 3));
        drop(count);
        let entries = journal.after(0);
        assert_eq!(entries.len(), 1);
        let entry: serde_json::Value = serde_json::from_str(&entries[0].json).unwrap();
        assert_eq!((&entry["count"], &entry["direction"]), (&120.into(), &"out".into()));
    }
}
