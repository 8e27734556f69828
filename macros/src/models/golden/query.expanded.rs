#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ListOptions {
    /// How many at most.
    pub max_page_size: Option<u32>,
    pub select: Vec<String>,
    pub day: Option<OffsetDateTime>,
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
        ::acs_rest::__private::QueryArgument::write_query(
            &self.max_page_size,
            "maxPageSize",
            query,
        );
        ::acs_rest::__private::QueryArgument::write_query(
            &::acs_rest::__private::comma_separated(&self.select),
            "$select",
            query,
        );
        ::acs_rest::__private::QueryArgument::write_query(
            &::acs_rest::__private::date(&self.day),
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
