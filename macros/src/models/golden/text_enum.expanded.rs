#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
/// Who records.
pub enum RecordingKind {
    /// ACS.
    AzureCommunicationServices,
    /// Teams.
    Teams,
    /// Later.
    ///
    /// Since api-version 2026-03-12.
    TeamsCompliance,
    /// An unknown value, as the service wrote it.
    UnknownValue(::acs_rest::UnknownValue<Self>),
}
impl RecordingKind {
    /// Returns the value as the service writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::AzureCommunicationServices => "azureCommunicationServices",
            Self::Teams => "teams",
            Self::TeamsCompliance => "teamsCompliance",
            Self::UnknownValue(value) => value.as_str(),
        }
    }
}
impl ::core::convert::From<&str> for RecordingKind {
    fn from(text: &str) -> Self {
        match () {
            _ if text.eq_ignore_ascii_case("azureCommunicationServices") => {
                Self::AzureCommunicationServices
            }
            _ if text.eq_ignore_ascii_case("teams") => Self::Teams,
            _ if text.eq_ignore_ascii_case("microsoftTeams") => Self::Teams,
            _ if text.eq_ignore_ascii_case("teamsCompliance") => Self::TeamsCompliance,
            () => Self::UnknownValue(::acs_rest::__private::unknown_value(text)),
        }
    }
}
impl ::core::convert::From<::acs_rest::__private::String> for RecordingKind {
    fn from(text: ::acs_rest::__private::String) -> Self {
        Self::from(text.as_str())
    }
}
impl ::core::str::FromStr for RecordingKind {
    type Err = ::core::convert::Infallible;
    fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
        ::core::result::Result::Ok(Self::from(text))
    }
}
#[automatically_derived]
impl ::acs_rest::__private::serde::Serialize for RecordingKind {
    fn serialize<__S: ::acs_rest::__private::serde::Serializer>(
        &self,
        serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        match self {
            Self::TeamsCompliance => ::acs_rest::__private::needs_version("2026-03-12"),
            _ => {}
        }
        serializer.serialize_str(self.as_str())
    }
}
#[automatically_derived]
impl<'de> ::acs_rest::__private::serde::Deserialize<'de> for RecordingKind {
    fn deserialize<__D: ::acs_rest::__private::serde::Deserializer<'de>>(
        deserializer: __D,
    ) -> ::core::result::Result<Self, __D::Error> {
        ::acs_rest::__private::read_text(deserializer)
    }
}
impl ::core::fmt::Display for RecordingKind {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        f.pad(self.as_str())
    }
}
impl ::acs_rest::PathValue for RecordingKind {
    fn to_path_text(&self) -> ::acs_rest::__private::Cow<'_, str> {
        ::acs_rest::__private::Cow::Borrowed(self.as_str())
    }
}
impl ::acs_rest::QueryValue for RecordingKind {
    fn to_query_text(&self) -> ::acs_rest::__private::Cow<'_, str> {
        ::acs_rest::__private::Cow::Borrowed(self.as_str())
    }
}
