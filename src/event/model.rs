//! The macro that declares the data of events.

/// Models whose fields are all optional.
macro_rules! event_data {
    ($(
        $(#[$about:meta])*
        pub struct $name:ident {$(
            $(#[doc = $doc:literal])*
            $(#[serde $serde:tt])?
            $field:ident: $type:ty,
        )*}
    )*) => {$(
        #[$crate::acs_model]
        $(#[$about])*
        pub struct $name {$(
            $(#[doc = $doc])*
            $(#[serde $serde])?
            pub $field: Option<$type>,
        )*}
    )*};
}

pub(crate) use event_data;
