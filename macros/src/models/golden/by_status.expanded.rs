#[non_exhaustive]
pub enum Exported {
    Ready(Export),
    Unchanged,
}
impl Exported {
    /// Does not compile if a field has the wrong type.
    const __FIELDS: ::core::primitive::usize = {
        let _ = |model: &Self| match model {
            Self::Ready(value) => {
                ::acs_rest::__private::answer_field(&value);
            }
            _ => {}
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
#[automatically_derived]
impl ::core::clone::Clone for Exported {
    fn clone(&self) -> Self {
        use ::core::clone::Clone as _;
        match self {
            Self::Ready(value) => Self::Ready(Self::__checked(value).clone()),
            Self::Unchanged => Self::Unchanged,
        }
    }
}
#[automatically_derived]
impl ::core::fmt::Debug for Exported {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        match self {
            Self::Ready(value) => {
                f.debug_tuple("Ready").field(Self::__checked(value)).finish()
            }
            Self::Unchanged => f.write_str("Unchanged"),
        }
    }
}
#[automatically_derived]
impl ::core::cmp::PartialEq for Exported {
    fn eq(&self, other: &Self) -> ::core::primitive::bool {
        match (self, other) {
            (Self::Ready(value), Self::Ready(other_value)) => {
                Self::__checked(value) == other_value
            }
            (Self::Unchanged, Self::Unchanged) => true,
            _ => false,
        }
    }
}
#[automatically_derived]
impl ::acs_rest::__private::Output for Exported {
    const IS_STREAMING: bool = false;
    fn from_response(
        response: ::acs_rest::__private::RawResponse,
    ) -> ::core::result::Result<Self, ::acs_rest::__private::Error> {
        let response = Self::__checked(response);
        match response.status_code() {
            200 | 201 => response.decode_body().map(Self::Ready),
            304 => ::core::result::Result::Ok(Self::Unchanged),
            _ => ::core::result::Result::Err(response.unexpected_status()),
        }
    }
}
