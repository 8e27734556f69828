//! A value of serde → JSON text, letter for letter as serde_json writes it.
//!
//! serde_json looks at each byte of a string by itself, at some ten instructions a byte, and a
//! request is strings: names and ids. Here the compiler takes sixteen at a time. Strings that need
//! an escape, numbers and the like are left to serde_json.

mod elements;
#[cfg(test)]
mod tests;

use serde::{Serialize, Serializer};
use serde_json::Error;

use self::elements::Elements;
use crate::scan::all;

/// How serde_json names a struct whose one field is a string that is JSON already: `RawValue`, and
/// `Number` under its feature `arbitrary_precision`.
const VERBATIM: &str = "$serde_json::private::";
const ARRAY: [u8; 2] = *b"[]";
const OBJECT: [u8; 2] = *b"{}";

/// Writes one value.
pub(super) struct Writer<'a> {
    json: &'a mut Vec<u8>,
    role: Role,
}

/// What a value is there for.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    Value,
    /// It names a member of a map.
    Key,
    /// It is the text of a value that is JSON already.
    Verbatim,
}

impl<'a> Writer<'a> {
    pub(super) fn new(json: &'a mut Vec<u8>) -> Self {
        Self { json, role: Role::Value }
    }

    fn open(self, [start, end]: [u8; 2]) -> Elements<'a> {
        self.json.push(start);
        Elements { json: self.json, end: Some(end), is_variant: false }
    }

    /// An object of one member, which is an array or an object.
    fn open_variant(self, variant: &str, [start, end]: [u8; 2]) -> Result<Elements<'a>, Error> {
        let mut object = self.open(OBJECT);
        object.name(variant)?;
        object.json.push(start);
        Ok(Elements { end: Some(end), is_variant: true, ..object })
    }

    fn null(self) -> Result<(), Error> {
        self.json.extend_from_slice(b"null");
        Ok(())
    }
}

fn write_string(json: &mut Vec<u8>, text: &str) -> Result<(), Error> {
    if !all(text, is_plain) {
        return serde_json::to_writer(json, text);
    }
    json.push(b'"');
    json.extend_from_slice(text.as_bytes());
    json.push(b'"');
    Ok(())
}

/// What needs no escape (RFC 8259, section 7).
fn is_plain(byte: u8) -> bool {
    byte >= b' ' && byte != b'"' && byte != b'\\'
}

macro_rules! scalars {
    ($($method:ident($type:ty)),*) => {$(
        fn $method(self, value: $type) -> Result<(), Error> {
            serde_json::to_writer(self.json, &value)
        }
    )*};
}

impl<'a> Serializer for Writer<'a> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Elements<'a>;
    type SerializeTuple = Elements<'a>;
    type SerializeTupleStruct = Elements<'a>;
    type SerializeTupleVariant = Elements<'a>;
    type SerializeMap = Elements<'a>;
    type SerializeStruct = Elements<'a>;
    type SerializeStructVariant = Elements<'a>;

    scalars! {
        serialize_bool(bool), serialize_char(char), serialize_f32(f32), serialize_f64(f64),
        serialize_i8(i8), serialize_i16(i16), serialize_i32(i32), serialize_i64(i64),
        serialize_i128(i128), serialize_u8(u8), serialize_u16(u16), serialize_u32(u32),
        serialize_u64(u64), serialize_u128(u128), serialize_bytes(&[u8])
    }

    fn serialize_str(self, text: &str) -> Result<(), Error> {
        if self.role == Role::Verbatim {
            self.json.extend_from_slice(text.as_bytes());
            return Ok(());
        }
        write_string(self.json, text)
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.null()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.null()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.null()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Error> {
        write_string(self.json, variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        let mut object = self.open(OBJECT);
        object.name(variant)?;
        value.serialize(object.value())?;
        object.close()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Elements<'a>, Error> {
        Ok(self.open(ARRAY))
    }

    fn serialize_tuple(self, _: usize) -> Result<Elements<'a>, Error> {
        Ok(self.open(ARRAY))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Elements<'a>, Error> {
        Ok(self.open(ARRAY))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Elements<'a>, Error> {
        self.open_variant(variant, ARRAY)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Elements<'a>, Error> {
        Ok(self.open(OBJECT))
    }

    // Inlined, so that a type's name, which is constant, is compared at compile time.
    #[inline]
    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Elements<'a>, Error> {
        if name.starts_with(VERBATIM) && self.role != Role::Key {
            return Ok(Elements { json: self.json, end: None, is_variant: false });
        }
        Ok(self.open(OBJECT))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Elements<'a>, Error> {
        self.open_variant(variant, OBJECT)
    }
}
