#[allow(dead_code)]
pub trait ListParticipants {
    /// `GET /calling/callConnections/<callConnectionId>/participants`, items in `values`, in pages.
    fn list_participants(
        &self,
        call_connection_id: &str,
        max_page_size: Option<u32>,
    ) -> Pager<CallParticipant> {
        ::acs_rest::__private::lazy(
            ::acs_rest::__private::call(
                Self::__client(self),
                const {
                    &::acs_rest::__private::Operation::new(
                            ::acs_rest::__private::Method::GET,
                            &[
                                ::acs_rest::__private::PathPiece::Literal(
                                    "/calling/callConnections/",
                                ),
                                ::acs_rest::__private::PathPiece::Placeholder(
                                    "callConnectionId",
                                ),
                                ::acs_rest::__private::PathPiece::Literal("/participants"),
                            ],
                        )
                        .named("list_participants")
                        .items("values")
                },
                &[
                    ::acs_rest::__private::path(&call_connection_id),
                    ::acs_rest::__private::query("maxPageSize", &max_page_size),
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
impl<__Client: ::acs_rest::__private::ClientHandle> ListParticipants for __Client {
    fn __client(&self) -> ::acs_rest::__private::ClientOrDouble {
        ::core::result::Result::Ok(::acs_rest::__private::ClientHandle::client(self))
    }
}
