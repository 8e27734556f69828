//! The frames of a streaming socket: whatever comes in is read or refused, and never harms the next.

use std::time::Duration;

use acs_rest::CommunicationIdentifier;
use acs_rest::call_automation::Tone;
use acs_rest::media_streaming::{
    Frame, FrameErrorKind, MAX_FRAME_LENGTH, MarkStatus, STOP_AUDIO, TranscriptionResultStatus,
    write_audio, write_base64_audio,
};
use acs_rest::time::OffsetDateTime;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use serde_json::{Value, json};

/// The audio of a frame.
fn decoded(frame: &str) -> Vec<u8> {
    let Frame::AudioData(audio) = Frame::parse(frame).unwrap() else { panic!("{frame}") };
    let mut pcm = Vec::new();
    audio.append_to(&mut pcm).unwrap();
    let mut buffer = vec![0; audio.decoded_len()];
    let length = audio.decode_into(&mut buffer).unwrap();
    assert_eq!(buffer[..length], pcm);
    pcm
}

fn kind_of_error(frame: impl AsRef<[u8]>) -> FrameErrorKind {
    Frame::parse(&frame).unwrap_err().kind()
}

#[test]
fn audio_and_its_metadata() {
    let metadata = r#"{"kind":"AudioMetadata","audioMetadata":{"subscriptionId":"s",
        "encoding":"PCM","sampleRate":16000,"channels":1,"length":640}}"#;
    let Frame::AudioMetadata(metadata) = Frame::parse(metadata).unwrap() else { panic!() };
    assert_eq!(
        (metadata.subscription_id.as_deref(), metadata.encoding.as_deref()),
        (Some("s"), Some("PCM"))
    );
    assert_eq!(
        (metadata.sample_rate, metadata.channels, metadata.length),
        (Some(16_000), Some(1), Some(640))
    );
    let frame = r#"{"kind":"AudioData","audioData":{"timestamp":"2024-11-15T19:16:12.925Z",
        "participantRawID":"4:+14255550123","data":"AQACAA==","silent":true}}"#;
    let Frame::AudioData(audio) = Frame::parse(frame).unwrap() else { panic!() };
    let time = OffsetDateTime::UNIX_EPOCH + Duration::from_millis(1_731_698_172_925);
    assert_eq!((audio.timestamp(), audio.is_silent()), (Some(time), true));
    assert_eq!(audio.participant_raw_id().as_deref(), Some("4:+14255550123"));
    assert_eq!(audio.participant(), Some(CommunicationIdentifier::from_raw_id("4:+14255550123")));
    assert_eq!(audio.base64().as_deref(), Some("AQACAA=="));
    assert_eq!(decoded(frame), [1, 0, 2, 0]);
    assert!(!format!("{audio:?}").contains("AQACAA"), "{audio:?}");
}

/// The casings of the service and of the libraries of .NET, JavaScript and Python.
#[test]
fn audio_in_every_casing_that_ships() {
    for frame in [
        r#"{"kind":"AudioData","audioData":{"data":"AQACAA==","silent":false}}"#,
        r#"{"Kind":"AudioData","AudioData":{"Data":"AQACAA==","Timestamp":"x","Participant":null,"IsSilent":false},"StopAudio":null}"#,
        r#"{"kind":"audioData","audioData":{"data":"AQACAA==","isSilent":false},"stopAudio":{}}"#,
        r#"{"Kind":"AudioData","AudioData":{"Data":"AQACAA=="},"StopAudio":null}"#,
        r#"{"audiodata":{"DATA":"AQACAA=="},"KIND":"AUDIODATA"}"#,
        "{ \"kind\" :\t\"AudioData\" ,\r\n\"audioData\" : { \"data\" : \"AQACAA==\" } }\n",
        r#"{"kind":"AudioData","audioData":{"data":"AQACAA"},"more":[{"kind":1}]}"#,
        r#"{"k\u0069nd":"Audio\u0044ata","audioData":{"dat\u0061":"AQ\u0041\u0043\u0041A=\u003d"}}"#,
    ] {
        assert_eq!(decoded(frame), [1, 0, 2, 0], "{frame}");
    }
    // Escapes of base64, as some JSON libraries write them.
    let frame = r#"{"kind":"AudioData","audioData":{"data":"+\u002B\/\u002f\/\/\/\/"}}"#;
    assert_eq!(decoded(frame), STANDARD.decode("++//////").unwrap());
}

#[test]
fn audio_without_what_is_optional() {
    for data in ["{}", r#"{"data":null,"silent":null,"timestamp":"","participantRawID":""}"#] {
        let frame = format!(r#"{{"kind":"AudioData","audioData":{data}}}"#);
        let Frame::AudioData(audio) = Frame::parse(&frame).unwrap() else { panic!() };
        assert_eq!((audio.decoded_len(), audio.is_silent()), (0, false));
        assert_eq!((audio.timestamp(), audio.participant()), (None, None));
    }
}

#[test]
fn keys_and_marks() {
    for (key, tone) in
        [("3", Tone::Three), ("#", Tone::Pound), ("A", Tone::A), ("five", Tone::Five)]
    {
        let frame = json!({"kind": "DtmfData", "dtmfData": {"data": key,
            "timestamp": "2024-11-15T19:16:12.925Z", "participantRawID": "8:acs:r_u"}});
        let frame = frame.to_string();
        let Frame::DtmfData(dtmf) = Frame::parse(&frame).unwrap() else { panic!() };
        assert_eq!(dtmf.tone(), Some(tone));
        assert!(dtmf.timestamp.is_some());
        assert_eq!(dtmf.participant.unwrap().raw_id(), "8:acs:r_u");
    }
    let frame = r#"{"kind":"MarkData","markData":{"id":"m","status":"completed"}}"#;
    let Frame::MarkData(mark) = Frame::parse(frame).unwrap() else { panic!() };
    assert_eq!((mark.id.as_deref(), mark.status), (Some("m"), Some(MarkStatus::Completed)));
}

#[test]
fn a_transcript_and_its_metadata() {
    let frame = json!({"kind": "TranscriptionMetadata", "transcriptionMetadata": {
        "subscriptionId": "s", "locale": "en-US", "callConnectionId": "c", "correlationId": "d",
        "speechRecognitionModelEndpointId": null, "locales": ["en-US", "de-DE"],
        "piiRedactionOptions": {"enable": true, "redactionType": "maskWithCharacter"}}});
    let frame = frame.to_string();
    let Frame::TranscriptionMetadata(metadata) = Frame::parse(&frame).unwrap() else { panic!() };
    assert_eq!(
        (metadata.locale.as_deref(), metadata.speech_recognition_model_endpoint_id),
        (Some("en-US"), None)
    );
    assert_eq!(metadata.pii_redaction_options.unwrap().enable, Some(true));

    let frame = r#"{"TranscriptionData":{"Text":"Hell\u00f6 there.","format":"display",
        "confidence":0.87,"offset":638672001234567891,"duration":11000000,
        "words":[{"text":"there","offset":638672001234567891}],"participantRawID":"4:+1",
        "resultStatus":"final"},"kind":"TranscriptionData"}"#;
    let Frame::TranscriptionData(data) = Frame::parse(frame).unwrap() else { panic!() };
    assert_eq!(data.text.as_deref(), Some("Hellö there."));
    assert_eq!(data.offset, Some(Duration::new(63_867_200_123, 456_789_100)));
    assert_eq!(data.duration, Some(Duration::from_millis(1_100)));
    assert_eq!(data.result_status, Some(TranscriptionResultStatus::Final));
    let word = &data.words.unwrap()[0];
    assert_eq!((word.offset, word.duration), (data.offset, None));
    assert_eq!(data.participant.unwrap().raw_id(), "4:+1");
}

#[test]
fn a_frame_of_another_kind_is_kept_whole() {
    for (frame, kind) in [
        (r#"{"kind":"Newer","newer":{"x":[1]},"audioData":null}"#, "Newer"),
        (STOP_AUDIO, "StopAudio"),
    ] {
        let Frame::Unknown(unknown) = Frame::parse(frame).unwrap() else { panic!() };
        assert_eq!((&*unknown.kind, unknown.json), (kind, frame));
    }
}

#[test]
fn a_bad_frame_is_an_error_of_its_kind() {
    let frame = r#"{"kind":"AudioData","audioData":{"data":"AQACAA==","silent":false}}"#;
    for end in 0..frame.len() {
        assert_eq!(kind_of_error(&frame[..end]), FrameErrorKind::NotJson, "{end}");
    }
    for (bad, kind, text) in [
        ("[]".to_owned(), FrameErrorKind::NotJson, "unexpected byte at 0"),
        ("{} {}".to_owned(), FrameErrorKind::NotJson, "unexpected byte at 3"),
        (format!("{frame}x"), FrameErrorKind::NotJson, "not a JSON object"),
        ("{\"a\":[1 2]}".to_owned(), FrameErrorKind::NotJson, "not a JSON object"),
        ("{}".to_owned(), FrameErrorKind::Incomplete, "the frame has no `kind`"),
        (r#"{"kind":5}"#.to_owned(), FrameErrorKind::Incomplete, "no `kind`"),
        (r#"{"kind":"AudioData"}"#.to_owned(), FrameErrorKind::Incomplete, "no `audioData`"),
        (
            r#"{"kind":"DtmfData","dtmfData":null}"#.to_owned(),
            FrameErrorKind::Incomplete,
            "no `dtmfData`",
        ),
        (
            r#"{"kind":"AudioData","audioData":{"data":5}}"#.to_owned(),
            FrameErrorKind::InvalidField,
            "cannot read `data` of the frame: `unexpected value 5`",
        ),
        (
            r#"{"kind":"TranscriptionData","transcriptionData":{"words":[{"offset":-1}]}}"#
                .to_owned(),
            FrameErrorKind::InvalidField,
            "`transcriptionData.words[0].offset` of the frame: `the number of ticks is negative",
        ),
        (
            " ".repeat(MAX_FRAME_LENGTH + 1),
            FrameErrorKind::TooLong,
            "1048577 bytes; at most 1048576",
        ),
    ] {
        let error = Frame::parse(&bad).unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.to_string().contains(text), "{error}");
    }
    assert_eq!(kind_of_error(b"{\"kind\":\"\xff\"}"), FrameErrorKind::NotUtf8);
    let deep = format!(r#"{{"kind":"X","x":{}{}}}"#, "[".repeat(400_000), "]".repeat(400_000));
    assert!(Frame::parse(&deep).is_ok());
}

#[test]
fn audio_that_is_not_base64_or_does_not_fit() {
    for (data, kind) in [
        ("AQAC*A==", FrameErrorKind::NotBase64),
        ("A", FrameErrorKind::NotBase64),
        ("AQ==AQ==", FrameErrorKind::NotBase64),
        (r"AQAC\n", FrameErrorKind::NotBase64),
        (r"AQAC\u", FrameErrorKind::NotBase64),
        (r"AQAC\u00e9", FrameErrorKind::NotBase64),
        (r"AQAC\u20ac", FrameErrorKind::NotBase64),
    ] {
        let frame = format!(r#"{{"kind":"AudioData","audioData":{{"data":"{data}"}}}}"#);
        let Frame::AudioData(audio) = Frame::parse(&frame).unwrap() else { panic!() };
        let mut pcm = vec![7; 3];
        let error = audio.append_to(&mut pcm).map_err(|error| error.kind());
        assert_eq!(error, Err(kind), "{data}");
        assert_eq!(pcm, [7; 3]);
    }
    for data in ["AQACAAMA", r"AQAC\u0041AMA"] {
        let frame = format!(r#"{{"kind":"AudioData","audioData":{{"data":"{data}"}}}}"#);
        let Frame::AudioData(audio) = Frame::parse(&frame).unwrap() else { panic!() };
        assert_eq!(audio.decode_into(&mut [0; 6]).unwrap(), 6);
        let error = audio.decode_into(&mut [0; 5]).unwrap_err();
        assert_eq!(error.kind(), FrameErrorKind::BufferTooShort);
        assert_eq!(error.to_string(), "the buffer for the audio has 5 bytes; 6 are needed");
    }
}

#[test]
fn audio_that_is_written() {
    let mut frame = "what was there".to_owned();
    write_base64_audio(&mut frame, "AQACAA==").unwrap();
    assert_eq!(decoded(&frame), [1, 0, 2, 0]);
    for bad in ["a\"b", "a b", "é", "a\\u0041"] {
        assert_eq!(
            write_base64_audio(&mut frame, bad).unwrap_err().kind(),
            FrameErrorKind::NotBase64
        );
        assert_eq!(frame, "");
    }
    let value: Value = serde_json::from_str(STOP_AUDIO).unwrap();
    assert_eq!(value, json!({"Kind": "StopAudio", "AudioData": null, "StopAudio": {}}));
}

/// A name in some case.
fn cased(name: &'static str) -> impl Strategy<Value = String> {
    prop::collection::vec(any::<bool>(), name.len()).prop_map(move |upper| {
        let letters = name.chars().zip(upper);
        letters
            .map(|(c, upper)| if upper { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn what_is_written_is_read(pcm in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let mut frame = String::new();
        write_audio(&mut frame, &pcm);
        prop_assert!(serde_json::from_str::<Value>(&frame).is_ok());
        prop_assert_eq!(decoded(&frame), pcm);
    }

    #[test]
    fn audio_in_any_case_order_and_spacing(
        pcm in prop::collection::vec(any::<u8>(), 0..1_500),
        kind in cased("kind"), value in cased("AudioData"), content in cased("audioData"),
        data in cased("data"), silent in cased("silent"), is_silent: bool, kind_first: bool,
        raw_id in "[ -~é]{0,30}", spaces in "[ \n\r\t]{0,3}",
    ) {
        let text = |text: &str| json!(text).to_string();
        let encoded = text(&STANDARD.encode(&pcm)).replace('+', "\\u002B");
        let body = format!(
            "{s}{{{silent}:{is_silent},\"participantRawID\"{s}:{},{data}:{encoded}{s}}}",
            text(&raw_id), s = spaces, silent = text(&silent), data = text(&data),
        );
        let kind = format!("{}{spaces}:{}", text(&kind), text(&value));
        let content = format!("{}:{body}", text(&content));
        let fields = if kind_first { [kind, content] } else { [content, kind] };
        let frame = format!("{spaces}{{{}}}{spaces}", fields.join(","));
        let Frame::AudioData(audio) = Frame::parse(&frame).unwrap() else { panic!("{frame}") };
        prop_assert_eq!(audio.is_silent(), is_silent);
        prop_assert_eq!(audio.participant_raw_id().unwrap_or_default(), raw_id);
        prop_assert_eq!(decoded(&frame), pcm);
    }

    #[test]
    fn a_frame_with_changed_bytes_does_not_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let frame = r#"{"kind":"AudioData","audioData":{"timestamp":"2024-11-15T19:16:12.925Z",
            "participantRawID":"4:\u002B1","data":"AQACAA\u003d=","silent":false},"x":{"y":[1]}}"#;
        let mut frame = frame.as_bytes().to_vec();
        for (index, byte) in changes {
            let index = index.index(frame.len());
            frame[index] = byte;
        }
        if let Ok(Frame::AudioData(audio)) = Frame::parse(&frame) {
            let _ = (audio.decode_into(&mut [0; 16]), audio.participant(), audio.timestamp());
        }
    }

    #[test]
    fn arbitrary_bytes_do_not_panic(frame: Vec<u8>) {
        let _ = Frame::parse(&frame);
    }
}
