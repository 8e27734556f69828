#[allow(dead_code)]
pub trait ListParticipants {
    /// `GET /calling/callConnections/<callConnectionId>/participants`, items in `values`, in pages.
    fn list_participants(
        &self,
        call_connection_id: &str,
        max_page_size: Option<u32>,
    ) -> Pager<CallParticipant> {
        ::acs_rest::__private::pages(
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
    fn __client(&self) -> &::acs_rest::__private::Client {
        ::acs_rest::__private::not_implemented::<Self>()
    }
}
#[automatically_derived]
impl ListParticipants for ::acs_rest::__private::Client {
    fn __client(&self) -> &Self {
        self
    }
}
