#[derive(Clone, Debug, PartialEq, Default)]
#[non_exhaustive]
/// A patch.
#[derive(Eq)]
pub struct UpdateRoomRequest {
    /// The topic.
    pub topic: Option<Nullable<String>>,
    /// The roles.
    pub participants: Option<BTreeMap<String, Nullable<Role>>>,
}
impl UpdateRoomRequest {
    /// Creates a value without any field.
    #[must_use]
    pub fn new() -> Self {
        Self {
            topic: ::core::option::Option::None,
            participants: ::core::option::Option::None,
        }
    }
    /// The topic.
    #[must_use]
    pub fn topic(mut self, topic: impl ::core::convert::Into<String>) -> Self {
        self.topic = ::core::option::Option::Some(
            ::acs_rest::Nullable::Value(topic.into()),
        );
        self
    }
    /// Sends `topic` as `null`, which removes the value.
    #[must_use]
    pub fn remove_topic(mut self) -> Self {
        self.topic = ::core::option::Option::Some(::acs_rest::Nullable::Null);
        self
    }
    /// The roles.
    #[must_use]
    pub fn participants(
        mut self,
        participants: impl ::core::iter::IntoIterator<
            Item = (
                impl ::core::convert::Into<String>,
                impl ::core::convert::Into<Nullable<Role>>,
            ),
        >,
    ) -> Self {
        self.participants = ::core::option::Option::Some(
            participants
                .into_iter()
                .map(|(key, value)| (key.into(), value.into()))
                .collect(),
        );
        self
    }
}
#[automatically_derived]
impl ::acs_rest::__private::serde::Serialize for UpdateRoomRequest {
    fn serialize<__S: ::acs_rest::__private::serde::Serializer>(
        &self,
        serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        let mut object = ::acs_rest::__private::write_object(
            serializer,
            "UpdateRoomRequest",
            0 + usize::from(self.topic.is_some())
                + usize::from(self.participants.is_some()),
        )?;
        object.optional("topic", &self.topic)?;
        object.optional("participants", &self.participants)?;
        object.end()
    }
}
