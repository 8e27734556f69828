//! A subscription of Event Grid, whose endpoint receives events once it has passed the handshake.

use http::HeaderMap;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::network::GridEvent;

/// The topic that every event of the emulator has.
const TOPIC: &str = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/emulator\
                     /providers/Microsoft.Communication/CommunicationServices/emulator";

/// The form of events and handshake.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Schema {
    EventGrid,
    CloudEvents,
}

#[derive(Clone, Debug)]
pub(crate) struct Subscription {
    pub(crate) id: Uuid,
    pub(crate) endpoint: String,
    pub(crate) schema: Schema,
    /// The types without `Microsoft.Communication.`; empty for all.
    pub(crate) kinds: Vec<String>,
    pub(crate) validation_code: String,
    pub(crate) is_validated: bool,
}

impl Subscription {
    pub(crate) fn new(endpoint: String, schema: Schema, kinds: Vec<String>) -> Self {
        let kinds = kinds
            .into_iter()
            .map(|kind| kind.trim_start_matches("Microsoft.Communication.").to_owned())
            .collect();
        let validation_code = Uuid::new_v4().to_string();
        Self { id: Uuid::new_v4(), endpoint, schema, kinds, validation_code, is_validated: false }
    }

    pub(crate) fn to_json(&self) -> Value {
        json!({
            "id": self.id.to_string(),
            "endpointUrl": self.endpoint,
            "schema": match self.schema {
                Schema::EventGrid => "eventGrid",
                Schema::CloudEvents => "cloudEvents",
            },
            "includedEventTypes": self.kinds,
            "isValidated": self.is_validated,
        })
    }

    pub(super) fn wants(&self, kind: &str) -> bool {
        self.is_validated && (self.kinds.is_empty() || self.kinds.iter().any(|k| k == kind))
    }

    /// The event that asks for the validation code.
    pub(super) fn validation(&self, emulator: &str, time: &str) -> Value {
        let url = format!("{emulator}/_emulator/eventGrid/validate?id={}", self.id);
        json!([{
            "id": Uuid::new_v4().to_string(),
            "topic": TOPIC,
            "subject": "",
            "data": { "validationCode": self.validation_code, "validationUrl": url },
            "eventType": "Microsoft.EventGrid.SubscriptionValidationEvent",
            "eventTime": time,
            "metadataVersion": "1",
            "dataVersion": "1",
        }])
    }

    /// Whether a response to the handshake passes it.
    pub(super) fn is_passed_by(&self, status: u16, headers: &HeaderMap, body: &[u8]) -> bool {
        if status != 200 {
            return false;
        }
        match self.schema {
            Schema::EventGrid => {
                let body: Value = serde_json::from_slice(body).unwrap_or_default();
                body["validationResponse"] == self.validation_code.as_str()
            }
            Schema::CloudEvents => {
                let allowed = headers.get("webhook-allowed-origin");
                let allowed = allowed.and_then(|allowed| allowed.to_str().ok());
                allowed.is_some_and(|allowed| allowed == "*" || allowed == ORIGIN)
            }
        }
    }

    /// The body for one event.
    pub(super) fn body(&self, event: &GridEvent) -> Value {
        let kind = format!("Microsoft.Communication.{}", event.kind);
        match self.schema {
            Schema::EventGrid => json!([{
                "id": event.id,
                "topic": TOPIC,
                "subject": event.subject,
                "data": event.data,
                "eventType": kind,
                "eventTime": event.time,
                "dataVersion": "1.0",
                "metadataVersion": "1",
            }]),
            Schema::CloudEvents => json!([{
                "id": event.id,
                "source": TOPIC,
                "subject": event.subject,
                "data": event.data,
                "type": kind,
                "time": event.time,
                "specversion": "1.0",
            }]),
        }
    }
}

/// The origin of Event Grid in the CloudEvents handshake.
pub(super) const ORIGIN: &str = "eventgrid.azure.net";

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn each_schema_has_a_handshake_of_its_own() {
        let grid = Subscription::new("http://a/".to_owned(), Schema::EventGrid, Vec::new());
        let cloud = Subscription { schema: Schema::CloudEvents, ..grid.clone() };
        let asked = grid.validation("http://e", "now");
        let code = asked[0]["data"]["validationCode"].as_str().unwrap();
        let right = json!({ "validationResponse": code }).to_string();
        let none = HeaderMap::new();
        for (status, body, passed) in
            [(200, &*right, true), (202, &*right, false), (200, "{}", false), (200, "", false)]
        {
            assert_eq!(
                grid.is_passed_by(status, &none, body.as_bytes()),
                passed,
                "{status} {body}"
            );
        }
        for (origin, passed) in [("*", true), (ORIGIN, true), ("contoso.com", false)] {
            let origin = HeaderValue::from_static(origin);
            let headers =
                HeaderMap::from_iter([("webhook-allowed-origin".parse().unwrap(), origin)]);
            assert_eq!(cloud.is_passed_by(200, &headers, b""), passed);
        }
        assert!(!cloud.is_passed_by(200, &none, right.as_bytes()));
    }

    #[test]
    fn only_the_wanted_types_are_sent_and_only_after_the_handshake() {
        let kinds = vec!["Microsoft.Communication.IncomingCall".to_owned()];
        let mut some = Subscription::new("http://a/".to_owned(), Schema::EventGrid, kinds);
        assert!(!some.wants("IncomingCall"));
        some.is_validated = true;
        assert!(some.wants("IncomingCall") && !some.wants("CallStarted"));
        some.kinds.clear();
        assert!(some.wants("CallStarted"));
    }
}
