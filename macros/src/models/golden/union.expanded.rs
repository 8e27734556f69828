#[non_exhaustive]
/// What is played.
pub enum PlaySourceKind {
    /// Nothing.
    Silence,
    /// A file.
    File(FileSource),
    /// A text.
    ///
    /// Since api-version 2025-05-15.
    Text(TextSource),
    /// A call.
    ServerCall {
        /// Its id.
        server_call_id: String,
        /// Its name.
        name: Option<String>,
    },
    /// An object of an unknown kind, as the service wrote it.
    UnknownKind(::acs_rest::UnknownKind<Self>),
}
#[automatically_derived]
impl ::core::clone::Clone for PlaySourceKind {
    fn clone(&self) -> Self {
        use ::core::clone::Clone as _;
        match self {
            Self::Silence => Self::Silence,
            Self::File(value) => Self::File(Self::__checked(value).clone()),
            Self::Text(value) => Self::Text(Self::__checked(value).clone()),
            Self::ServerCall { server_call_id, name } => {
                Self::ServerCall {
                    server_call_id: server_call_id.clone(),
                    name: name.clone(),
                }
            }
            Self::UnknownKind(value) => Self::UnknownKind(Self::__checked(value).clone()),
        }
    }
}
#[automatically_derived]
impl ::core::fmt::Debug for PlaySourceKind {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        match self {
            Self::Silence => f.write_str("Silence"),
            Self::File(value) => {
                f.debug_tuple("File").field(Self::__checked(value)).finish()
            }
            Self::Text(value) => {
                f.debug_tuple("Text").field(Self::__checked(value)).finish()
            }
            Self::ServerCall { server_call_id, name } => {
                f.debug_struct("ServerCall")
                    .field("server_call_id", server_call_id)
                    .field("name", name)
                    .finish()
            }
            Self::UnknownKind(value) => {
                f.debug_tuple("UnknownKind").field(Self::__checked(value)).finish()
            }
        }
    }
}
#[automatically_derived]
impl ::core::cmp::PartialEq for PlaySourceKind {
    fn eq(&self, other: &Self) -> ::core::primitive::bool {
        match (self, other) {
            (Self::Silence, Self::Silence) => true,
            (Self::File(value), Self::File(other_value)) => {
                Self::__checked(value) == other_value
            }
            (Self::Text(value), Self::Text(other_value)) => {
                Self::__checked(value) == other_value
            }
            (
                Self::ServerCall { server_call_id, name },
                Self::ServerCall {
                    server_call_id: other_server_call_id,
                    name: other_name,
                },
            ) => server_call_id == other_server_call_id && name == other_name,
            (Self::UnknownKind(value), Self::UnknownKind(other_value)) => {
                Self::__checked(value) == other_value
            }
            _ => false,
        }
    }
}
impl PlaySourceKind {
    /// Does not compile if a field has the wrong type.
    const __FIELDS: ::core::primitive::usize = {
        let _ = |model: &Self| match model {
            Self::File(value) => {
                ::acs_rest::__private::field(&value);
            }
            Self::Text(value) => {
                ::acs_rest::__private::field(&value);
            }
            _ => {}
        };
        1
    };
    /// The value, whose type is known only if `__FIELDS` compiles: one error is enough.
    fn __checked<__T>(
        value: __T,
    ) -> <::acs_rest::__private::Check<
        { Self::__FIELDS },
    > as ::acs_rest::__private::Same<__T>>::Type {
        ::acs_rest::__private::checked::<{ Self::__FIELDS }, __T>(value)
    }
}
impl PlaySourceKind {
    /// A file.
    #[must_use]
    pub fn file(file: impl ::core::convert::Into<FileSource>) -> Self {
        Self::File(file.into())
    }
    /// A text.
    ///
    /// Since api-version 2025-05-15.
    #[must_use]
    pub fn text(text: impl ::core::convert::Into<TextSource>) -> Self {
        Self::Text(text.into())
    }
    /// A call.
    #[must_use]
    pub fn server_call(server_call_id: impl ::core::convert::Into<String>) -> Self {
        Self::ServerCall {
            server_call_id: server_call_id.into(),
            name: ::core::option::Option::None,
        }
    }
}
impl ::core::convert::From<FileSource> for PlaySourceKind {
    fn from(value: FileSource) -> Self {
        Self::File(value)
    }
}
impl ::core::convert::From<TextSource> for PlaySourceKind {
    fn from(value: TextSource) -> Self {
        Self::Text(value)
    }
}
#[automatically_derived]
impl ::acs_rest::__private::serde::Serialize for PlaySourceKind {
    fn serialize<__S: ::acs_rest::__private::serde::Serializer>(
        &self,
        serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        match self {
            Self::Silence => {
                let mut object = ::acs_rest::__private::write_object(
                    serializer,
                    "PlaySourceKind",
                    1,
                )?;
                object.field("type", "silence")?;
                object.end()
            }
            Self::File(value) => {
                let mut object = Self::__checked(
                    ::acs_rest::__private::write_object(serializer, "PlaySourceKind", 2)?,
                );
                object.field("type", "file")?;
                object.field("file", value)?;
                object.end()
            }
            Self::Text(value) => {
                ::acs_rest::__private::needs_version("2025-05-15");
                ::acs_rest::__private::write_flat(
                    serializer,
                    "type",
                    "text",
                    Self::__checked(value),
                )
            }
            Self::ServerCall { server_call_id, name } => {
                let mut object = Self::__checked(
                    ::acs_rest::__private::write_object(
                        serializer,
                        "PlaySourceKind",
                        2 + usize::from(name.is_some()),
                    )?,
                );
                object.field("type", "serverCallLocator")?;
                object.field("serverCallId", server_call_id)?;
                object.optional("name", name)?;
                object.end()
            }
            Self::UnknownKind(object) => {
                ::acs_rest::__private::serde::Serialize::serialize(object, serializer)
            }
        }
    }
}
#[automatically_derived]
impl<'de> ::acs_rest::__private::serde::Deserialize<'de> for PlaySourceKind {
    fn deserialize<__D: ::acs_rest::__private::serde::Deserializer<'de>>(
        deserializer: __D,
    ) -> ::core::result::Result<Self, __D::Error> {
        let mut object = Self::__checked(
            ::acs_rest::__private::read_alternative(
                deserializer,
                "type",
                &[
                    ("silence", &[]),
                    ("file", &["file"]),
                    ("text", &[]),
                    ("serverCallLocator", &["serverCallId"]),
                ],
            )?,
        );
        match object.kind() {
            "silence" => ::core::result::Result::Ok(Self::Silence),
            "file" => ::core::result::Result::Ok(Self::File(object.take("file")?)),
            "text" => object.flat().map(Self::Text),
            "serverCallLocator" => {
                ::core::result::Result::Ok(Self::ServerCall {
                    server_call_id: object.take("serverCallId")?,
                    name: object.take_optional("name")?,
                })
            }
            _ => ::core::result::Result::Ok(Self::UnknownKind(object.unknown())),
        }
    }
}
