//! Reads the items and the next link from the body of a page.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::error::Result;
use crate::response::raw::RawResponse;
use crate::sanitize::escape_bounded;

/// The content of a page.
pub(super) struct PageBody<T> {
    pub(super) items: Vec<T>,
    pub(super) next_link: Option<String>,
}

/// Reads a page as the operation declares it.
pub(super) fn read_page<T: DeserializeOwned>(response: &RawResponse) -> Result<PageBody<T>> {
    let items = response.operation().items;
    let page = response.json().and_then(|text| {
        let mut json = serde_json::Deserializer::from_str(text);
        let page = PageSeed { items, of: PhantomData }.deserialize(&mut json)?;
        json.end().map(|()| page)
    });
    page.map_err(|error| {
        let decode_error = response.decode_error(&error);
        match error.is_data() {
            true => decode_error.with_note(&remedy(items)),
            false => decode_error,
        }
    })
}

fn remedy(items: &str) -> String {
    format!(
        "each element of `{items}` is read as the `T` of `Pager<T>`, which is neither the page nor a list; `items = \"..\"` names another list"
    )
}

/// Reads a page whose items are in the named field.
struct PageSeed<T> {
    items: &'static str,
    of: PhantomData<T>,
}

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for PageSeed<T> {
    type Value = PageBody<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<PageBody<T>, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, T: DeserializeOwned> Visitor<'de> for PageSeed<T> {
    type Value = PageBody<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a page with `{}` and `nextLink`", self.items)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<PageBody<T>, A::Error> {
        let (mut items, mut next_link, mut other_list) = (None, None, None);
        while let Some(name) = fields.next_key::<String>()? {
            if name == self.items {
                items = Some(fields.next_value::<Option<Vec<T>>>()?.unwrap_or_default());
            } else if name == "nextLink" {
                next_link = fields.next_value()?;
            } else if fields.next_value::<&RawValue>()?.get().starts_with('[') {
                other_list.get_or_insert(name);
            }
        }
        // Items may be absent, unless the page has a list under another name than the declared one.
        match (items, other_list) {
            (None, Some(other)) => Err(A::Error::custom(format!(
                "the page has no `{}`, but a list `{other}`; declare `items = \"{other}\"`",
                self.items,
                other = escape_bounded(&other)
            ))),
            (items, _) => Ok(PageBody { items: items.unwrap_or_default(), next_link }),
        }
    }
}
