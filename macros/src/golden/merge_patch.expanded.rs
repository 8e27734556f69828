#[allow(dead_code)]
pub trait UpdateRoom {
    /// `PATCH /rooms/<roomId>/kinds/<type>`, idempotent.
    fn update_room<'a>(
        &'a self,
        patch: &Patch<'a>,
        r#type: Kind,
        room: RoomId,
        expand: &[&str],
    ) -> impl ::core::future::Future<Output = Result<Room>> + ::core::marker::Send {
        my_crate::acs_rest::__private::send(
            my_crate::acs_rest::__private::call(
                Self::__client(self),
                const {
                    &my_crate::acs_rest::__private::Operation::new(
                            my_crate::acs_rest::__private::Method::PATCH,
                            &[
                                my_crate::acs_rest::__private::PathPiece::Literal(
                                    "/rooms/",
                                ),
                                my_crate::acs_rest::__private::PathPiece::Placeholder(
                                    "roomId",
                                ),
                                my_crate::acs_rest::__private::PathPiece::Literal(
                                    "/kinds/",
                                ),
                                my_crate::acs_rest::__private::PathPiece::Placeholder(
                                    "type",
                                ),
                            ],
                        )
                        .named("update_room")
                        .idempotent()
                        .content_type("application/merge-patch+json")
                },
                &[
                    my_crate::acs_rest::__private::path(&room),
                    my_crate::acs_rest::__private::path(&r#type),
                    my_crate::acs_rest::__private::query("$expand", &expand),
                ],
                my_crate::acs_rest::__private::json(&patch),
            ),
        )
    }
    #[doc(hidden)]
    fn __client(&self) -> my_crate::acs_rest::__private::ClientOrDouble {
        ::core::result::Result::Err(::core::any::type_name::<Self>())
    }
}
#[automatically_derived]
#[diagnostic::do_not_recommend]
impl<__Client: my_crate::acs_rest::__private::ClientHandle> UpdateRoom for __Client {
    fn __client(&self) -> my_crate::acs_rest::__private::ClientOrDouble {
        ::core::result::Result::Ok(
            my_crate::acs_rest::__private::ClientHandle::client(self),
        )
    }
}
