//! What a request plays and listens for.

use std::time::Duration;

use serde_json::Value;

use super::{HandlerContext, check_items, items, within};
use crate::error::{ServiceError, shown};
use crate::identifier::Identifier;
use crate::network::{
    BETWEEN_TONES, Choice, INITIAL_SILENCE, Prompt, Recognition, RecognizeInput, Tone,
};

pub(super) fn recognition(context: &HandlerContext<'_>) -> Result<Recognition, ServiceError> {
    let body = context.body;
    check_input(body)?;
    check_source(&body["playPrompt"], "playPrompt")?;
    check_sources(body, "playPrompts")?;
    let (options, path) = (&body["recognizeOptions"], "recognizeOptions");
    let field = "recognizeOptions.targetParticipant";
    let target = Identifier::read(&options["targetParticipant"], field)?;
    let prompts = items(body, "playPrompts").iter();
    let first = Some(&body["playPrompt"]).filter(|prompt| !prompt.is_null());
    let seconds = |value: &Value, default| value.as_u64().map_or(default, Duration::from_secs);
    let dtmf = &options["dtmfOptions"];
    let max_tones = dtmf["maxTonesToCollect"].as_u64().and_then(|max| usize::try_from(max).ok());
    Ok(Recognition {
        input: input(body)?,
        target: target.raw_id().to_owned(),
        prompt: Prompt {
            sources: first.into_iter().chain(prompts).cloned().collect(),
            loops: false,
        },
        interrupts_prompt: options["interruptPrompt"] == true,
        initial_silence: seconds(&options["initialSilenceTimeoutInSeconds"], INITIAL_SILENCE),
        max_tones: max_tones.filter(|max| *max > 0),
        stop_tones: tones(dtmf, "stopTones", &format!("{path}.dtmfOptions.stopTones"))?,
        between_tones: seconds(&dtmf["interToneTimeoutInSeconds"], BETWEEN_TONES),
    })
}

fn input(body: &Value) -> Result<RecognizeInput, ServiceError> {
    let field = "recognizeInputType";
    Ok(match body[field].as_str().unwrap_or_default() {
        "dtmf" => RecognizeInput::Dtmf,
        "speech" => RecognizeInput::Speech,
        "speechOrDtmf" => RecognizeInput::SpeechOrDtmf,
        "choices" => RecognizeInput::Choices(choices(&body["recognizeOptions"])?),
        other => {
            let message = format!("`{field}` is not known: `{}`", shown(other));
            return Err(ServiceError::bad_request(field, message));
        }
    })
}

fn choices(options: &Value) -> Result<Vec<Choice>, ServiceError> {
    let choice = |choice: &Value| {
        let phrases = items(choice, "phrases").iter().filter_map(Value::as_str);
        let tone = choice["tone"].as_str();
        Ok(Choice {
            label: choice["label"].as_str().unwrap_or_default().to_owned(),
            phrases: phrases.map(ToOwned::to_owned).collect(),
            tone: tone.map(|text| tone_named(text, "recognizeOptions.choices.tone")).transpose()?,
        })
    };
    items(options, "choices").iter().map(choice).collect()
}

pub(super) fn tones(body: &Value, field: &str, path: &str) -> Result<Vec<Tone>, ServiceError> {
    let names = items(body, field).iter().filter_map(Value::as_str);
    names.map(|name| tone_named(name, path)).collect()
}

fn tone_named(name: &str, path: &str) -> Result<Tone, ServiceError> {
    Tone::parse(name).ok_or_else(|| {
        let message = format!("`{path}` has a tone that no key makes: `{}`", shown(name));
        ServiceError::bad_request(path, message)
    })
}

pub(super) fn check_sources(body: &Value, field: &str) -> Result<(), ServiceError> {
    let mut sources = items(body, field).iter().enumerate();
    sources.try_for_each(|(index, source)| check_source(source, &format!("{field}[{index}]")))
}

/// A `PlaySource` has the property that is named as its kind; a kind of a later version passes.
pub(super) fn check_source(source: &Value, path: &str) -> Result<(), ServiceError> {
    match source["kind"].as_str() {
        Some(kind @ ("file" | "text" | "ssml")) => required(source, path, kind),
        _ => Ok(()),
    }
}

/// Checks the options that belong to the kind of input.
fn check_input(body: &Value) -> Result<(), ServiceError> {
    let (options, path) = (&body["recognizeOptions"], "recognizeOptions");
    within(options, "initialSilenceTimeoutInSeconds", 0..=300)?;
    within(&options["dtmfOptions"], "interToneTimeoutInSeconds", 1..=60)?;
    within(&options["dtmfOptions"], "maxTonesToCollect", 0..=i64::from(i32::MAX))?;
    let wanted: &[&str] = match body["recognizeInputType"].as_str() {
        Some("dtmf") => &["dtmfOptions"],
        Some("speech") => &["speechOptions"],
        Some("speechOrDtmf") => &["speechOptions", "dtmfOptions"],
        Some("choices") => return check_items(options, "choices"),
        _ => &[],
    };
    wanted.iter().try_for_each(|field| required(options, path, field))
}

fn required(value: &Value, path: &str, field: &str) -> Result<(), ServiceError> {
    if value[field].is_object() {
        return Ok(());
    }
    let path = format!("{path}.{field}");
    Err(ServiceError::bad_request(&path, format!("`{path}` is required by the kind beside it")))
}
