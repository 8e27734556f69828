//! Functions for the code that `acs_model` generates: they read and write objects, keep unknown
//! values, and determine the api-version that a field requires.

mod alternative;
mod check;
mod nullable;
mod object;
mod since;
mod text;
mod times;
mod unknown;

pub use self::alternative::{Alternative, read_alternative, write_flat};
pub use self::check::{
    AnswerField, Check, DefaultField, FormattedField, ModelField, QueryField, ReadField, Same,
    SentField, answer_field, checked, default_field, field, formatted_field, optional_answer_field,
    optional_field, optional_formatted_field, optional_query_field, optional_read_field,
    optional_sent_field, query_field, read_field, sent_field,
};
pub use self::nullable::{Nullable, read_some};
pub use self::object::{
    ObjectReader, ObjectWriter, ReadObject, read_object, required, write_object,
};
pub(crate) use self::since::{NeededVersion, with_needed_version};
pub use self::since::{is_unset_since, needs_version};
pub use self::text::read_text;
pub use self::times::{Times, WrittenTimes, read_times, times, write_times};
pub use self::unknown::{UnknownKind, UnknownValue, unknown_value};
