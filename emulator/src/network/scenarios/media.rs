//! Prompts and recognitions.

use super::*;

fn recognition(input: RecognizeInput) -> Recognition {
    Recognition {
        input,
        target: CUSTOMER.to_owned(),
        prompt: Prompt { sources: Vec::new(), loops: false },
        interrupts_prompt: false,
        initial_silence: INITIAL_SILENCE,
        max_tones: Some(3),
        stop_tones: vec![Tone::parse("#").unwrap()],
        between_tones: BETWEEN_TONES,
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
        let mut scenario = Scenario::connected(&[CUSTOMER]);
        let connection = scenario.connection.clone();
        let network = &mut scenario.network;
        network.play(&connection, prompt(first_loops), false, ReplyTo::default()).unwrap();
        network.play(&connection, prompt(false), interrupts, ReplyTo::default()).unwrap();
        scenario.until(100_000);
        assert_eq!(scenario.sent(), expected, "{name}");
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
        let mut scenario = Scenario::new();
        let person = scenario.network.person_mut(CUSTOMER);
        person.tones = tones.chars().filter_map(|key| Tone::parse(&key.to_string())).collect();
        person.says = Some(says.to_owned()).filter(|says| !says.is_empty()).into_iter().collect();
        scenario.create(&[CUSTOMER], Vec::new());
        scenario.until(1000);
        scenario.sent.clear();
        let recognition = recognition(input());
        let connection = scenario.connection.clone();
        scenario.network.recognize(&connection, recognition, false, ReplyTo::default()).unwrap();
        scenario.until(100_000);
        assert_eq!(scenario.sent(), expected, "{name}");
    }
}

fn files(urls: &[&str]) -> Prompt {
    let source = |url: &&str| json!({ "kind": "file", "file": { "uri": url } });
    Prompt { sources: urls.iter().map(source).collect(), loops: false }
}

/// Whether prompts were stopped since the effects were taken last.
fn is_stopped(network: &mut Network) -> bool {
    let is_stop = |effect: &Effect| matches!(effect, Effect::Media(MediaCommand::StopPrompts(_)));
    network.take_effects().iter().any(is_stop)
}

#[test]
fn files_of_prompts_are_played_until_they_are_cancelled() {
    let mut scenario = Scenario::connected(&[CUSTOMER]);
    let connection = scenario.connection.clone();
    let mut prompt = files(&["http://a/1.wav", "http://a/2.wav"]);
    let text = json!({ "kind": "text", "text": { "text": "Hello" } });
    prompt.sources.insert(1, text);
    scenario.network.play(&connection, prompt, false, ReplyTo::default()).unwrap();
    scenario.until(1_100);
    assert_eq!(
        scenario.sent(),
        [(1_020, "PlayStarted"), (1_020, "plays http://a/1.wav http://a/2.wav")]
    );
    scenario.network.cancel_all_media(&connection).unwrap();
    scenario.network.advance(SystemTime::UNIX_EPOCH + Duration::from_millis(1_200));
    assert!(is_stopped(&mut scenario.network));
}

#[test]
fn only_a_prompt_that_may_be_interrupted_ends_with_a_key() {
    for interrupts_prompt in [true, false] {
        let mut scenario = Scenario::connected(&[CUSTOMER]);
        let connection = scenario.connection.clone();
        let recognition = Recognition {
            prompt: files(&["http://a/1.wav"]),
            interrupts_prompt,
            ..recognition(RecognizeInput::Dtmf)
        };
        scenario.network.recognize(&connection, recognition, false, ReplyTo::default()).unwrap();
        scenario.until(1_100);
        assert_eq!(scenario.kinds(), ["plays http://a/1.wav"]);
        is_stopped(&mut scenario.network);
        scenario.network.press(CALL, CUSTOMER, Tone::parse("1").unwrap()).unwrap();
        assert_eq!(is_stopped(&mut scenario.network), interrupts_prompt);
    }
}
