//! The events beside the facts: each is known by its name, and each of its fields is read.

use acs_rest::call_automation::events::{self, CallEventKind};
use acs_rest::event_grid::{self, GridEventKind};
use serde_json::{Value, json};

use super::facts::{self, Facts};

fn body(name: &str, data: &Value) -> Vec<u8> {
    let event_type = format!("Microsoft.Communication.{name}");
    json!([{"id": "1", "source": "s", "type": event_type, "data": data}]).to_string().into_bytes()
}

/// The event as debug text; `None` if it cannot be read.
fn call_event(name: &str, data: &Value) -> Option<String> {
    let event = events::parse(&body(name, data)).unwrap().remove(0).ok()?;
    assert!(!matches!(event.kind, CallEventKind::Unknown(_)), "`{name}` is not in the catalogue");
    Some(format!("{event:?}"))
}

fn grid_event(name: &str, data: &Value) -> Option<String> {
    let event = event_grid::parse(&body(name, data)).unwrap().remove(0).ok()?;
    assert!(!matches!(event.kind, GridEventKind::Unknown(_)), "`{name}` is not in the catalogue");
    Some(format!("{event:?}"))
}

/// Every field of the model changes what is read; none is required, and null is absent too.
fn fields(facts: &Facts, model: &str, name: &str, read: fn(&str, &Value) -> Option<String>) {
    let whole = facts.sample(model);
    let all = read(name, &whole).unwrap_or_else(|| panic!("`{name}` cannot be read"));
    for (field, _) in facts.fields_in(model, &whole) {
        let at = format!("`{name}`: `{field}`");
        let without = read(name, &facts::without(&whole, &field));
        let null = read(name, &facts::with(&whole, &field, Value::Null));
        assert_eq!(without, null, "{at}: null is absent too");
        assert_ne!(
            without.unwrap_or_else(|| panic!("{at}: is required")),
            all,
            "{at}: is not read"
        );
    }
}

#[test]
fn every_field_of_a_call_event() {
    let facts = &Facts::all()[0];
    let names: Vec<&str> = facts.events().collect();
    assert_eq!(names.len(), 28, "{names:?}");
    for name in names {
        fields(facts, name, name, call_event);
    }
}

#[test]
fn every_field_of_a_call_event_of_the_newest_version() {
    let facts = Facts::newest_events();
    let is_event = |name: &&str| facts.models[*name].contains_key("resultInformation");
    let names: Vec<&str> = facts.events().filter(is_event).collect();
    assert_eq!(names.len(), 38, "{names:?}");
    for name in names {
        fields(&facts, name, name, call_event);
    }
}

#[test]
fn every_value_of_a_status_of_a_stream() {
    let facts = Facts::newest_events();
    for (event, update, name) in [
        ("MediaStreamingFailed", "mediaStreamingUpdate", "MediaStreamingStatus"),
        ("MediaStreamingFailed", "mediaStreamingUpdate", "MediaStreamingStatusDetails"),
        ("TranscriptionFailed", "transcriptionUpdate", "TranscriptionStatus"),
        ("TranscriptionFailed", "transcriptionUpdate", "TranscriptionStatusDetails"),
    ] {
        let field = name[..1].to_ascii_lowercase() + &name[1..];
        for value in facts.values(name).unwrap() {
            let read = call_event(event, &json!({ update: { field.as_str(): value } })).unwrap();
            let variant = value[..1].to_ascii_uppercase() + &value[1..];
            assert!(read.contains(&format!("Some({variant})")), "`{name}` has no `{value}`");
        }
    }
}

#[test]
fn every_field_of_an_event_of_event_grid() {
    let facts = Facts::event_grid();
    let names: Vec<&str> = facts.events().collect();
    assert_eq!(names.len(), 10, "{names:?}");
    for model in names {
        let name = model.trim_start_matches("Acs").trim_end_matches("EventData");
        fields(&facts, model, name, grid_event);
    }
}

#[test]
fn every_value_of_an_enum_of_event_grid_in_any_case() {
    let facts = Facts::event_grid();
    for (name, values) in facts.enums() {
        let (event, field) = match name {
            "EmailDeliveryStatus" => ("EmailDeliveryReportReceived", "status".to_owned()),
            "EmailEngagementType" => {
                ("EmailEngagementTrackingReportReceived", "engagementType".to_owned())
            }
            _ => ("RecordingFileStatusUpdated", name[..1].to_ascii_lowercase() + &name[1..]),
        };
        for value in values {
            let variant = value[..1].to_ascii_uppercase() + &value[1..];
            for value in [value.clone(), value.to_lowercase(), value.to_uppercase()] {
                let read = grid_event(event, &json!({ field.as_str(): value })).unwrap();
                assert!(read.contains(&format!("Some({variant})")), "`{name}` has no `{value}`");
            }
        }
    }
}
