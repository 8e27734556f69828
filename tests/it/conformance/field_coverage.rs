//! Records which fields and values were sent.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::facts::{Facts, Operation};

/// Enums whose value says which other field is there: here they are variants, not texts.
pub(super) const KINDS: [&str; 6] = [
    "CallLocatorKind",
    "CommunicationIdentifierModelKind",
    "PlaySourceType",
    "RecognizeInputType",
    "RecordingStorageKind",
    "StreamingTransportType",
];

/// Models that send more than what is required, because a kind goes with its field.
const BY_KIND: [&str; 8] = [
    "CallLocator",
    "CommunicationIdentifierModel",
    "ExternalStorage",
    "MicrosoftTeamsAppIdentifierModel",
    "MicrosoftTeamsUserIdentifierModel",
    "PlaySource",
    "StartCallRecordingRequest",
    "TeamsExtensionUserIdentifierModel",
];

/// Values that are never sent on purpose.
const NEVER_SENT: [(&str, &str); 3] = [
    ("CallLocatorKind", "unknown"),
    // The raw id says both; the service writes these itself.
    ("PhoneNumberIdentifierModel", "assertedId"),
    ("PhoneNumberIdentifierModel", "isAnonymous"),
];

/// The fields of each model, and the values of each enum, that bodies had.
#[derive(Default)]
pub(super) struct FieldCoverage {
    of: BTreeMap<String, BTreeSet<String>>,
}

impl FieldCoverage {
    pub(super) fn body(&mut self, facts: &Facts, operation: &Operation, body: &str) {
        let body = serde_json::from_str(body).unwrap();
        let model = operation.body.as_ref().unwrap();
        self.value(facts, &Value::from(model.as_str()), &body, &operation.id);
    }

    /// Notes the value, and fails unless it is of that type.
    fn value(&mut self, facts: &Facts, kind: &Value, value: &Value, at: &str) {
        let is = |right: bool| assert!(right, "{at}: {value} is no {kind}");
        if let Some(list) = kind.as_array() {
            is(value.is_array());
            return value
                .as_array()
                .unwrap()
                .iter()
                .for_each(|v| self.value(facts, &list[0], v, at));
        }
        match kind.as_str() {
            None => is(value.is_object()), // A map from names to texts.
            Some("string") => is(value.is_string()),
            Some("boolean") => is(value.is_boolean()),
            Some("int32" | "int64") => is(value.is_u64()),
            Some(name) => match facts.values(name) {
                Some(values) => {
                    is(values.iter().any(|known| value == known));
                    self.note(name, value.as_str().unwrap());
                }
                None => self.object(facts, name, value, at),
            },
        }
    }

    fn object(&mut self, facts: &Facts, model: &str, value: &Value, at: &str) {
        self.of.entry(model.to_owned()).or_default();
        for (name, value) in value.as_object().unwrap_or_else(|| panic!("{at}: no {model}")) {
            let at = format!("{at}/{name}");
            let field = facts.models[model].get(name).unwrap_or_else(|| panic!("{at}: no field"));
            self.note(model, name);
            self.value(facts, &field.kind, value, &at);
        }
    }

    fn note(&mut self, name: &str, part: &str) {
        self.of.entry(name.to_owned()).or_default().insert(part.to_owned());
    }

    /// Every field of every model was sent, and every kind.
    pub(super) fn assert_complete(&self, facts: &Facts) {
        for name in facts.requested() {
            let seen = self.of.get(&name).unwrap_or_else(|| panic!("`{name}` is never sent"));
            let parts: Vec<&String> = match facts.values(&name) {
                Some(_) if !KINDS.contains(&&*name) => continue,
                Some(values) => values.iter().collect(),
                None => facts.models[&name].keys().collect(),
            };
            for part in parts {
                let never = NEVER_SENT.contains(&(&*name, &**part));
                assert!(never || seen.contains(part), "`{name}` has no `{part}`");
            }
        }
    }

    /// Nothing was sent but what is required, in other models than `except`.
    pub(super) fn assert_least(&self, facts: &Facts, except: &str) {
        for (name, seen) in self.of.iter().filter(|(name, _)| *name != except) {
            let Some(fields) = facts.models.get(name) else { continue };
            let required = fields.iter().filter(|(_, field)| field.required);
            let required: BTreeSet<String> = required.map(|(name, _)| name.clone()).collect();
            if BY_KIND.contains(&&**name) {
                assert!(required.is_subset(seen), "`{name}`: {seen:?}, not {required:?}");
            } else {
                assert_eq!(without_input(seen), required, "`{name}`");
            }
        }
    }
}

/// What is waited for goes with the kind of input, though beside it and not in one object.
fn without_input(seen: &BTreeSet<String>) -> BTreeSet<String> {
    let inputs = ["dtmfOptions", "speechOptions", "choices"];
    seen.iter().filter(|field| !inputs.contains(&field.as_str())).cloned().collect()
}
