//! How the data of events is written down.

/// Structs whose fields are all optional, with a constructor and setters for tests.
macro_rules! event_data {
    ($(
        $(#[$about:meta])*
        pub struct $name:ident {$(
            $(#[doc = $doc:literal])*
            $(#[serde $serde:tt])?
            $field:ident: $type:ty,
        )*}
    )*) => {$(
        $(#[$about])*
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "camelCase", expecting = "an object", default)]
        #[non_exhaustive]
        pub struct $name {$(
            $(#[doc = $doc])*
            $(#[serde $serde])?
            #[serde(skip_serializing_if = "Option::is_none")]
            pub $field: Option<$type>,
        )*}

        impl $name {
            /// Creates one without any field, for tests.
            #[must_use]
            pub fn new() -> Self {
                Self::default()
            }

            $(
                $(#[doc = $doc])*
                #[must_use]
                pub fn $field(mut self, $field: impl Into<$type>) -> Self {
                    self.$field = Some($field.into());
                    self
                }
            )*
        }
    )*};
}

pub(crate) use event_data;
