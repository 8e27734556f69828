//! How people and applications leave a call, and how it ends.

use serde_json::json;

use super::{Call, ConnectionState, Network, ReplyTo, ResultInformation};
use crate::error::{ServiceError, shown};
use crate::identifier::Identifier;

impl Network {
    /// Removes the application from a call. The call continues while another application controls
    /// it or two others are in it.
    pub(crate) fn hang_up(&mut self, connection: &str) -> Result<(), ServiceError> {
        let ended = self.connection(connection)?;
        let (server_call, application) = (ended.server_call_id.clone(), ended.application.clone());
        let Some(call) = self.calls.get_mut(&server_call) else { return Ok(()) };
        let others = call.connections.len() > 1;
        if let Some(application) = &application {
            call.leave(application.raw_id());
        }
        if !others && call.participants().len() < 2 {
            self.end_call(&server_call);
            return Ok(());
        }
        self.disconnect(connection);
        if let Some(application) = application {
            self.participant_event(&server_call, "CallParticipantRemoved", &application);
        }
        self.participants_updated(&server_call);
        Ok(())
    }

    /// Ends a call for everyone.
    pub(crate) fn terminate(&mut self, connection: &str) -> Result<(), ServiceError> {
        let server_call = self.connection(connection)?.server_call_id.clone();
        self.end_call(&server_call);
        Ok(())
    }

    /// A person leaves, or stops waiting for an answer.
    pub(crate) fn person_hangs_up(
        &mut self,
        server_call: &str,
        raw_id: &str,
    ) -> Result<(), ServiceError> {
        if let Some(connection) = self.answering(server_call, raw_id) {
            let result = ResultInformation::new(487, 560_487, "The caller hung up.");
            self.answer_failed(&connection, &result);
            return Ok(());
        }
        if self.caller_gives_up(server_call) {
            return Ok(());
        }
        let identifier = self.person_in(server_call, raw_id)?;
        self.person_leaves(server_call, &identifier);
        Ok(())
    }

    /// The identifier of a participant of a call.
    pub(super) fn person_in(
        &self,
        server_call: &str,
        raw_id: &str,
    ) -> Result<Identifier, ServiceError> {
        let call = self.call(server_call).ok_or_else(|| no_call(server_call))?;
        Ok(call.participant(raw_id)?.identifier.clone())
    }

    /// Removes a participant from the call of a connection; an empty call ends.
    pub(super) fn leaves(&mut self, connection: &str, identifier: &Identifier) {
        let Some(found) = self.connections.get(connection) else { return };
        let server_call = found.server_call_id.clone();
        self.person_leaves(&server_call, identifier);
    }

    fn person_leaves(&mut self, server_call: &str, identifier: &Identifier) {
        let Some(call) = self.calls.get_mut(server_call) else { return };
        if !call.leave(identifier.raw_id()) {
            return;
        }
        self.stop_listening_to(server_call, identifier.raw_id());
        self.participant_event(server_call, "CallParticipantRemoved", identifier);
        let Some(call) = self.calls.get(server_call) else { return };
        if self.is_empty(call) {
            self.end_call(server_call);
        } else {
            self.participants_updated(server_call);
        }
    }

    /// Whether only applications are left, and no person is being called.
    fn is_empty(&self, call: &Call) -> bool {
        let applications: Vec<&str> = call
            .connections
            .iter()
            .filter_map(|id| self.connections.get(id)?.application_id())
            .collect();
        let is_ringing = self.legs.values().any(|leg| call.connections.contains(&leg.connection));
        let people = call.participants().iter().map(super::Participant::raw_id);
        !call.is_shared && !is_ringing && people.into_iter().all(|id| applications.contains(&id))
    }

    fn end_call(&mut self, server_call: &str) {
        self.end_recording(server_call, "CallEnded");
        self.call_event(server_call, "CallEnded");
        let Some(call) = self.calls.get(server_call) else { return };
        for connection in call.connections.clone() {
            self.disconnect(&connection);
        }
        self.calls.remove(server_call);
    }

    /// Ends one connection, with its event, and an unused shared call with it.
    fn disconnect(&mut self, connection: &str) {
        self.cancel_media(connection);
        let Some(found) = self.connections.get(connection) else { return };
        let reply_to =
            ReplyTo { operation_context: found.operation_context.clone(), callback_uri: None };
        let result = ResultInformation::ended();
        self.emit(connection, "CallDisconnected", &reply_to, &result, json!({}));
        self.drop_connection(connection);
    }

    /// Removes a connection and its operations.
    pub(super) fn drop_connection(&mut self, connection: &str) {
        self.close_streams(connection);
        self.forget_legs(|leg| leg.connection == connection);
        let Some(dropped) = self.connections.remove(connection) else { return };
        if let Some(call) = self.calls.get_mut(&dropped.server_call_id) {
            call.connections.retain(|id| id != connection);
        }
    }

    /// The connection that is answering the call of `raw_id`, and is not established yet.
    fn answering(&self, server_call: &str, raw_id: &str) -> Option<String> {
        let call = self.calls.get(server_call)?;
        let is_caller = call.started_by.as_ref().is_some_and(|from| from.raw_id() == raw_id);
        let mut connections = call.connections.iter().filter_map(|id| self.connections.get(id));
        let found = connections.find(|found| {
            found.state == ConnectionState::Connecting && !found.hides_server_call_id
        });
        found.filter(|_| is_caller).map(|found| found.id.clone())
    }
}

pub(super) fn no_call(server_call: &str) -> ServiceError {
    let message =
        format!("no call has the `serverCallId` `{}`, or it has ended", shown(server_call));
    ServiceError::not_found(message).about("serverCallId")
}
