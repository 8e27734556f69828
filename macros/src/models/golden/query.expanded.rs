#[non_exhaustive]
pub struct ListOptions {
    /// How many at most.
    pub max_page_size: Option<u32>,
    pub select: Vec<String>,
    pub day: Option<OffsetDateTime>,
}
#[automatically_derived]
impl ::core::clone::Clone for ListOptions {
    fn clone(&self) -> Self {
        use ::core::clone::Clone as _;
        let this = Self::__checked(self);
        Self {
            max_page_size: this.max_page_size.clone(),
            select: this.select.clone(),
            day: this.day.clone(),
        }
    }
}
#[automatically_derived]
impl ::core::fmt::Debug for ListOptions {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        let this = Self::__checked(self);
        let mut debug = f.debug_struct("ListOptions");
        debug.field("max_page_size", &this.max_page_size);
        debug.field("select", &this.select);
        debug.field("day", &this.day);
        debug.finish()
    }
}
#[automatically_derived]
impl ::core::cmp::PartialEq for ListOptions {
    fn eq(&self, other: &Self) -> ::core::primitive::bool {
        let this = Self::__checked(self);
        this.max_page_size == other.max_page_size && this.select == other.select
            && this.day == other.day
    }
}
impl ListOptions {
    /// Does not compile if a field has the wrong type.
    const __FIELDS: ::core::primitive::usize = {
        let _ = |model: &Self| match model {
            Self { day, .. } => {
                ::acs_rest::__private::optional_formatted_field(&day);
            }
        };
        1
    };
    /// The value, whose type is known only if `__FIELDS` compiles: one error is enough.
    fn __checked<__T>(
        value: __T,
    ) -> <::acs_rest::__private::Check<
        { Self::__FIELDS },
    > as ::acs_rest::__private::Same<__T>>::Type {
        ::acs_rest::__private::checked::<{ Self::__FIELDS }, __T>(value)
    }
}
impl ListOptions {
    /// Creates a value from its required fields.
    #[must_use]
    pub fn new(
        select: impl ::core::iter::IntoIterator<Item: ::core::convert::Into<String>>,
    ) -> Self {
        Self {
            max_page_size: ::core::option::Option::None,
            select: select.into_iter().map(::core::convert::Into::into).collect(),
            day: ::core::option::Option::None,
        }
    }
    /// How many at most.
    #[must_use]
    pub fn max_page_size(mut self, max_page_size: u32) -> Self {
        self.max_page_size = ::core::option::Option::Some(max_page_size);
        self
    }
    /// Sets `day`.
    #[must_use]
    pub fn day(mut self, day: impl ::core::convert::Into<OffsetDateTime>) -> Self {
        self.day = ::core::option::Option::Some(day.into());
        self
    }
}
#[automatically_derived]
impl ::acs_rest::__private::QueryArgument for ListOptions {
    fn write_query(
        &self,
        _: &::core::primitive::str,
        query: &mut ::acs_rest::__private::QueryWriter<'_>,
    ) {
        let this = Self::__checked(self);
        ::acs_rest::__private::QueryArgument::write_query(
            &this.max_page_size,
            "maxPageSize",
            query,
        );
        ::acs_rest::__private::QueryArgument::write_query(
            &::acs_rest::__private::comma_separated(&this.select),
            "$select",
            query,
        );
        ::acs_rest::__private::QueryArgument::write_query(
            &::acs_rest::__private::date(&this.day),
            "day",
            query,
        );
    }
}
#[automatically_derived]
impl ::acs_rest::__private::QueryArgument for &ListOptions {
    fn write_query(
        &self,
        name: &::core::primitive::str,
        query: &mut ::acs_rest::__private::QueryWriter<'_>,
    ) {
        ::acs_rest::__private::QueryArgument::write_query(*self, name, query);
    }
}
