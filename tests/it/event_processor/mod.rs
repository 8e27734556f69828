//! Waiting for the events of calls.

mod memory;
mod schedules;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use acs_rest::call_automation::events::{
    AddParticipantSucceeded, CallEvent, CallEventKind, MoveParticipantSucceeded,
    ParticipantsUpdated, PlayFailed, RecognizeCompleted, RecognizeFailed, ResultInformation,
    SpeechResult, TranscriptionUpdated,
};
use acs_rest::call_automation::{
    AddParticipantRequest, ContinuousDtmfRecognitionRequest, FileSource, MoveParticipantsRequest,
    PlayRequest, RecognizeOptions, RecognizeRequest, SpeechOptions, UpdateTranscriptionRequest,
};
use acs_rest::event_processor::{
    CallOperation, EventDisposition, EventMetrics, EventProcessor, HangUp, Limits,
    OperationErrorKind, StopContinuousDtmfRecognition,
};
use acs_rest::{CommunicationUserIdentifier, UnknownEvent};
use tokio::time::Instant;

const CALL: &str = "call-1";

/// Keeps what was done with each event, by its id.
#[derive(Clone, Default)]
struct Dispositions(Arc<Mutex<Vec<(String, EventDisposition)>>>);

impl EventMetrics for Dispositions {
    fn record(&self, event: &CallEvent, disposition: EventDisposition) {
        self.0.lock().unwrap().push((event.id.clone(), disposition));
    }
}

impl Dispositions {
    fn of(&self, id: &str) -> Vec<EventDisposition> {
        let all = self.0.lock().unwrap();
        all.iter().filter(|(of, _)| of == id).map(|(_, disposition)| *disposition).collect()
    }
}

fn measured() -> (EventProcessor, Dispositions) {
    let dispositions = Dispositions::default();
    (EventProcessor::builder().metrics(dispositions.clone()).build(), dispositions)
}

fn event(id: &str, kind: impl Into<CallEventKind>, context: &str) -> CallEvent {
    let event = CallEvent::new(id, kind).with_call_connection_id(CALL);
    if context.is_empty() { event } else { event.with_operation_context(context) }
}

fn play(context: &str) -> PlayRequest {
    let request = PlayRequest::new([FileSource::new("https://contoso.example/a.wav")]);
    if context.is_empty() { request } else { request.operation_context(context) }
}

fn user() -> CommunicationUserIdentifier {
    CommunicationUserIdentifier::new("8:acs:resource_user")
}

fn recognize(context: &str) -> RecognizeRequest {
    let options = RecognizeOptions::new(user(), SpeechOptions::new());
    RecognizeRequest::new(options).operation_context(context)
}

/// A processor that takes a future at once, or not at all.
async fn ready<T>(future: impl Future<Output = T>) -> Option<T> {
    tokio::time::timeout(Duration::ZERO, future).await.ok()
}

#[tokio::test(start_paused = true)]
async fn an_operation_is_answered_by_its_own_event() {
    let processor = EventProcessor::new();
    let waits = [processor.wait_for(CALL, &play("a")), processor.wait_for(CALL, &play("b"))];
    let failed = ResultInformation::new().code(400).sub_code(8536).message("no\u{1b} file");
    processor
        .process_event(event("1", PlayFailed::new(), "b").with_result_information(failed.clone()));
    processor.process_event(event("2", CallEventKind::PlayStarted, "a"));
    processor.process_event(event("3", CallEventKind::PlayCompleted, "a"));
    let [a, b] = waits;
    assert_eq!(a.await.unwrap().event.id, "3");
    let error = b.await.unwrap_err();
    assert_eq!(error.kind(), OperationErrorKind::Failed);
    assert_eq!(error.event().unwrap().id, "1");
    assert_eq!(error.to_string(), "`play` failed (400/8536: no\\u{1b} file)");
}

#[tokio::test(start_paused = true)]
async fn an_outcome_is_typed() {
    let processor = EventProcessor::new();
    let speech = RecognizeCompleted::new().speech_result(SpeechResult::new().speech("yes"));
    processor.process_event(event("1", speech, "a"));
    let recognized = processor.wait_for(CALL, &recognize("a")).await.unwrap();
    assert_eq!(recognized.result.speech_result.unwrap().speech.as_deref(), Some("yes"));

    let silent = ResultInformation::new().code(400).sub_code(8510);
    let silent = event("2", RecognizeFailed::new(), "b").with_result_information(silent);
    processor.process_event(silent);
    let error = processor.wait_for(CALL, &recognize("b")).await.unwrap_err();
    assert!(error.reason().unwrap().is_no_input());

    processor.process_event(event("3", CallEventKind::RecognizeCanceled, "c"));
    let error = processor.wait_for(CALL, &recognize("c")).await.unwrap_err();
    assert_eq!(error.kind(), OperationErrorKind::Canceled);
}

#[tokio::test(start_paused = true)]
async fn an_event_of_another_kind_call_or_context_ends_no_wait() {
    let (processor, dispositions) = measured();
    let mut wait = processor.wait_for(CALL, &play("a"));
    let unknown = UnknownEvent::clone(match &events_of_unknown_type()[0].kind {
        CallEventKind::Unknown(unknown) => unknown,
        kind => panic!("{kind:?}"),
    });
    processor.process_event(event("1", unknown, "a"));
    processor.process_event(event("2", CallEventKind::PlayCompleted, ""));
    processor.process_event(event("3", CallEventKind::PlayCompleted, "b"));
    processor.process_event(event("4", RecognizeCompleted::new(), "a"));
    processor
        .process_event(event("5", CallEventKind::PlayCompleted, "a").with_call_connection_id("2"));
    assert!(ready(&mut wait).await.is_none());
    // Without a context, only an event without one answers.
    assert_eq!(processor.wait_for(CALL, &play("")).await.unwrap().event.id, "2");
    processor.process_event(event("6", CallEventKind::PlayCompleted, "a"));
    assert_eq!(wait.await.unwrap().event.id, "6");
    assert_eq!(dispositions.of("6"), [EventDisposition::Matched]);
}

/// As previews send them: of a hold, with its context.
fn events_of_unknown_type() -> Vec<CallEvent> {
    let body = format!(
        r#"[{{"id": "1", "source": "calling/callConnections/{CALL}", "specversion": "1.0",
        "type": "Microsoft.Communication.HoldAudioStarted",
        "data": {{"callConnectionId": "{CALL}", "operationContext": "a"}}}}]"#
    );
    let events = acs_rest::call_automation::events::parse(body.as_bytes()).unwrap();
    events.into_iter().map(Result::unwrap).collect()
}

#[tokio::test(start_paused = true)]
async fn every_event_of_a_body_is_processed_once() {
    let (processor, dispositions) = measured();
    let events = [
        event("1", CallEventKind::PlayCompleted, "a").json().into_owned(),
        r#"{"id": "2", "type": "Microsoft.Communication.PlayFailed", "data": 7}"#.to_owned(),
        event("3", CallEventKind::PlayCompleted, "b").json().into_owned(),
    ];
    for _ in 0..2 {
        processor.process(format!("[{}]", events.join(",")).as_bytes()).unwrap();
    }
    assert_eq!(processor.wait_for(CALL, &play("a")).await.unwrap().event.id, "1");
    assert_eq!(processor.wait_for(CALL, &play("b")).await.unwrap().event.id, "3");
    assert_eq!(dispositions.of("1"), [EventDisposition::Duplicate, EventDisposition::Matched]);
    // The second one was the same event: it answers no further operation of that context.
    assert!(ready(processor.wait_for(CALL, &play("a"))).await.is_none());
    assert!(processor.process(b"{").is_err());
}

#[tokio::test(start_paused = true)]
async fn several_waits_take_one_event() {
    let processor = EventProcessor::new();
    let waits: Vec<_> = (0..3).map(|_| processor.wait_for(CALL, &play("a"))).collect();
    let predicate = processor.wait_for_event(CALL, |event| event.id == "1");
    processor.process_event(event("1", CallEventKind::PlayCompleted, "a"));
    for wait in waits {
        assert_eq!(wait.await.unwrap().event.id, "1");
    }
    assert_eq!(predicate.await.unwrap().id, "1");
}

#[tokio::test(start_paused = true)]
async fn a_wait_ends_at_its_deadline() {
    let (processor, dispositions) = measured();
    let start = Instant::now();
    let wait = processor.wait_for(CALL, &play("a")).timeout(Duration::from_secs(7));
    let error = wait.await.unwrap_err();
    assert_eq!((error.kind(), start.elapsed().as_secs()), (OperationErrorKind::TimedOut, 7));
    assert!(error.to_string().contains("within 7s"), "{error}");
    processor.process_event(event("1", CallEventKind::PlayCompleted, "a"));
    processor.process_event(event("2", CallEventKind::PlayCompleted, "late"));
    assert!(dispositions.of("1").is_empty());

    let error = processor.wait_for(CALL, &play("b")).await.unwrap_err();
    assert_eq!((error.kind(), start.elapsed().as_secs()), (OperationErrorKind::TimedOut, 7 + 240));
    tokio::time::advance(Duration::from_secs(100)).await;
    assert!(ready(processor.wait_for(CALL, &play("a"))).await.is_none());
    assert_eq!(dispositions.of("1"), [EventDisposition::Late]);
    assert_eq!(dispositions.of("2"), [EventDisposition::Unmatched]);
    let forever = processor.wait_for(CALL, &play("c")).timeout(Duration::MAX);
    assert!(ready(forever).await.is_none());
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_is_given_up_can_begin_again() {
    let (processor, dispositions) = measured();
    assert!(ready(processor.wait_for(CALL, &play("a"))).await.is_none());
    processor.process_event(event("1", CallEventKind::PlayCompleted, "a"));
    assert_eq!(processor.wait_for(CALL, &play("a")).await.unwrap().event.id, "1");
    assert_eq!(dispositions.of("1"), [EventDisposition::Matched]);
}

#[tokio::test(start_paused = true)]
async fn the_end_of_a_call_ends_its_waits_but_not_before_what_it_overtook() {
    let processor = EventProcessor::new();
    let start = Instant::now();
    let overtaken = processor.wait_for(CALL, &play("a"));
    let never = processor.wait_for(CALL, &play("b"));
    let other = processor.wait_for("call-2", &play("a"));
    let hang_up = processor.wait_for(CALL, &HangUp);
    processor.process_event(event("1", CallEventKind::CallDisconnected, "answer"));
    processor.process_event(event("2", CallEventKind::PlayCompleted, "a"));
    assert_eq!(hang_up.await.unwrap().event.id, "1");
    assert_eq!(overtaken.await.unwrap().event.id, "2");
    assert_eq!(start.elapsed(), Duration::ZERO);
    let error = never.await.unwrap_err();
    assert_eq!((error.kind(), start.elapsed().as_secs()), (OperationErrorKind::Disconnected, 1));
    assert_eq!(error.event().unwrap().id, "1");
    assert!(ready(other).await.is_none());
    // Who comes late hears of it too.
    let error = processor.wait_for(CALL, &recognize("c")).await.unwrap_err();
    assert_eq!(error.kind(), OperationErrorKind::Disconnected);
    assert_eq!(processor.wait_for(CALL, &HangUp).await.unwrap().event.id, "1");
}

#[tokio::test(start_paused = true)]
async fn the_events_of_a_call_are_a_stream() {
    let (processor, dispositions) = measured();
    processor.process_event(event("0", CallEventKind::CallConnected, "answer"));
    let mut events = processor.events(CALL);
    let wait = processor.wait_for(CALL, &play("a"));
    for (id, number) in [("1", 3), ("2", 1), ("3", 4), ("4", 4), ("5", 7)] {
        let update = ParticipantsUpdated::new().sequence_number(number);
        processor.process_event(event(id, update, ""));
    }
    processor.process_event(event("6", CallEventKind::CallDisconnected, "answer"));
    processor.process_event(event("7", CallEventKind::PlayCompleted, "a"));
    wait.await.unwrap();
    let start = Instant::now();
    let mut seen = Vec::new();
    while let Some(event) = events.next().await {
        seen.push(event.id.clone());
    }
    // The sequence numbers skip, and always rise.
    assert_eq!(seen, ["0", "1", "3", "5", "6", "7"]);
    assert_eq!((events.missed(), start.elapsed().as_secs()), (0, 1));
    assert_eq!(dispositions.of("2"), [EventDisposition::Superseded]);
    assert_eq!(dispositions.of("1"), [EventDisposition::Observed]);
    assert_eq!(dispositions.of("7"), [EventDisposition::Matched]);
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_is_not_read_misses_events_and_counts_them() {
    let limits = Limits { max_stream_events: 2, ..Limits::default() };
    let processor = EventProcessor::builder().limits(limits).build();
    let mut events = processor.events(CALL);
    for id in ["1", "2", "3", "4"] {
        processor.process_event(event(id, CallEventKind::PlayStarted, ""));
    }
    assert_eq!(events.next().await.unwrap().id, "1");
    assert_eq!(events.missed(), 2);
}

#[tokio::test(start_paused = true)]
async fn unmatched_events_go_to_the_fallback_and_are_kept_for_a_while() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let (ids, dispositions) = (Arc::clone(&seen), Dispositions::default());
    let processor = EventProcessor::builder()
        .metrics(dispositions.clone())
        .fallback(move |event| ids.lock().unwrap().push(event.id.clone()))
        .build();
    processor.process_event(event("1", CallEventKind::PlayCompleted, "a"));
    processor.process_event(event("2", CallEventKind::PlayCompleted, "b"));
    let wait = processor.wait_for(CALL, &play("c"));
    processor.process_event(event("3", CallEventKind::PlayCompleted, "c"));
    wait.await.unwrap();
    assert_eq!(*seen.lock().unwrap(), ["1", "2"]);
    tokio::time::advance(Duration::from_secs(299)).await;
    processor.wait_for(CALL, &play("a")).await.unwrap();
    tokio::time::advance(Duration::from_secs(1)).await;
    assert!(ready(processor.wait_for(CALL, &play("b"))).await.is_none());
    assert_eq!(dispositions.of("1"), [EventDisposition::Matched]);
    assert_eq!(dispositions.of("2"), [EventDisposition::Unmatched]);
}

#[tokio::test(start_paused = true)]
async fn operations_with_rules_of_their_own() {
    let processor = EventProcessor::new();
    // An event for each participant.
    let request = MoveParticipantsRequest::new([user(), user()], "call-0").operation_context("m");
    let mut moved = processor.wait_for(CALL, &request);
    processor.process_event(event("1", MoveParticipantSucceeded::new(), "m"));
    assert!(ready(&mut moved).await.is_none());
    processor.process_event(event("2", MoveParticipantSucceeded::new().from_call("call-0"), "m"));
    assert_eq!(moved.await.unwrap().result.from_call.as_deref(), Some("call-0"));

    // Its event has the context of the start.
    let request = UpdateTranscriptionRequest::new().operation_context("update");
    let updated = processor.wait_for(CALL, &request);
    processor.process_event(event("3", TranscriptionUpdated::new(), "start"));
    assert_eq!(updated.await.unwrap().event.id, "3");

    let request = ContinuousDtmfRecognitionRequest::new(user()).operation_context("tones");
    let stopped = processor.wait_for(CALL, &StopContinuousDtmfRecognition(request));
    processor.process_event(event("4", CallEventKind::ContinuousDtmfRecognitionStopped, "tones"));
    assert_eq!(stopped.await.unwrap().event.id, "4");

    let request = AddParticipantRequest::new(user()).operation_context("");
    let added = processor.wait_for(CALL, &request);
    let succeeded = AddParticipantSucceeded::new().participant(user());
    processor.process_event(event("5", succeeded, ""));
    assert_eq!(added.await.unwrap().result.participant, Some(user().into()));
    assert_eq!(<HangUp as CallOperation>::NAME, "hangup_call");
}

#[tokio::test(start_paused = true)]
async fn an_event_is_known_by_its_source_where_it_has_no_call_id() {
    let processor = EventProcessor::new();
    let body = format!(
        r#"{{"id": "1", "source": "/calling/callConnections/{CALL}/x", "specversion": "1.0",
        "type": "Microsoft.Communication.PlayCompleted", "data": {{"operationContext": "a"}}}}"#
    );
    processor.process(body.as_bytes()).unwrap();
    processor.wait_for(CALL, &play("a")).await.unwrap();
    // The same id of another source is another event.
    let other = format!("[{}]", body.replace(CALL, "call-2"));
    processor.process(other.as_bytes()).unwrap();
    processor.wait_for("call-2", &play("a")).await.unwrap();
}
