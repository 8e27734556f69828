#[allow(dead_code)]
pub trait Download {
    /// `GET /recording/download/<id>`, api-version `2024-06-15-preview`.
    fn download(
        &self,
        id: &str,
        range: Option<&str>,
    ) -> impl ::core::future::Future<
        Output = Result<ByteStream>,
    > + ::core::marker::Send {
        ::acs_rest::__private::send(
            ::acs_rest::__private::call(
                Self::__client(self),
                const {
                    &::acs_rest::__private::Operation::new(
                            ::acs_rest::__private::Method::GET,
                            &[
                                ::acs_rest::__private::PathPiece::Literal(
                                    "/recording/download/",
                                ),
                                ::acs_rest::__private::PathPiece::Placeholder("id"),
                            ],
                        )
                        .named("download")
                        .api_version("2024-06-15-preview")
                },
                &[
                    ::acs_rest::__private::path(&id),
                    ::acs_rest::__private::header("Range", &range),
                ],
                ::acs_rest::__private::no_body(),
            ),
        )
    }
    #[doc(hidden)]
    fn __client(&self) -> ::acs_rest::__private::ClientOrDouble {
        ::core::result::Result::Err(::core::any::type_name::<Self>())
    }
}
#[automatically_derived]
#[diagnostic::do_not_recommend]
impl<__Client: ::acs_rest::__private::ClientHandle> Download for __Client {
    fn __client(&self) -> ::acs_rest::__private::ClientOrDouble {
        ::core::result::Result::Ok(::acs_rest::__private::ClientHandle::client(self))
    }
}
