//! The events that a webhook receives: one or a list, each in an envelope.

mod envelope;
mod error;
pub(crate) mod lenient;
pub(crate) mod model;
mod position;
mod unknown;

pub(crate) use self::envelope::{
    Data, Entry, TYPE_PREFIX, data_of, entries, object, read_data, written,
};
pub use self::error::EventError;
pub use self::unknown::UnknownEvent;
