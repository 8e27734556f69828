//! Call Automation - Create Call.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use crate::{
    CommunicationIdentifier, CommunicationUserIdentifier, PhoneNumberIdentifier, Result,
    acs_operations,
};

/// Starting calls.
///
/// The `CallConnected` event tells that the call is up, `CreateCallFailed` that it is not.
#[acs_operations(api_version = "2024-09-15")]
pub trait CallAutomation {
    /// Calls one or more targets.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/communication/callautomation/create-call>.
    #[acs_operation(POST, "/calling/callConnections", repeatable)]
    async fn create_call(&self, request: &CreateCallRequest) -> Result<CallConnectionProperties>;
}

/// Whom to call, and where the events go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CreateCallRequest {
    /// Who is called.
    pub targets: Vec<CommunicationIdentifier>,
    /// The caller's number, when a target is a phone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_caller_id_number: Option<PhoneNumberIdentifier>,
    /// The caller's name, as the targets see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_display_name: Option<String>,
    /// The ACS user on whose behalf the call is made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<CommunicationUserIdentifier>,
    /// A text of your own that the events carry too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation_context: Option<String>,
    /// The URL that the events of the call are sent to.
    pub callback_uri: String,
    /// Where speech is recognised and made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call_intelligence_options: Option<CallIntelligenceOptions>,
}

/// Where speech is recognised and made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CallIntelligenceOptions {
    /// The endpoint of an Azure AI services resource.
    pub cognitive_services_endpoint: String,
}

impl CreateCallRequest {
    /// Calls these targets; events go to `callback_uri`.
    pub fn new<I>(targets: I, callback_uri: impl Into<String>) -> Self
    where
        I: IntoIterator<Item: Into<CommunicationIdentifier>>,
    {
        Self {
            targets: targets.into_iter().map(Into::into).collect(),
            source_caller_id_number: None,
            source_display_name: None,
            source: None,
            operation_context: None,
            callback_uri: callback_uri.into(),
            call_intelligence_options: None,
        }
    }

    /// Sets the caller's number, which a phone among the targets needs.
    #[must_use]
    pub fn source_caller_id_number(mut self, number: PhoneNumberIdentifier) -> Self {
        self.source_caller_id_number = Some(number);
        self
    }

    /// Sets the caller's name.
    #[must_use]
    pub fn source_display_name(mut self, name: impl Into<String>) -> Self {
        self.source_display_name = Some(name.into());
        self
    }

    /// Sets the ACS user on whose behalf the call is made.
    #[must_use]
    pub fn source(mut self, source: CommunicationUserIdentifier) -> Self {
        self.source = Some(source);
        self
    }

    /// Sets a text of your own that the events carry too.
    #[must_use]
    pub fn operation_context(mut self, operation_context: impl Into<String>) -> Self {
        self.operation_context = Some(operation_context.into());
        self
    }

    /// Sets where speech is recognised and made.
    #[must_use]
    pub fn call_intelligence_options(mut self, options: CallIntelligenceOptions) -> Self {
        self.call_intelligence_options = Some(options);
        self
    }
}

impl CallIntelligenceOptions {
    /// Uses that Azure AI services resource.
    pub fn new(cognitive_services_endpoint: impl Into<String>) -> Self {
        Self { cognitive_services_endpoint: cognitive_services_endpoint.into() }
    }
}

/// A call, as the service knows it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CallConnectionProperties {
    /// The id that the operations on the call take.
    pub call_connection_id: Option<String>,
    /// The id that recordings take.
    pub server_call_id: Option<String>,
    /// Who is called.
    pub targets: Option<Vec<CommunicationIdentifier>>,
    /// How far the call has come.
    pub call_connection_state: Option<CallConnectionState>,
    /// The URL that the events of the call are sent to.
    pub callback_uri: Option<String>,
    /// The caller's number.
    pub source_caller_id_number: Option<PhoneNumberIdentifier>,
    /// The caller's name.
    pub source_display_name: Option<String>,
    /// Who calls.
    pub source: Option<CommunicationIdentifier>,
    /// The id that the service's logs know the call by.
    pub correlation_id: Option<String>,
    /// The ACS user who answered.
    pub answered_by: Option<CommunicationUserIdentifier>,
    /// The number for which the call was answered.
    pub answered_for: Option<PhoneNumberIdentifier>,
}

/// How far a call has come.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CallConnectionState {
    /// The service does not know.
    Unknown,
    /// It rings.
    Connecting,
    /// It is up.
    Connected,
    /// It is being handed to somebody else.
    Transferring,
    /// Somebody else has taken it.
    TransferAccepted,
    /// It is ending.
    Disconnecting,
    /// It has ended.
    Disconnected,
    /// A state of a later version.
    Other(String),
}

impl CallConnectionState {
    /// The state as the service writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Unknown => "unknown",
            Self::Connecting => "connecting",
            Self::Connected => "connected",
            Self::Transferring => "transferring",
            Self::TransferAccepted => "transferAccepted",
            Self::Disconnecting => "disconnecting",
            Self::Disconnected => "disconnected",
            Self::Other(state) => state,
        }
    }
}

impl fmt::Display for CallConnectionState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for CallConnectionState {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        const KNOWN: [CallConnectionState; 7] = [
            CallConnectionState::Unknown,
            CallConnectionState::Connecting,
            CallConnectionState::Connected,
            CallConnectionState::Transferring,
            CallConnectionState::TransferAccepted,
            CallConnectionState::Disconnecting,
            CallConnectionState::Disconnected,
        ];
        let name = String::deserialize(deserializer)?;
        let known = KNOWN.into_iter().find(|state| state.as_str().eq_ignore_ascii_case(&name));
        Ok(known.unwrap_or(Self::Other(name)))
    }
}
