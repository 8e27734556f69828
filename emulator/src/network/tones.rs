//! Tones of participants, and tones that the application sends.

use std::time::Duration;

use serde_json::{Value, json};

use super::connection::ContinuousTones;
use super::{Network, ReplyTo, ResultInformation, Tone};
use crate::error::ServiceError;

/// How long a person takes between two keys, at a pace of 1.
pub(super) const BETWEEN_KEYS: Duration = Duration::from_millis(100);

impl Network {
    /// Reports each tone of a participant from now on.
    pub(crate) fn start_continuous_tones(
        &mut self,
        connection: &str,
        raw_id: &str,
        reply_to: ReplyTo,
    ) -> Result<(), ServiceError> {
        self.check_participant(connection, raw_id)?;
        let failure = self.planned_failure("CallMedia_StartContinuousDtmfRecognition");
        if let Some(result) = failure {
            let kind = "ContinuousDtmfRecognitionToneFailed";
            self.emit_later(connection, kind, reply_to, result, json!({}));
            return Ok(());
        }
        if let Some(found) = self.connections.get_mut(connection) {
            let tones = ContinuousTones { reply_to, sequence: 0 };
            found.continuous_tones.insert(raw_id.to_owned(), tones);
            let server_call = found.server_call_id.clone();
            self.press_next(server_call, raw_id.to_owned());
        }
        Ok(())
    }

    pub(crate) fn stop_continuous_tones(
        &mut self,
        connection: &str,
        raw_id: &str,
        reply_to: ReplyTo,
    ) -> Result<(), ServiceError> {
        self.check_participant(connection, raw_id)?;
        if let Some(found) = self.connections.get_mut(connection) {
            found.continuous_tones.remove(raw_id);
        }
        let result = ResultInformation::success();
        let kind = "ContinuousDtmfRecognitionStopped";
        self.emit_later(connection, kind, reply_to, result, json!({}));
        Ok(())
    }

    /// Sends tones to a participant, which a person does not react to.
    pub(crate) fn send_tones(
        &mut self,
        connection: &str,
        raw_id: &str,
        reply_to: ReplyTo,
    ) -> Result<(), ServiceError> {
        self.check_participant(connection, raw_id)?;
        let (kind, result) = match self.planned_failure("CallMedia_SendDtmfTones") {
            Some(result) => ("SendDtmfTonesFailed", result),
            None => ("SendDtmfTonesCompleted", ResultInformation::success()),
        };
        self.emit_later(connection, kind, reply_to, result, json!({}));
        Ok(())
    }

    /// Lets a person in a call press a key.
    pub(crate) fn press(
        &mut self,
        server_call: &str,
        raw_id: &str,
        tone: Tone,
    ) -> Result<(), ServiceError> {
        self.person_in(server_call, raw_id)?;
        let connections = self.call(server_call).map(|call| call.connections.clone());
        for connection in connections.unwrap_or_default() {
            self.report_continuous_tone(&connection, raw_id, tone);
            self.stream_tone(&connection, raw_id, tone);
            self.recognize_tone(&connection, raw_id, tone);
        }
        Ok(())
    }

    /// Lets a person in a call say something, which is not heard while the person is muted.
    pub(crate) fn speak(
        &mut self,
        server_call: &str,
        raw_id: &str,
        text: &str,
    ) -> Result<(), ServiceError> {
        self.person_in(server_call, raw_id)?;
        let Some(call) = self.call(server_call) else { return Ok(()) };
        if call.participant(raw_id)?.is_muted {
            return Ok(());
        }
        for connection in call.connections.clone() {
            self.stream_words(&connection, raw_id, text);
            self.recognize_words(&connection, raw_id, text);
        }
        Ok(())
    }

    /// Checks that the call is established and has a participant with this raw id.
    pub(super) fn check_participant(
        &self,
        connection: &str,
        raw_id: &str,
    ) -> Result<(), ServiceError> {
        self.established(connection)?;
        self.call_of(connection)?.participant(raw_id).map(drop)
    }

    /// Stops the recognition of tones of a participant who left.
    pub(super) fn stop_listening_to(&mut self, server_call: &str, raw_id: &str) {
        let connections = self.call(server_call).map(|call| call.connections.clone());
        for connection in connections.unwrap_or_default() {
            if let Some(found) = self.connections.get_mut(&connection) {
                found.continuous_tones.remove(raw_id);
            }
        }
    }

    /// Presses the next key of the script of a person whose tones are reported.
    fn press_next(&mut self, server_call: String, raw_id: String) {
        self.after(BETWEEN_KEYS, move |network| {
            let participant =
                network.call_mut(&server_call).and_then(|c| c.participant_mut(&raw_id));
            let Some(tone) = participant.and_then(|p| p.tones.pop_front()) else { return };
            drop(network.press(&server_call, &raw_id, tone));
            let is_wanted = network.call(&server_call).is_some_and(|call| {
                let mut connections = call.connections.iter();
                connections.any(|id| network.wants_tones(id, &raw_id))
            });
            if is_wanted {
                network.press_next(server_call, raw_id);
            }
        });
    }

    fn wants_tones(&self, connection: &str, raw_id: &str) -> bool {
        let found = self.connections.get(connection);
        found.is_some_and(|found| found.continuous_tones.contains_key(raw_id))
    }

    fn report_continuous_tone(&mut self, connection: &str, raw_id: &str, tone: Tone) {
        let found = self.connections.get_mut(connection);
        let Some(tones) = found.and_then(|found| found.continuous_tones.get_mut(raw_id)) else {
            return;
        };
        tones.sequence += 1;
        let (reply_to, sequence) = (tones.reply_to.clone(), tones.sequence);
        let data: Value = json!({ "sequenceId": sequence, "tone": tone.name() });
        let (kind, result) =
            ("ContinuousDtmfRecognitionToneReceived", ResultInformation::success());
        self.emit(connection, kind, &reply_to, &result, data);
    }
}
