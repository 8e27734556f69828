//! The scripts of people as JSON, by raw id or phone number.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use http::StatusCode;
use serde_json::{Map, Value, json};

use super::calls::tones;
use super::{Control, PREFIX, fields, ok, voice};
use crate::error::{ServiceError, shown};
use crate::identifier::Identifier;
use crate::network::{PersonOutcome, Script, Voice};
use crate::response::Response;

/// The maximum number of people with scripts.
const MAX_PEOPLE: usize = 10_000;

/// The maximum number of samples in the recordings of all people: 64 MiB.
const MAX_SAMPLES: usize = 32 * 1024 * 1024;

impl Control<'_> {
    pub(super) fn list_people(&self) -> Response {
        let state = self.resource.state();
        let people: Map<String, Value> = state
            .network
            .people()
            .iter()
            .map(|(raw_id, script)| (raw_id.clone(), to_json(script)))
            .collect();
        ok(&Value::Object(people))
    }

    pub(super) fn set_people(&self, body: &Value) -> Result<Response, ServiceError> {
        let people = read(body, None)?;
        self.resource.command(self.clock.now(), |state| {
            check_room(state.network.people(), &people)?;
            for (raw_id, script) in people {
                *state.network.person_mut(&raw_id) = script;
            }
            Ok(Response::empty(StatusCode::NO_CONTENT))
        })
    }
}

/// Reads the scripts of several people.
///
/// File paths are relative to `directory`; without it, files are not allowed.
pub(crate) fn read(
    body: &Value,
    directory: Option<&Path>,
) -> Result<Vec<(String, Script)>, ServiceError> {
    let Value::Object(people) = body else {
        return Err(ServiceError::bad_request("body", "the body is not an object of people"));
    };
    people
        .iter()
        .map(|(name, person)| {
            let identifier = Identifier::read_dialable(name, "the name of a person")?;
            Ok((identifier.raw_id().to_owned(), script(name, person, directory)?))
        })
        .collect()
}

/// Refuses more scripts, or more audio in them, than fit into the limits.
fn check_room(
    known: &BTreeMap<String, Script>,
    new: &[(String, Script)],
) -> Result<(), ServiceError> {
    let audio = |script: &Script| match &script.voice {
        Voice::Recording { sound, .. } => sound.samples.len(),
        _ => 0,
    };
    let mut all: BTreeMap<&String, &Script> = known.iter().collect();
    all.extend(new.iter().map(|(raw_id, script)| (raw_id, script)));
    let samples: usize = all.values().map(|script| audio(script)).sum();
    if all.len() <= MAX_PEOPLE && samples <= MAX_SAMPLES {
        return Ok(());
    }
    let message = format!(
        "the control API keeps the scripts of at most {MAX_PEOPLE} people with {MAX_SAMPLES} samples \
         of audio; `POST {PREFIX}/reset` removes them",
    );
    Err(ServiceError::new(StatusCode::CONFLICT, "Conflict", message))
}

fn script(name: &str, person: &Value, directory: Option<&Path>) -> Result<Script, ServiceError> {
    const FIELDS: [&str; 6] =
        ["outcome", "answerAfterMs", "tones", "says", "hangsUpAfterMs", "voice"];
    fields::check(person, &format!("the person `{}`", shown(name)), &FIELDS)?;
    let default = Script::default();
    Ok(Script {
        outcome: outcome(person)?,
        answer_after: fields::millis(person, "answerAfterMs")?.unwrap_or(default.answer_after),
        tones: if person["tones"].is_null() { Vec::new() } else { tones(person)? },
        says: fields::texts(person, "says")?,
        hangs_up_after: fields::millis(person, "hangsUpAfterMs")?,
        voice: voice::read(&person["voice"], directory)?,
    })
}

fn outcome(person: &Value) -> Result<PersonOutcome, ServiceError> {
    let field = "outcome";
    let Some(name) = fields::text(person, field)? else { return Ok(PersonOutcome::Answers) };
    PersonOutcome::parse(name).ok_or_else(|| {
        let known = PersonOutcome::ALL.map(|(name, _)| name).join("`, `");
        let message = format!("`{field}` is not one of `{known}`: `{}`", shown(name));
        ServiceError::bad_request(field, message)
    })
}

fn to_json(script: &Script) -> Value {
    let millis = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
    let tones: Vec<String> = script.tones.iter().map(|tone| tone.key().to_string()).collect();
    let mut json = json!({
        "outcome": script.outcome.name(),
        "answerAfterMs": millis(script.answer_after),
        "tones": tones,
        "says": script.says,
    });
    if script.voice != Voice::Silence {
        json["voice"] = voice::to_json(&script.voice);
    }
    if let Some(after) = script.hangs_up_after {
        json["hangsUpAfterMs"] = millis(after).into();
    }
    json
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_read_and_written() {
        let people = json!({
            "+14255550123": { "answerAfterMs": 300, "tones": ["1", "pound"], "says": ["yes"] },
            "8:acs:a_b": { "outcome": "busy", "tones": "2*", "hangsUpAfterMs": 5 },
        });
        let read = read(&people, None).unwrap();
        assert_eq!(read[0].0, "4:+14255550123");
        assert_eq!(to_json(&read[0].1)["tones"], json!(["1", "#"]));
        assert_eq!(read[1].1.outcome, PersonOutcome::Busy);
        assert_eq!(to_json(&read[1].1)["hangsUpAfterMs"], 5);
    }

    #[test]
    fn a_wrong_script_is_named() {
        for people in [
            json!([]),
            json!({ "hello": {} , "4:hello": {} }),
            json!({ "+14255550123": 1 }),
            json!({ "+14255550123": { "outcome": "away" } }),
            json!({ "+14255550123": { "tones": ["x"] } }),
            json!({ "+14255550123": { "says": "yes" } }),
            json!({ "+14255550123": { "answerAfter": 1 } }),
            json!({ "+14255550123": { "answerAfterMs": -1 } }),
            json!({ "+14255550123": { "voice": "loud" } }),
        ] {
            assert_eq!(read(&people, None).unwrap_err().status, 400, "{people}");
        }
    }
}
