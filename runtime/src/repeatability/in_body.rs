//! The repeatability ids inside a body.
//!
//! A `Serialize` implementation can only report through its serializer. Therefore a pair records
//! itself in a thread-local cell when it is written, and the request reads that cell after writing
//! its body.

use std::cell::Cell;

use super::Repeatability;

/// The properties of the pairs that a body contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BodyIds {
    /// The earliest first-sent date, in seconds since 1970.
    pub(crate) first_sent: i64,
    /// Whether one of the pairs may have been sent before.
    pub(crate) may_be_used: bool,
}

#[derive(Clone, Copy)]
enum Notes {
    /// No body is being written.
    Off,
    On(Option<BodyIds>),
}

thread_local! {
    static NOTES: Cell<Notes> = const { Cell::new(Notes::Off) };
}

/// Runs `write`, and returns its result and the ids that it wrote.
pub(crate) fn with_body_ids<T>(write: impl FnOnce() -> T) -> (T, Option<BodyIds>) {
    let outer = NOTES.replace(Notes::On(None));
    let written = write();
    match NOTES.replace(outer) {
        Notes::On(ids) => (written, ids),
        Notes::Off => (written, None),
    }
}

/// Records that `pair` is being written, if it is written into a body.
pub(super) fn note(pair: &Repeatability) {
    let Notes::On(earlier) = NOTES.get() else {
        return;
    };
    let own = BodyIds { first_sent: pair.first_sent, may_be_used: pair.mark_used() };
    let all = earlier.map_or(own, |earlier| BodyIds {
        first_sent: earlier.first_sent.min(own.first_sent),
        may_be_used: earlier.may_be_used || own.may_be_used,
    });
    NOTES.set(Notes::On(Some(all)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(pairs: &[Repeatability]) -> Option<BodyIds> {
        with_body_ids(|| serde_json::to_string(pairs).unwrap()).1
    }

    #[test]
    fn a_pair_has_been_used_once_a_body_holds_it() {
        let pairs = [Repeatability::new(), Repeatability::new()];
        serde_json::to_string(&pairs).unwrap();
        assert!(!ids(&pairs[..1]).unwrap().may_be_used);
        assert!(ids(&pairs).unwrap().may_be_used);
        assert_eq!(ids(&[]), None);
    }

    #[test]
    fn a_restored_pair_may_have_been_used_and_the_earliest_date_counts() {
        let id = "7e675e9f-0146-47a7-b3d7-5ca46b2cd09a";
        let restored = Repeatability::from_parts(id, "Thu, 01 Jan 1970 00:00:09 GMT").unwrap();
        let expected = BodyIds { first_sent: 9, may_be_used: true };
        assert_eq!(ids(&[Repeatability::new(), restored]), Some(expected));
    }
}
