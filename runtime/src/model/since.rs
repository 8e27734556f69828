//! The api-version that the fields of a body need.
//!
//! Serde hands nothing through a `Serialize` implementation but the serializer, which the user may
//! choose. So a field that a later api-version introduced notes that version in a cell of its thread
//! when it is written, and the request that writes its body reads the cell.

use std::cell::Cell;

/// The latest api-version that a field needs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct NeededVersion {
    /// Empty if there is none.
    pub(crate) version: &'static str,
    /// The name of the field on the wire, if it is known.
    pub(crate) field: Option<&'static str>,
}

impl NeededVersion {
    const NONE: Self = Self { version: "", field: None };
}

thread_local! {
    static NEEDED: Cell<NeededVersion> = const { Cell::new(NeededVersion::NONE) };
}

/// Notes that what is being written needs at least that api-version.
pub fn needs_version(version: &'static str) {
    note(version, None);
}

/// Whether the field is left out; notes the version otherwise. For `skip_serializing_if`.
pub fn is_unset_since<T>(version: &'static str, value: &Option<T>) -> bool {
    if value.is_some() {
        needs_version(version);
    }
    value.is_none()
}

pub(super) fn note(version: &'static str, field: Option<&'static str>) {
    if version > NEEDED.get().version {
        NEEDED.set(NeededVersion { version, field });
    }
}

/// Runs `write`, and returns what it returned and the api-version that it needs.
pub(crate) fn with_needed_version<T>(write: impl FnOnce() -> T) -> (T, NeededVersion) {
    let outer = NEEDED.replace(NeededVersion::NONE);
    let written = write();
    (written, NEEDED.replace(outer))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_version_of_what_was_written_is_needed() {
        let (inner, needed) = with_needed_version(|| {
            needs_version("2025-05-15");
            note("2026-03-12", Some("teamsPhoneCallDetails"));
            note("2025-06-15", Some("teamsAppSource"));
            with_needed_version(|| assert!(!is_unset_since("2030-01-01", &Some(1)))).1
        });
        assert_eq!(inner.version, "2030-01-01");
        let latest = NeededVersion { version: "2026-03-12", field: Some("teamsPhoneCallDetails") };
        assert_eq!(needed, latest);
        let nothing = with_needed_version(|| assert!(is_unset_since("2030-01-01", &None::<u8>)));
        assert_eq!(nothing.1, NeededVersion::NONE);
    }
}
