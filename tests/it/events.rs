//! The events that a webhook receives: read, kept, or refused with a reason.

use std::time::Duration;

use acs_rest::call_automation::events::{
    self, AddParticipantFailed, CallEvent, CallEventKind, DtmfResult, MediaStreamingFailed,
    MediaStreamingStatus, MediaStreamingUpdate, ReasonCode, RecognitionType, RecognizeCompleted,
    RecordingStateChanged, ResultInformation,
};
use acs_rest::call_automation::{RecordingKind, RecordingState, Tone};
use acs_rest::event_grid;
use acs_rest::time::OffsetDateTime;
use acs_rest::{CommunicationIdentifier, EventError};
use proptest::prelude::*;
use serde_json::{Value, json};

pub(crate) fn call_event(event_type: &str, data: &Value) -> Value {
    json!({"id": "1", "source": "calling/callConnections/a", "specversion": "1.0",
        "type": format!("Microsoft.Communication.{event_type}"), "data": data})
}

fn one(event: &Value) -> Result<CallEvent, EventError> {
    events::parse(event.to_string().as_bytes()).unwrap().remove(0)
}

/// The texts of all that cannot be read.
fn errors(body: &str) -> Vec<String> {
    match events::parse(body.as_bytes()) {
        Ok(events) => events.into_iter().filter_map(Result::err).map(|e| e.to_string()).collect(),
        Err(error) => vec![error.to_string()],
    }
}

#[test]
fn an_event_and_its_envelope() {
    let mut event = call_event(
        "RecordingStateChanged",
        &json!({"callConnectionId": "a", "serverCallId": "b", "correlationId": "c",
            "recordingId": "d==", "state": "active", "recordingKind": "TeamsCompliance",
            "startDateTime": "2023-03-21T17:22:35.4300007+00:00", "eventSource": "unheard of",
            "resultInformation": {"code": 200, "subCode": 0, "message": "m"}}),
    );
    event["subject"] = json!("subject");
    event["time"] = json!("2023-03-21T19:22:35.4300007+02:00");
    let event = one(&event).unwrap();
    let time = Some(OffsetDateTime::UNIX_EPOCH + Duration::new(1_679_419_355, 430_000_700));
    assert_eq!((&*event.id, event.time), ("1", time));
    assert_eq!(event.event_type, "Microsoft.Communication.RecordingStateChanged");
    assert_eq!(event.source.as_deref(), Some("calling/callConnections/a"));
    assert_eq!(event.subject.as_deref(), Some("subject"));
    assert_eq!(event.call_connection_id(), Some("a"));
    assert_eq!(event.server_call_id(), Some("b"));
    assert_eq!(event.correlation_id(), Some("c"));
    assert_eq!(event.operation_context(), None);
    let result = event.result_information().unwrap();
    assert_eq!(
        (result.code, result.sub_code, result.message.as_deref()),
        (Some(200), Some(0), Some("m"))
    );
    let CallEventKind::RecordingStateChanged(recording) = event.kind else { panic!("{event:?}") };
    assert_eq!(recording.start_date_time, time);
    assert_eq!(recording.recording_kind, Some(RecordingKind::TeamsCompliance));
}

#[test]
fn a_recording_that_has_not_started_has_no_start() {
    for start in [json!("0001-01-01T00:00:00+00:00"), json!(""), Value::Null] {
        let data = json!({"state": "inactive", "startDateTime": start, "recordingId": "d"});
        let event = one(&call_event("RecordingStateChanged", &data)).unwrap();
        let CallEventKind::RecordingStateChanged(recording) = event.kind else {
            panic!("{event:?}");
        };
        assert_eq!(recording.start_date_time, None);
        assert_eq!(recording.state, Some(RecordingState::Inactive));
    }
}

#[test]
fn the_results_of_recognition() {
    let data = json!({"operationContext": "pin", "recognitionType": "dtmf",
        "dtmfResult": {"tones": ["one", "asterisk", "newer"]}, "choiceResult": null});
    let event = one(&call_event("RecognizeCompleted", &data)).unwrap();
    assert_eq!(event.operation_context(), Some("pin"));
    let CallEventKind::RecognizeCompleted(recognized) = event.kind else { panic!("{event:?}") };
    assert_eq!(recognized.recognition_type, Some(RecognitionType::Dtmf));
    let tones = [Tone::One, Tone::Asterisk, Tone::from("newer")];
    assert_eq!(recognized.dtmf_result.unwrap().tones.unwrap(), tones);
    assert_eq!(recognized.choice_result, None);
}

#[test]
fn the_reason_of_a_failed_phone_call() {
    let result = json!({"code": 500, "subCode": 560503, "message": "m",
        "sipDetails": {"code": 486, "message": "Busy Here"},
        "q850Details": {"code": 17, "message": "User busy"}});
    let event =
        one(&call_event("CreateCallFailed", &json!({"resultInformation": result}))).unwrap();
    let result = event.result_information().unwrap();
    let (sip, q850) = (result.sip_details.as_ref().unwrap(), result.q850_details.as_ref().unwrap());
    assert_eq!((sip.code, sip.message.as_deref()), (Some(486), Some("Busy Here")));
    assert_eq!((q850.code, q850.message.as_deref()), (Some(17), Some("User busy")));
    assert_eq!(event.reason(), Some(ReasonCode::Other(560_503)));
}

#[test]
fn names_of_fields_are_read_in_any_case() {
    let data =
        json!({"OperationContext": "o", "ResultInformation": {"Code": 400, "SubCode": 8510}});
    let event = one(&call_event("RecognizeFailed", &data)).unwrap();
    assert_eq!(event.operation_context(), Some("o"));
    assert!(event.reason().unwrap().is_no_input());
}

#[test]
fn an_empty_text_counts_as_absent() {
    let data = json!({"operationContext": "", "callConnectionId": "a", "resultInformation": "",
        "participant": "", "participants": "", "sequenceNumber": ""});
    for name in ["ParticipantsUpdated", "AddParticipantFailed", "CallConnected"] {
        let event = one(&call_event(name, &data)).unwrap();
        assert_eq!(event.call_connection_id(), Some("a"));
        assert_eq!((event.operation_context(), event.result_information()), (None, None));
        let text = format!("{:?}", event.kind);
        assert!(!text.contains("Some"), "{text}");
    }
}

#[test]
fn a_known_event_keeps_what_is_not_typed() {
    let data = json!({"callConnectionId": "a", "version": "2026-03-12", "newer": {"x": [1]}});
    let mut event = call_event("CallConnected", &data);
    event["extension"] = json!("kept");
    let read = one(&event).unwrap();
    assert_eq!(read.data::<Value>().unwrap().unwrap(), data);
    assert_eq!(read.json(), event.to_string());
    let error = read.data::<Vec<u8>>().unwrap_err().to_string();
    assert!(error.contains("(`Microsoft.Communication.CallConnected`), `data`"), "{error}");
}

/// Every event that can be made is written as the service writes it.
#[test]
fn a_created_event_reads_back() {
    let result = ResultInformation::new().code(400).sub_code(8510).message("m");
    let participant = CommunicationIdentifier::from_raw_id("8:acs:r_u");
    let update = MediaStreamingUpdate::new()
        .content_type("Audio")
        .media_streaming_status(MediaStreamingStatus::MediaStreamingFailed);
    let recording = RecordingStateChanged::new()
        .start_date_time(OffsetDateTime::UNIX_EPOCH)
        .state(RecordingState::Active);
    for kind in [
        CallEventKind::CallConnected,
        AddParticipantFailed::new().participant(participant).into(),
        RecognizeCompleted::new().dtmf_result(DtmfResult::new().tones([Tone::One])).into(),
        recording.into(),
        MediaStreamingFailed::new().media_streaming_update(update).into(),
    ] {
        let made = CallEvent::new("1", kind)
            .with_call_connection_id("a")
            .with_server_call_id("b")
            .with_correlation_id("c")
            .with_operation_context("d")
            .with_result_information(result.clone())
            .with_time(OffsetDateTime::UNIX_EPOCH);
        let read = events::parse(made.json().as_bytes()).unwrap().remove(0).unwrap();
        assert_eq!(format!("{read:?}"), format!("{made:?}"));
        assert_eq!(made.data::<Value>().unwrap(), read.data::<Value>().unwrap());
    }
}

#[test]
fn the_older_name_of_the_result() {
    for data in [
        json!({"resultInfo": {"code": 400}}),
        json!({"resultInfo": {"code": 400}, "resultInformation": null}),
        json!({"resultInfo": {"code": 1}, "resultInformation": {"code": 400}}),
    ] {
        let event = one(&call_event("PlayFailed", &data)).unwrap();
        assert_eq!(event.result_information().unwrap().code, Some(400), "{data}");
    }
}

#[test]
fn one_event_several_or_none() {
    let event = call_event("CallConnected", &json!({}));
    let count = |body: &Value| events::parse(body.to_string().as_bytes()).unwrap().len();
    assert_eq!(count(&event), 1);
    assert_eq!(count(&json!([event, event])), 2);
    assert_eq!(count(&json!([])), 0);
    assert_eq!(one(&event).unwrap().kind, CallEventKind::CallConnected);
    assert!(events::parse(format!("\r\n {event}\n").as_bytes()).unwrap()[0].is_ok());
}

#[test]
fn an_unknown_type_is_kept_whole() {
    let mut event = call_event("PlayPaused", &json!({"operationContext": "o", "x": [1]}));
    event["extension"] = json!("kept");
    let read = one(&event).unwrap();
    assert_eq!(read.event_type, "Microsoft.Communication.PlayPaused");
    assert_eq!(read.operation_context(), Some("o"));
    let CallEventKind::Unknown(unknown) = read.kind else { panic!("{read:?}") };
    assert_eq!(unknown.json, event.to_string());
    assert_eq!(unknown.data::<Value>().unwrap().unwrap()["x"], json!([1]));
    let error = unknown.data::<Vec<u8>>().unwrap_err().to_string();
    assert!(error.contains("(`Microsoft.Communication.PlayPaused`)"), "{error}");
    assert_eq!(format!("{unknown:?}"), "UnknownEvent { .. }");
}

#[test]
fn an_unknown_type_may_have_any_data() {
    for (name, data) in [
        ("data", json!({"operationContext": 5})),
        ("data", json!("text")),
        ("data", Value::Null),
        ("data_base64", json!("AAEC")),
    ] {
        let event = json!({"id": "1", "source": "s", "type": "Contoso.Other", name: data});
        let read = one(&event).unwrap();
        assert_eq!(read.operation_context(), None);
        let CallEventKind::Unknown(unknown) = read.kind else { panic!("{read:?}") };
        assert_eq!(unknown.json, event.to_string());
        assert_eq!(unknown.data::<Value>().unwrap().is_some(), name == "data" && !data.is_null());
    }
}

#[test]
fn bodies_without_events() {
    for (body, expected) in [
        ("", "cannot read the events: `EOF while parsing a value` at line 1 column 0"),
        ("[{]", "cannot read the events: `key must be a string` at line 1 column 3"),
        ("[]\n[]", "cannot read the events: `trailing characters` at line 2 column 1"),
        (
            "5",
            "cannot read event 0: `invalid type: integer `5`, expected an event, which is an object` at line 1 column 1",
        ),
        ("[\n  {}]", "cannot read event 0: `missing field `id`` at line 2 column 4"),
    ] {
        assert_eq!(errors(body), [expected]);
    }
    let error = events::parse(b"[\xff]").unwrap_err();
    assert_eq!(error.to_string(), "cannot read the events: invalid UTF-8 at byte 1");
    assert_eq!((error.index(), error.event_type()), (None, None));
}

#[test]
fn one_bad_event_does_not_lose_the_others() {
    let body = "[{\"id\": \"1\", \"type\": \"Microsoft.Communication.CallConnected\", \"data\": {}},\n \
        {\"id\": \"2\", \"type\": \"Microsoft.Communication.PlayFailed\",\n  \
        \"data\": {\"failedPlaySourceIndex\":\n\n   \"x\"}},\n \
        {\"id\": \"3\", \"type\": \"Microsoft.Communication.CallDisconnected\", \"data\": null},\n \
        {\"id\": \"4\", \"type\": \"Microsoft.Communication.HoldFailed\", \"time\": \"noon\", \"data\": {}},\n \
        {\"id\": \"5\", \"type\": \"Microsoft.Communication.PlayStarted\", \"data\": {}}]";
    let read = events::parse(body.as_bytes()).unwrap();
    assert_eq!(
        read.iter().map(Result::is_ok).collect::<Vec<_>>(),
        [true, false, false, false, true]
    );
    assert_eq!(
        errors(body),
        [
            "cannot read event 1 (`Microsoft.Communication.PlayFailed`), `data.failedPlaySourceIndex`: \
             `invalid type: string \"x\", expected i32` at line 5 column 6",
            "cannot read event 2 (`Microsoft.Communication.CallDisconnected`): it has no `data`",
            "cannot read event 3 (`Microsoft.Communication.HoldFailed`), `time`: `invalid value: string \"noon\", expected a time such as \
             2023-10-10T21:39:39Z` at line 7 column 73",
        ]
    );
    let error = read[1].as_ref().unwrap_err();
    assert_eq!(error.index(), Some(1));
    assert_eq!(error.event_type(), Some("Microsoft.Communication.PlayFailed"));
    // The event is not lost, nor shown.
    let kept: Value = serde_json::from_str(error.json().unwrap()).unwrap();
    assert_eq!(kept["data"], json!({"failedPlaySourceIndex": "x"}));
    assert!(read[2..4].iter().all(|event| event.as_ref().unwrap_err().json().is_some()));
    assert!(!format!("{error:?}").contains("\"id\""), "{error:?}");
}

#[test]
fn the_text_of_an_error_is_bounded_and_escaped() {
    let hostile = format!("\r\n\u{1b}[2J{}", "a".repeat(100_000));
    let data = json!({"failedPlaySourceIndex": hostile});
    for event in [
        call_event("PlayFailed", &data),
        json!({"id": "1", "type": "Microsoft.Communication.CallConnected", "data": hostile}),
        json!({"id": "1", "type": {hostile.as_str(): 1}}),
        json!({"id": "1", "type": "Microsoft.Communication.CallConnected", "time": hostile}),
    ] {
        let error = one(&event).unwrap_err();
        let text = format!("{error} {error:?}");
        assert!(text.len() < 2000 && !text.contains(['\r', '\n', '\u{1b}']), "{text}");
    }
    let unknown = one(&json!({"id": "1", "type": hostile, "data": 5})).unwrap();
    let CallEventKind::Unknown(unknown) = unknown.kind else { panic!("{unknown:?}") };
    let text = unknown.data::<String>().unwrap_err().to_string();
    assert!(text.len() < 1000 && !text.contains(['\r', '\n', '\u{1b}']), "{text}");
}

#[test]
fn deep_nesting_is_safe() {
    let deep = "[".repeat(1_000_000) + &"]".repeat(1_000_000);
    assert_eq!(events::parse(deep.as_bytes()).unwrap().len(), 1);
    for name in ["CallConnected", "Newer"] {
        let event = format!(
            r#"{{"id": "1", "type": "Microsoft.Communication.{name}", "x": {deep}, "data": {{"y": {deep}}}}}"#
        );
        events::parse(event.as_bytes()).unwrap().remove(0).unwrap();
    }
}

/// JSON that is nearly an event.
fn nearly() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("{"),
        Just("}"),
        Just("["),
        Just("]"),
        Just(","),
        Just(":"),
        Just("null"),
        Just("5"),
        Just("\n"),
        Just("\"id\""),
        Just("\"type\""),
        Just("\"data\""),
        Just("\"é\""),
        Just("\"Microsoft.Communication.PlayFailed\""),
        Just("\"failedPlaySourceIndex\""),
        Just("{\"id\":\"1\",\"type\":\"Microsoft.Communication.PlayFailed\",\"data\":"),
    ];
    prop::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn a_time_of_arbitrary_text_does_not_panic(text: String) {
        let mut event = call_event("HoldFailed", &json!({}));
        event["time"] = json!(text);
        let _ = one(&event);
    }

    #[test]
    fn arbitrary_bytes_do_not_panic(body: Vec<u8>) {
        let _ = events::parse(&body);
        let _ = event_grid::parse(&body);
    }

    #[test]
    fn nearly_json_does_not_panic(body in nearly()) {
        let _ = events::parse(body.as_bytes());
        let _ = event_grid::parse(format!("[{body}]").as_bytes());
    }
}
