//! Functions for the code that `acs_model` generates: reading and writing objects, keeping unknown
//! values, and determining the api-version that a set field needs.

mod alternative;
mod nullable;
mod object;
mod since;
mod text;
mod unknown;

pub use self::alternative::{Alternative, read_alternative, write_flat};
pub use self::nullable::{Nullable, read_some};
pub use self::object::{
    ObjectReader, ObjectWriter, ReadObject, read_object, required, write_object,
};
pub(crate) use self::since::{NeededVersion, with_needed_version};
pub use self::since::{is_unset_since, needs_version};
pub use self::text::read_text;
pub use self::unknown::{UnknownKind, UnknownValue, unknown_value};
