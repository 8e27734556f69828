//! The facts of a specification, as `tests/data/facts` has them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::{Map, Value, json};

/// One specification.
#[derive(Deserialize)]
pub(super) struct Facts {
    api_version: String,
    #[serde(rename = "operations", deserialize_with = "operations")]
    pub(super) operations: Vec<Operation>,
    pub(super) models: BTreeMap<String, BTreeMap<String, Field>>,
    enums: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
pub(super) struct Field {
    #[serde(rename = "type")]
    pub(super) kind: Value,
    pub(super) required: bool,
}

pub(super) struct Operation {
    pub(super) id: String,
    pub(super) method: String,
    path: String,
    /// The model of the body.
    pub(super) body: Option<String>,
    pub(super) body_required: bool,
    pub(super) repeatable: bool,
    pub(super) status: u16,
    /// The model of the answer.
    answer: Option<String>,
    paged: bool,
    /// The api-version to pin, if it is not the default one.
    pub(super) later: Option<String>,
}

fn operations<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<Operation>, D::Error> {
    Ok(Vec::<Value>::deserialize(from)?.iter().map(Operation::read).collect())
}

impl Operation {
    fn read(facts: &Value) -> Self {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let (status, answer) = facts["success"].as_object().unwrap().iter().next().unwrap();
        let id = name(facts["id"].as_str().unwrap());
        // Of a page, the SDK reads the items alone.
        let paged = id == "CallConnection_GetParticipants";
        let answer = text(answer).or_else(|| paged.then(|| "GetParticipantsResponse".to_owned()));
        Self {
            method: text(&facts["method"]).unwrap(),
            path: text(&facts["path"]).unwrap(),
            body: text(&facts["body"]["model"]),
            body_required: facts["body"]["required"] == true,
            repeatable: facts["repeatable"] == true,
            status: status.parse().unwrap(),
            answer,
            paged,
            later: None,
            id,
        }
    }
}

/// The name in the specification of an operation that may be named as in the SDK for Python:
/// `call_connection_get_call` is `CallConnection_GetCall`.
fn name(id: &str) -> String {
    let pascal = |words: &[&str]| -> String {
        let capital = |word: &&str| word[..1].to_ascii_uppercase() + &word[1..];
        words.iter().map(capital).collect()
    };
    let words: Vec<&str> = id.split('_').collect();
    match &words[..] {
        ["azure", "communication", "call", "automation", "service", name @ ..] => pascal(name),
        ["call", group, name @ ..] => format!("Call{}_{}", pascal(&[group]), pascal(name)),
        _ => id.to_owned(),
    }
}

impl Facts {
    /// The versions that are sent by default, and the newest.
    pub(super) fn all_versions() -> Vec<Self> {
        let newest = [
            include_str!("../../data/facts/call-automation-2026-03-12.json"),
            #[cfg(feature = "identity")]
            include_str!("../../data/facts/identity-2025-06-30.json"),
        ];
        let newest = newest.map(|facts| serde_json::from_str::<Self>(facts).unwrap().newest());
        Self::all().into_iter().chain(newest).collect()
    }

    fn newest(mut self) -> Self {
        for operation in &mut self.operations {
            operation.later = Some(self.api_version.clone());
        }
        // The SDK has the only transport as a model of its own.
        for name in ["MediaStreamingOptions", "TranscriptionOptions"] {
            if let Some(fields) = self.models.remove(&format!("WebSocket{name}")) {
                self.models.insert(name.to_owned(), fields);
            }
        }
        self
    }

    /// The versions that are sent by default.
    pub(super) fn all() -> Vec<Self> {
        [
            include_str!("../../data/facts/call-automation-2024-09-15.json"),
            #[cfg(feature = "identity")]
            include_str!("../../data/facts/identity-2023-10-01.json"),
        ]
        .map(|facts| serde_json::from_str(facts).unwrap())
        .into()
    }

    /// The newest version whose events are read here.
    pub(super) fn newest_events() -> Self {
        let facts = include_str!("../../data/facts/call-automation-2026-03-12.json");
        serde_json::from_str(facts).unwrap()
    }

    /// The events of Event Grid that are read here, by the same kind of facts.
    pub(super) fn event_grid() -> Self {
        let facts = include_str!("../../data/facts/event-grid-2018-01-01.json");
        serde_json::from_str(facts).unwrap()
    }

    pub(super) fn with_body(&self) -> impl Iterator<Item = &Operation> {
        self.operations.iter().filter(|operation| operation.body.is_some())
    }

    /// Path and query, with the arguments of `calls`.
    pub(super) fn target(&self, operation: &Operation) -> String {
        let path = operation.path.replace("{callConnectionId}", "call-1");
        let path = path.replace("{recordingId}", "rec%3D%3D");
        let path = path.replace("{participantRawId}", "8%3Aacs%3Ar_u").replace("{id}", "a%2Fb");
        let path = path.replace("{tenantId}", "tenant").replace("{objectId}", "object");
        format!("{path}?api-version={}", self.api_version)
    }

    /// Everything that the service can answer to the operation.
    pub(super) fn answer(&self, operation: &Operation) -> Value {
        let mut answer = operation.answer.as_ref().map_or(Value::Null, |model| self.sample(model));
        if operation.paged {
            // The pager would follow it; it has tests of its own.
            answer.as_object_mut().unwrap().remove("nextLink");
        }
        answer
    }

    /// An object with every field of the model.
    pub(super) fn sample(&self, model: &str) -> Value {
        if model == "CommunicationIdentifierModel" {
            // Its fields exclude each other; it has tests of its own.
            return json!({"rawId": "8:acs:r_u", "communicationUser": {"id": "8:acs:r_u"}});
        }
        let fields = self.models[model].iter();
        fields.map(|(name, field)| (name.clone(), self.value(name, &field.kind))).collect()
    }

    fn value(&self, name: &str, kind: &Value) -> Value {
        if let Some(list) = kind.as_array() {
            return json!([self.value(name, &list[0])]);
        }
        match kind.as_str().unwrap_or("map") {
            "map" => json!({"name": name}),
            "string" => json!(name),
            "boolean" => json!(true),
            "int32" | "int64" => json!(7),
            "double" => json!(0.5),
            "date-time" => json!("2023-10-10T21:39:39.3244584+00:00"),
            named => match self.enums.get(named) {
                Some(values) => json!(values[0]),
                None => self.sample(named),
            },
        }
    }

    /// The fields of the operation's answer and of the models in it, as JSON pointers, and whether
    /// each is required.
    pub(super) fn fields_of(&self, operation: &Operation) -> Vec<(String, bool)> {
        let model = operation.answer.as_ref();
        model.map_or_else(Vec::new, |model| self.fields_in(model, &self.answer(operation)))
    }

    /// The same of a model.
    pub(super) fn fields_in(&self, model: &str, sample: &Value) -> Vec<(String, bool)> {
        let mut fields = Vec::new();
        self.fields(model, "", sample, &mut fields);
        fields
    }

    fn fields(&self, model: &str, at: &str, sample: &Value, found: &mut Vec<(String, bool)>) {
        for (name, field) in &self.models[model] {
            let (list, at) = (field.kind.get(0), format!("{at}/{name}"));
            let Some(sample) = sample.get(name) else { continue };
            found.push((at.clone(), field.required));
            let inner = list.unwrap_or(&field.kind).as_str().unwrap_or("map");
            let (at, sample) = match list {
                Some(_) => (format!("{at}/0"), &sample[0]),
                None => (at, sample),
            };
            if self.models.contains_key(inner) && inner != "CommunicationIdentifierModel" {
                self.fields(inner, &at, sample, found);
            }
        }
    }

    /// The models and enums that these have.
    fn reachable(&self, roots: impl Iterator<Item = String>) -> BTreeSet<String> {
        let (mut todo, mut found) = (roots.collect::<Vec<_>>(), BTreeSet::new());
        while let Some(name) = todo.pop() {
            for field in self.models.get(&name).into_iter().flat_map(BTreeMap::values) {
                let inner = field.kind.get(0).unwrap_or(&field.kind);
                todo.extend(
                    inner.as_str().filter(|name| !found.contains(*name)).map(str::to_owned),
                );
            }
            found.insert(name);
        }
        found.retain(|name| self.models.contains_key(name) || self.enums.contains_key(name));
        found
    }

    /// The models and enums of requests.
    pub(super) fn requested(&self) -> BTreeSet<String> {
        self.reachable(self.operations.iter().filter_map(|operation| operation.body.clone()))
    }

    /// The events: what no operation and no other model has.
    pub(super) fn events(&self) -> impl Iterator<Item = &str> {
        let roots = self.operations.iter();
        let roots = roots.flat_map(|operation| operation.body.iter().chain(&operation.answer));
        let mut others = self.reachable(roots.cloned());
        others.insert("CommunicationErrorResponse".to_owned());
        for fields in self.models.values() {
            let inner = fields.values().map(|field| field.kind.get(0).unwrap_or(&field.kind));
            others.extend(inner.filter_map(Value::as_str).map(str::to_owned));
        }
        self.models.keys().map(String::as_str).filter(move |name| !others.contains(*name))
    }

    pub(super) fn enums(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.enums.iter().map(|(name, values)| (name.as_str(), values.as_slice()))
    }

    pub(super) fn values(&self, name: &str) -> Option<&[String]> {
        self.enums.get(name).map(Vec::as_slice)
    }
}

/// The answer with another value in that place.
pub(super) fn with(answer: &Value, pointer: &str, value: Value) -> Value {
    let mut answer = answer.clone();
    *answer.pointer_mut(pointer).unwrap() = value;
    answer
}

/// The answer without that field.
pub(super) fn without(answer: &Value, pointer: &str) -> Value {
    let (object, field) = pointer.rsplit_once('/').unwrap();
    let mut answer = answer.clone();
    let object: &mut Map<String, Value> =
        answer.pointer_mut(object).and_then(Value::as_object_mut).unwrap();
    object.remove(field);
    answer
}
