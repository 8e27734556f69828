//! The events of Event Grid about calls.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{Effect, GridEvent, Network};
use crate::clock::rfc3339_ticks;
use crate::identifier::Identifier;

impl Network {
    pub(super) fn grid_event(&mut self, event: GridEvent) {
        self.effects.push(Effect::EventGrid(event));
    }

    /// `CallStarted` or `CallEnded`.
    pub(super) fn call_event(&mut self, server_call: &str, kind: &'static str) {
        let Some(mut data) = self.about(server_call) else { return };
        if kind == "CallEnded" {
            let call = self.call(server_call).and_then(|call| call.connected_at);
            let lasted = call.and_then(|start| self.now.duration_since(start).ok());
            data["callDurationInSeconds"] = lasted.unwrap_or_default().as_secs_f64().into();
            data["reason"] = json!({ "code": 0, "subCode": 7000, "phrase": "The call has ended." });
        }
        self.report(server_call, kind, data);
    }

    /// `CallParticipantAdded` or `CallParticipantRemoved`.
    pub(super) fn participant_event(
        &mut self,
        server_call: &str,
        kind: &'static str,
        identifier: &Identifier,
    ) {
        let Some(mut data) = self.about(server_call) else { return };
        data["user"] = json!({ "communicationIdentifier": identifier.to_json() });
        data["participantId"] = identifier.raw_id().into();
        data["displayName"] = "".into();
        data["userAgent"] = "acs-rest-emulator".into();
        self.report(server_call, kind, data);
    }

    fn report(&mut self, server_call: &str, kind: &'static str, data: Value) {
        self.grid_event(GridEvent {
            id: Uuid::new_v4().to_string(),
            kind,
            subject: format!("call/{server_call}"),
            time: rfc3339_ticks(self.now),
            data,
        });
    }

    /// The common fields of events about an established call.
    fn about(&self, server_call: &str) -> Option<Value> {
        let call = self.call(server_call)?;
        call.connected_at?;
        let mut data = json!({
            "serverCallId": server_call,
            "correlationId": call.correlation_id,
            "isTwoParty": call.participants().len() <= 2,
            "isRoomsCall": call.is_shared,
        });
        if let Some(caller) = &call.started_by {
            data["startedBy"] = json!({ "communicationIdentifier": caller.to_json() });
        }
        Some(data)
    }
}
