//! Any order of waits and events: each wait ends with its own event, or with the end of its call.

use std::time::Duration;

use acs_rest::call_automation::events::{CallEvent, CallEventKind, PlayFailed};
use acs_rest::event_processor::{EventProcessor, OperationErrorKind};
use proptest::prelude::*;

use super::{play, ready};

const OPERATIONS: usize = 8;
const CALLS: usize = 3;

/// What happens, one after the other.
#[derive(Clone, Debug)]
enum Step {
    /// A wait for this operation begins.
    Wait(usize),
    /// The wait is given up.
    Drop(usize),
    /// The event of this operation arrives, possibly again.
    Answer(usize),
    /// An event arrives that answers none of them.
    Noise(usize),
    /// A call ends.
    Disconnect(usize),
    /// Time passes, in milliseconds.
    Pass(u64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => (0..OPERATIONS).prop_map(Step::Wait),
        1 => (0..OPERATIONS).prop_map(Step::Drop),
        6 => (0..OPERATIONS).prop_map(Step::Answer),
        3 => (0..OPERATIONS).prop_map(Step::Noise),
        1 => (0..CALLS).prop_map(Step::Disconnect),
        2 => (0_u64..1_500).prop_map(Step::Pass),
    ];
    prop::collection::vec(step, 0..60)
}

/// Each third operation fails.
fn answer(operation: usize) -> CallEvent {
    let kind = match operation % 3 {
        0 => PlayFailed::new().into(),
        _ => CallEventKind::PlayCompleted,
    };
    CallEvent::new(operation.to_string(), kind)
        .with_call_connection_id((operation % CALLS).to_string())
        .with_operation_context(operation.to_string())
}

fn noise(operation: usize, nth: usize) -> CallEvent {
    let event = answer(operation);
    let id = format!("noise {nth}");
    let call = (operation % CALLS).to_string();
    match nth % 3 {
        0 => CallEvent::new(id, CallEventKind::RecognizeCanceled)
            .with_call_connection_id(call)
            .with_operation_context(operation.to_string()),
        1 => CallEvent::new(id, event.kind).with_call_connection_id(call),
        _ => CallEvent::new(id, event.kind)
            .with_call_connection_id("another")
            .with_operation_context(operation.to_string()),
    }
}

fn disconnected(call: usize) -> CallEvent {
    CallEvent::new(format!("end {call}"), CallEventKind::CallDisconnected)
        .with_call_connection_id(call.to_string())
        .with_operation_context("answer")
}

/// Runs the steps, and checks each wait against what it must come to.
async fn run(steps: &[Step]) {
    let processor = EventProcessor::new();
    let mut waits: [Vec<_>; OPERATIONS] = Default::default();
    // Whether the answer has arrived, and whether a wait has had it.
    let (mut arrived, mut taken) = ([false; OPERATIONS], [false; OPERATIONS]);
    let mut has_ended = [false; CALLS];
    for (nth, step) in steps.iter().enumerate() {
        match *step {
            Step::Wait(operation) => {
                let request = play(&operation.to_string());
                let call = (operation % CALLS).to_string();
                let timeout = Duration::from_secs(3_600);
                let wait = processor.wait_for(call, &request).timeout(timeout);
                let gets_answer = !arrived[operation] || !taken[operation];
                taken[operation] |= arrived[operation];
                waits[operation].push((wait, gets_answer));
            }
            Step::Drop(operation) => drop(waits[operation].pop()),
            Step::Answer(operation) => {
                processor.process_event(answer(operation));
                if !arrived[operation] {
                    // What no running wait takes is kept.
                    taken[operation] = !waits[operation].is_empty();
                }
                arrived[operation] = true;
            }
            Step::Noise(operation) => processor.process_event(noise(operation, nth)),
            Step::Disconnect(call) => {
                processor.process_event(disconnected(call));
                has_ended[call] = true;
            }
            Step::Pass(milliseconds) => {
                tokio::time::advance(Duration::from_millis(milliseconds)).await;
            }
        }
    }
    for (operation, waits) in waits.into_iter().enumerate() {
        for (wait, gets_answer) in waits {
            check(operation, wait, gets_answer && arrived[operation], has_ended).await;
        }
    }
}

async fn check<T: std::fmt::Debug>(
    operation: usize,
    mut wait: acs_rest::event_processor::Wait<T>,
    is_answered: bool,
    has_ended: [bool; CALLS],
) {
    let outcome = match ready(&mut wait).await {
        Some(outcome) => outcome,
        None => {
            assert!(!is_answered, "operation {operation} waits for what has arrived");
            tokio::time::advance(Duration::from_secs(2)).await;
            match ready(&mut wait).await {
                Some(outcome) => outcome,
                None => return assert!(!has_ended[operation % CALLS]),
            }
        }
    };
    match outcome {
        Ok(_) => assert!(is_answered && !operation.is_multiple_of(3)),
        Err(error) if error.kind() == OperationErrorKind::Failed => {
            assert!(is_answered && operation.is_multiple_of(3));
            assert_eq!(error.event().unwrap().id, operation.to_string());
        }
        Err(error) => {
            assert_eq!(error.kind(), OperationErrorKind::Disconnected);
            assert!(has_ended[operation % CALLS] && !is_answered, "{operation}: {error}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn each_wait_ends_with_its_own_event(steps in steps()) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .unwrap();
        runtime.block_on(run(&steps));
    }
}
