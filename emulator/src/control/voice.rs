//! The voice of a person as JSON: `{ "toneHz": 440 }`, `{ "wav": "<base64>" }` or, in a file, `{
//! "wavFile": "<path>" }`; a recording also has `repeats`.

use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use super::fields;
use crate::error::ServiceError;
use crate::network::Voice;
use crate::wav;

/// The highest tone that a stream at 16 kHz carries.
const HIGHEST_TONE: u64 = 8_000;

/// The longest file, in bytes.
const LONGEST_FILE: u64 = 16 * 1024 * 1024;

/// Reads a voice. File paths are relative to `directory`; without it, files are not allowed: a
/// remote controller must not read files of this machine.
pub(super) fn read(voice: &Value, directory: Option<&Path>) -> Result<Voice, ServiceError> {
    if voice.is_null() {
        return Ok(Voice::Silence);
    }
    fields::check(voice, "`voice`", &["toneHz", "wav", "wavFile", "repeats"])?;
    if !matches!(voice["repeats"], Value::Null | Value::Bool(_)) {
        return Err(wrong("`voice.repeats` is neither `true` nor `false`"));
    }
    match (&voice["toneHz"], &voice["wav"], &voice["wavFile"]) {
        (tone, Value::Null, Value::Null) if !tone.is_null() => read_tone(tone),
        (Value::Null, Value::String(base64), Value::Null) => {
            let file = BASE64_STANDARD.decode(base64);
            let file =
                file.map_err(|error| wrong(&format!("`voice.wav` is not base64: {error}")))?;
            recording(&file, voice)
        }
        (Value::Null, Value::Null, Value::String(path)) => {
            let directory = directory
                .ok_or_else(|| wrong("`voice.wavFile` is for files of people; send `voice.wav`"))?;
            recording(&read_file(&directory.join(path))?, voice)
        }
        _ => Err(wrong("`voice` has one of `toneHz`, `wav` and `wavFile`")),
    }
}

/// A recording only by its length.
pub(super) fn to_json(voice: &Voice) -> Value {
    match voice {
        Voice::Silence => Value::Null,
        Voice::Tone(hertz) => json!({ "toneHz": hertz }),
        Voice::Recording { sound, repeats } => {
            let millis = sound.samples.len() as u64 * 1000 / u64::from(sound.rate);
            json!({ "wavMs": millis, "repeats": repeats })
        }
    }
}

fn read_tone(tone: &Value) -> Result<Voice, ServiceError> {
    let hertz = tone.as_u64().filter(|hertz| (1..=HIGHEST_TONE).contains(hertz));
    let hertz = hertz.and_then(|hertz| u32::try_from(hertz).ok());
    hertz
        .map(Voice::Tone)
        .ok_or_else(|| wrong(&format!("`voice.toneHz` is not within 1 and {HIGHEST_TONE}")))
}

fn recording(file: &[u8], voice: &Value) -> Result<Voice, ServiceError> {
    let sound =
        wav::read(file).map_err(|error| wrong(&format!("`voice` cannot be used: {error}")))?;
    Ok(Voice::Recording { sound, repeats: voice["repeats"] == true })
}

fn read_file(path: &Path) -> Result<Vec<u8>, ServiceError> {
    let unreadable = |error: &dyn std::fmt::Display| {
        wrong(&format!("`{}` cannot be read: {error}", path.display()))
    };
    let length = std::fs::metadata(path).map_err(|error| unreadable(&error))?.len();
    if length > LONGEST_FILE {
        return Err(unreadable(&format!("it is longer than {} MiB", LONGEST_FILE / 1024 / 1024)));
    }
    std::fs::read(path).map_err(|error| unreadable(&error))
}

fn wrong(message: &str) -> ServiceError {
    ServiceError::bad_request("voice", message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_voice_is_a_tone_or_a_recording() {
        let file = [&wav::header(16_000, 1, 64)[..], &[7; 64]].concat();
        let inline = json!({ "wav": BASE64_STANDARD.encode(&file), "repeats": true });
        let directory = std::env::temp_dir();
        let name = format!("voice-{}.wav", uuid::Uuid::new_v4());
        std::fs::write(directory.join(&name), &file).unwrap();
        for (voice, expected) in [
            (json!({ "toneHz": 440 }), json!({ "toneHz": 440 })),
            (inline, json!({ "wavMs": 2, "repeats": true })),
            (json!({ "wavFile": name }), json!({ "wavMs": 2, "repeats": false })),
            (Value::Null, Value::Null),
        ] {
            assert_eq!(to_json(&read(&voice, Some(&directory)).unwrap()), expected, "{voice}");
        }
        std::fs::remove_file(directory.join(name)).unwrap();
    }

    #[test]
    fn a_wrong_voice_is_named() {
        for voice in [
            json!("loud"),
            json!({}),
            json!({ "toneHz": 0 }),
            json!({ "toneHz": 8001 }),
            json!({ "toneHz": 440, "wav": "" }),
            json!({ "wav": "?" }),
            json!({ "wav": "UklGRg==" }),
            json!({ "wavFile": "a.wav" }),
            json!({ "volume": 1 }),
        ] {
            assert_eq!(read(&voice, None).unwrap_err().status, 400, "{voice}");
        }
        let absent = json!({ "wavFile": "no-such-file.wav" });
        assert!(read(&absent, Some(Path::new("/"))).unwrap_err().message.contains("no-such-file"));
    }
}
