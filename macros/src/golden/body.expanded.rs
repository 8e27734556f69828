/// Mutes participants of a call.
#[allow(dead_code)]
pub trait MuteParticipants {
    /// Mutes them.
    fn mute_participants(
        &self,
        call_connection_id: &str,
        request: &MuteParticipantsRequest,
    ) -> impl ::core::future::Future<
        Output = Result<MuteParticipantsResult>,
    > + ::core::marker::Send;
}
#[automatically_derived]
impl MuteParticipants for ::acs_rest::__private::Client {
    fn mute_participants(
        &self,
        call_connection_id: &str,
        request: &MuteParticipantsRequest,
    ) -> impl ::core::future::Future<
        Output = Result<MuteParticipantsResult>,
    > + ::core::marker::Send {
        ::acs_rest::__private::send(
            ::acs_rest::__private::call(
                self,
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
                        .repeatable()
                },
                &[::acs_rest::__private::path::<&str>(&call_connection_id)],
                ::acs_rest::__private::json::<&MuteParticipantsRequest>(&request),
            ),
        )
    }
}
