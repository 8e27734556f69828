#[allow(dead_code)]
trait DeleteRecording {
    /// `DELETE /calling/recordings/<recordingId>`.
    fn delete_recording(
        &self,
        recording_id: &str,
    ) -> impl ::core::future::Future<Output = Result<()>> + ::core::marker::Send {
        ::acs_rest::__private::send(
            ::acs_rest::__private::call(
                Self::__client(self),
                const {
                    &::acs_rest::__private::Operation::new(
                            ::acs_rest::__private::Method::DELETE,
                            &[
                                ::acs_rest::__private::PathPiece::Literal(
                                    "/calling/recordings/",
                                ),
                                ::acs_rest::__private::PathPiece::Placeholder("recordingId"),
                            ],
                        )
                        .named("delete_recording")
                        .ignore_body()
                },
                &[::acs_rest::__private::path(&recording_id)],
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
impl<__Client: ::acs_rest::__private::ClientHandle> DeleteRecording for __Client {
    fn __client(&self) -> ::acs_rest::__private::ClientOrDouble {
        ::core::result::Result::Ok(::acs_rest::__private::ClientHandle::client(self))
    }
}
