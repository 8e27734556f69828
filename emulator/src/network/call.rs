//! A call and its participants.

use std::collections::VecDeque;
use std::time::SystemTime;

use serde_json::{Value, json};

use super::person::{Script, Voice};
use super::tone::Tone;
use crate::error::{ServiceError, shown};
use crate::identifier::Identifier;

/// A call, shared by all its participants; applications control it by connections.
#[derive(Debug)]
pub(crate) struct Call {
    /// In the order in which they joined; no raw id is in it twice.
    participants: Vec<Participant>,
    /// The ids of the connections that control it.
    pub(crate) connections: Vec<String>,
    /// The id of the recording that goes on.
    pub(crate) recording: Option<String>,
    /// A group call or a room, which may be empty.
    pub(crate) is_shared: bool,
    pub(crate) correlation_id: String,
    /// Who called, if it came from a person.
    pub(crate) started_by: Option<Identifier>,
    pub(crate) connected_at: Option<SystemTime>,
}

impl Call {
    pub(super) fn new(correlation_id: String, is_shared: bool) -> Self {
        Self {
            participants: Vec::new(),
            connections: Vec::new(),
            recording: None,
            is_shared,
            correlation_id,
            started_by: None,
            connected_at: None,
        }
    }

    pub(crate) fn participants(&self) -> &[Participant] {
        &self.participants
    }

    pub(crate) fn has(&self, raw_id: &str) -> bool {
        self.participants.iter().any(|participant| participant.raw_id() == raw_id)
    }

    pub(crate) fn participant(&self, raw_id: &str) -> Result<&Participant, ServiceError> {
        let found = self.participants.iter().find(|participant| participant.raw_id() == raw_id);
        found.ok_or_else(|| absent(raw_id))
    }

    pub(super) fn participant_mut(&mut self, raw_id: &str) -> Option<&mut Participant> {
        self.participants.iter_mut().find(|participant| participant.raw_id() == raw_id)
    }

    /// Adds a participant, unless they are already in the call.
    pub(super) fn join(&mut self, identifier: Identifier, script: Script) {
        if !self.has(identifier.raw_id()) {
            self.participants.push(Participant {
                identifier,
                is_muted: false,
                is_on_hold: false,
                tones: script.tones.into(),
                says: script.says.into(),
                voice: script.voice,
            });
        }
    }

    /// Removes a participant. Returns whether they were in the call.
    pub(super) fn leave(&mut self, raw_id: &str) -> bool {
        let before = self.participants.len();
        self.participants.retain(|participant| participant.raw_id() != raw_id);
        self.participants.len() < before
    }
}

/// A participant of a call, with the rest of their script.
#[derive(Debug)]
pub(crate) struct Participant {
    pub(crate) identifier: Identifier,
    pub(crate) is_muted: bool,
    pub(crate) is_on_hold: bool,
    pub(super) tones: VecDeque<Tone>,
    pub(super) says: VecDeque<String>,
    pub(super) voice: Voice,
}

impl Participant {
    pub(crate) fn raw_id(&self) -> &str {
        self.identifier.raw_id()
    }

    /// A `CallParticipant`.
    pub(crate) fn to_json(&self) -> Value {
        json!({
            "identifier": self.identifier.to_json(),
            "isMuted": self.is_muted,
            "isOnHold": self.is_on_hold,
        })
    }
}

fn absent(raw_id: &str) -> ServiceError {
    ServiceError::not_found(format!("`{}` is not a participant of this call", shown(raw_id)))
}
