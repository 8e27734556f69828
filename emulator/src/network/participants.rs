//! The operations on participants: they join, leave, are muted, held and transferred.

use std::time::Duration;

use serde_json::{Value, json};
use uuid::Uuid;

use super::leg::{Leg, Purpose};
use super::{ConnectionState, Network, ReplyTo, ResultInformation, STEP};
use crate::error::ServiceError;
use crate::identifier::Identifier;

/// The response to an invitation.
#[derive(Debug)]
pub(crate) struct Invitation {
    pub(crate) id: String,
    /// A `CallParticipant` that has not joined yet.
    pub(crate) participant: Value,
}

impl Network {
    /// Invites a participant to the call of a connection.
    pub(crate) fn invite(
        &mut self,
        connection: &str,
        identifier: Identifier,
        timeout: Option<Duration>,
        reply_to: ReplyTo,
    ) -> Result<Invitation, ServiceError> {
        self.established(connection)?;
        let id = Uuid::new_v4().to_string();
        let participant =
            json!({ "identifier": identifier.to_json(), "isMuted": false, "isOnHold": false });
        let purpose = Purpose::Invite { invitation: id.clone(), reply_to };
        let leg = Leg { connection: connection.to_owned(), identifier, purpose };
        match self.planned_failure("CallConnection_AddParticipant") {
            Some(result) => {
                self.after(STEP, move |network| network.report_not_reached(leg, &result));
            }
            None => self.dial(leg, timeout),
        }
        Ok(Invitation { id, participant })
    }

    /// Cancels an invitation that has not been answered yet.
    pub(crate) fn cancel_invitation(
        &mut self,
        connection: &str,
        invitation: &str,
        reply_to: ReplyTo,
    ) -> Result<(), ServiceError> {
        self.established(connection)?;
        let failure = self.planned_failure("CallConnection_CancelAddParticipant");
        let is_it = {
            let invitation = invitation.to_owned();
            move |leg: &Leg| {
                let purpose = &leg.purpose;
                matches!(purpose, Purpose::Invite { invitation: id, .. } if *id == invitation)
            }
        };
        let is_pending = failure.is_none() && self.legs.values().any(&is_it);
        if is_pending {
            self.forget_legs(is_it);
        }
        let (kind, result) = match (is_pending, failure) {
            (true, _) => ("CancelAddParticipantSucceeded", ResultInformation::success()),
            (false, Some(result)) => ("CancelAddParticipantFailed", result),
            (false, None) => ("CancelAddParticipantFailed", decided_already()),
        };
        let data = json!({ "invitationId": invitation });
        self.emit_later(connection, kind, reply_to, result, data);
        Ok(())
    }

    /// Removes a participant from the call of a connection.
    pub(crate) fn remove(
        &mut self,
        connection: &str,
        identifier: Identifier,
        reply_to: ReplyTo,
    ) -> Result<(), ServiceError> {
        self.established(connection)?;
        self.call_of(connection)?.participant(identifier.raw_id())?;
        let failure = self.planned_failure("CallConnection_RemoveParticipant");
        let connection = connection.to_owned();
        self.after(STEP, move |network| {
            let data = json!({ "participant": identifier.to_json() });
            let is_there = network.call_of(&connection).is_ok_and(|c| c.has(identifier.raw_id()));
            let failure = failure.or_else(|| (!is_there).then(gone));
            if let Some(result) = failure {
                network.emit(&connection, "RemoveParticipantFailed", &reply_to, &result, data);
                return;
            }
            let result = ResultInformation::success();
            network.emit(&connection, "RemoveParticipantSucceeded", &reply_to, &result, data);
            network.leaves(&connection, &identifier);
        });
        Ok(())
    }

    /// Mutes participants; none of them, unless all are in the call.
    pub(crate) fn mute(
        &mut self,
        connection: &str,
        targets: &[Identifier],
    ) -> Result<(), ServiceError> {
        self.established(connection)?;
        let call = self.call_of(connection)?;
        targets.iter().try_for_each(|target| call.participant(target.raw_id()).map(drop))?;
        for target in targets {
            self.set_muted(connection, target.raw_id(), true);
        }
        self.participants_updated_later(connection);
        Ok(())
    }

    pub(crate) fn hold(
        &mut self,
        connection: &str,
        raw_id: &str,
        is_on_hold: bool,
        reply_to: ReplyTo,
    ) -> Result<(), ServiceError> {
        self.established(connection)?;
        self.call_of(connection)?.participant(raw_id)?;
        let operation = if is_on_hold { "CallMedia_Hold" } else { "CallMedia_Unhold" };
        if let Some(result) = self.planned_failure(operation) {
            self.emit_later(connection, "HoldFailed", reply_to, result, json!({}));
            return Ok(());
        }
        let found = self.call_of_mut(connection).and_then(|call| call.participant_mut(raw_id));
        found.into_iter().for_each(|participant| participant.is_on_hold = is_on_hold);
        self.participants_updated_later(connection);
        Ok(())
    }

    /// Transfers a participant to `target`, who is called for it.
    pub(crate) fn transfer(
        &mut self,
        connection: &str,
        transferee: Identifier,
        target: Identifier,
        reply_to: ReplyTo,
    ) -> Result<(), ServiceError> {
        self.established(connection)?;
        self.call_of(connection)?.participant(transferee.raw_id())?;
        if let Some(found) = self.connections.get_mut(connection) {
            found.state = ConnectionState::Transferring;
        }
        let purpose = Purpose::Transfer { transferee, reply_to };
        let leg = Leg { connection: connection.to_owned(), identifier: target, purpose };
        match self.planned_failure("CallConnection_TransferToParticipant") {
            Some(result) => {
                self.after(STEP, move |network| network.report_not_reached(leg, &result));
            }
            None => self.dial(leg, None),
        }
        Ok(())
    }

    pub(super) fn transferred(
        &mut self,
        connection: &str,
        target: &Identifier,
        transferee: &Identifier,
        reply_to: &ReplyTo,
    ) {
        if let Some(found) = self.connections.get_mut(connection) {
            found.state = ConnectionState::Connected;
        }
        let data =
            json!({ "transferTarget": target.to_json(), "transferee": transferee.to_json() });
        let result = ResultInformation::success();
        self.emit(connection, "CallTransferAccepted", reply_to, &result, data);
        self.leaves(connection, transferee);
    }

    pub(super) fn transfer_failed(
        &mut self,
        connection: &str,
        reply_to: &ReplyTo,
        result: &ResultInformation,
    ) {
        if let Some(found) = self.connections.get_mut(connection) {
            found.state = ConnectionState::Connected;
        }
        self.emit(connection, "CallTransferFailed", reply_to, result, json!({}));
    }

    /// Moves participants from one established call to another.
    pub(crate) fn move_participants(
        &mut self,
        to: &str,
        from: &str,
        targets: Vec<Identifier>,
        reply_to: ReplyTo,
    ) -> Result<(), ServiceError> {
        self.established(to)?;
        self.established(from)?;
        let call = self.call_of(from)?;
        targets.iter().try_for_each(|target| call.participant(target.raw_id()).map(drop))?;
        let failure = self.planned_failure("CallConnection_MoveParticipants");
        let (to, from) = (to.to_owned(), from.to_owned());
        self.after(STEP, move |network| {
            for target in targets {
                let data = json!({ "participant": target.to_json(), "fromCall": from });
                if let Some(result) = &failure {
                    network.emit(&to, "MoveParticipantFailed", &reply_to, result, data);
                    continue;
                }
                let result = ResultInformation::success();
                network.emit(&to, "MoveParticipantSucceeded", &reply_to, &result, data);
                network.leaves(&from, &target);
                network.join(&to, target);
            }
        });
        Ok(())
    }

    /// Mutes or unmutes a person at their own request.
    pub(crate) fn mutes_itself(
        &mut self,
        server_call: &str,
        raw_id: &str,
        is_muted: bool,
    ) -> Result<(), ServiceError> {
        self.person_in(server_call, raw_id)?;
        let found = self.call_mut(server_call).and_then(|call| call.participant_mut(raw_id));
        found.into_iter().for_each(|participant| participant.is_muted = is_muted);
        self.participants_updated(server_call);
        Ok(())
    }

    /// Sends an event of an operation after a step.
    pub(super) fn emit_later(
        &mut self,
        connection: &str,
        kind: &'static str,
        reply_to: ReplyTo,
        result: ResultInformation,
        data: Value,
    ) {
        let connection = connection.to_owned();
        self.after(STEP, move |network| network.emit(&connection, kind, &reply_to, &result, data));
    }

    /// Reports the participants of a call to all its connections.
    pub(super) fn participants_updated(&mut self, server_call: &str) {
        let Some(call) = self.calls.get(server_call) else { return };
        for connection in call.connections.clone() {
            self.participants_updated_for(&connection);
        }
        self.update_speakers(server_call);
    }

    pub(super) fn participants_updated_for(&mut self, connection: &str) {
        let Ok(call) = self.call_of(connection) else { return };
        let participants: Vec<Value> =
            call.participants().iter().map(super::Participant::to_json).collect();
        let Some(found) = self.connections.get_mut(connection) else { return };
        if found.state == ConnectionState::Connecting {
            return;
        }
        let sequence = found.next_sequence();
        let data = json!({ "participants": participants, "sequenceNumber": sequence });
        let (reply_to, result) = (ReplyTo::default(), ResultInformation::success());
        self.emit(connection, "ParticipantsUpdated", &reply_to, &result, data);
    }

    fn participants_updated_later(&mut self, connection: &str) {
        let Ok(found) = self.connection(connection) else { return };
        let server_call = found.server_call_id.clone();
        self.after(STEP, move |network| network.participants_updated(&server_call));
    }

    fn set_muted(&mut self, connection: &str, raw_id: &str, is_muted: bool) {
        let found = self.call_of_mut(connection).and_then(|call| call.participant_mut(raw_id));
        found.into_iter().for_each(|participant| participant.is_muted = is_muted);
    }
}

fn decided_already() -> ResultInformation {
    let message = "The invitation is not known, or was answered already.";
    ResultInformation::new(400, 8500, message)
}

fn gone() -> ResultInformation {
    ResultInformation::new(404, 8522, "The participant has left the call.")
}
