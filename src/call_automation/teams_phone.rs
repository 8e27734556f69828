//! The details that a Teams Phone agent receives with a transfer or an invitation.

use std::collections::BTreeMap;

use crate::{CommunicationIdentifier, acs_model};

/// The details that a Teams Phone agent receives with a call.
///
/// Since api-version 2026-03-12.
#[acs_model]
#[derive(Eq, Hash)]
pub struct TeamsPhoneCallDetails {
    /// The details of the caller.
    pub teams_phone_caller_details: Option<TeamsPhoneCallerDetails>,
    /// The details of the application that transfers the call.
    pub teams_phone_source_details: Option<TeamsPhoneSourceDetails>,
    /// The id of the session, with which logs can be correlated.
    pub session_id: Option<String>,
    /// The intent of the call.
    pub intent: Option<String>,
    /// The topic of the call.
    pub call_topic: Option<String>,
    /// A summary of the call so far.
    pub call_context: Option<String>,
    /// The URL of a transcript of the call.
    pub transcript_url: Option<String>,
    /// The sentiment of the caller.
    pub call_sentiment: Option<String>,
    /// The actions that are suggested to the agent.
    pub suggested_actions: Option<String>,
}

/// The details of a caller.
///
/// Since api-version 2026-03-12.
#[acs_model]
#[derive(Eq, Hash)]
pub struct TeamsPhoneCallerDetails {
    /// The identifier of the caller.
    pub caller: CommunicationIdentifier,
    /// The name of the caller.
    pub name: String,
    /// The phone number of the caller.
    pub phone_number: String,
    /// The id of the caller's record in a customer database.
    pub record_id: Option<String>,
    /// The URL of a page about the caller, which the agent's client opens.
    pub screen_pop_url: Option<String>,
    /// Whether the caller was authenticated.
    pub is_authenticated: Option<bool>,
    /// Further details of the caller.
    pub additional_caller_information: Option<BTreeMap<String, String>>,
}

/// The details of the application that transfers a call.
///
/// Since api-version 2026-03-12.
#[acs_model]
#[derive(Eq, Hash)]
pub struct TeamsPhoneSourceDetails {
    /// The identifier of the application.
    pub source: CommunicationIdentifier,
    /// The language of the call, such as `en-US`.
    pub language: String,
    /// The status of the call.
    pub status: String,
    /// The targets that the call was intended for, by name.
    pub intended_targets: Option<BTreeMap<String, CommunicationIdentifier>>,
}
