//! The calls that are up, who is in them, and the connections that steer them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use uuid::Uuid;

use crate::error::{ServiceError, shown};
use crate::identifier::Identifier;
use crate::recording::Recording;

/// A call is one thing, for everyone in it; a connection is how an application steers it.
#[derive(Debug, Default)]
pub(crate) struct Calls {
    /// By `callConnectionId`.
    connections: BTreeMap<String, Connection>,
    /// By `serverCallId`.
    calls: BTreeMap<String, Call>,
}

impl Calls {
    /// The call that a connection steers.
    pub(crate) fn find(&mut self, connection: &str) -> Result<&mut Call, ServiceError> {
        let server_call = &self.connection(connection)?.server_call;
        let server_call = server_call.clone();
        self.calls.get_mut(&server_call).ok_or_else(|| no_connection(connection))
    }

    pub(crate) fn connection(&self, id: &str) -> Result<&Connection, ServiceError> {
        self.connections.get(id).ok_or_else(|| no_connection(id))
    }

    pub(crate) fn by_server_call(&mut self, id: &str) -> Option<&mut Call> {
        self.calls.get_mut(id)
    }

    /// A call with these participants, unless it is up already.
    pub(crate) fn start(
        &mut self,
        server_call: String,
        joining: impl IntoIterator<Item = Identifier>,
    ) {
        let call = self.calls.entry(server_call).or_default();
        for identifier in joining {
            call.join(identifier);
        }
    }

    /// Lets an application steer a call that is up.
    pub(crate) fn connect(&mut self, connection: Connection) {
        let id = connection.properties["callConnectionId"].as_str().unwrap_or_default();
        self.connections.insert(id.to_owned(), connection);
    }

    /// Ends a connection. The call goes on while another one steers it, or two others are in it.
    pub(crate) fn hang_up(&mut self, id: &str) -> Result<(), ServiceError> {
        let ended = self.connections.remove(id).ok_or_else(|| no_connection(id))?;
        let steered = self.connections.values().any(|other| other.server_call == ended.server_call);
        let Some(call) = self.calls.get_mut(&ended.server_call) else { return Ok(()) };
        ended.application_id.iter().for_each(|application_id| call.leave(application_id));
        if !steered && call.participants.len() < 2 {
            self.calls.remove(&ended.server_call);
        }
        Ok(())
    }

    /// Ends a call for everyone.
    pub(crate) fn terminate(&mut self, connection: &str) -> Result<(), ServiceError> {
        let ended = self.connection(connection)?.server_call.clone();
        self.connections.retain(|_, connection| connection.server_call != ended);
        self.calls.remove(&ended);
        Ok(())
    }

    pub(crate) fn recording(&mut self, id: &str) -> Result<&mut Recording, ServiceError> {
        let mut recordings = self.calls.values_mut().filter_map(|call| call.recording.as_mut());
        recordings.find(|recording| recording.id() == id).ok_or_else(|| no_recording(id))
    }

    pub(crate) fn stop_recording(&mut self, id: &str) -> Result<(), ServiceError> {
        let is_it = |recording: &mut Recording| recording.id() == id;
        let mut calls = self.calls.values_mut();
        let stopped = calls.find_map(|call| call.recording.take_if(is_it));
        stopped.map(drop).ok_or_else(|| no_recording(id))
    }
}

#[derive(Debug)]
pub(crate) struct Connection {
    /// `CallConnectionProperties`.
    pub(crate) properties: Value,
    pub(crate) server_call: String,
    /// The raw id by which the application itself is in the call, if it has one.
    pub(crate) application_id: Option<String>,
}

#[derive(Debug, Default)]
pub(crate) struct Call {
    /// In the order in which they joined; nobody is in it twice.
    participants: Vec<Participant>,
    invitations: BTreeSet<String>,
    pub(crate) recording: Option<Recording>,
}

impl Call {
    /// Who takes part.
    pub(crate) fn participants(&self) -> &[Participant] {
        &self.participants
    }

    /// The participant with `identifier`, who joins unless it is here already.
    pub(crate) fn join(&mut self, identifier: Identifier) -> &Participant {
        let raw_id = identifier.raw_id();
        let place = self.participants.iter().position(|p| p.raw_id() == raw_id);
        let place = place.unwrap_or_else(|| {
            self.participants.push(Participant { identifier, is_muted: false, is_on_hold: false });
            self.participants.len() - 1
        });
        &self.participants[place]
    }

    pub(crate) fn participant(&mut self, raw_id: &str) -> Result<&mut Participant, ServiceError> {
        let found = self.participants.iter_mut().find(|p| p.raw_id() == raw_id);
        found.ok_or_else(|| {
            ServiceError::not_found(format!("`{}` takes no part in this call", shown(raw_id)))
        })
    }

    pub(crate) fn leave(&mut self, raw_id: &str) {
        self.participants.retain(|participant| participant.raw_id() != raw_id);
    }

    /// The id of a new invitation.
    pub(crate) fn invite(&mut self) -> String {
        let id = Uuid::new_v4().to_string();
        self.invitations.insert(id.clone());
        id
    }

    /// Whether there was such an invitation.
    pub(crate) fn invitation(&self, id: &str) -> Result<(), ServiceError> {
        if self.invitations.contains(id) {
            return Ok(());
        }
        let message = format!("no invitation to this call is named `{}`", shown(id));
        Err(ServiceError::not_found(message).about("invitationId"))
    }
}

#[derive(Debug)]
pub(crate) struct Participant {
    identifier: Identifier,
    pub(crate) is_muted: bool,
    pub(crate) is_on_hold: bool,
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

fn no_connection(id: &str) -> ServiceError {
    let message = format!("no call connection is named `{}`, or it has ended", shown(id));
    ServiceError::not_found(message).about("callConnectionId")
}

fn no_recording(id: &str) -> ServiceError {
    let message = format!("no recording is named `{}`, or it or its call has ended", shown(id));
    ServiceError::not_found(message).about("recordingId")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(raw_id: &str) -> Identifier {
        Identifier::read(&json!({ "rawId": raw_id }), "").unwrap()
    }

    fn connect(calls: &mut Calls, id: &str, application_id: Option<&str>) {
        let properties = json!({ "callConnectionId": id });
        let (server_call, application_id) =
            ("call".to_owned(), application_id.map(ToOwned::to_owned));
        calls.connect(Connection { properties, server_call, application_id });
    }

    #[test]
    fn nobody_joins_a_call_twice() {
        let (alice, bob) = (user("8:acs:alice"), user("8:acs:bob"));
        let mut calls = Calls::default();
        calls.start("call".to_owned(), [alice.clone(), bob.clone(), alice]);
        let call = calls.by_server_call("call").unwrap();
        call.participant("8:acs:bob").unwrap().is_muted = true;
        assert!(call.join(bob).is_muted);
        assert_eq!(call.participants().len(), 2);
        call.leave("8:acs:alice");
        assert_eq!(call.participants().len(), 1);
        assert_eq!(call.participant("8:acs:alice").unwrap_err().status, 404);
    }

    #[test]
    fn a_call_goes_on_while_somebody_needs_it() {
        let mut calls = Calls::default();
        calls.start("call".to_owned(), ["8:acs:a", "8:acs:b", "8:acs:own"].map(user));
        connect(&mut calls, "one", Some("8:acs:own"));
        connect(&mut calls, "other", None);
        calls.hang_up("one").unwrap();
        assert!(calls.find("one").is_err());
        // Two are left, and then one with a connection.
        assert_eq!(calls.find("other").unwrap().participants().len(), 2);
        calls.find("other").unwrap().leave("8:acs:a");
        connect(&mut calls, "one", None);
        calls.hang_up("other").unwrap();
        assert!(calls.by_server_call("call").is_some());
        calls.hang_up("one").unwrap();
        assert!(calls.by_server_call("call").is_none());
    }

    #[test]
    fn terminating_ends_every_connection() {
        let mut calls = Calls::default();
        calls.start("call".to_owned(), ["8:acs:a", "8:acs:b"].map(user));
        connect(&mut calls, "one", None);
        connect(&mut calls, "other", None);
        calls.terminate("one").unwrap();
        assert!(calls.connection("other").is_err() && calls.by_server_call("call").is_none());
    }
}
