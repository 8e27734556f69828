//! What an array or an object holds.

use serde::ser::{
    Error as _, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, SerializeTupleStruct, SerializeTupleVariant,
};
use serde_json::Error;

use super::{Role, Writer, write_string};

/// Writes the elements of an array, or the members of an object.
pub(crate) struct Elements<'a> {
    pub(super) json: &'a mut Vec<u8>,
    /// What closes it. Without it, this is a struct that stands for its one string, which is JSON.
    pub(super) end: Option<u8>,
    /// It is the one member of an object, to be closed too.
    pub(super) is_variant: bool,
}

impl Elements<'_> {
    fn separate(&mut self) {
        if !matches!(self.json.last(), Some(b'[' | b'{')) {
            self.json.push(b',');
        }
    }

    pub(super) fn name(&mut self, name: &str) -> Result<(), Error> {
        if self.end.is_none() {
            return Ok(());
        }
        self.separate();
        write_string(self.json, name)?;
        self.json.push(b':');
        Ok(())
    }

    pub(super) fn value(&mut self) -> Writer<'_> {
        let role = if self.end.is_some() { Role::Value } else { Role::Verbatim };
        Writer { json: self.json, role }
    }

    /// Numbers and `bool`s can be keys, in quotes.
    fn quote_key(&mut self, start: usize) -> Result<(), Error> {
        match self.json.get(start) {
            Some(b'"') => {}
            Some(b'-' | b'0'..=b'9' | b't' | b'f') => {
                self.json.insert(start, b'"');
                self.json.push(b'"');
            }
            _ => return Err(Error::custom("key must be a string")),
        }
        self.json.push(b':');
        Ok(())
    }

    pub(super) fn close(self) -> Result<(), Error> {
        if let Some(end) = self.end {
            self.json.push(end);
        }
        if self.is_variant {
            self.json.push(b'}');
        }
        Ok(())
    }
}

macro_rules! array {
    ($($trait:ident::$method:ident),*) => {$(
        impl $trait for Elements<'_> {
            type Ok = ();
            type Error = Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                self.separate();
                value.serialize(self.value())
            }

            fn end(self) -> Result<(), Error> {
                self.close()
            }
        }
    )*};
}

macro_rules! object {
    ($($trait:ident),*) => {$(
        impl $trait for Elements<'_> {
            type Ok = ();
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), Error> {
                self.name(name)?;
                value.serialize(self.value())
            }

            fn end(self) -> Result<(), Error> {
                self.close()
            }
        }
    )*};
}

array!(
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field
);
object!(SerializeStruct, SerializeStructVariant);

impl SerializeMap for Elements<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        self.separate();
        let start = self.json.len();
        key.serialize(Writer { json: self.json, role: Role::Key })?;
        self.quote_key(start)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(self.value())
    }

    fn end(self) -> Result<(), Error> {
        self.close()
    }
}
