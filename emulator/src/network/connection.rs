//! The connection by which one application controls one call.

use std::collections::{BTreeMap, VecDeque};

use http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use super::media_operation::MediaOperation;
use super::result::ReplyTo;
use super::stream::{Stream, StreamKind, StreamSettings};
use crate::error::{ServiceError, shown};
use crate::identifier::Identifier;

/// The fields of a request that creates a connection.
#[derive(Debug)]
pub(crate) struct NewConnection {
    pub(crate) callback_uri: String,
    pub(crate) operation_context: Option<String>,
    pub(crate) targets: Vec<Identifier>,
    pub(crate) source: Option<Identifier>,
    /// Further fields of `CallConnectionProperties`, as they were sent.
    pub(crate) details: Value,
    /// The participant that is the application itself, if the request names one.
    pub(crate) application: Option<Identifier>,
    /// Whether the request names a speech service, which synthesis and recognition need.
    pub(crate) has_speech: bool,
    pub(crate) streams: Vec<StreamSettings>,
}

#[derive(Debug)]
pub(crate) struct Connection {
    pub(crate) id: String,
    pub(crate) server_call_id: String,
    pub(crate) correlation_id: String,
    pub(crate) callback_uri: String,
    pub(crate) operation_context: Option<String>,
    pub(crate) state: ConnectionState,
    /// Whether the application learns the `serverCallId` only when the call is established.
    pub(super) hides_server_call_id: bool,
    targets: Vec<Identifier>,
    source: Option<Identifier>,
    details: Value,
    pub(crate) application: Option<Identifier>,
    pub(super) has_speech: bool,
    /// The number of the last `ParticipantsUpdated`.
    sequence: u32,
    /// The first one runs, the others wait.
    pub(super) media: VecDeque<MediaOperation>,
    /// By the raw id of the participant whose tones are reported.
    pub(super) continuous_tones: BTreeMap<String, ContinuousTones>,
    pub(super) streams: BTreeMap<StreamKind, Stream>,
}

impl Connection {
    pub(super) fn new(new: NewConnection, server_call_id: &str, correlation_id: String) -> Self {
        let streams = new.streams.into_iter().map(|settings| {
            let kind = settings.format.kind();
            (kind, Stream::new(settings))
        });
        Self {
            id: Uuid::new_v4().to_string(),
            server_call_id: server_call_id.to_owned(),
            correlation_id,
            callback_uri: new.callback_uri,
            operation_context: new.operation_context,
            state: ConnectionState::Connecting,
            hides_server_call_id: false,
            targets: new.targets,
            source: new.source,
            details: new.details,
            application: new.application,
            has_speech: new.has_speech,
            sequence: 0,
            media: VecDeque::new(),
            continuous_tones: BTreeMap::new(),
            streams: streams.collect(),
        }
    }

    /// `CallConnectionProperties`.
    pub(crate) fn properties(&self) -> Value {
        let targets: Vec<Value> = self.targets.iter().map(Identifier::to_json).collect();
        let mut properties = json!({
            "callConnectionId": self.id,
            "correlationId": self.correlation_id,
            "callConnectionState": self.state.name(),
            "callbackUri": self.callback_uri,
            "targets": targets,
            "sourceDisplayName": "",
        });
        if !self.hides_server_call_id {
            properties["serverCallId"] = self.server_call_id.as_str().into();
        }
        if let Some(source) = &self.source {
            properties["source"] = source.to_json();
        }
        for (name, value) in self.details.as_object().into_iter().flatten() {
            properties[name] = value.clone();
        }
        for (field, subscription) in self.streams.values().map(Stream::subscription) {
            properties[field] = subscription;
        }
        properties
    }

    /// The raw id by which the application itself is in the call, if it has one.
    pub(crate) fn application_id(&self) -> Option<&str> {
        self.application.as_ref().map(Identifier::raw_id)
    }

    /// The number of the next `ParticipantsUpdated`: it increases by more than one.
    pub(super) fn next_sequence(&mut self) -> u32 {
        self.sequence += if self.sequence == 0 { 1 } else { 2 };
        self.sequence
    }
}

/// An application that wants each tone of one participant.
#[derive(Debug)]
pub(super) struct ContinuousTones {
    pub(super) reply_to: ReplyTo,
    /// The number of the last tone.
    pub(super) sequence: u32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum ConnectionState {
    Connecting,
    Connected,
    Transferring,
}

impl ConnectionState {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Connecting => "connecting",
            Self::Connected => "connected",
            Self::Transferring => "transferring",
        }
    }
}

/// The code is the live service's.
pub(super) fn not_found(id: &str) -> ServiceError {
    let message = format!("no call connection is named `{}`, or it has ended", shown(id));
    ServiceError::new(StatusCode::NOT_FOUND, "8522", message).about("callConnectionId")
}

/// The code is the live service's.
pub(super) fn not_established() -> ServiceError {
    let message = "the call is not established yet; wait for its `CallConnected` event";
    ServiceError::new(StatusCode::BAD_REQUEST, "8501", message).about("callConnectionId")
}
