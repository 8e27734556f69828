//! The macro that declares the events of a call.

/// Declares the enum of all events, a struct for each event with specific fields, and the
/// conversion of names into variants.
///
/// The declaration of an event consists of its documentation, its name, the page that describes it
/// under `https://learn.microsoft.com/azure/communication-services/`, the API version that
/// introduced it, unless that is older than 2024-09-15, and its fields.
macro_rules! call_events {
    ($(
        $(#[$about:meta])*
        $name:ident [$page:literal $(, since $version:literal)?] $({$($fields:tt)*})?;
    )*) => {
        /// The kind of an event. The variants are the events of Call Automation 2026-03-12, named
        /// like their types without `Microsoft.Communication.`.
        ///
        /// Any field may be absent. Events whose documentation names no API version are older than
        /// 2024-09-15.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum CallEventKind {
            $(
                $(#[$about])*
                #[doc = concat!("\n\n", $("Introduced in API version ", $version, ". ",)?
                    "Source: <https://learn.microsoft.com/azure/communication-services/", $page, ">.")]
                $name $((call_events!(@payload $name {$($fields)*})))?,
            )*
            /// An event of a later version, or of another service.
            Unknown(UnknownEvent),
        }

        $(call_events!(@struct $name [
            $(#[$about])*
            #[doc = concat!("\n\n", $("Introduced in API version ", $version, ". ",)?
                "Source: <https://learn.microsoft.com/azure/communication-services/", $page, ">.")]
        ] $({$($fields)*})?);)*

        impl CallEventKind {
            /// Reads the event with the given name. Returns `None` if the name is unknown.
            pub(super) fn read(name: &str, data: &Data<'_>) -> Result<Option<Self>, EventError> {
                Ok(Some(match name {
                    $(stringify!($name) => call_events!(@read data $name $({$($fields)*})?),)*
                    _ => return Ok(None),
                }))
            }

            /// Returns the name of the event, or `None` if it is unknown.
            pub(super) fn name(&self) -> Option<&'static str> {
                match self {
                    $(Self::$name { .. } => Some(stringify!($name)),)*
                    Self::Unknown(_) => None,
                }
            }

            /// Returns the fields that are specific to the event.
            pub(super) fn fields(&self) -> Map<String, Value> {
                match self {
                    $(call_events!(@pattern event $name $({$($fields)*})?) => {
                        call_events!(@write event $({$($fields)*})?)
                    })*
                    Self::Unknown(_) => Map::new(),
                }
            }
        }
    };
    (@payload $name:ident $fields:tt) => { $name };
    (@read $data:ident $name:ident) => { Self::$name };
    (@read $data:ident $name:ident $fields:tt) => { Self::$name($data.read()?) };
    (@pattern $event:ident $name:ident) => { Self::$name };
    (@pattern $event:ident $name:ident $fields:tt) => { Self::$name($event) };
    (@write $event:ident) => { Map::new() };
    (@write $event:ident $fields:tt) => { super::object($event) };
    (@struct $name:ident [$($about:tt)*]) => {};
    (@struct $name:ident [$($about:tt)*] {$($fields:tt)*}) => {
        $crate::event::model::event_data! { $($about)* pub struct $name {$($fields)*} }

        impl From<$name> for CallEventKind {
            fn from(event: $name) -> Self {
                Self::$name(event)
            }
        }
    };
}

pub(super) use call_events;
