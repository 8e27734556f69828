#[allow(dead_code)]
pub(crate) trait HasRecording {
    /// `HEAD /calling/recordings/<recordingId>`, timeout 0.500 s.
    fn has_recording(
        &self,
        recording_id: &str,
    ) -> impl ::core::future::Future<
        Output = Result<Response<()>, MyError>,
    > + ::core::marker::Send {
        ::acs_rest::__private::send(
            ::acs_rest::__private::call(
                Self::__client(self),
                const {
                    &::acs_rest::__private::Operation::new(
                            ::acs_rest::__private::Method::HEAD,
                            &[
                                ::acs_rest::__private::PathPiece::Literal(
                                    "/calling/recordings/",
                                ),
                                ::acs_rest::__private::PathPiece::Placeholder("recordingId"),
                            ],
                        )
                        .named("has_recording")
                        .timeout(::core::time::Duration::from_millis(500))
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
impl<__Client: ::acs_rest::__private::ClientHandle> HasRecording for __Client {
    fn __client(&self) -> ::acs_rest::__private::ClientOrDouble {
        ::core::result::Result::Ok(::acs_rest::__private::ClientHandle::client(self))
    }
}
