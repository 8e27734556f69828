//! Calls a person, until they decide or the time is over.

use std::time::Duration;

use serde_json::json;

use super::leg::{Leg, Purpose};
use super::{
    ConnectionState, Network, NotReached, PersonOutcome, ReplyTo, ResultInformation, STEP,
};
use crate::error::{ServiceError, shown};

/// How long it rings when the request does not say.
pub(super) const RING: Duration = Duration::from_secs(30);

impl Network {
    /// Calls a person for at most `timeout`, or for the default ringing time.
    pub(super) fn dial(&mut self, leg: Leg, timeout: Option<Duration>) {
        let script = self.script(leg.identifier.raw_id());
        let number = self.next_number();
        self.legs.insert(number, leg);
        let ringing = STEP + script.answer_after;
        match script.outcome {
            PersonOutcome::Answers => self.after(ringing, move |network| network.reached(number)),
            PersonOutcome::Busy => self.after(STEP, move |network| {
                network.not_reached(number, NotReached::Busy);
            }),
            PersonOutcome::Declines => self.after(ringing, move |network| {
                network.not_reached(number, NotReached::Declined);
            }),
            PersonOutcome::NoAnswer | PersonOutcome::Waits => {}
        }
        // After the decision, which comes first where both are due at once.
        let give_up = move |network: &mut Self| network.not_reached(number, NotReached::NoAnswer);
        match (timeout, script.outcome) {
            (Some(timeout), _) => self.after_timeout(timeout, give_up),
            // A command needs time to decide, whatever the pace.
            (None, PersonOutcome::Waits) => self.after_timeout(RING, give_up),
            (None, _) => self.after(RING.max(STEP + script.answer_after * 2), give_up),
        }
    }

    /// Lets a person who is being called in `server_call` accept.
    pub(crate) fn accept(&mut self, server_call: &str, raw_id: &str) -> Result<(), ServiceError> {
        let leg = self.ringing(server_call, raw_id)?;
        self.reached(leg);
        Ok(())
    }

    /// Lets a person who is being called in `server_call` decline.
    pub(crate) fn decline(
        &mut self,
        server_call: &str,
        raw_id: &str,
        reason: NotReached,
    ) -> Result<(), ServiceError> {
        let leg = self.ringing(server_call, raw_id)?;
        self.not_reached(leg, reason);
        Ok(())
    }

    /// The raw ids of those who are being called in `server_call`.
    pub(crate) fn ringing_in(&self, server_call: &str) -> Vec<&str> {
        let legs = self.legs.values().filter(|leg| self.is_in(leg, server_call));
        legs.map(|leg| leg.identifier.raw_id()).collect()
    }

    /// Ends a leg without an outcome.
    pub(super) fn forget_legs(&mut self, is_over: impl Fn(&Leg) -> bool) {
        self.legs.retain(|_, leg| !is_over(leg));
    }

    fn ringing(&self, server_call: &str, raw_id: &str) -> Result<u64, ServiceError> {
        let mut legs = self.legs.iter();
        let found =
            legs.find(|(_, leg)| leg.identifier.raw_id() == raw_id && self.is_in(leg, server_call));
        found.map(|(number, _)| *number).ok_or_else(|| {
            let message = format!("`{}` is not being called in this call", shown(raw_id));
            ServiceError::not_found(message).about("rawId")
        })
    }

    fn is_in(&self, leg: &Leg, server_call: &str) -> bool {
        let connection = self.connections.get(&leg.connection);
        connection.is_some_and(|connection| connection.server_call_id == server_call)
    }

    fn reached(&mut self, number: u64) {
        let Some(leg) = self.legs.remove(&number) else { return };
        let participant = json!({ "participant": leg.identifier.to_json() });
        match leg.purpose {
            Purpose::Call => self.join(&leg.connection, leg.identifier),
            Purpose::Invite { reply_to, .. } => {
                let result = ResultInformation::success();
                let kind = "AddParticipantSucceeded";
                self.emit(&leg.connection, kind, &reply_to, &result, participant);
                self.join(&leg.connection, leg.identifier);
            }
            Purpose::Transfer { transferee, reply_to } => {
                self.transferred(&leg.connection, &leg.identifier, &transferee, &reply_to);
            }
        }
    }

    fn not_reached(&mut self, number: u64, why: NotReached) {
        let Some(leg) = self.legs.remove(&number) else { return };
        self.report_not_reached(leg, &why.result());
    }

    pub(super) fn report_not_reached(&mut self, leg: Leg, result: &ResultInformation) {
        let Leg { connection, identifier, purpose } = leg;
        match purpose {
            Purpose::Call => self.give_up(&connection, result),
            Purpose::Invite { reply_to, .. } => {
                let participant = json!({ "participant": identifier.to_json() });
                self.emit(&connection, "AddParticipantFailed", &reply_to, result, participant);
            }
            Purpose::Transfer { reply_to, .. } => {
                self.transfer_failed(&connection, &reply_to, result);
            }
        }
    }

    /// Fails the call of a connection once no target is left that could answer.
    fn give_up(&mut self, connection: &str, result: &ResultInformation) {
        let is_ringing = self.legs.values().any(|leg| leg.connection == connection);
        let Ok(found) = self.connection(connection) else { return };
        if is_ringing || found.state != ConnectionState::Connecting {
            return;
        }
        let reply_to =
            ReplyTo { operation_context: found.operation_context.clone(), callback_uri: None };
        let server_call = found.server_call_id.clone();
        self.emit(connection, "CreateCallFailed", &reply_to, result, json!({}));
        self.drop_connection(connection);
        self.calls.remove(&server_call);
    }
}
