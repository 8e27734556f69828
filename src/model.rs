//! How the models of the services are written down.
//!
//! Every request has a constructor that takes what is required and a chainable setter for the
//! rest, and every enum keeps the values it does not know. Written out, that would be most of the
//! catalogue; a derive crate would be one more dependency of every user. So here are two macros.

use std::time::Duration;

/// A request: the required fields in braces, then `optional` and the others.
///
/// A type is one name, or `[Name]` for a list. `new` takes the required fields, a setter of its own
/// each optional one, both anything that is `Into` the type. What is not set is not sent.
macro_rules! request {
    (
        $(#[$about:meta])*
        pub struct $name:ident {$(
            $(#[doc = $doc:literal])*
            $(#[serde $serde:tt])?
            $required:ident: $required_type:tt,
        )*}
        $(optional {$(
            $(#[doc = $optional_doc:literal])*
            $(#[serde $optional_serde:tt])?
            $optional:ident: $optional_type:tt,
        )*})?
    ) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
        #[serde(rename_all = "camelCase")]
        #[non_exhaustive]
        pub struct $name {
            $(
                $(#[doc = $doc])*
                $(#[serde $serde])?
                pub $required: $crate::model::field!($required_type),
            )*
            $($(
                $(#[doc = $optional_doc])*
                $(#[serde $optional_serde])?
                #[serde(skip_serializing_if = "Option::is_none")]
                pub $optional: Option<$crate::model::field!($optional_type)>,
            )*)?
        }

        impl $name {
            /// With what is required, and nothing else.
            pub fn new($($required: $crate::model::argument!($required_type)),*) -> Self {
                Self {
                    $($required: $crate::model::value!($required, $required_type),)*
                    $($($optional: None,)*)?
                }
            }

            $($(
                $(#[doc = $optional_doc])*
                #[must_use]
                pub fn $optional(
                    mut self,
                    $optional: $crate::model::argument!($optional_type),
                ) -> Self {
                    self.$optional = Some($crate::model::value!($optional, $optional_type));
                    self
                }
            )*)?
        }
    };
}

/// The type of a field of a [`request!`].
macro_rules! field {
    ([$item:ty]) => { Vec<$item> };
    ($type:ty) => { $type };
}

/// What `new` and the setters take for it.
macro_rules! argument {
    ([$item:ty]) => { impl IntoIterator<Item: Into<$item>> };
    ($type:ty) => { impl Into<$type> };
}

/// What was taken, as the type of the field.
macro_rules! value {
    ($value:ident, [$item:ty]) => {
        $value.into_iter().map(Into::into).collect()
    };
    ($value:ident, $type:ty) => {
        $value.into()
    };
}

/// An enum of texts that the service may add to. Case does not matter when one is read.
macro_rules! extensible_enum {
    (
        $(#[$about:meta])*
        pub enum $name:ident {$(
            $(#[doc = $doc:literal])*
            $variant:ident = $text:literal,
        )*}
    ) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $(
                $(#[doc = $doc])*
                $variant,
            )*
            /// A value of a later version of the service.
            Other(String),
        }

        impl $name {
            /// The value as the service writes it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Other(text) => text,
                }
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                $(if text.eq_ignore_ascii_case($text) {
                    return Self::$variant;
                })*
                Self::Other(text)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::from(text.to_owned())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map(Self::from)
            }
        }
    };
}

pub(crate) use {argument, extensible_enum, field, request, value};

/// A time as a number of whole units, rounded up: half a second must not become none, which some
/// fields read as "at once".
pub(crate) fn whole(time: &Option<Duration>, unit: Duration) -> Option<u64> {
    let units = time.as_ref()?.as_nanos().div_ceil(unit.as_nanos());
    Some(u64::try_from(units).unwrap_or(u64::MAX))
}

#[cfg(test)]
#[allow(unreachable_pub, reason = "the macros write `pub`, and nothing here is")]
mod tests {
    use super::*;

    extensible_enum! {
        /// A fruit.
        pub enum Fruit {
            /// Green or red.
            Apple = "apple",
            /// Yellow.
            BananaSplit = "bananaSplit",
        }
    }

    request! {
        /// A bowl.
        pub struct Bowl {
            /// The fruits.
            fruits: [Fruit],
        }
        optional {
            /// How long it keeps.
            #[serde(rename = "keepsInDays")]
            keeps: u32,
            /// A name.
            display_name: String,
        }
    }

    #[test]
    fn a_request_sends_what_is_set() {
        let bowl = Bowl::new(["apple"]);
        assert_eq!(serde_json::to_string(&bowl).unwrap(), r#"{"fruits":["apple"]}"#);
        let bowl = bowl.keeps(2_u32).display_name("b");
        assert_eq!(
            serde_json::to_string(&bowl).unwrap(),
            r#"{"fruits":["apple"],"keepsInDays":2,"displayName":"b"}"#
        );
    }

    #[test]
    fn an_enum_keeps_what_it_does_not_know() {
        let read = |text| serde_json::from_str::<Fruit>(text).unwrap();
        assert_eq!(read(r#""BANANASPLIT""#), Fruit::BananaSplit);
        assert_eq!(read(r#""Kiwi""#), Fruit::Other("Kiwi".into()));
        assert_eq!(serde_json::to_string(&read(r#""Kiwi""#)).unwrap(), r#""Kiwi""#);
        assert_eq!(Fruit::BananaSplit.to_string(), "bananaSplit");
    }

    #[test]
    fn times_are_rounded_up() {
        let second = Duration::from_secs(1);
        let seconds = [(0, 0), (1, 1), (999, 1), (1000, 1), (1001, 2)];
        for (millis, expected) in seconds {
            assert_eq!(whole(&Some(Duration::from_millis(millis)), second), Some(expected));
        }
        assert_eq!(whole(&Some(Duration::MAX), Duration::from_nanos(1)), Some(u64::MAX));
        assert_eq!(whole(&None, second), None);
    }
}
