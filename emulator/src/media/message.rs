//! The text frames of audio, out and in.

use std::time::SystemTime;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Value, json};

use super::mixer::AudioFrame;
use crate::clock::rfc3339_millis;

/// A message of a bot.
#[derive(Debug, PartialEq)]
pub(super) enum Message {
    /// Samples of 16 bits, for all participants of the call.
    Audio(Vec<i16>),
    /// Drops the audio that was not played yet.
    StopAudio,
}

/// `AudioData`.
pub(super) fn audio(frame: &AudioFrame, time: SystemTime) -> String {
    let mut data = json!({
        "timestamp": rfc3339_millis(time),
        "data": BASE64_STANDARD.encode(to_bytes(&frame.samples)),
        "silent": frame.is_silent(),
    });
    if let Some(speaker) = &frame.speaker {
        data["participantRawID"] = speaker.as_str().into();
    }
    json!({ "kind": "AudioData", "audioData": data }).to_string()
}

/// Reads a message, whose names are in any case: the SDKs differ. `kind` alone decides, since some of
/// them send every field of every kind.
pub(super) fn read(text: &str) -> Result<Message, String> {
    let message: Value = serde_json::from_str(text).map_err(|error| format!("no JSON: {error}"))?;
    let kind = field(&message, "kind").and_then(Value::as_str).ok_or("`kind` is missing")?;
    if kind.eq_ignore_ascii_case("StopAudio") {
        return Ok(Message::StopAudio);
    }
    if !kind.eq_ignore_ascii_case("AudioData") {
        return Err(format!("`kind` is not `AudioData` or `StopAudio`: `{}`", shown(kind)));
    }
    let data = field(&message, "audioData").and_then(|audio| field(audio, "data"));
    let data = data.and_then(Value::as_str).ok_or("`audioData.data` is missing")?;
    let bytes = BASE64_STANDARD.decode(data);
    let bytes = bytes.map_err(|error| format!("`audioData.data` is not base64: {error}"))?;
    if bytes.len() % 2 == 1 {
        return Err("`audioData.data` is not of 16-bit samples: it has an odd length".to_owned());
    }
    let samples = bytes.chunks_exact(2).map(|sample| i16::from_le_bytes([sample[0], sample[1]]));
    Ok(Message::Audio(samples.collect()))
}

pub(super) fn to_bytes(samples: &[i16]) -> Vec<u8> {
    samples.iter().flat_map(|sample| sample.to_le_bytes()).collect()
}

fn field<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    let fields: &Map<String, Value> = value.as_object()?;
    fields.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

fn shown(text: &str) -> String {
    crate::error::shown(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn audio_is_read_as_each_sdk_writes_it() {
        for text in [
            r#"{"Kind":"AudioData","AudioData":{"Data":"AQD//w==","Timestamp":"0001-01-01T00:00:00+00:00","Participant":null,"IsSilent":false},"StopAudio":null}"#,
            r#"{"kind":"audioData","audioData":{"data":"AQD//w==","isSilent":false},"stopAudio":{}}"#,
            r#"{"Kind":"AudioData","AudioData":{"Data":"AQD//w=="},"StopAudio":null}"#,
        ] {
            assert_eq!(read(text), Ok(Message::Audio(vec![1, -1])), "{text}");
        }
        for text in [
            r#"{"Kind":"StopAudio","AudioData":null,"StopAudio":{}}"#,
            r#"{"kind":"stopAudio","stopAudio":{}}"#,
        ] {
            assert_eq!(read(text), Ok(Message::StopAudio), "{text}");
        }
    }

    #[test]
    fn an_invalid_message_is_named() {
        for (text, why) in [
            ("", "JSON"),
            ("[]", "`kind`"),
            (r#"{"kind":1}"#, "`kind`"),
            (r#"{"kind":"\u001b[2J"}"#, "`kind`"),
            (r#"{"kind":"AudioData"}"#, "`audioData.data`"),
            (r#"{"kind":"AudioData","audioData":{"data":"?"}}"#, "base64"),
            (r#"{"kind":"AudioData","audioData":{"data":"AA=="}}"#, "odd"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.contains(why) && !error.contains('\u{1b}'), "{error}");
        }
    }

    #[test]
    fn a_frame_names_its_speaker_unless_it_is_mixed() {
        let frame = |speaker: Option<&str>, samples: &[i16]| {
            let speaker = speaker.map(str::to_owned);
            let text =
                audio(&AudioFrame { speaker, samples: samples.to_vec() }, SystemTime::UNIX_EPOCH);
            serde_json::from_str::<Value>(&text).unwrap()["audioData"].clone()
        };
        let silent = frame(None, &[0, 0]);
        assert_eq!(
            silent,
            json!({ "timestamp": "1970-01-01T00:00:00.000Z", "data": "AAAAAA==", "silent": true })
        );
        let spoken = frame(Some("4:+1"), &[1]);
        assert_eq!(
            (&spoken["participantRawID"], &spoken["silent"]),
            (&"4:+1".into(), &false.into())
        );
    }
}
