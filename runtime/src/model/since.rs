//! The api-version that the fields of a body require.
//!
//! A `Serialize` implementation can only report through its serializer, which the user may choose.
//! Therefore a field that a later api-version introduced records that version in a thread-local
//! cell when it is written, and the request reads that cell after writing its body.

use std::cell::Cell;

/// The latest api-version that a field requires.
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

/// Records that the value being written requires at least the given api-version.
pub fn needs_version(version: &'static str) {
    record(version, None);
}

/// Returns whether the field is omitted; records the version otherwise. For `skip_serializing_if`.
pub fn is_unset_since<T>(version: &'static str, value: &Option<T>) -> bool {
    if value.is_some() {
        needs_version(version);
    }
    value.is_none()
}

pub(super) fn record(version: &'static str, field: Option<&'static str>) {
    if version > NEEDED.get().version {
        NEEDED.set(NeededVersion { version, field });
    }
}

/// Runs `write`, and returns its result and the api-version that it requires.
pub(crate) fn with_needed_version<T>(write: impl FnOnce() -> T) -> (T, NeededVersion) {
    let outer = NEEDED.replace(NeededVersion::NONE);
    let written = write();
    (written, NEEDED.replace(outer))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_version_of_the_written_fields_is_needed() {
        let (inner, needed) = with_needed_version(|| {
            needs_version("2025-05-15");
            record("2026-03-12", Some("teamsPhoneCallDetails"));
            record("2025-06-15", Some("teamsAppSource"));
            with_needed_version(|| assert!(!is_unset_since("2030-01-01", &Some(1)))).1
        });
        assert_eq!(inner.version, "2030-01-01");
        let latest = NeededVersion { version: "2026-03-12", field: Some("teamsPhoneCallDetails") };
        assert_eq!(needed, latest);
        let nothing = with_needed_version(|| assert!(is_unset_since("2030-01-01", &None::<u8>)));
        assert_eq!(nothing.1, NeededVersion::NONE);
    }
}
