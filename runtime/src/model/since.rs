//! The api-version that the fields of a body need.
//!
//! Serde hands nothing through a `Serialize` implementation but the serializer, which the user may
//! choose. So a field that was introduced by a later api-version notes that version in a cell of its
//! thread when it is written, and the request that writes its body reads the cell.

use std::cell::Cell;

thread_local! {
    static NEEDED: Cell<&'static str> = const { Cell::new("") };
}

/// Notes that what is being written needs at least that api-version.
pub fn needs_version(version: &'static str) {
    NEEDED.set(NEEDED.get().max(version));
}

/// Whether the field is left out; notes the version otherwise. For `skip_serializing_if`.
pub fn is_unset_since<T>(version: &'static str, value: &Option<T>) -> bool {
    if value.is_some() {
        needs_version(version);
    }
    value.is_none()
}
