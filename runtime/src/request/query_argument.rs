//! The types that can be query parameters.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use time::OffsetDateTime;

use super::query::QueryWriter;
use super::value::QueryValue;
use super::value_format::rfc3339_text;

/// A query parameter: any [`QueryValue`], a time, an `Option` or a list of these, a map, or a struct of
/// parameters.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a query value",
    label = "not a query value",
    note = "use a string, a number, a `bool`, `time::OffsetDateTime`, an `Option` or a list of these, or a type of your own that implements `acs_rest::QueryValue`",
    note = "a `Duration` is written with `format = \"seconds\"`, a struct of several parameters is declared with `#[acs_model(query)]`, and a value of another crate's type can be passed as text: `&str`"
)]
pub trait QueryArgument {
    /// Writes the parameter with the given name. A struct of parameters uses its own names.
    fn write_query(&self, name: &str, query: &mut QueryWriter<'_>);
}

#[diagnostic::do_not_recommend]
impl<T: QueryValue> QueryArgument for T {
    fn write_query(&self, name: &str, query: &mut QueryWriter<'_>) {
        query.value(name, &self.to_query_text());
    }
}

#[diagnostic::do_not_recommend]
impl QueryArgument for OffsetDateTime {
    fn write_query(&self, name: &str, query: &mut QueryWriter<'_>) {
        query.value(name, &rfc3339_text(self));
    }
}

#[diagnostic::do_not_recommend]
impl QueryArgument for &OffsetDateTime {
    fn write_query(&self, name: &str, query: &mut QueryWriter<'_>) {
        (**self).write_query(name, query);
    }
}

#[diagnostic::do_not_recommend]
impl<T: QueryArgument> QueryArgument for Option<T> {
    fn write_query(&self, name: &str, query: &mut QueryWriter<'_>) {
        self.iter().for_each(|value| value.write_query(name, query));
    }
}

macro_rules! list {
    ($([$($generics:tt)*] $type:ty),* $(,)?) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> QueryArgument for $type {
            fn write_query(&self, name: &str, query: &mut QueryWriter<'_>) {
                self.iter().for_each(|value| value.write_query(name, query));
            }
        }
    )*};
}

list! {
    [T: QueryArgument] Vec<T>,
    [T: QueryArgument] &Vec<T>,
    [T: QueryArgument] &[T],
    [T: QueryArgument, const N: usize] [T; N],
    [T: QueryArgument, const N: usize] &[T; N],
    [T: QueryArgument] BTreeSet<T>,
    [T: QueryArgument] &BTreeSet<T>,
    [T: QueryArgument, S] HashSet<T, S>,
    [T: QueryArgument, S] &HashSet<T, S>,
}

macro_rules! map {
    ($([$($generics:tt)*] $type:ty),* $(,)?) => {$(
        #[diagnostic::do_not_recommend]
        impl<K: QueryValue, V: QueryArgument, $($generics)*> QueryArgument for $type {
            fn write_query(&self, _: &str, query: &mut QueryWriter<'_>) {
                self.iter().for_each(|(name, value)| value.write_query(&name.to_query_text(), query));
            }
        }
    )*};
}

map! {
    [] BTreeMap<K, V>,
    [] &BTreeMap<K, V>,
    [S] HashMap<K, V, S>,
    [S] &HashMap<K, V, S>,
}

/// Writes a list as one parameter whose values are separated by commas.
pub fn comma_separated<T: QueryArgument>(list: &T) -> CommaSeparated<'_, T> {
    CommaSeparated(list)
}

/// See [`comma_separated`].
#[derive(Debug)]
pub struct CommaSeparated<'a, T>(&'a T);

impl<T: QueryArgument> QueryArgument for CommaSeparated<'_, T> {
    fn write_query(&self, name: &str, query: &mut QueryWriter<'_>) {
        query.comma_separated(|query| self.0.write_query(name, query));
    }
}
