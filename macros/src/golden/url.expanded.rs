#[allow(dead_code)]
pub trait Upload {
    /// `PUT <location>`.
    fn upload(
        &self,
        location: &str,
        file: Bytes,
    ) -> impl ::core::future::Future<Output = Result<Bytes>> + ::core::marker::Send {
        ::acs_rest::__private::send_raw(
            ::acs_rest::__private::call_url(
                Self::__client(self),
                const {
                    &::acs_rest::__private::Operation::new(
                            ::acs_rest::__private::Method::PUT,
                            &[::acs_rest::__private::PathPiece::Placeholder("location")],
                        )
                        .named("upload")
                        .content_type("audio/wav")
                },
                &location,
                &[::acs_rest::__private::constant_header("accept", "*/*")],
                ::acs_rest::__private::raw(&file),
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
impl<__Client: ::acs_rest::__private::ClientHandle> Upload for __Client {
    fn __client(&self) -> ::acs_rest::__private::ClientOrDouble {
        ::core::result::Result::Ok(::acs_rest::__private::ClientHandle::client(self))
    }
}
