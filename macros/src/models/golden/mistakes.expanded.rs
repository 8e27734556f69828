#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
/// All at once, and the struct is still a model.
pub struct Mistaken {
    pub first: Option<String>,
    pub second: Vec<Option<String>>,
    ///
    /// Since api-version 2025-05-15.
    pub third: String,
}
impl Mistaken {
    /// Creates a value from its required fields.
    #[must_use]
    pub fn new(
        second: impl ::core::iter::IntoIterator<
            Item: ::core::convert::Into<Option<String>>,
        >,
        third: impl ::core::convert::Into<String>,
    ) -> Self {
        Self {
            first: ::core::option::Option::None,
            second: second.into_iter().map(::core::convert::Into::into).collect(),
            third: third.into(),
        }
    }
    /// Sets `first`.
    #[must_use]
    pub fn first(mut self, first: impl ::core::convert::Into<String>) -> Self {
        self.first = ::core::option::Option::Some(first.into());
        self
    }
}
#[automatically_derived]
impl ::acs_rest::__private::serde::Serialize for Mistaken {
    fn serialize<__S: ::acs_rest::__private::serde::Serializer>(
        &self,
        serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        let mut object = ::acs_rest::__private::write_object(
            serializer,
            "Mistaken",
            2 + usize::from(self.first.is_some()),
        )?;
        object.optional("first", &self.first)?;
        object.field("second", &self.second)?;
        object.field("third", &self.third)?;
        object.end()
    }
}
#[automatically_derived]
impl<'de> ::acs_rest::__private::serde::Deserialize<'de> for Mistaken {
    fn deserialize<__D: ::acs_rest::__private::serde::Deserializer<'de>>(
        deserializer: __D,
    ) -> ::core::result::Result<Self, __D::Error> {
        ::acs_rest::__private::read_object(deserializer)
    }
}
#[automatically_derived]
impl<'de> ::acs_rest::__private::ReadObject<'de> for Mistaken {
    const NAME: &'static str = "Mistaken";
    const FIELDS: &'static [&'static str] = &["first", "second", "third"];
    fn read<__A: ::acs_rest::__private::serde::de::MapAccess<'de>>(
        mut object: ::acs_rest::__private::ObjectReader<__A>,
    ) -> ::core::result::Result<Self, __A::Error> {
        let mut first = ::core::option::Option::None;
        let mut second = ::core::option::Option::None;
        let mut third = ::core::option::Option::None;
        while let ::core::option::Option::Some(name) = object.next_name()? {
            match name {
                "first" => object.read_optional(&mut first)?,
                "second" => object.read(&mut second)?,
                "third" => object.read(&mut third)?,
                _ => object.skip()?,
            }
        }
        ::core::result::Result::Ok(Self {
            first,
            second: ::acs_rest::__private::required("second", second)?,
            third: ::acs_rest::__private::required("third", third)?,
        })
    }
}
::core::compile_error! {
    "unknown option `serialise`\n  = help: did you mean `serialize`?"
}
::core::compile_error! {
    "`tag` is for an enum whose variants have fields\n  = help: remove `tag`"
}
::core::compile_error! {
    "`since` takes an api-version: a date\n  = help: write `#[since(\"2025-05-15\")]`"
}
::core::compile_error! {
    "`#[query]` marks a parameter of an operation, not a field\n  = help: remove it: the fields of a model are sent in the body"
}
::core::compile_error! {
    "`Option<String>` inside a value is sent as `null`\n  = help: if `null` is meant, write `Nullable<String>`; it is `acs_rest::Nullable`"
}
::core::compile_error! {
    "a field that only later versions have must be optional\n  = help: write `Option<String>`"
}
