/// Recordings.
#[cfg(feature = "recordings")]
#[deprecated]
#[allow(dead_code)]
pub trait Recordings: Send + Sync {
    /// How many to keep.
    const KEPT: usize = 3;
    /// Starts one.
    #[cfg(feature = "start")]
    #[must_use]
    ///
    /// `POST /calling/recordings`, repeatable, timeout 30 s.
    fn start(
        &self,
        #[cfg(feature = "top")]
        top: u32,
        request: &Start,
    ) -> impl ::core::future::Future<Output = Result<Recording>> + ::core::marker::Send {
        ::acs_rest::__private::send(
            ::acs_rest::__private::call(
                Self::__client(self),
                const {
                    &::acs_rest::__private::Operation::new(
                            ::acs_rest::__private::Method::POST,
                            &[
                                ::acs_rest::__private::PathPiece::Literal(
                                    "/calling/recordings",
                                ),
                            ],
                        )
                        .named("start")
                        .repeatable()
                        .timeout(::core::time::Duration::from_millis(30000))
                },
                &[#[cfg(feature = "top")] ::acs_rest::__private::query("top", &top)],
                ::acs_rest::__private::json(&request),
            ),
        )
    }
    /// Reads one.
    #[expect(non_snake_case)]
    ///
    /// `GET /calling/recordings/<recordingId>`, timeout 5 s.
    fn get(
        &self,
        recordingId: &str,
    ) -> impl ::core::future::Future<Output = Result<Recording>> + ::core::marker::Send {
        ::acs_rest::__private::send(
            ::acs_rest::__private::call(
                Self::__client(self),
                const {
                    &::acs_rest::__private::Operation::new(
                            ::acs_rest::__private::Method::GET,
                            &[
                                ::acs_rest::__private::PathPiece::Literal(
                                    "/calling/recordings/",
                                ),
                                ::acs_rest::__private::PathPiece::Placeholder("recordingId"),
                            ],
                        )
                        .named("get")
                        .timeout(::core::time::Duration::from_millis(5000))
                },
                &[::acs_rest::__private::path(&recordingId)],
                ::acs_rest::__private::no_body(),
            ),
        )
    }
    /// Whether there is one.
    fn is_recorded(&self, id: &str) -> bool {
        !id.is_empty()
    }
    #[doc(hidden)]
    fn __client(&self) -> ::acs_rest::__private::ClientOrDouble {
        ::core::result::Result::Err(::core::any::type_name::<Self>())
    }
}
#[cfg(feature = "recordings")]
#[allow(deprecated)]
#[automatically_derived]
#[diagnostic::do_not_recommend]
impl<__Client: ::acs_rest::__private::ClientHandle> Recordings for __Client {
    fn __client(&self) -> ::acs_rest::__private::ClientOrDouble {
        ::core::result::Result::Ok(::acs_rest::__private::ClientHandle::client(self))
    }
}
