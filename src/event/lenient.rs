//! A deserializer for events: names of fields are read in any case, and an empty text in an
//! optional field counts as absent.

use std::fmt;

use serde::Deserialize;
use serde::de::value::{
    BorrowedStrDeserializer, MapAccessDeserializer, SeqAccessDeserializer, StrDeserializer,
};
use serde::de::{
    DeserializeSeed, Deserializer, Error, IgnoredAny, IntoDeserializer, MapAccess, SeqAccess,
    Visitor,
};

/// Reads a value from `deserializer`, keeping the positions in its errors.
pub(crate) fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    T::deserialize(Lenient::new(deserializer))
}

struct Lenient<D> {
    deserializer: D,
    /// Whether it wraps a deserializer of a value, which does not know newtypes.
    is_value: bool,
}

impl<D> Lenient<D> {
    fn new(deserializer: D) -> Self {
        Self { deserializer, is_value: false }
    }

    fn of_value(deserializer: D) -> Self {
        Self { deserializer, is_value: true }
    }
}

macro_rules! forward_to_deserializer {
    ($($method:ident($($name:ident: $type:ty),*) $wrap:expr;)*) => {$(
        fn $method<V: Visitor<'de>>(
            self,
            $($name: $type,)*
            visitor: V,
        ) -> Result<V::Value, D::Error> {
            self.deserializer.$method($($name,)* $wrap(visitor))
        }
    )*};
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Lenient<D> {
    type Error = D::Error;

    forward_to_deserializer! {
        deserialize_bool() same;
        deserialize_i8() same;
        deserialize_i16() same;
        deserialize_i32() same;
        deserialize_i64() same;
        deserialize_i128() same;
        deserialize_u8() same;
        deserialize_u16() same;
        deserialize_u32() same;
        deserialize_u64() same;
        deserialize_u128() same;
        deserialize_f32() same;
        deserialize_f64() same;
        deserialize_char() same;
        deserialize_str() same;
        deserialize_string() same;
        deserialize_bytes() same;
        deserialize_byte_buf() same;
        deserialize_unit() same;
        deserialize_unit_struct(name: &'static str) same;
        deserialize_identifier() same;
        deserialize_ignored_any() same;
        deserialize_enum(name: &'static str, variants: &'static [&'static str]) same;
        deserialize_any() Nested::new;
        deserialize_seq() Nested::new;
        deserialize_map() Nested::new;
        deserialize_tuple(length: usize) Nested::new;
        deserialize_tuple_struct(name: &'static str, length: usize) Nested::new;
        deserialize_option() Optional;
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        match self.is_value {
            true => visitor.visit_newtype_struct(self),
            false => self.deserializer.deserialize_newtype_struct(name, Nested::new(visitor)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.deserializer.deserialize_struct(name, fields, Nested { visitor, fields })
    }
}

fn same<V>(visitor: V) -> V {
    visitor
}

/// Reads nested values in the same way; `fields` are those of a struct.
struct Nested<V> {
    visitor: V,
    fields: &'static [&'static str],
}

impl<V> Nested<V> {
    fn new(visitor: V) -> Self {
        Self { visitor, fields: &[] }
    }
}

macro_rules! forward_to_visitor {
    ($($method:ident: $type:ty,)*) => {$(
        fn $method<E: Error>(self, value: $type) -> Result<V::Value, E> {
            self.visitor.$method(value)
        }
    )*};
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Nested<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    forward_to_visitor! {
        visit_bool: bool,
        visit_i64: i64,
        visit_u64: u64,
        visit_f64: f64,
        visit_str: &str,
        visit_borrowed_str: &'de str,
        visit_string: String,
        visit_bytes: &[u8],
        visit_byte_buf: Vec<u8>,
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.visitor.visit_none()
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.visitor.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, value: D) -> Result<V::Value, D::Error> {
        self.visitor.visit_some(Lenient::new(value))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, value: D) -> Result<V::Value, D::Error> {
        self.visitor.visit_newtype_struct(Lenient::new(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_seq(Items(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_map(Entries { entries, fields: self.fields, read: Vec::new() })
    }
}

/// Reads an optional value, whose kind is known only when it is visited.
struct Optional<V>(V);

macro_rules! visit_some {
    ($($method:ident: $type:ty,)*) => {$(
        fn $method<E: Error>(self, value: $type) -> Result<V::Value, E> {
            self.0.visit_some(Lenient::of_value(value.into_deserializer()))
        }
    )*};
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Optional<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    visit_some! {
        visit_bool: bool,
        visit_i64: i64,
        visit_u64: u64,
        visit_f64: f64,
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.0.visit_none()
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.0.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, value: D) -> Result<V::Value, D::Error> {
        value.deserialize_any(self)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<V::Value, E> {
        match text {
            "" => self.0.visit_none(),
            text => self.0.visit_some(Lenient::of_value(StrDeserializer::new(text))),
        }
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<V::Value, E> {
        match text {
            "" => self.0.visit_none(),
            text => self.0.visit_some(Lenient::of_value(BorrowedStrDeserializer::new(text))),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<V::Value, A::Error> {
        self.0.visit_some(Lenient::of_value(SeqAccessDeserializer::new(items)))
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<V::Value, A::Error> {
        self.0.visit_some(Lenient::of_value(MapAccessDeserializer::new(entries)))
    }
}

struct Seed<S>(S);

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Seed<S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<S::Value, D::Error> {
        self.0.deserialize(Lenient::new(value))
    }
}

struct Items<A>(A);

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Items<A> {
    type Error = A::Error;

    fn next_element_seed<S>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error>
    where
        S: DeserializeSeed<'de>,
    {
        self.0.next_element_seed(Seed(seed))
    }
}

struct Entries<A> {
    entries: A,
    fields: &'static [&'static str],
    /// The fields read so far: of two that differ only in case, the first counts.
    read: Vec<&'static str>,
}

impl<A> Entries<A> {
    fn field(&self, key: &str) -> Option<&'static str> {
        let exact = self.fields.iter().find(|field| **field == key);
        let field = || self.fields.iter().find(|field| field.eq_ignore_ascii_case(key));
        exact.or_else(field).copied()
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Entries<A> {
    type Error = A::Error;

    fn next_key_seed<S>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error>
    where
        S: DeserializeSeed<'de>,
    {
        if self.fields.is_empty() {
            return self.entries.next_key_seed(seed);
        }
        while let Some(key) = self.entries.next_key::<String>()? {
            let Some(field) = self.field(&key) else {
                return seed.deserialize(StrDeserializer::new(&key)).map(Some);
            };
            if !self.read.contains(&field) {
                self.read.push(field);
                return seed.deserialize(BorrowedStrDeserializer::new(field)).map(Some);
            }
            self.entries.next_value::<IgnoredAny>()?;
        }
        Ok(None)
    }

    fn next_value_seed<S>(&mut self, seed: S) -> Result<S::Value, A::Error>
    where
        S: DeserializeSeed<'de>,
    {
        self.entries.next_value_seed(Seed(seed))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(rename_all = "camelCase", default)]
    struct Model {
        display_name: Option<String>,
        count: Option<i32>,
        share: Option<f64>,
        is_set: Option<bool>,
        inner: Option<Box<Model>>,
        list: Option<Vec<Model>>,
        headers: BTreeMap<String, String>,
        id: Option<Id>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Id(String);

    fn read(json: &str) -> Result<Model, serde_json::Error> {
        deserialize(&mut serde_json::Deserializer::from_str(json))
    }

    #[test]
    fn names_of_fields_are_read_in_any_case_at_any_depth() {
        let json = r#"{"DisplayName": "a", "COUNT": 1, "share": 1, "isset": true, "ID": "x",
            "Inner": {"displayname": "b", "list": [{"COUNT": -2}]},
            "headers": {"X-A": "1", "x-a": "2"}, "More": {"Count": [[]]}}"#;
        let model = read(json).unwrap();
        assert_eq!(
            (model.display_name.as_deref(), model.count, model.share, model.is_set),
            (Some("a"), Some(1), Some(1.0), Some(true))
        );
        assert_eq!((model.headers.len(), model.id), (2, Some(Id("x".into()))));
        let inner = model.inner.unwrap();
        assert_eq!(inner.display_name.as_deref(), Some("b"));
        assert_eq!(inner.list.unwrap()[0].count, Some(-2));
    }

    #[test]
    fn an_empty_text_counts_as_absent() {
        for (field, value) in [
            ("displayName", r#""""#),
            ("count", r#""""#),
            ("inner", r#""""#),
            ("list", r#""""#),
            ("count", "null"),
        ] {
            let model = read(&format!(r#"{{"{field}": {value}}}"#)).unwrap();
            assert_eq!(model, Model::default(), "{field}");
        }
    }

    #[test]
    fn of_two_names_that_differ_in_case_the_first_counts() {
        let model = read(r#"{"count": 1, "Count": 2, "count": 3, "COUNT": {"x": []}}"#).unwrap();
        assert_eq!(model.count, Some(1));
    }

    #[test]
    fn an_error_reports_the_position() {
        let error = read("{\n \"Inner\": {\"count\":\n  \"x\"}}").unwrap_err().to_string();
        assert_eq!(error, "invalid type: string \"x\", expected i32 at line 3 column 5");
    }
}
