#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
/// A page.
pub(crate) struct Page<T>
where
    T: Item,
{
    pub(crate) value: Vec<T>,
    pub(crate) next_link: Option<String>,
}
impl<T> Page<T>
where
    T: Item,
{
    /// Creates a value from its required fields.
    #[must_use]
    pub(crate) fn new(
        value: impl ::core::iter::IntoIterator<Item: ::core::convert::Into<T>>,
    ) -> Self {
        Self {
            value: value.into_iter().map(::core::convert::Into::into).collect(),
            next_link: ::core::option::Option::None,
        }
    }
    /// Sets `next_link`.
    #[must_use]
    pub(crate) fn next_link(
        mut self,
        next_link: impl ::core::convert::Into<String>,
    ) -> Self {
        self.next_link = ::core::option::Option::Some(next_link.into());
        self
    }
}
#[automatically_derived]
impl<
    'de,
    T: ::acs_rest::__private::serde::Deserialize<'de>,
> ::acs_rest::__private::serde::Deserialize<'de> for Page<T>
where
    T: Item,
{
    fn deserialize<__D: ::acs_rest::__private::serde::Deserializer<'de>>(
        deserializer: __D,
    ) -> ::core::result::Result<Self, __D::Error> {
        ::acs_rest::__private::read_object(deserializer)
    }
}
#[automatically_derived]
impl<
    'de,
    T: ::acs_rest::__private::serde::Deserialize<'de>,
> ::acs_rest::__private::ReadObject<'de> for Page<T>
where
    T: Item,
{
    const NAME: &'static str = "Page";
    const FIELDS: &'static [&'static str] = &["value", "nextLink"];
    fn read<__A: ::acs_rest::__private::serde::de::MapAccess<'de>>(
        mut object: ::acs_rest::__private::ObjectReader<__A>,
    ) -> ::core::result::Result<Self, __A::Error> {
        let mut value = ::core::option::Option::None;
        let mut next_link = ::core::option::Option::None;
        while let ::core::option::Option::Some(name) = object.next_name()? {
            match name {
                "value" => object.read(&mut value)?,
                "nextLink" => object.read_optional(&mut next_link)?,
                _ => object.skip()?,
            }
        }
        ::core::result::Result::Ok(Self {
            value: ::acs_rest::__private::required("value", value)?,
            next_link,
        })
    }
}
