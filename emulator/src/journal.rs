//! A journal of events for observers, such as the page.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};
use tokio::sync::watch;

/// The number of entries that are kept.
const MAX_ENTRIES: usize = 5000;

/// How many bytes of JSON are kept.
const LIMIT_BYTES: usize = 16 * 1024 * 1024;

/// The last entries, numbered from 1. Clones share the journal.
#[derive(Clone, Debug)]
pub(crate) struct Journal(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    kept: Mutex<Kept>,
    /// The number of the last entry.
    last: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct Kept {
    entries: VecDeque<Entry>,
    bytes: usize,
    /// The numbers of entries that others may replace, by their keys.
    replaceable: BTreeMap<String, u64>,
}

impl Kept {
    fn remove(&mut self, number: u64) {
        let found = self.entries.binary_search_by_key(&number, |entry| entry.number);
        let removed = found.ok().and_then(|index| self.entries.remove(index));
        self.bytes -= removed.map_or(0, |entry| entry.json.len());
    }

    fn forget_oldest(&mut self) {
        let Some(oldest) = self.entries.pop_front() else { return };
        self.bytes -= oldest.json.len();
        self.replaceable.retain(|_, number| *number > oldest.number);
    }
}

/// One line of JSON, with the number that [`Journal::after`] takes.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) number: u64,
    pub(crate) json: Arc<str>,
}

impl Journal {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Shared { kept: Mutex::default(), last: watch::Sender::new(0) }))
    }

    pub(crate) fn add(&self, entry: &Value) {
        self.push(self.kept(), entry);
    }

    /// Adds an entry in place of the last one with the same `key`.
    pub(crate) fn replace(&self, key: &str, entry: &Value) {
        let mut kept = self.kept();
        if let Some(number) = kept.replaceable.insert(key.to_owned(), self.last() + 1) {
            kept.remove(number);
        }
        self.push(kept, entry);
    }

    fn push(&self, mut kept: MutexGuard<'_, Kept>, entry: &Value) {
        let json: Arc<str> = entry.to_string().into();
        kept.bytes += json.len();
        let number = self.last() + 1;
        kept.entries.push_back(Entry { number, json });
        while kept.entries.len() > MAX_ENTRIES || kept.bytes > LIMIT_BYTES {
            kept.forget_oldest();
        }
        // While the lock is held, so that numbers are given in order.
        self.0.last.send_replace(number);
    }

    /// The entries after that with `number`, oldest first.
    pub(crate) fn after(&self, number: u64) -> Vec<Entry> {
        let kept = self.kept();
        let start = kept.entries.partition_point(|entry| entry.number <= number);
        kept.entries.range(start..).cloned().collect()
    }

    /// The number of the newest entry, 0 if there has been none.
    pub(crate) fn last(&self) -> u64 {
        *self.0.last.borrow()
    }

    /// Drops all entries and adds one that reports this; the numbers continue.
    pub(crate) fn clear(&self) {
        *self.kept() = Kept::default();
        self.add(&json!({ "kind": "reset" }));
    }

    /// Changes with each new entry.
    pub(crate) fn subscribe(&self) -> watch::Receiver<u64> {
        self.0.last.subscribe()
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_numbered_and_the_oldest_are_forgotten() {
        let journal = Journal::new();
        for number in 1..=MAX_ENTRIES + 2 {
            journal.add(&json!(number));
        }
        let all = journal.after(0);
        assert_eq!((all.len(), all[0].number, &*all[0].json), (MAX_ENTRIES, 3, "3"));
        let last = MAX_ENTRIES as u64 + 2;
        assert_eq!(journal.after(last - 1).len(), 1);
        assert_eq!(journal.last(), last);
        journal.clear();
        let left = journal.after(0);
        assert_eq!((left.len(), left[0].number), (1, last + 1));
    }

    #[test]
    fn an_entry_replaces_the_last_one_of_its_key() {
        let journal = Journal::new();
        journal.replace("a", &json!(1));
        journal.replace("b", &json!(2));
        journal.replace("a", &json!(3));
        let left: Vec<_> = journal.after(0).iter().map(|entry| entry.number).collect();
        assert_eq!((left, journal.kept().bytes), (vec![2, 3], 2));
        (0..MAX_ENTRIES).for_each(|number| journal.add(&json!(number)));
        assert_eq!(journal.kept().replaceable.len(), 0);
    }

    #[test]
    fn large_entries_push_others_out() {
        let journal = Journal::new();
        for _ in 0..20 {
            journal.add(&json!("a".repeat(1024 * 1024)));
        }
        assert!(journal.after(0).len() < 17 && journal.kept().bytes <= LIMIT_BYTES);
    }
}
