//! Scenarios of calls as tables: the actions with their times, and the events that follow.

use std::time::{Duration, SystemTime};

use serde_json::{Value, json};

use super::*;
use crate::identifier::Identifier;

const CUSTOMER: &str = "4:+14255550123";
const AGENT: &str = "8:acs:agent";
const CALL: &str = "call";

/// A network at a pace of 1, with what has been sent and when.
struct Story {
    network: Network,
    connection: String,
    /// Milliseconds since the start, and the type with its sub-code if that is not 0.
    sent: Vec<(u64, String)>,
}

impl Story {
    fn new() -> Self {
        let network = Network::new(1.0, "https://storage.asm.skype.com");
        Self { network, connection: String::new(), sent: Vec::new() }
    }

    /// A call that the application makes.
    fn calling(people: &[&str]) -> Self {
        let mut story = Self::new();
        story.create(people, Vec::new());
        story
    }

    /// The same, once it is established.
    fn connected(people: &[&str]) -> Self {
        let mut story = Self::calling(people);
        story.until(1000);
        assert_eq!(story.network.connection(&story.connection).unwrap().state.name(), "connected");
        story.sent.clear();
        story
    }

    fn create(&mut self, people: &[&str], streams: Vec<StreamSettings>) {
        let new = NewConnection {
            targets: people.iter().map(|raw_id| identifier(raw_id)).collect(),
            streams,
            ..new_connection()
        };
        let properties = self.network.create_call(CALL.to_owned(), new);
        properties["callConnectionId"].as_str().unwrap().clone_into(&mut self.connection);
    }

    /// Advances to this number of milliseconds after the start, step by step.
    fn until(&mut self, millis: u64) {
        let end = SystemTime::UNIX_EPOCH + Duration::from_millis(millis);
        while let Some(due) = self.network.next_due().filter(|due| *due <= end) {
            self.network.advance(due);
            self.collect(due);
        }
        self.network.advance(end);
        self.collect(end);
    }

    fn collect(&mut self, now: SystemTime) {
        let at = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_millis();
        for effect in self.network.take_effects() {
            let text = match effect {
                Effect::Callback(Callback { kind, event, .. }) => {
                    match &event["data"]["resultInformation"]["subCode"] {
                        Value::Null => kind.to_owned(),
                        sub_code if *sub_code == 0 => kind.to_owned(),
                        sub_code => format!("{kind} {sub_code}"),
                    }
                }
                Effect::EventGrid(event) => format!("grid {}", event.kind),
                Effect::Media(MediaCommand::Open(open)) => format!("opens {:?}", open.id.kind),
                Effect::Media(MediaCommand::Close(id)) => format!("closes {:?}", id.kind),
                Effect::Media(MediaCommand::Speakers { speakers, .. }) => {
                    let ids: Vec<_> = speakers.into_iter().map(|one| one.raw_id).collect();
                    format!("hears {}", ids.join(" "))
                }
                Effect::Media(MediaCommand::Frame { frame, .. }) => {
                    format!("frame {}", frame["kind"].as_str().unwrap())
                }
                Effect::Media(MediaCommand::Play(files)) => {
                    format!("plays {}", files.urls.join(" "))
                }
                // Nothing may be played.
                Effect::Media(MediaCommand::StopPrompts(_)) => continue,
            };
            self.sent.push((u64::try_from(at).unwrap(), text));
        }
    }

    /// The callbacks, without the events of Event Grid.
    fn sent(&self) -> Vec<(u64, &str)> {
        let sent = self.sent.iter().filter(|(_, text)| !text.starts_with("grid"));
        sent.map(|(at, text)| (*at, text.as_str())).collect()
    }

    fn kinds(&self) -> Vec<&str> {
        self.sent().into_iter().map(|(_, text)| text).collect()
    }
}

fn identifier(raw_id: &str) -> Identifier {
    Identifier::read(&json!({ "rawId": raw_id }), "").unwrap()
}

fn new_connection() -> NewConnection {
    NewConnection {
        callback_uri: "https://app.contoso.com/".to_owned(),
        operation_context: None,
        targets: Vec::new(),
        source: None,
        details: Value::Null,
        application: Some(identifier("8:acs:application")),
        has_speech: true,
        streams: Vec::new(),
    }
}

fn script(change: impl FnOnce(&mut Script)) -> Script {
    let mut script = Script::default();
    change(&mut script);
    script
}

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
        let mut story = Story::new();
        *story.network.person_mut(CUSTOMER) = script;
        story.create(&[CUSTOMER], Vec::new());
        story.until(100_000);
        assert_eq!(story.sent(), expected, "{name}");
    }
}

#[test]
fn the_first_target_that_answers_establishes_the_call() {
    let mut story = Story::new();
    story.network.person_mut(AGENT).outcome = PersonOutcome::Busy;
    story.create(&[AGENT, CUSTOMER], Vec::new());
    story.until(100_000);
    assert_eq!(story.kinds(), ["CallConnected", "ParticipantsUpdated"]);
}

#[test]
fn an_incoming_call_rings_for_thirty_seconds() {
    for (wait, is_there) in [(0, true), (29_999, true), (30_000, false)] {
        let mut story = Story::new();
        let (from, to) = (identifier(CUSTOMER), identifier(AGENT));
        let new = NewIncomingCall {
            from,
            to,
            caller_display_name: String::new(),
            custom_context: Value::Null,
        };
        let context = story.network.ring(new, CALL.to_owned());
        story.until(wait);
        let incoming = story.network.take_incoming(&context);
        assert_eq!(incoming.is_ok(), is_there, "{wait}");
        if let Ok(incoming) = incoming {
            story.network.answer_call(incoming, new_connection());
            story.until(wait + 20);
            assert_eq!(
                story.sent(),
                [(wait + 20, "CallConnected"), (wait + 20, "ParticipantsUpdated")]
            );
        }
    }
}

#[test]
fn an_invitation_is_answered_cancelled_or_runs_out() {
    let invite = |story: &mut Story| {
        let connection = story.connection.clone();
        let timeout = Some(Duration::from_secs(20));
        story
            .network
            .invite(&connection, identifier(AGENT), timeout, ReplyTo::default())
            .unwrap()
            .id
    };
    let waits = |outcome| {
        move |story: &mut Story| {
            story.network.person_mut(AGENT).outcome = outcome;
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
        let mut story = Story::connected(&[CUSTOMER]);
        waits(outcome)(&mut story);
        let invitation = invite(&mut story);
        if let Some(at) = cancel_at {
            story.until(at);
            let connection = story.connection.clone();
            let reply_to = ReplyTo::default();
            story.network.cancel_invitation(&connection, &invitation, reply_to).unwrap();
        }
        story.until(100_000);
        assert_eq!(story.sent(), expected, "{name}");
    }
}

#[test]
fn prompts_wait_for_each_other_or_interrupt() {
    let prompt = |loops| Prompt { sources: Vec::new(), loops };
    for (name, first_loops, interrupts, expected) in [
        (
            "one after the other",
            false,
            false,
            &[
                (1020, "PlayStarted"),
                (1520, "PlayCompleted"),
                (1520, "PlayStarted"),
                (2020, "PlayCompleted"),
            ][..],
        ),
        (
            "interrupted",
            true,
            true,
            &[
                (1020, "PlayStarted"),
                (1020, "PlayCanceled 8508"),
                (1020, "PlayStarted"),
                (1520, "PlayCompleted"),
            ],
        ),
        ("behind one that loops", true, false, &[(1020, "PlayStarted")]),
    ] {
        let mut story = Story::connected(&[CUSTOMER]);
        let connection = story.connection.clone();
        let network = &mut story.network;
        network.play(&connection, prompt(first_loops), false, ReplyTo::default()).unwrap();
        network.play(&connection, prompt(false), interrupts, ReplyTo::default()).unwrap();
        story.until(100_000);
        assert_eq!(story.sent(), expected, "{name}");
    }
}

#[test]
fn a_recognition_ends_with_the_input() {
    fn choices() -> RecognizeInput {
        let choice = |label: &str, tone| Choice {
            label: label.to_owned(),
            phrases: vec![label.to_owned()],
            tone: Tone::parse(tone),
        };
        RecognizeInput::Choices(vec![choice("sales", "1"), choice("support", "2")])
    }
    let dtmf: fn() -> RecognizeInput = || RecognizeInput::Dtmf;
    let speech: fn() -> RecognizeInput = || RecognizeInput::Speech;
    let choices: fn() -> RecognizeInput = choices;
    for (name, input, tones, says, expected) in [
        ("silence", dtmf, "", "", &[(6_020, "RecognizeFailed 8510")][..]),
        ("the most tones", dtmf, "123", "", &[(1_320, "RecognizeCompleted 8531")]),
        ("the stop tone", dtmf, "12#", "", &[(1_320, "RecognizeCompleted 8514")]),
        ("a pause", dtmf, "1", "", &[(3_120, "RecognizeCompleted 8532")]),
        ("speech", speech, "", "hello", &[(1_120, "RecognizeCompleted 8569")]),
        ("a phrase", choices, "", "Support, please", &[(1_120, "RecognizeCompleted 8545")]),
        ("a tone", choices, "1", "", &[(1_120, "RecognizeCompleted 8533")]),
        ("another tone", choices, "9", "", &[(1_120, "RecognizeFailed 8534")]),
        ("another phrase", choices, "", "weather", &[(1_120, "RecognizeFailed 8547")]),
    ] {
        let mut story = Story::new();
        let person = story.network.person_mut(CUSTOMER);
        person.tones = tones.chars().filter_map(|key| Tone::parse(&key.to_string())).collect();
        person.says = Some(says.to_owned()).filter(|says| !says.is_empty()).into_iter().collect();
        story.create(&[CUSTOMER], Vec::new());
        story.until(1000);
        story.sent.clear();
        let recognition = Recognition {
            input: input(),
            target: CUSTOMER.to_owned(),
            prompt: Prompt { sources: Vec::new(), loops: false },
            interrupts_prompt: false,
            initial_silence: INITIAL_SILENCE,
            max_tones: Some(3),
            stop_tones: vec![Tone::parse("#").unwrap()],
            between_tones: BETWEEN_TONES,
        };
        let connection = story.connection.clone();
        story.network.recognize(&connection, recognition, false, ReplyTo::default()).unwrap();
        story.until(100_000);
        assert_eq!(story.sent(), expected, "{name}");
    }
}

fn audio() -> StreamSettings {
    let format = AudioFormat {
        sample_rate: 16_000,
        is_mixed: true,
        is_bidirectional: true,
        has_tones: true,
    };
    StreamSettings { url: "ws://a/".to_owned(), starts: true, format: StreamFormat::Audio(format) }
}

#[test]
fn a_stream_lives_with_its_call_and_carries_the_speakers() {
    let mut story = Story::new();
    story.create(&[CUSTOMER], vec![audio()]);
    story.until(220);
    assert_eq!(story.kinds(), ["CallConnected", "opens Audio", "ParticipantsUpdated"]);
    let id = StreamId { connection: story.connection.clone(), kind: StreamKind::Audio };
    assert!(story.network.stream_opened(&id));
    // Opened once, however often the socket says so.
    assert!(!story.network.stream_opened(&id));
    story.network.press(CALL, CUSTOMER, Tone::parse("5").unwrap()).unwrap();
    story.network.mute(&id.connection, &[identifier(CUSTOMER)]).unwrap();
    story.until(300);
    story.network.terminate(&id.connection).unwrap();
    story.until(400);
    assert_eq!(
        story.kinds()[3..],
        [
            "MediaStreamingStarted",
            &format!("hears {CUSTOMER}"),
            "frame DtmfData",
            "ParticipantsUpdated",
            "hears ",
            "CallDisconnected 7000",
            "closes Audio",
        ]
    );
}

#[test]
fn a_stream_that_fails_is_reported_once() {
    for (is_open, details) in
        [(false, "initialWebSocketConnectionFailed"), (true, "streamConnectionInterrupted")]
    {
        let mut story = Story::new();
        story.create(&[CUSTOMER], vec![audio()]);
        story.until(300);
        let id = StreamId { connection: story.connection.clone(), kind: StreamKind::Audio };
        if is_open {
            story.network.stream_opened(&id);
        }
        story.network.take_effects();
        story.network.stream_failed(&id);
        story.network.stream_failed(&id);
        let effects = story.network.take_effects();
        let [Effect::Callback(Callback { kind: "MediaStreamingFailed", event, .. })] = &effects[..]
        else {
            panic!("{effects:?}");
        };
        let update = &event["data"]["mediaStreamingUpdate"];
        assert_eq!(update["mediaStreamingStatusDetails"], details);
    }
}

#[test]
fn a_socket_that_opens_after_its_call_has_ended_is_not_wanted() {
    let mut story = Story::new();
    story.create(&[CUSTOMER], vec![audio()]);
    story.until(300);
    let id = StreamId { connection: story.connection.clone(), kind: StreamKind::Audio };
    story.network.terminate(&id.connection).unwrap();
    assert!(!story.network.stream_opened(&id));
    story.until(400);
    assert!(story.kinds().contains(&"closes Audio"));
}

#[test]
fn a_recording_ends_with_its_call() {
    let mut story = Story::connected(&[CUSTOMER]);
    let connection = story.connection.clone();
    let response = story.network.start_recording(CALL, NewRecording::default()).unwrap();
    story.until(2_000);
    let id = response["recordingId"].as_str().unwrap();
    assert_eq!(story.network.recording(id).unwrap()["recordingState"], "active");
    story.network.terminate(&connection).unwrap();
    story.until(3_000);
    assert!(story.network.recording(id).is_err());
    let grid: Vec<_> = story.sent.iter().filter(|(_, text)| text.starts_with("grid")).collect();
    assert!(grid.iter().any(|(_, text)| text == "grid RecordingFileStatusUpdated"), "{grid:?}");
}

#[test]
fn ended_calls_leave_no_state() {
    let mut story = Story::new();
    for number in 0..10 {
        let call = number.to_string();
        let targets = vec![identifier(CUSTOMER)];
        let new = NewConnection { targets, streams: vec![audio()], ..new_connection() };
        let properties = story.network.create_call(call, new);
        let connection = properties["callConnectionId"].as_str().unwrap().to_owned();
        story.until(number * 2_000 + 1_000);
        story.network.terminate(&connection).unwrap();
    }
    story.until(1_000_000);
    let network = &story.network;
    assert!(network.calls.is_empty() && network.connections.is_empty() && network.legs.is_empty());
    assert_eq!(network.next_due(), None);
}
