#[derive(Clone, Debug, PartialEq)]
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
                let mut object = ::acs_rest::__private::write_object(
                    serializer,
                    "PlaySourceKind",
                    2,
                )?;
                object.field("type", "file")?;
                object.field("file", value)?;
                object.end()
            }
            Self::Text(value) => {
                ::acs_rest::__private::needs_version("2025-05-15");
                ::acs_rest::__private::write_flat(serializer, "type", "text", value)
            }
            Self::ServerCall { server_call_id, name } => {
                let mut object = ::acs_rest::__private::write_object(
                    serializer,
                    "PlaySourceKind",
                    2 + usize::from(name.is_some()),
                )?;
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
        let mut object = ::acs_rest::__private::read_alternative(
            deserializer,
            "type",
            &[
                ("silence", &[]),
                ("file", &["file"]),
                ("text", &[]),
                ("serverCallLocator", &["serverCallId"]),
            ],
        )?;
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
