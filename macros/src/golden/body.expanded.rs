/// Mutes participants of a call.
#[allow(dead_code)]
pub trait MuteParticipants {
    /// Mutes them.
    ///
    /// `POST /calling/callConnections/<callConnectionId>/participants:mute`, repeatable.
    fn mute_participants(
        &self,
        call_connection_id: &str,
        request: &MuteParticipantsRequest,
    ) -> impl ::core::future::Future<
        Output = Result<MuteParticipantsResult>,
    > + ::core::marker::Send {
        ::acs_rest::__private::send(
            ::acs_rest::__private::call(
                Self::__client(self),
                const {
                    &::acs_rest::__private::Operation::new(
                            ::acs_rest::__private::Method::POST,
                            &[
                                ::acs_rest::__private::PathPiece::Literal(
                                    "/calling/callConnections/",
                                ),
                                ::acs_rest::__private::PathPiece::Placeholder(
                                    "callConnectionId",
                                ),
                                ::acs_rest::__private::PathPiece::Literal(
                                    "/participants:mute",
                                ),
                            ],
                        )
                        .named("mute_participants")
                        .repeatable()
                },
                &[::acs_rest::__private::path(&call_connection_id)],
                ::acs_rest::__private::json(&request),
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
impl<__Client: ::acs_rest::__private::ClientHandle> MuteParticipants for __Client {
    fn __client(&self) -> ::acs_rest::__private::ClientOrDouble {
        ::core::result::Result::Ok(::acs_rest::__private::ClientHandle::client(self))
    }
}
