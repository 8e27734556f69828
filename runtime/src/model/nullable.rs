//! A value that may be `null` on the wire.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A value, or `null` on the wire.
///
/// In a model, an `Option<T>` that is `None` is omitted and never sent as `null`. If `null` has a
/// meaning, declare the field as `Option<Nullable<T>>`, and a map as a map of `Nullable<T>`. In a
/// JSON merge patch (RFC 7396), for example, `null` removes a member:
///
/// ```
/// use std::collections::BTreeMap;
///
/// use acs_rest::{Nullable, acs_model};
///
/// #[acs_model]
/// pub struct UpdateRoomRequest {
///     /// The topic; `null` removes it.
///     pub topic: Option<Nullable<String>>,
///     /// The roles by raw id; `null` removes a participant.
///     pub participants: Option<BTreeMap<String, Nullable<String>>>,
/// }
///
/// let untouched = UpdateRoomRequest::new();
/// assert_eq!(serde_json::to_string(&untouched)?, "{}");
/// let changed = UpdateRoomRequest::new().topic("Planning");
/// assert_eq!(serde_json::to_string(&changed)?, r#"{"topic":"Planning"}"#);
/// let removed = UpdateRoomRequest::new().remove_topic();
/// assert_eq!(serde_json::to_string(&removed)?, r#"{"topic":null}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nullable<T> {
    /// `null`.
    Null,
    /// The value.
    Value(T),
}

impl<T> Nullable<T> {
    /// Returns the value, or `None` for `null`.
    pub fn as_option(&self) -> Option<&T> {
        match self {
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// Returns the value, or `None` for `null`.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl From<&str> for Nullable<String> {
    fn from(text: &str) -> Self {
        Self::Value(text.to_owned())
    }
}

impl<T: Serialize> Serialize for Nullable<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_none(),
            Self::Value(value) => value.serialize(serializer),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Nullable<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(deserializer)?.map_or(Self::Null, Self::Value))
    }
}

/// Reads a present field as `Some`: for an `Option<Nullable<T>>`, serde alone would read `null` as
/// `None`.
pub fn read_some<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    T::deserialize(deserializer).map(Some)
}
