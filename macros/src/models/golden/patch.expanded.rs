#[derive(Default)]
#[non_exhaustive]
/// A patch.
#[derive(Eq)]
pub struct UpdateRoomRequest {
    /// The topic.
    pub topic: Option<Nullable<String>>,
    /// The roles.
    pub participants: Option<BTreeMap<String, Nullable<Role>>>,
}
#[automatically_derived]
impl ::core::clone::Clone for UpdateRoomRequest {
    fn clone(&self) -> Self {
        use ::core::clone::Clone as _;
        let this = Self::__checked(self);
        Self {
            topic: this.topic.clone(),
            participants: this.participants.clone(),
        }
    }
}
#[automatically_derived]
impl ::core::fmt::Debug for UpdateRoomRequest {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        let this = Self::__checked(self);
        let mut debug = f.debug_struct("UpdateRoomRequest");
        debug.field("topic", &this.topic);
        debug.field("participants", &this.participants);
        debug.finish()
    }
}
#[automatically_derived]
impl ::core::cmp::PartialEq for UpdateRoomRequest {
    fn eq(&self, other: &Self) -> ::core::primitive::bool {
        let this = Self::__checked(self);
        this.topic == other.topic && this.participants == other.participants
    }
}
impl UpdateRoomRequest {
    /// Does not compile if a field has the wrong type.
    const __FIELDS: ::core::primitive::usize = {
        let _ = |model: &Self| match model {
            Self { participants, .. } => {
                ::acs_rest::__private::optional_sent_field(&participants);
            }
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
        let mut object = Self::__checked(
            ::acs_rest::__private::write_object(
                serializer,
                "UpdateRoomRequest",
                0 + usize::from(self.topic.is_some())
                    + usize::from(self.participants.is_some()),
            )?,
        );
        object.optional("topic", &self.topic)?;
        object.optional("participants", &self.participants)?;
        object.end()
    }
}
