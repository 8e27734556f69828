//! Reports an invalid field of a model once.
//!
//! Generated code checks the fields of a model in a constant, which does not compile if a field is
//! invalid. The return type of [`checked`] depends on the value of that constant. Without a value,
//! rustc does not know the type, and reports no further errors about it.

use std::fmt::Debug;

use serde::{Deserialize, Serialize};

use crate::request::query_argument::QueryArgument;
use crate::response::Output;

/// The result of checking the fields of a model.
#[derive(Debug)]
pub struct Check<const FIELDS: usize>;

/// The type itself, for fields that were checked.
pub trait Same<T> {
    /// The type.
    type Type;

    /// Returns the value.
    fn same(value: T) -> Self::Type;
}

impl<T> Same<T> for Check<1> {
    type Type = T;

    fn same(value: T) -> T {
        value
    }
}

/// Returns the value. Its type is known only if the fields have been checked.
pub fn checked<const FIELDS: usize, T>(value: T) -> <Check<FIELDS> as Same<T>>::Type
where
    Check<FIELDS>: Same<T>,
{
    Check::<FIELDS>::same(value)
}

/// A field of a model that is sent and read.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a field of a model",
    label = "not a model",
    note = "write `#[acs_model]` above a type of your own, or derive `Clone`, `Debug`, `PartialEq`, `serde::Serialize` and `serde::Deserialize`",
    note = "convert a value of another crate's type into text or a model of your own, unless that crate implements serde's traits, often behind a feature",
    note = "a model with the option `serialize` or `deserialize` can only be a field of models with the same option"
)]
pub trait ModelField {}

/// A field of a model that is only sent.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a field of a model that is sent",
    label = "not a model",
    note = "write `#[acs_model]` above a type of your own, or derive `Clone`, `Debug`, `PartialEq` and `serde::Serialize`",
    note = "convert a value of another crate's type into text or a model of your own, unless that crate implements serde's traits, often behind a feature"
)]
pub trait SentField {}

/// A field of a model that is only read.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a field of a model that is read",
    label = "not a model",
    note = "write `#[acs_model]` above a type of your own, or derive `Clone`, `Debug`, `PartialEq` and `serde::Deserialize`",
    note = "convert a value of another crate's type into text or a model of your own, unless that crate implements serde's traits, often behind a feature"
)]
pub trait ReadField {}

/// A field of a struct of query parameters.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a query value",
    label = "not a query value",
    note = "use a string, a number, a `bool`, `time::OffsetDateTime`, a list of these, an enum that is declared with `#[acs_model]`, or a type of your own that implements `acs_rest::QueryValue`, `Clone`, `Debug` and `PartialEq`",
    note = "a `Duration` is written with `format = \"seconds\"`, and a value of another crate's type as text: `String`"
)]
pub trait QueryField {}

/// A field with a declared format, which checks it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a field of a struct of query parameters",
    label = "lacks a trait",
    note = "it must implement `Clone`, `Debug` and `PartialEq`"
)]
pub trait FormattedField {}

/// The body of a variant of an enum by status.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from the response of an ACS operation",
    label = "not deserialisable",
    note = "write `#[acs_model]` above a type of your own, or derive `Clone`, `Debug`, `PartialEq` and `serde::Deserialize`",
    note = "a response owns its data"
)]
pub trait AnswerField {}

macro_rules! fields {
    ($trait:ident: [$($bounds:tt)*], $field:ident, $optional:ident) => {
        #[diagnostic::do_not_recommend]
        impl<T: Clone + Debug + PartialEq + $($bounds)*> $trait for T {}

        #[doc = concat!("Requires the type of a field to be a [`", stringify!($trait), "`].")]
        pub const fn $field<T: $trait>(_: &&T) {}

        #[doc = concat!("Requires an optional field to hold a [`", stringify!($trait), "`].")]
        pub const fn $optional<T: $trait>(_: &&Option<T>) {}
    };
}

fields!(ModelField: [Serialize + for<'de> Deserialize<'de>], field, optional_field);
fields!(SentField: [Serialize], sent_field, optional_sent_field);
fields!(ReadField: [for<'de> Deserialize<'de>], read_field, optional_read_field);
fields!(QueryField: [QueryArgument], query_field, optional_query_field);
fields!(FormattedField: [], formatted_field, optional_formatted_field);
fields!(AnswerField: [Output], answer_field, optional_answer_field);

/// The type of a field with `#[serde(default)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no default value",
    label = "`#[serde(default)]` needs one",
    note = "implement `Default` for it, name a function as in `#[serde(default = \"path\")]`, or write `Option<{Self}>` without `#[serde(default)]`"
)]
pub trait DefaultField {}

#[diagnostic::do_not_recommend]
impl<T: Default> DefaultField for T {}

/// Requires the type of a field to have a default.
pub const fn default_field<T: DefaultField>(_: &&T) {}
