//! What a processor holds, whatever it is sent.

use std::time::Duration;

use acs_rest::call_automation::events::{CallEvent, CallEventKind, ParticipantsUpdated};
use acs_rest::event_processor::{EventProcessor, Limits};

use super::{CALL, event, play};
use crate::memory_usage::peak;
use crate::subprocess::in_subprocess;

/// In the suite; `ACS_REST_EVENTS` sets another number, such as 1000000.
const EVENTS: usize = 100_000;

fn small() -> EventProcessor {
    let limits = Limits {
        max_kept_events: 1_000,
        max_kept_events_per_call: 100,
        max_ids: 1_000,
        ..Limits::default()
    };
    EventProcessor::builder().limits(limits).build()
}

#[test]
fn unmatched_events_take_bounded_memory() {
    if cfg!(target_os = "linux") {
        let test = "event_processor::memory::unmatched_events_take_bounded_memory";
        in_subprocess(test, &[], unclaimed());
    }
}

async fn unclaimed() {
    let events = std::env::var("ACS_REST_EVENTS").ok().and_then(|number| number.parse().ok());
    let (processor, events) = (small(), events.unwrap_or(EVENTS));
    let mut after_warmup = 0;
    for number in 0..events {
        let kind = match number % 3 {
            0 => CallEventKind::CallConnected,
            1 => CallEventKind::CallDisconnected,
            _ => ParticipantsUpdated::new().sequence_number(number as i32).into(),
        };
        // One call in ten floods.
        let call = if number % 10 == 0 { "flood".to_owned() } else { number.to_string() };
        let event = CallEvent::new(number.to_string(), kind)
            .with_call_connection_id(call)
            .with_operation_context(number.to_string());
        processor.process_event(event);
        if number == events / 10 {
            after_warmup = peak();
        }
    }
    let grown = peak() - after_warmup;
    assert!(grown < 4 << 20, "{grown} bytes more");
}

#[tokio::test(start_paused = true)]
async fn the_oldest_events_go_first_and_one_call_does_not_push_out_another() {
    let processor = small();
    processor.process_event(
        CallEvent::new("other", CallEventKind::PlayCompleted)
            .with_call_connection_id("other")
            .with_operation_context("a"),
    );
    for number in 0..500 {
        let context = number.to_string();
        processor.process_event(event(&context, CallEventKind::PlayCompleted, &context));
    }
    assert_eq!(processor.wait_for("other", &play("a")).await.unwrap().event.id, "other");
    assert_eq!(processor.wait_for(CALL, &play("400")).await.unwrap().event.id, "400");
    let gone = processor.wait_for(CALL, &play("399")).timeout(Duration::from_secs(1));
    gone.await.unwrap_err();
}

#[tokio::test(start_paused = true)]
async fn large_events_are_counted_by_their_bytes() {
    let limits = Limits { max_kept_bytes: 10_000, ..Limits::default() };
    let processor = EventProcessor::builder().limits(limits).build();
    for number in 0..20 {
        let long = event(&number.to_string(), CallEventKind::PlayCompleted, &number.to_string())
            .with_server_call_id("x".repeat(1_000));
        processor.process(long.json().as_bytes()).unwrap();
    }
    processor.wait_for(CALL, &play("19")).await.unwrap();
    let gone = processor.wait_for(CALL, &play("9")).timeout(Duration::from_secs(1));
    gone.await.unwrap_err();
}
