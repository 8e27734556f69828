//! The streams of audio.

use super::*;

#[test]
fn a_stream_lives_with_its_call_and_carries_the_speakers() {
    let mut scenario = Scenario::new();
    scenario.create(&[CUSTOMER], vec![audio()]);
    scenario.until(220);
    assert_eq!(scenario.kinds(), ["CallConnected", "opens Audio", "ParticipantsUpdated"]);
    let id = StreamId { connection: scenario.connection.clone(), kind: StreamKind::Audio };
    assert!(scenario.network.stream_opened(&id));
    // Opened once, however often the socket says so.
    assert!(!scenario.network.stream_opened(&id));
    scenario.network.press(CALL, CUSTOMER, Tone::parse("5").unwrap()).unwrap();
    scenario.network.mute(&id.connection, &[identifier(CUSTOMER)]).unwrap();
    scenario.until(300);
    scenario.network.terminate(&id.connection).unwrap();
    scenario.until(400);
    assert_eq!(
        scenario.kinds()[3..],
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
        let mut scenario = Scenario::new();
        scenario.create(&[CUSTOMER], vec![audio()]);
        scenario.until(300);
        let id = StreamId { connection: scenario.connection.clone(), kind: StreamKind::Audio };
        if is_open {
            scenario.network.stream_opened(&id);
        }
        scenario.network.take_effects();
        scenario.network.stream_failed(&id);
        scenario.network.stream_failed(&id);
        let effects = scenario.network.take_effects();
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
    let mut scenario = Scenario::new();
    scenario.create(&[CUSTOMER], vec![audio()]);
    scenario.until(300);
    let id = StreamId { connection: scenario.connection.clone(), kind: StreamKind::Audio };
    scenario.network.terminate(&id.connection).unwrap();
    assert!(!scenario.network.stream_opened(&id));
    scenario.until(400);
    assert!(scenario.kinds().contains(&"closes Audio"));
}
