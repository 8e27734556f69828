#[allow(dead_code)]
pub trait CreateIdentity {
    /// `POST /identities`.
    fn create_identity(
        &self,
        request: Option<&CreateRequest>,
    ) -> impl ::core::future::Future<Output = Result<Created>> + ::core::marker::Send {
        ::acs_rest::__private::send(
            ::acs_rest::__private::call(
                Self::__client(self),
                const {
                    &::acs_rest::__private::Operation::new(
                            ::acs_rest::__private::Method::POST,
                            &[::acs_rest::__private::PathPiece::Literal("/identities")],
                        )
                        .named("create_identity")
                },
                &[],
                ::acs_rest::__private::optional_json(&request),
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
impl<__Client: ::acs_rest::__private::ClientHandle> CreateIdentity for __Client {
    fn __client(&self) -> ::acs_rest::__private::ClientOrDouble {
        ::core::result::Result::Ok(::acs_rest::__private::ClientHandle::client(self))
    }
}
