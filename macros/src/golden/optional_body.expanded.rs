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
                },
                &[],
                ::acs_rest::__private::optional_json(&request),
            ),
        )
    }
    #[doc(hidden)]
    fn __client(&self) -> &::acs_rest::__private::Client {
        ::acs_rest::__private::not_implemented::<Self>()
    }
}
#[automatically_derived]
impl CreateIdentity for ::acs_rest::__private::Client {
    fn __client(&self) -> &Self {
        self
    }
}
