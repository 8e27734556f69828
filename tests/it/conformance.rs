//! Compares the catalogue with the facts of the specification: each omission fails by name.

#![allow(clippy::unwrap_used, reason = "helpers of tests, which clippy does not count as tests")]

mod calls;
mod events;
mod examples;
mod facts;
mod field_coverage;
mod fixture_size;

use acs_rest::call_automation::events::{
    MediaStreamingStatus, MediaStreamingStatusDetails, RecognitionType, TranscriptionStatus,
    TranscriptionStatusDetails,
};
use acs_rest::call_automation::{
    AudioFormat, CallConnectionState, CallRejectReason, MediaStreamingAudioChannelType,
    MediaStreamingContentType, MediaStreamingSubscriptionState, RecordingChannelType,
    RecordingContentType, RecordingFormatType, RecordingKind, RecordingState, Tone,
    TranscriptionResultType, TranscriptionSubscriptionState, VoiceKind,
};
#[cfg(feature = "identity")]
use acs_rest::identity::{TeamsExtensionPrincipalType, TokenScope};
use acs_rest::{CallOptions, Client, CommunicationCloudEnvironment, Result, UserToken};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use self::calls::call;
use self::facts::{Facts, Operation};
use self::field_coverage::FieldCoverage;
use self::fixture_size::FixtureSize;
use crate::recorder::{Recorder, Sent};

/// The operation's answer as debug text, and what it sent.
async fn answered(
    operation: &Operation,
    size: FixtureSize,
    answer: String,
) -> (Result<String>, Sent) {
    let recorder = Recorder::answering(operation.status, answer.leak());
    let client = Client::builder("https://contoso.communication.azure.com", UserToken::new("t"))
        .transport(recorder.clone())
        .build()
        .unwrap();
    let (client, size) = match &operation.later {
        Some(version) => {
            let options = CallOptions::new().api_version(version);
            (client.with_options(options), size.later())
        }
        None => (client, size),
    };
    let answer = call(&client, &operation.id, size).await;
    let [sent] = &recorder.sent()[..] else { panic!("`{}` sends one request", operation.id) };
    (answer, sent.clone())
}

/// What an operation sends, however it is answered.
async fn sent(facts: &Facts, operation: &Operation, size: FixtureSize) -> Sent {
    let (answer, sent) = answered(operation, size, facts.answer(operation).to_string()).await;
    answer.unwrap_or_else(|error| panic!("`{}`: {error}", operation.id));
    sent
}

#[tokio::test]
async fn operations() {
    for facts in Facts::all_versions() {
        for operation in &facts.operations {
            let (id, sent) = (&operation.id, sent(&facts, operation, FixtureSize::full(0)).await);
            assert_eq!(sent.method, operation.method, "{id}");
            assert_eq!(sent.target, facts.target(operation), "{id}");
            for name in ["repeatability-request-id", "repeatability-first-sent"] {
                assert_eq!(sent.headers.contains_key(name), operation.repeatable, "{id}: {name}");
            }
            assert_eq!(sent.body.is_empty(), operation.body.is_none(), "{id}: body");
        }
    }
}

#[tokio::test]
async fn every_field_of_a_request() {
    for facts in Facts::all_versions() {
        let mut coverage = FieldCoverage::default();
        for operation in facts.with_body() {
            for kind in 0..FixtureSize::KINDS {
                let sent = sent(&facts, operation, FixtureSize::full(kind)).await;
                coverage.body(&facts, operation, &sent.body);
            }
        }
        coverage.assert_complete(&facts);
    }
}

#[tokio::test]
async fn no_field_of_a_request_but_the_required() {
    for facts in Facts::all_versions() {
        for operation in facts.with_body() {
            let mut coverage = FieldCoverage::default();
            let least = sent(&facts, operation, FixtureSize::least()).await;
            if least.body.is_empty() {
                assert!(!operation.body_required, "`{}` has no body", operation.id);
                continue;
            }
            coverage.body(&facts, operation, &least.body);
            coverage.assert_least(&facts, "");
            for kind in 0..FixtureSize::KINDS {
                let mut coverage = FieldCoverage::default();
                let shallow = sent(&facts, operation, FixtureSize::shallow(kind)).await;
                coverage.body(&facts, operation, &shallow.body);
                coverage.assert_least(&facts, operation.body.as_ref().unwrap());
            }
        }
    }
}

#[tokio::test]
async fn every_field_of_a_result() {
    for facts in Facts::all_versions() {
        for operation in &facts.operations {
            let whole = facts.answer(operation);
            let read = async |answer: &Value| {
                answered(operation, FixtureSize::least(), answer.to_string()).await.0.ok()
            };
            let all = read(&whole).await.expect("the whole answer is read");
            for (field, required) in facts.fields_of(operation) {
                let name = format!("`{}`: `{field}`", operation.id);
                let without = read(&facts::without(&whole, &field)).await;
                let null = read(&facts::with(&whole, &field, Value::Null)).await;
                assert_eq!(without, null, "{name}: null is absent too");
                // The specification requires the items of a page; services leave an empty list out.
                let required = required && field != "/value";
                assert_eq!(without.is_none(), required, "{name}: required");
                assert_ne!(without.as_deref(), Some(&*all), "{name}: is not read");
            }
        }
    }
}

/// Whether the enum reads all `values`, in any case, writes them, and keeps another.
fn knows<E: DeserializeOwned + Serialize + std::fmt::Debug>(name: &str, values: &[String]) {
    let read = |text: &str| serde_json::from_value::<E>(json!(text)).unwrap();
    for value in values {
        let known = read(&value.to_ascii_uppercase());
        let shown = format!("{known:?}");
        assert!(
            !shown.starts_with("UnknownValue") && !shown.starts_with("Other"),
            "`{name}` has no `{value}`"
        );
        assert_eq!(serde_json::to_value(&known).unwrap(), json!(value), "{name}");
    }
    assert_eq!(serde_json::to_value(read("Newer")).unwrap(), json!("Newer"), "{name}");
}

#[test]
fn every_value_of_an_enum() {
    for facts in Facts::all_versions() {
        for (name, values) in facts.enums() {
            match name {
                "AudioFormat" => knows::<AudioFormat>(name, values),
                "MediaStreamingAudioChannelType" => {
                    knows::<MediaStreamingAudioChannelType>(name, values);
                }
                "MediaStreamingContentType" => knows::<MediaStreamingContentType>(name, values),
                "MediaStreamingStatus" => knows::<MediaStreamingStatus>(name, values),
                "MediaStreamingStatusDetails" => knows::<MediaStreamingStatusDetails>(name, values),
                "MediaStreamingSubscriptionState" => {
                    knows::<MediaStreamingSubscriptionState>(name, values);
                }
                #[cfg(feature = "identity")]
                "TeamsExtensionPrincipalType" => knows::<TeamsExtensionPrincipalType>(name, values),
                "TranscriptionResultType" => knows::<TranscriptionResultType>(name, values),
                "TranscriptionStatus" => knows::<TranscriptionStatus>(name, values),
                "TranscriptionStatusDetails" => knows::<TranscriptionStatusDetails>(name, values),
                "TranscriptionSubscriptionState" => {
                    knows::<TranscriptionSubscriptionState>(name, values);
                }
                "CallConnectionStateModel" | "CallConnectionState" => {
                    knows::<CallConnectionState>(name, values)
                }
                "CallRejectReason" => knows::<CallRejectReason>(name, values),
                "CommunicationCloudEnvironmentModel" => {
                    knows::<CommunicationCloudEnvironment>(name, values);
                }
                #[cfg(feature = "identity")]
                "CommunicationIdentityTokenScope" => knows::<TokenScope>(name, values),
                "RecognitionType" => knows::<RecognitionType>(name, values),
                "RecordingChannelType" | "RecordingChannel" => {
                    knows::<RecordingChannelType>(name, values)
                }
                "RecordingContentType" | "RecordingContent" => {
                    knows::<RecordingContentType>(name, values)
                }
                "RecordingFormatType" | "RecordingFormat" => {
                    knows::<RecordingFormatType>(name, values)
                }
                "RecordingKind" => knows::<RecordingKind>(name, values),
                "RecordingState" => knows::<RecordingState>(name, values),
                "Tone" | "DtmfTone" => knows::<Tone>(name, values),
                "VoiceKind" => knows::<VoiceKind>(name, values),
                // Not string enums: each value is a variant, whose sending `FieldCoverage` checks.
                kind if field_coverage::KINDS.contains(&kind) => {}
                other => panic!("`{other}` is not in the catalogue"),
            }
        }
    }
}
