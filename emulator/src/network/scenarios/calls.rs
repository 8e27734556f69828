//! Calls, invitations and recordings: how they begin and end.

use super::*;

#[test]
fn the_outcome_of_a_call_depends_on_the_person() {
    let seconds = Duration::from_secs;
    let up = &[(1220, "CallConnected"), (1220, "ParticipantsUpdated")][..];
    for (name, script, expected) in [
        ("answers", script(|s| s.answer_after = Duration::from_millis(1200)), up),
        ("busy", script(|s| s.outcome = PersonOutcome::Busy), &[(20, "CreateCallFailed 560486")]),
        (
            "declines",
            script(|s| s.outcome = PersonOutcome::Declines),
            &[(220, "CreateCallFailed 560603")],
        ),
        (
            "does not answer",
            script(|s| s.outcome = PersonOutcome::NoAnswer),
            &[(30_000, "CreateCallFailed 560487")],
        ),
        (
            "answers after it has rung for long",
            script(|s| s.answer_after = seconds(40)),
            &[(40_020, "CallConnected"), (40_020, "ParticipantsUpdated")],
        ),
        (
            "hangs up",
            script(|s| s.hangs_up_after = Some(seconds(2))),
            &[
                (220, "CallConnected"),
                (220, "ParticipantsUpdated"),
                (2220, "CallDisconnected 7000"),
            ],
        ),
    ] {
        let mut scenario = Scenario::new();
        *scenario.network.person_mut(CUSTOMER) = script;
        scenario.create(&[CUSTOMER], Vec::new());
        scenario.until(100_000);
        assert_eq!(scenario.sent(), expected, "{name}");
    }
}

#[test]
fn the_first_target_that_answers_establishes_the_call() {
    let mut scenario = Scenario::new();
    scenario.network.person_mut(AGENT).outcome = PersonOutcome::Busy;
    scenario.create(&[AGENT, CUSTOMER], Vec::new());
    scenario.until(100_000);
    assert_eq!(scenario.kinds(), ["CallConnected", "ParticipantsUpdated"]);
}

#[test]
fn an_incoming_call_rings_for_thirty_seconds() {
    for (wait, is_there) in [(0, true), (29_999, true), (30_000, false)] {
        let mut scenario = Scenario::new();
        let (from, to) = (identifier(CUSTOMER), identifier(AGENT));
        let new = NewIncomingCall {
            from,
            to,
            caller_display_name: String::new(),
            custom_context: Value::Null,
        };
        let context = scenario.network.ring(new, CALL.to_owned());
        scenario.until(wait);
        let incoming = scenario.network.take_incoming(&context);
        assert_eq!(incoming.is_ok(), is_there, "{wait}");
        if let Ok(incoming) = incoming {
            scenario.network.answer_call(incoming, new_connection());
            scenario.until(wait + 20);
            assert_eq!(
                scenario.sent(),
                [(wait + 20, "CallConnected"), (wait + 20, "ParticipantsUpdated")]
            );
        }
    }
}

#[test]
fn an_invitation_is_answered_cancelled_or_runs_out() {
    let invite = |scenario: &mut Scenario| {
        let connection = scenario.connection.clone();
        let timeout = Some(Duration::from_secs(20));
        scenario
            .network
            .invite(&connection, identifier(AGENT), timeout, ReplyTo::default())
            .unwrap()
            .id
    };
    let waits = |outcome| {
        move |scenario: &mut Scenario| {
            scenario.network.person_mut(AGENT).outcome = outcome;
        }
    };
    for (name, outcome, cancel_at, expected) in [
        (
            "answered",
            PersonOutcome::Answers,
            None,
            &[(1220, "AddParticipantSucceeded"), (1220, "ParticipantsUpdated")][..],
        ),
        ("nobody", PersonOutcome::NoAnswer, None, &[(21_000, "AddParticipantFailed 560487")]),
        ("busy", PersonOutcome::Busy, None, &[(1020, "AddParticipantFailed 560486")]),
        (
            "cancelled",
            PersonOutcome::NoAnswer,
            Some(5_000),
            &[(5_020, "CancelAddParticipantSucceeded")],
        ),
        (
            "cancelled too late",
            PersonOutcome::Answers,
            Some(5_000),
            &[
                (1220, "AddParticipantSucceeded"),
                (1220, "ParticipantsUpdated"),
                (5_020, "CancelAddParticipantFailed 8500"),
            ],
        ),
    ] {
        let mut scenario = Scenario::connected(&[CUSTOMER]);
        waits(outcome)(&mut scenario);
        let invitation = invite(&mut scenario);
        if let Some(at) = cancel_at {
            scenario.until(at);
            let connection = scenario.connection.clone();
            let reply_to = ReplyTo::default();
            scenario.network.cancel_invitation(&connection, &invitation, reply_to).unwrap();
        }
        scenario.until(100_000);
        assert_eq!(scenario.sent(), expected, "{name}");
    }
}

#[test]
fn a_recording_ends_with_its_call() {
    let mut scenario = Scenario::connected(&[CUSTOMER]);
    let connection = scenario.connection.clone();
    let response = scenario.network.start_recording(CALL, NewRecording::default()).unwrap();
    scenario.until(2_000);
    let id = response["recordingId"].as_str().unwrap();
    assert_eq!(scenario.network.recording(id).unwrap()["recordingState"], "active");
    scenario.network.terminate(&connection).unwrap();
    scenario.until(3_000);
    assert!(scenario.network.recording(id).is_err());
    let grid: Vec<_> = scenario.sent.iter().filter(|(_, text)| text.starts_with("grid")).collect();
    assert!(grid.iter().any(|(_, text)| text == "grid RecordingFileStatusUpdated"), "{grid:?}");
}

#[test]
fn ended_calls_leave_no_state() {
    let mut scenario = Scenario::new();
    for number in 0..10 {
        let call = number.to_string();
        let targets = vec![identifier(CUSTOMER)];
        let new = NewConnection { targets, streams: vec![audio()], ..new_connection() };
        let properties = scenario.network.create_call(call, new);
        let connection = properties["callConnectionId"].as_str().unwrap().to_owned();
        scenario.until(number * 2_000 + 1_000);
        scenario.network.terminate(&connection).unwrap();
    }
    scenario.until(1_000_000);
    let network = &scenario.network;
    assert!(network.calls.is_empty() && network.connections.is_empty() && network.legs.is_empty());
    assert_eq!(network.next_due(), None);
}
