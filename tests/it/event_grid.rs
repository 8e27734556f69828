//! What Event Grid sends: both schemas, both handshakes, data without an envelope.

use std::time::Duration;

use acs_rest::call_automation::{RecordingChannelType, RecordingContentType, RecordingFormatType};
use acs_rest::event_grid::{
    self, CallEnded, CallParticipantProperties, CloudEventsHandshake, EmailDeliveryReportReceived,
    EmailDeliveryStatus, GridEvent, GridEventKind, IncomingCall, SmsDeliveryStatus, SmsReceived,
};
use acs_rest::http::HeaderMap;
use acs_rest::time::OffsetDateTime;
use acs_rest::{CommunicationIdentifier, EventError, Secret};
use serde_json::{Value, json};

use crate::events::call_event;

fn one_of_grid(event: &Value) -> Result<GridEvent, EventError> {
    event_grid::parse(event.to_string().as_bytes()).unwrap().remove(0)
}

#[test]
fn an_incoming_call() {
    let data = json!({
        "to": {"kind": "phoneNumber", "rawId": "4:+1", "phoneNumber": {"value": "+1"}},
        "from": {"rawId": "8:acs:r_u", "communicationUser": {"id": "8:acs:r_u"}},
        "serverCallId": "server", "callerDisplayName": "Ada", "correlationId": "c",
        "customContext": {"sipHeaders": {"X-MS-Custom-A": "1"}, "voipHeaders": null},
        "incomingCallContext": "hidden", "onBehalfOfCallee": {"rawId": "48:queue"}});
    let event = one_of_grid(&call_event("IncomingCall", &data)).unwrap();
    assert!(!format!("{event:?}").contains("hidden"), "{event:?}");
    let GridEventKind::IncomingCall(call) = event.kind else { panic!("{event:?}") };
    let who = CommunicationIdentifier::from_raw_id;
    assert_eq!((call.to, call.from), (Some(who("4:+1")), Some(who("8:acs:r_u"))));
    assert_eq!(call.on_behalf_of_callee, Some(who("48:queue")));
    assert_eq!(call.server_call_id.as_deref(), Some("server"));
    assert_eq!(call.caller_display_name.as_deref(), Some("Ada"));
    assert_eq!(call.correlation_id.as_deref(), Some("c"));
    let context = call.custom_context.unwrap();
    assert_eq!(context.sip_headers["X-MS-Custom-A"], "1");
    assert!(context.voip_headers.is_empty());
    assert_eq!(call.incoming_call_context, Some(Secret::from("hidden")));
}

#[test]
fn a_recording() {
    let chunk = json!({"documentId": "d", "index": 0, "endReason": "SessionEnded",
        "contentLocation": "https://h/content", "metadataLocation": "https://h/metadata",
        "deleteLocation": "https://h/delete"});
    let event = call_event(
        "RecordingFileStatusUpdated",
        &json!({"recordingStorageInfo": {"recordingChunks": [chunk]},
            "recordingStartTime": "2021-07-27T15:20:23.6089755Z", "recordingDurationMs": 6620,
            "sessionEndReason": "CallEnded", "recordingContentType": "AudioVideo",
            "recordingChannelType": "Unmixed", "recordingFormatType": "Mp3"}),
    );
    let GridEventKind::RecordingFileStatusUpdated(file) = one_of_grid(&event).unwrap().kind else {
        panic!("{event}");
    };
    let start = OffsetDateTime::UNIX_EPOCH + Duration::new(1_627_399_223, 608_975_500);
    assert_eq!(file.recording_start_time, Some(start));
    assert_eq!(file.recording_duration, Some(Duration::from_millis(6620)));
    assert_eq!(file.recording_content_type, Some(RecordingContentType::AudioVideo));
    assert_eq!(file.recording_channel_type, Some(RecordingChannelType::Unmixed));
    assert_eq!(file.recording_format_type, Some(RecordingFormatType::Mp3));
    assert_eq!(file.session_end_reason.as_deref(), Some("CallEnded"));
    let [chunk] = &file.recording_storage_info.unwrap().recording_chunks.unwrap()[..] else {
        panic!("{event}");
    };
    assert_eq!((chunk.document_id.as_deref(), chunk.index), (Some("d"), Some(0)));
    assert_eq!(chunk.end_reason.as_deref(), Some("SessionEnded"));
    assert_eq!(chunk.content_location.as_deref(), Some("https://h/content"));
    assert_eq!(chunk.metadata_location.as_deref(), Some("https://h/metadata"));
    assert_eq!(chunk.delete_location.as_deref(), Some("https://h/delete"));
}

#[test]
fn event_grids_own_schema_and_its_handshake() {
    let event = json!([{"id": "1", "topic": "/subscriptions/s", "subject": "", "metadataVersion": "1",
        "eventType": "Microsoft.EventGrid.SubscriptionValidationEvent", "dataVersion": "2",
        "eventTime": "2023-01-25T22:12:19.4556811Z",
        "data": {"validationCode": "hid\"den", "validationUrl": "https://h/hidden"}}]);
    let event = one_of_grid(&event).unwrap();
    assert_eq!(event.source.as_deref(), Some("/subscriptions/s"));
    let time = OffsetDateTime::UNIX_EPOCH + Duration::new(1_674_684_739, 455_681_100);
    assert_eq!(event.time, Some(time));
    assert!(!format!("{event:?}").contains("hid"), "{event:?}");
    let GridEventKind::SubscriptionValidation(question) = event.kind else { panic!("{event:?}") };
    assert_eq!(question.response_body(), r#"{"validationResponse":"hid\"den"}"#);
}

#[test]
fn other_events_of_event_grid() {
    let event = one_of_grid(&call_event("RouterJobQueued", &json!({"jobId": "j"}))).unwrap();
    assert_eq!(event.data::<Value>().unwrap().unwrap()["jobId"], "j");
    assert!(matches!(event.kind, GridEventKind::Unknown(_)), "{event:?}");
    let data = json!({"recordingDurationMs": -1});
    let error = one_of_grid(&call_event("RecordingFileStatusUpdated", &data)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot read event 0 (`Microsoft.Communication.RecordingFileStatusUpdated`), `data.recordingDurationMs`: \
         `invalid value: integer `-1`, expected u64` at line 1 column 33"
    );
}

/// The specification's own samples, where they are at hand.
#[test]
fn samples_of_the_specification() {
    let samples = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../shared/spec/EventGrid/2018-01-01/examples/cloud-events-schema/"
    );
    for name in ["incoming_call", "recording_file_status_updated"] {
        let Ok(body) = std::fs::read(format!("{samples}{name}.json")) else {
            eprintln!("NOT TESTED: {name}.json of the Event Grid samples is not at hand");
            continue;
        };
        let event = event_grid::parse(&body).unwrap().remove(0).unwrap();
        assert!(event.time.is_some());
        assert!(!matches!(event.kind, GridEventKind::Unknown(_)), "{event:?}");
    }
}

#[test]
fn untyped_fields_are_kept() {
    let data = json!({"recordingId": "r", "storageType": "Acs", "newer": 1});
    let event = one_of_grid(&call_event("RecordingFileStatusUpdated", &data)).unwrap();
    assert_eq!(event.data::<Value>().unwrap().unwrap(), data);
    let GridEventKind::RecordingFileStatusUpdated(file) = event.kind else { panic!("{event:?}") };
    assert_eq!(
        (file.recording_id.as_deref(), file.storage_type.as_deref()),
        (Some("r"), Some("Acs"))
    );
}

#[test]
fn an_sms_in_pascal_case() {
    let data = json!({"MessageId": "m", "From": "+1", "To": "+2", "Message": "Hi",
        "ReceivedTimestamp": "2020-09-18T00:27:45.32Z", "SegmentCount": 2});
    let event = one_of_grid(&call_event("SMSReceived", &data)).unwrap();
    let GridEventKind::SmsReceived(sms) = event.kind else { panic!("{event:?}") };
    assert_eq!((sms.message_id.as_deref(), sms.from.as_deref()), (Some("m"), Some("+1")));
    assert_eq!((sms.message.as_deref(), sms.segment_count), (Some("Hi"), Some(2)));
    assert!(sms.received_timestamp.is_some());

    let attempt = json!({"Timestamp": "2020-09-18T00:22:20.2855749Z", "SegmentsSucceeded": 1,
        "SegmentsFailed": 0});
    let data = json!({"DeliveryStatus": "delivered", "DeliveryAttempts": [attempt], "Tag": ""});
    let event = one_of_grid(&call_event("SMSDeliveryReportReceived", &data)).unwrap();
    let GridEventKind::SmsDeliveryReportReceived(report) = event.kind else { panic!("{event:?}") };
    assert_eq!((report.delivery_status, report.tag), (Some(SmsDeliveryStatus::Delivered), None));
    assert_eq!(report.delivery_attempts.unwrap()[0].segments_succeeded, Some(1));
}

#[test]
fn an_e_mail_with_a_status_in_lower_case() {
    let data = json!({"messageId": "m", "status": "delivered",
        "deliveryStatusDetails": {"statusMessage": ""}, "deliveryAttemptTimeStamp": ""});
    let event = one_of_grid(&call_event("EmailDeliveryReportReceived", &data)).unwrap();
    let expected = EmailDeliveryReportReceived::new()
        .message_id("m")
        .status(EmailDeliveryStatus::Delivered)
        .delivery_status_details(event_grid::EmailDeliveryStatusDetails::new());
    assert_eq!(event.kind, expected.into());
}

/// The service writes a participant in three forms, and the last name in lower case.
#[test]
fn a_call_that_ended() {
    let user = json!({"rawId": "8:acs:r_u", "communicationUser": {"id": "8:acs:r_u"}});
    for started_by in [
        json!({"communicationIdentifier": user, "role": "Presenter"}),
        json!({"communicationidentifier": user, "Role": "Presenter"}),
        user.clone(),
        json!("8:acs:r_u"),
    ] {
        let data = json!({"startedBy": started_by, "endedBy": {"communicationidentifier": user},
            "reason": {"code": 0, "subCode": 7000, "phrase": ""}, "callDurationInSeconds": 119.5,
            "durationOfCall": "00:01:59", "endpointType": "x", "isTwoParty": false});
        let event = one_of_grid(&call_event("CallEnded", &data)).unwrap();
        let GridEventKind::CallEnded(call) = event.kind else { panic!("{event:?}") };
        let who = CommunicationIdentifier::from_raw_id("8:acs:r_u");
        let started = call.started_by.unwrap().communication_identifier;
        assert_eq!(started.as_ref(), Some(&who), "{started_by}");
        assert_eq!(call.ended_by.unwrap().communication_identifier, Some(who));
        assert_eq!(call.call_duration, Some(Duration::from_millis(119_500)));
        assert_eq!(call.reason.unwrap().sub_code, Some(7000));
    }
    let nobody = json!({"startedBy": {"role": "Attendee"}});
    let event = one_of_grid(&call_event("CallStarted", &nobody)).unwrap();
    let GridEventKind::CallStarted(call) = event.kind else { panic!("{event:?}") };
    assert_eq!(call.started_by.unwrap().communication_identifier, None);
}

#[test]
fn data_without_an_envelope() {
    let message = json!({"to": {"kind": "PhoneNumber", "rawId": "4:+1"}, "callerDisplayName": "",
        "incomingCallContext": "hidden"});
    let call: IncomingCall = event_grid::parse_data(message.to_string().as_bytes()).unwrap();
    assert_eq!(call.to, Some(CommunicationIdentifier::from_raw_id("4:+1")));
    assert_eq!(call.caller_display_name, None);
    assert_eq!(call.incoming_call_context, Some(Secret::from("hidden")));
    let sms: SmsReceived = event_grid::parse_data(br#"{"Message": "Hi"}"#).unwrap();
    assert_eq!(sms, SmsReceived::new().message("Hi"));

    let error = one_of_grid(&message).unwrap_err().to_string();
    assert!(error.contains("data without an envelope is for `event_grid::parse_data`"), "{error}");
    for (message, expected) in [
        (r#"{"segmentCount": "x"}"#, "cannot read the data of the event, `segmentCount`: "),
        ("[", "cannot read the events: `EOF while parsing"),
    ] {
        let error = event_grid::parse_data::<SmsReceived>(message.as_bytes()).unwrap_err();
        assert!(error.to_string().starts_with(expected), "{error}");
    }
}

#[test]
fn an_envelope_in_another_case_and_with_both_names() {
    let event = json!({"ID": "1", "Source": "s", "topic": "t", "eventtime": "2023-01-25T22:12:19Z",
        "specVersion": "1.0", "Type": "Microsoft.Communication.CallStarted", "EventType": "x",
        "Data": {"isTwoParty": true}});
    let event = one_of_grid(&event).unwrap();
    assert_eq!((&*event.id, event.source.as_deref()), ("1", Some("s")));
    assert!(event.time.is_some() && matches!(event.kind, GridEventKind::CallStarted(_)));
}

#[test]
fn the_handshake_of_cloud_events() {
    let headers = |pairs: &[(&'static str, &str)]| -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    };
    let request = headers(&[("webhook-request-origin", "eventgrid.azure.net")]);
    let handshake = CloudEventsHandshake::from_headers(&request).unwrap();
    assert_eq!(handshake.origin(), "eventgrid.azure.net");
    let allowed =
        [("webhook-allowed-origin", "eventgrid.azure.net"), ("webhook-allowed-rate", "*")];
    assert_eq!(handshake.response_headers(), headers(&allowed));

    let request =
        headers(&[("webhook-request-origin", "a.example"), ("webhook-request-rate", "120")]);
    let answer = CloudEventsHandshake::from_headers(&request).unwrap().response_headers();
    assert_eq!(answer["webhook-allowed-rate"], "120");
    assert_eq!(CloudEventsHandshake::from_headers(&HeaderMap::new()), None);
    assert_eq!(
        CloudEventsHandshake::from_headers(&headers(&[("webhook-request-origin", "")])),
        None
    );
}

#[test]
fn a_created_event_reads_back() {
    let started = CallParticipantProperties::new(CommunicationIdentifier::from_raw_id("4:+1"));
    for kind in [
        GridEventKind::from(
            IncomingCall::new().incoming_call_context("hidden").server_call_id("s"),
        ),
        CallEnded::new().started_by(started).call_duration(Duration::from_millis(1500)).into(),
        SmsReceived::new().received_timestamp(OffsetDateTime::UNIX_EPOCH).into(),
        event_grid::SubscriptionValidation::new("hidden").into(),
    ] {
        let mut made = GridEvent::new("1", kind);
        made.source = Some("/subscriptions/s".into());
        made.time = Some(OffsetDateTime::UNIX_EPOCH);
        let read = event_grid::parse(made.json().as_bytes()).unwrap().remove(0).unwrap();
        assert_eq!((read.kind, read.event_type), (made.kind, made.event_type));
        assert_eq!((read.source, read.time), (made.source, made.time));
    }
}
