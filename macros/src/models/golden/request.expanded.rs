#[non_exhaustive]
/// A request.
pub struct AddParticipantRequest {
    /// The participant to add.
    pub participant_to_add: CommunicationIdentifier,
    /// Headers.
    pub headers: BTreeMap<String, String>,
    pub r#loop: bool,
    /// An opaque value.
    pub operation_context: Option<String>,
    /// The tones.
    #[deprecated]
    pub tones: Option<Vec<Tone>>,
    /// The caller.
    #[cfg(feature = "teams")]
    ///
    /// Since api-version 2025-06-15.
    pub teams_app_source: Option<MicrosoftTeamsAppIdentifier>,
    /// How often.
    pub repeats: u32,
}
#[allow(deprecated)]
#[automatically_derived]
impl ::core::clone::Clone for AddParticipantRequest {
    fn clone(&self) -> Self {
        use ::core::clone::Clone as _;
        let this = Self::__checked(self);
        Self {
            participant_to_add: this.participant_to_add.clone(),
            headers: this.headers.clone(),
            r#loop: this.r#loop.clone(),
            operation_context: this.operation_context.clone(),
            tones: this.tones.clone(),
            #[cfg(feature = "teams")]
            teams_app_source: this.teams_app_source.clone(),
            repeats: this.repeats.clone(),
        }
    }
}
#[allow(deprecated)]
#[automatically_derived]
impl ::core::fmt::Debug for AddParticipantRequest {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        let this = Self::__checked(self);
        let mut debug = f.debug_struct("AddParticipantRequest");
        debug.field("participant_to_add", &this.participant_to_add);
        debug.field("headers", &this.headers);
        debug.field("loop", &this.r#loop);
        debug.field("operation_context", &this.operation_context);
        debug.field("tones", &this.tones);
        #[cfg(feature = "teams")]
        debug.field("teams_app_source", &this.teams_app_source);
        debug.field("repeats", &this.repeats);
        debug.finish()
    }
}
#[allow(deprecated)]
#[automatically_derived]
impl ::core::cmp::PartialEq for AddParticipantRequest {
    fn eq(&self, other: &Self) -> ::core::primitive::bool {
        let this = Self::__checked(self);
        #[cfg(feature = "teams")]
        if this.teams_app_source != other.teams_app_source {
            return false;
        }
        this.participant_to_add == other.participant_to_add
            && this.headers == other.headers && this.r#loop == other.r#loop
            && this.operation_context == other.operation_context
            && this.tones == other.tones && this.repeats == other.repeats
    }
}
#[allow(deprecated)]
impl AddParticipantRequest {
    /// Does not compile if a field has the wrong type.
    const __FIELDS: ::core::primitive::usize = {
        let _ = |model: &Self| match model {
            Self {
                participant_to_add,
                tones,
                #[cfg(feature = "teams")]
                teams_app_source,
                ..
            } => {
                ::acs_rest::__private::field(&participant_to_add);
                ::acs_rest::__private::optional_field(&tones);
                #[cfg(feature = "teams")]
                ::acs_rest::__private::optional_field(&teams_app_source);
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
#[allow(deprecated)]
impl AddParticipantRequest {
    /// Creates a value from its required fields.
    #[must_use]
    pub fn new(
        participant_to_add: impl ::core::convert::Into<CommunicationIdentifier>,
        headers: impl ::core::iter::IntoIterator<
            Item = (
                impl ::core::convert::Into<String>,
                impl ::core::convert::Into<String>,
            ),
        >,
        r#loop: bool,
    ) -> Self {
        Self {
            participant_to_add: participant_to_add.into(),
            headers: headers
                .into_iter()
                .map(|(key, value)| (key.into(), value.into()))
                .collect(),
            r#loop: r#loop,
            operation_context: ::core::option::Option::None,
            tones: ::core::option::Option::None,
            #[cfg(feature = "teams")]
            teams_app_source: ::core::option::Option::None,
            repeats: ::core::default::Default::default(),
        }
    }
    /// An opaque value.
    #[must_use]
    pub fn operation_context(
        mut self,
        operation_context: impl ::core::convert::Into<String>,
    ) -> Self {
        self.operation_context = ::core::option::Option::Some(operation_context.into());
        self
    }
    /// The tones.
    #[deprecated]
    #[must_use]
    pub fn tones(
        mut self,
        tones: impl ::core::iter::IntoIterator<Item: ::core::convert::Into<Tone>>,
    ) -> Self {
        self.tones = ::core::option::Option::Some(
            tones.into_iter().map(::core::convert::Into::into).collect(),
        );
        self
    }
    /// The caller.
    #[cfg(feature = "teams")]
    ///
    /// Since api-version 2025-06-15.
    #[must_use]
    pub fn teams_app_source(
        mut self,
        teams_app_source: impl ::core::convert::Into<MicrosoftTeamsAppIdentifier>,
    ) -> Self {
        self.teams_app_source = ::core::option::Option::Some(teams_app_source.into());
        self
    }
    /// How often.
    #[must_use]
    pub fn repeats(mut self, repeats: u32) -> Self {
        self.repeats = repeats;
        self
    }
}
#[allow(deprecated)]
#[automatically_derived]
impl ::acs_rest::__private::serde::Serialize for AddParticipantRequest {
    fn serialize<__S: ::acs_rest::__private::serde::Serializer>(
        &self,
        serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        let mut object = Self::__checked(
            ::acs_rest::__private::write_object(
                serializer,
                "AddParticipantRequest",
                {
                    #[allow(unused_mut)]
                    let mut len = 4 + usize::from(self.operation_context.is_some())
                        + usize::from(self.tones.is_some());
                    #[cfg(feature = "teams")]
                    {
                        len += usize::from(self.teams_app_source.is_some());
                    }
                    len
                },
            )?,
        );
        object.field("participantToAdd", &self.participant_to_add)?;
        object.field("headers", &self.headers)?;
        object.field("loop", &self.r#loop)?;
        object.optional("operationContext", &self.operation_context)?;
        object.optional("tones", &self.tones)?;
        #[cfg(feature = "teams")]
        {
            object.optional_since("2025-06-15", "teamsApp", &self.teams_app_source)?;
        }
        object.field("repeats", &self.repeats)?;
        object.end()
    }
}
#[automatically_derived]
impl<'de> ::acs_rest::__private::serde::Deserialize<'de> for AddParticipantRequest {
    fn deserialize<__D: ::acs_rest::__private::serde::Deserializer<'de>>(
        deserializer: __D,
    ) -> ::core::result::Result<Self, __D::Error> {
        ::acs_rest::__private::read_object(deserializer)
    }
}
#[allow(deprecated)]
#[automatically_derived]
impl<'de> ::acs_rest::__private::ReadObject<'de> for AddParticipantRequest {
    const NAME: &'static str = "AddParticipantRequest";
    const FIELDS: &'static [&'static str] = &[
        "participantToAdd",
        "headers",
        "loop",
        "operationContext",
        "tones",
        #[cfg(feature = "teams")]
        "teamsApp",
        #[cfg(feature = "teams")]
        "app",
        "repeats",
    ];
    fn read<__A: ::acs_rest::__private::serde::de::MapAccess<'de>>(
        object: ::acs_rest::__private::ObjectReader<__A>,
    ) -> ::core::result::Result<Self, __A::Error> {
        let mut object = Self::__checked(object);
        let mut participant_to_add = ::core::option::Option::None;
        let mut headers = ::core::option::Option::None;
        let mut r#loop = ::core::option::Option::None;
        let mut operation_context = ::core::option::Option::None;
        let mut tones = ::core::option::Option::None;
        #[cfg(feature = "teams")]
        let mut teams_app_source = ::core::option::Option::None;
        let mut repeats = ::core::option::Option::None;
        while let ::core::option::Option::Some(name) = object.next_name()? {
            match name {
                "participantToAdd" => object.read(&mut participant_to_add)?,
                "headers" => object.read(&mut headers)?,
                "loop" => object.read(&mut r#loop)?,
                "operationContext" => object.read_optional(&mut operation_context)?,
                "tones" => object.read_optional(&mut tones)?,
                #[cfg(feature = "teams")]
                "teamsApp" | "app" => object.read_optional(&mut teams_app_source)?,
                "repeats" => object.read_optional(&mut repeats)?,
                _ => object.skip()?,
            }
        }
        ::core::result::Result::Ok(Self {
            participant_to_add: ::acs_rest::__private::required(
                "participantToAdd",
                participant_to_add,
            )?,
            headers: ::acs_rest::__private::required("headers", headers)?,
            r#loop: ::acs_rest::__private::required("loop", r#loop)?,
            operation_context,
            tones,
            #[cfg(feature = "teams")]
            teams_app_source,
            repeats: repeats.unwrap_or_default(),
        })
    }
}
