//! The examples of the specifications: each answer is read without a loss, and each request can
//! be made. The examples are not ours to keep here; where they are not beside the project, these
//! tests say so and check nothing.

mod calls;

use std::io::Write;
use std::path::PathBuf;

use acs_rest::{Client, UserToken};
use serde_json::Value;

use self::calls::{Example, call};
use super::answered;
use super::facts::{Facts, Operation, without};
use super::fixture_size::FixtureSize;
use crate::recorder::Recorder;

/// Each operation with its example.
fn examples() -> Vec<(Operation, Value)> {
    let specifications = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/spec"));
    if !specifications.is_dir() {
        // Not by `eprintln!`, which is heard of failed tests alone.
        let absent = format!("SKIPPED: no examples of the specifications at {specifications:?}\n");
        std::io::stderr().write_all(absent.as_bytes()).unwrap();
        return Vec::new();
    }
    let operations = Facts::all().into_iter().flat_map(|facts| facts.operations);
    operations
        .map(|operation| {
            let path = specifications.join(file(&operation.id));
            let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path:?}: {e}"));
            (operation, serde_json::from_str(&text).unwrap())
        })
        .collect()
}

fn file(id: &str) -> String {
    match id.strip_prefix("CommunicationIdentity_") {
        Some(name @ ("Create" | "Delete")) => {
            format!("Identity/2023-10-01/examples/{name}Identity.json")
        }
        Some(name) => format!("Identity/2023-10-01/examples/{name}.json"),
        None => format!("CallAutomation/2024-09-15/examples/{id}.json"),
    }
}

#[tokio::test]
async fn every_answer_is_read_without_a_loss() {
    for (operation, example) in examples() {
        let id = &operation.id;
        let mut answer = example["responses"][operation.status.to_string()]["body"].clone();
        if let Some(fields) = answer.as_object_mut() {
            // The pager would follow it; it has tests of its own.
            fields.remove("nextLink");
        }
        let text = if answer.is_null() { String::new() } else { answer.to_string() };
        let read = answered(&operation, FixtureSize::least(), text).await.0.unwrap();
        for (field, value) in fields(&answer, "") {
            let at = format!("`{id}`: {field}");
            let less = without(&answer, &field).to_string();
            let less = answered(&operation, FixtureSize::least(), less).await.0.ok();
            let name = field.rsplit('/').next().unwrap();
            // The kind of an identifier can be told from its property as well.
            assert!(name == "kind" || less.as_ref() != Some(&read), "{at} is not read");
            assert!(is_shown(name, &value, &read), "{at}: {value} is not in {read}");
        }
    }
}

/// Every field that says something, and its value.
fn fields(value: &Value, at: &str) -> Vec<(String, Value)> {
    let inner = |(name, value): (String, &Value)| {
        let at = format!("{at}/{name}");
        let mut found = fields(value, &at);
        let says_something = !value.is_null() && value != &Value::Array(Vec::new());
        // An item of a list stands for its fields.
        if says_something && name.parse::<usize>().is_err() {
            found.push((at, value.clone()));
        }
        found
    };
    match value {
        Value::Object(object) => {
            object.iter().map(|(name, value)| (name.clone(), value)).flat_map(inner).collect()
        }
        Value::Array(list) => {
            let items = list.iter().enumerate();
            items.map(|(nth, value)| (nth.to_string(), value)).flat_map(inner).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether the value is in the debug text, whatever the case of an enum.
fn is_shown(name: &str, value: &Value, read: &str) -> bool {
    let read = read.to_ascii_lowercase();
    match (name, value) {
        ("token" | "expiresOn", _) | (_, Value::Object(_) | Value::Array(_)) => true,
        ("kind", kind) => read.contains(&format!("{}(", shown(kind))),
        (_, value) => read.contains(&shown(value)),
    }
}

fn shown(value: &Value) -> String {
    value.as_str().map_or(value.to_string(), str::to_owned).to_ascii_lowercase()
}

#[tokio::test]
async fn every_request_can_be_created() {
    for (operation, example) in examples() {
        let id = &operation.id;
        let bodies = example["parameters"].as_object().unwrap().values();
        let mut bodies = bodies.filter(|value| value.is_object());
        let Some(expected) = bodies.next() else {
            assert_eq!(operation.body, None, "`{id}`: its example has no body");
            continue;
        };
        assert!(bodies.next().is_none(), "`{id}` has one body");
        let mut sent = made(id, Example(expected)).await;
        without_raw_ids(&mut sent);
        assert_eq!(sent, without_nulls(expected), "`{id}`");
    }
}

/// What is sent if the operation is called with what the example says.
async fn made(id: &str, example: Example<'_>) -> Value {
    let recorder = Recorder::answering(500, "");
    let client = Client::builder("https://contoso.communication.azure.com", UserToken::new("t"))
        .transport(recorder.clone())
        .max_retries(0)
        .build()
        .unwrap();
    call(&client, id, example).await.unwrap_err();
    serde_json::from_str(&recorder.sent()[0].body).unwrap()
}

/// Ours are sent beside the property, as Microsoft's SDKs do.
fn without_raw_ids(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(without_raw_ids),
        Value::Object(fields) => {
            fields.remove("rawId");
            fields.values_mut().for_each(without_raw_ids);
        }
        _ => {}
    }
}

/// A null is what is not set.
fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(without_nulls).collect(),
        Value::Object(fields) => fields
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name.clone(), without_nulls(value)))
            .collect(),
        other => other.clone(),
    }
}
