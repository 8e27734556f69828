#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Exported {
    Ready(Export),
    Unchanged,
}
#[automatically_derived]
impl ::acs_rest::__private::Output for Exported {
    const IS_STREAMING: bool = false;
    fn from_response(
        response: ::acs_rest::__private::RawResponse,
    ) -> ::core::result::Result<Self, ::acs_rest::__private::Error> {
        match response.status_code() {
            200 | 201 => response.decode_body().map(Self::Ready),
            304 => ::core::result::Result::Ok(Self::Unchanged),
            _ => ::core::result::Result::Err(response.unexpected_status()),
        }
    }
}
