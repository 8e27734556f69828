#[allow(dead_code)]
pub trait ListRooms {
    /// Lists them.
    ///
    /// `GET /rooms`, answered with 304 or 404 too, `Accept: text/csv`.
    fn list_rooms(
        &self,
        options: &ListOptions,
        select: &[&str],
        modified: Option<OffsetDateTime>,
        until: OffsetDateTime,
    ) -> impl ::core::future::Future<
        Output = Result<Option<String>>,
    > + ::core::marker::Send {
        ::acs_rest::__private::send_raw(
            ::acs_rest::__private::call(
                Self::__client(self),
                const {
                    &::acs_rest::__private::Operation::new(
                            ::acs_rest::__private::Method::GET,
                            &[::acs_rest::__private::PathPiece::Literal("/rooms")],
                        )
                        .named("list_rooms")
                        .success_codes(&[304, 404])
                },
                &[
                    ::acs_rest::__private::query("options", &options),
                    ::acs_rest::__private::query(
                        "$select",
                        &::acs_rest::__private::comma_separated(&select),
                    ),
                    ::acs_rest::__private::header("If-Modified-Since", &modified),
                    ::acs_rest::__private::query(
                        "until",
                        &::acs_rest::__private::unix_seconds(&until),
                    ),
                    ::acs_rest::__private::constant_header("Accept", "text/csv"),
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
impl<__Client: ::acs_rest::__private::ClientHandle> ListRooms for __Client {
    fn __client(&self) -> ::acs_rest::__private::ClientOrDouble {
        ::core::result::Result::Ok(::acs_rest::__private::ClientHandle::client(self))
    }
}
