//! Establishes calls: they are created, answered or connected to.

use std::time::Duration;

use serde_json::{Value, json};
use uuid::Uuid;

use super::leg::{Leg, Purpose};
use super::{
    Call, Connection, ConnectionState, IncomingCall, Network, NewConnection, ReplyTo,
    ResultInformation, STEP,
};
use crate::identifier::Identifier;

impl Network {
    /// Calls the targets; the first one that answers establishes the call.
    pub(crate) fn create_call(&mut self, server_call: String, new: NewConnection) -> Value {
        let correlation_id = Uuid::new_v4().to_string();
        let targets = new.targets.clone();
        let mut call = Call::new(correlation_id.clone(), false);
        call.started_by = new.application.clone();
        let mut connection = Connection::new(new, &server_call, correlation_id);
        connection.hides_server_call_id = true;
        let (id, properties) = (connection.id.clone(), connection.properties());
        self.calls.insert(server_call, call);
        self.add_connection(connection);
        if let Some(result) = self.planned_failure("CreateCall") {
            self.after(STEP, move |network| network.creation_failed(&id, &result));
            return properties;
        }
        let mut called: Vec<&str> = Vec::new();
        for target in &targets {
            if !called.contains(&target.raw_id()) {
                called.push(target.raw_id());
                let (connection, identifier) = (id.clone(), target.clone());
                self.dial(Leg { connection, identifier, purpose: Purpose::Call }, None);
            }
        }
        properties
    }

    /// Answers an incoming call.
    pub(crate) fn answer_call(&mut self, incoming: IncomingCall, new: NewConnection) -> Value {
        let server_call = incoming.server_call_id.clone();
        let mut call = Call::new(incoming.correlation_id.clone(), false);
        call.started_by = Some(incoming.from.clone());
        // Each end of a call has a correlation id; this is the one of Event Grid.
        let connection = Connection::new(new, &server_call, incoming.correlation_id);
        let (id, properties) = (connection.id.clone(), connection.properties());
        self.calls.insert(server_call, call);
        self.add_connection(connection);
        let failure = self.planned_failure("AnswerCall");
        self.after(STEP, move |network| match failure {
            Some(result) => network.answer_failed(&id, &result),
            None => network.join(&id, incoming.from),
        });
        properties
    }

    /// Connects to an established call, without becoming a participant.
    pub(crate) fn connect(&mut self, server_call: &str, new: NewConnection) -> Value {
        let correlation_id = Uuid::new_v4().to_string();
        let connection = Connection::new(new, server_call, correlation_id);
        let (id, properties) = (connection.id.clone(), connection.properties());
        self.add_connection(connection);
        let failure = self.planned_failure("Connect");
        self.after(STEP, move |network| match failure {
            Some(result) => network.connect_failed(&id, &result),
            None => {
                network.establish(&id);
                network.participants_updated_for(&id);
            }
        });
        properties
    }

    /// Creates a group call or a room, which exists as soon as it is named.
    pub(crate) fn share(&mut self, server_call: &str) {
        let call = || Call::new(Uuid::new_v4().to_string(), true);
        self.calls.entry(server_call.to_owned()).or_insert_with(call);
    }

    /// Adds a participant to the call of a connection, which is then established.
    pub(super) fn join(&mut self, connection: &str, identifier: Identifier) {
        let Some(found) = self.connections.get(connection) else { return };
        let (server_call, state) = (found.server_call_id.clone(), found.state);
        let application = found.application.clone();
        let script = self.script(identifier.raw_id());
        let Some(call) = self.calls.get_mut(&server_call) else { return };
        let mut joined = vec![identifier.clone()];
        let hangs_up_after = script.hangs_up_after;
        call.join(identifier.clone(), script);
        if state == ConnectionState::Connecting
            && let Some(application) = application
        {
            joined.push(application.clone());
            call.join(application, super::Script::default());
        }
        self.establish(connection);
        for identifier in joined {
            self.participant_event(&server_call, "CallParticipantAdded", &identifier);
        }
        self.participants_updated(&server_call);
        if let Some(after) = hangs_up_after {
            self.hang_up_later(after, server_call, identifier);
        }
    }

    /// Sends `CallConnected` for a connection that was not up, and starts its streams.
    fn establish(&mut self, connection: &str) {
        let now = self.now;
        let Some(found) = self.connections.get_mut(connection) else { return };
        if found.state != ConnectionState::Connecting {
            return;
        }
        found.state = ConnectionState::Connected;
        found.hides_server_call_id = false;
        let reply_to =
            ReplyTo { operation_context: found.operation_context.clone(), callback_uri: None };
        let server_call = found.server_call_id.clone();
        self.emit(connection, "CallConnected", &reply_to, &ResultInformation::success(), json!({}));
        if let Some(call) = self.call_mut(&server_call)
            && call.connected_at.is_none()
        {
            call.connected_at = Some(now);
            self.call_event(&server_call, "CallStarted");
        }
        self.open_streams(connection);
    }

    fn add_connection(&mut self, connection: Connection) {
        if let Some(call) = self.calls.get_mut(&connection.server_call_id) {
            call.connections.push(connection.id.clone());
        }
        self.connections.insert(connection.id.clone(), connection);
    }

    fn hang_up_later(&mut self, after: Duration, server_call: String, identifier: Identifier) {
        self.after(after, move |network| {
            // Fails if the person has already left.
            drop(network.person_hangs_up(&server_call, identifier.raw_id()));
        });
    }

    fn creation_failed(&mut self, connection: &str, result: &ResultInformation) {
        self.connection_failed(connection, "CreateCallFailed", result);
    }

    pub(super) fn answer_failed(&mut self, connection: &str, result: &ResultInformation) {
        self.connection_failed(connection, "AnswerFailed", result);
    }

    fn connect_failed(&mut self, connection: &str, result: &ResultInformation) {
        self.connection_failed(connection, "ConnectFailed", result);
    }

    /// Reports that a connection was not established, and ends its call unless another connection
    /// controls it.
    fn connection_failed(
        &mut self,
        connection: &str,
        kind: &'static str,
        result: &ResultInformation,
    ) {
        let Some(found) = self.connections.get(connection) else { return };
        let reply_to =
            ReplyTo { operation_context: found.operation_context.clone(), callback_uri: None };
        let server_call = found.server_call_id.clone();
        self.emit(connection, kind, &reply_to, result, json!({}));
        self.drop_connection(connection);
        if self.calls.get(&server_call).is_some_and(|call| {
            call.connections.is_empty() && call.connected_at.is_none() && !call.is_shared
        }) {
            self.calls.remove(&server_call);
        }
    }
}
