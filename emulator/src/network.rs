//! The telephone network behind the API: calls and their participants, in virtual time.
//!
//! A command (a request that was checked, a key that a person pressed, words, the end of a prompt)
//! changes the state at once and sets timers for later changes. [`Network::advance`] runs the
//! timers that are due, and is the only way to let time pass. Events to send are collected as
//! [`Effect`]s. This module has no tasks, clocks or sockets; its tests are tables.

use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, SystemTime};

use serde_json::Value;

use crate::error::ServiceError;

// The parts of the network.
mod call;
mod connection;
mod effect;
mod event;
mod incoming_call;
mod leg;
mod media_operation;
mod person;
mod recognition;
mod recording_state;
mod result;
mod stream;
mod timers;
mod tone;
// Methods of the network, which the modules above do not use.
mod dial;
mod grid;
mod incoming;
mod leave;
mod participants;
mod prompt;
mod prompt_files;
mod recognize;
mod recording;
#[cfg(test)]
mod scenarios;
mod setup;
mod streaming;
mod tones;

pub(crate) use self::call::{Call, Participant};
pub(crate) use self::connection::{Connection, ConnectionState, NewConnection};
pub(crate) use self::effect::{
    Callback, Effect, GridEvent, MediaCommand, OpenStream, PromptFiles, Speaker,
};
pub(crate) use self::incoming_call::{IncomingCall, NewIncomingCall};
pub(crate) use self::person::{NotReached, PersonOutcome, Script, Sound, Voice};
pub(crate) use self::recognition::{
    BETWEEN_TONES, Choice, INITIAL_SILENCE, Prompt, Recognition, RecognizeInput,
};
pub(crate) use self::recording_state::{NewRecording, RecordingFile};
pub(crate) use self::result::{ReplyTo, ResultInformation};
pub(crate) use self::stream::{AudioFormat, StreamFormat, StreamId, StreamKind, StreamSettings};
pub(crate) use self::tone::Tone;

use self::leg::Leg;
use self::recording_state::Recording;
use self::timers::Timers;

/// How long one step of the service takes at a pace of 1.
const STEP: Duration = Duration::from_millis(20);

/// The emulated network.
#[derive(Debug)]
pub(crate) struct Network {
    /// The factor of the emulator's own delays; 0 for none.
    pace: f64,
    recording_host: String,
    now: SystemTime,
    timers: Timers<Network>,
    effects: Vec<Effect>,
    /// By `serverCallId`.
    calls: BTreeMap<String, Call>,
    /// By `callConnectionId`.
    connections: BTreeMap<String, Connection>,
    /// By `incomingCallContext`.
    incoming: BTreeMap<String, IncomingCall>,
    legs: BTreeMap<u64, Leg>,
    /// By recording id.
    recordings: BTreeMap<String, Recording>,
    /// By document id.
    files: BTreeMap<String, RecordingFile>,
    /// By raw id.
    people: BTreeMap<String, Script>,
    /// The planned failures of the next operations, by operation id.
    failures: BTreeMap<String, VecDeque<ResultInformation>>,
    last_number: u64,
}

impl Network {
    pub(crate) fn new(pace: f64, recording_host: impl Into<String>) -> Self {
        Self {
            pace,
            recording_host: recording_host.into(),
            now: SystemTime::UNIX_EPOCH,
            timers: Timers::default(),
            effects: Vec::new(),
            calls: BTreeMap::new(),
            connections: BTreeMap::new(),
            incoming: BTreeMap::new(),
            legs: BTreeMap::new(),
            recordings: BTreeMap::new(),
            files: BTreeMap::new(),
            people: person::test_numbers(),
            failures: BTreeMap::new(),
            last_number: 0,
        }
    }

    /// Runs everything that is due by `now`, in the order in which it is due.
    pub(crate) fn advance(&mut self, now: SystemTime) {
        while let Some((due, action)) = self.timers.pop_due(now) {
            self.now = self.now.max(due);
            action(self);
        }
        self.now = self.now.max(now);
    }

    /// When [`advance`](Self::advance) has something to do next.
    pub(crate) fn next_due(&self) -> Option<SystemTime> {
        self.timers.next_due()
    }

    /// Takes the effects since the last time, oldest first.
    pub(crate) fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// Forgets calls, people and timers.
    pub(crate) fn reset(&mut self) {
        let open: Vec<String> = self.connections.keys().cloned().collect();
        for id in &open {
            self.close_streams(id);
            self.stop_prompts(id);
        }
        let effects = self.take_effects();
        *self = Self { now: self.now, effects, ..Self::new(self.pace, &*self.recording_host) };
    }

    /// Makes the next `operation` end with the event that reports a failure.
    pub(crate) fn plan_failure(&mut self, operation: &str, result: ResultInformation) {
        self.failures.entry(operation.to_owned()).or_default().push_back(result);
    }

    /// How many failures are planned.
    pub(crate) fn planned_failures(&self) -> usize {
        self.failures.values().map(VecDeque::len).sum()
    }

    /// Returns the connection with this id.
    pub(crate) fn connection(&self, id: &str) -> Result<&Connection, ServiceError> {
        self.connections.get(id).ok_or_else(|| connection::not_found(id))
    }

    /// Returns the connection if its call is established.
    pub(crate) fn established(&self, id: &str) -> Result<&Connection, ServiceError> {
        let found = self.connection(id)?;
        match found.state {
            ConnectionState::Connecting => Err(connection::not_established()),
            _ => Ok(found),
        }
    }

    /// Returns the call of a connection.
    pub(crate) fn call_of(&self, connection: &str) -> Result<&Call, ServiceError> {
        let server_call = &self.connection(connection)?.server_call_id;
        self.calls.get(server_call).ok_or_else(|| connection::not_found(connection))
    }

    pub(crate) fn call(&self, server_call: &str) -> Option<&Call> {
        self.calls.get(server_call)
    }

    pub(crate) fn calls(&self) -> impl Iterator<Item = (&str, &Call)> {
        self.calls.iter().map(|(id, call)| (id.as_str(), call))
    }

    pub(crate) fn person_mut(&mut self, raw_id: &str) -> &mut Script {
        self.people.entry(raw_id.to_owned()).or_default()
    }

    pub(crate) fn people(&self) -> &BTreeMap<String, Script> {
        &self.people
    }

    fn call_mut(&mut self, server_call: &str) -> Option<&mut Call> {
        self.calls.get_mut(server_call)
    }

    /// The call of a connection that is known to exist.
    fn call_of_mut(&mut self, connection: &str) -> Option<&mut Call> {
        let server_call = &self.connections.get(connection)?.server_call_id;
        self.calls.get_mut(server_call)
    }

    fn script(&self, raw_id: &str) -> Script {
        self.people.get(raw_id).cloned().unwrap_or_default()
    }

    fn planned_failure(&mut self, operation: &str) -> Option<ResultInformation> {
        self.failures.get_mut(operation)?.pop_front()
    }

    /// Runs `action` after one of the emulator's own delays.
    fn after(&mut self, delay: Duration, action: impl FnOnce(&mut Self) + Send + 'static) {
        self.after_timeout(delay.mul_f64(self.pace), action);
    }

    /// Runs `action` after a time that a request states, which the pace does not change.
    fn after_timeout(&mut self, delay: Duration, action: impl FnOnce(&mut Self) + Send + 'static) {
        let due = self.now.checked_add(delay).unwrap_or(self.now);
        self.timers.schedule(due, action);
    }

    /// A number that no other leg or media operation has.
    fn next_number(&mut self) -> u64 {
        self.last_number += 1;
        self.last_number
    }

    /// Sends an event of one connection: to the operation's own callback URI if it has one, or else
    /// to that of the connection.
    fn emit(
        &mut self,
        connection: &str,
        kind: &'static str,
        reply_to: &ReplyTo,
        result: &ResultInformation,
        more: Value,
    ) {
        let Some(found) = self.connections.get(connection) else { return };
        let uri = reply_to.callback_uri.as_ref().unwrap_or(&found.callback_uri);
        let context = reply_to.operation_context.as_deref();
        let data = event::data(found, context, result, more);
        let callback = Callback {
            uri: uri.clone(),
            connection: connection.to_owned(),
            kind,
            event: event::envelope(connection, kind, self.now, data),
        };
        self.effects.push(Effect::Callback(callback));
    }
}
