//! Values that a model does not know.

use std::fmt;
use std::marker::PhantomData;

use serde::{Serialize, Serializer};
use serde_json::Value;

/// A string that is not one of the values of the enum `E`, kept as the service wrote it.
///
/// It is created only by reading a string as `E`, and therefore never equals a value of `E`:
///
/// ```
/// use acs_rest::acs_model;
///
/// #[acs_model]
/// pub enum Role {
///     Presenter,
///     Attendee,
/// }
///
/// assert_eq!(Role::from("PRESENTER"), Role::Presenter);
/// let Role::UnknownValue(role) = Role::from("observer") else { unreachable!() };
/// assert_eq!(role.as_str(), "observer");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownValue<E> {
    text: Box<str>,
    of: PhantomData<fn() -> E>,
}

impl<E> UnknownValue<E> {
    /// Returns the text as the service wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl<E> fmt::Debug for UnknownValue<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("UnknownValue").field(&self.text).finish()
    }
}

/// Wraps a string that is not one of the values of `E`.
pub fn unknown_value<E>(text: &str) -> UnknownValue<E> {
    UnknownValue { text: text.into(), of: PhantomData }
}

/// An object whose kind is not one of the alternatives of the enum `E`, kept as JSON.
///
/// It is created only by reading an object as `E`, and is written unchanged.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownKind<E> {
    kind: Box<str>,
    json: Box<str>,
    of: PhantomData<fn() -> E>,
}

impl<E> UnknownKind<E> {
    /// Returns the kind as the service wrote it.
    #[must_use]
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// Returns the whole object as JSON text.
    #[must_use]
    pub fn as_json(&self) -> &str {
        &self.json
    }

    pub(super) fn new(kind: &str, object: &Value) -> Self {
        Self { kind: kind.into(), json: object.to_string().into(), of: PhantomData }
    }
}

impl<E> fmt::Debug for UnknownKind<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("UnknownKind").field(&self.json).finish()
    }
}

impl<E> Serialize for UnknownKind<E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let object: Value = serde_json::from_str(&self.json).map_err(serde::ser::Error::custom)?;
        object.serialize(serializer)
    }
}
