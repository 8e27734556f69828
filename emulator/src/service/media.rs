//! Media operations: prompts, recognition, tones and hold.

use http::StatusCode;

use super::recognition::{check_source, check_sources, recognition, tones};
use super::{Handler, HandlerContext, check_items, echo, items};
use crate::error::ServiceError;
use crate::network::Prompt;
use crate::response::Response;
use crate::state::State;

pub(super) const HANDLERS: &[(&str, Handler)] = &[
    ("CallMedia_Play", Handler(play)),
    ("CallMedia_CancelAllMediaOperations", Handler(cancel_all)),
    ("CallMedia_Recognize", Handler(recognize)),
    ("CallMedia_StartContinuousDtmfRecognition", Handler(start_continuous_tones)),
    ("CallMedia_StopContinuousDtmfRecognition", Handler(stop_continuous_tones)),
    ("CallMedia_SendDtmfTones", Handler(send_tones)),
    ("CallMedia_Hold", Handler(hold)),
    ("CallMedia_Unhold", Handler(unhold)),
];

fn play(state: &mut State, context: &HandlerContext<'_>) -> Result<Response, ServiceError> {
    check_items(context.body, "playSources")?;
    check_sources(context.body, "playSources")?;
    let hearers = context.identifiers("playTo")?;
    let call = state.network.call_of(context.connection())?;
    state.network.established(context.connection())?;
    hearers.iter().try_for_each(|hearer| call.participant(hearer.raw_id()).map(drop))?;
    let prompt = Prompt {
        sources: items(context.body, "playSources").to_vec(),
        loops: context.body["playOptions"]["loop"] == true,
    };
    state.network.play(context.connection(), prompt, interrupts(context), context.reply_to()?)?;
    Ok(Response::empty(StatusCode::ACCEPTED))
}

fn cancel_all(state: &mut State, context: &HandlerContext<'_>) -> Result<Response, ServiceError> {
    state.network.cancel_all_media(context.connection())?;
    Ok(Response::empty(StatusCode::ACCEPTED))
}

fn recognize(state: &mut State, context: &HandlerContext<'_>) -> Result<Response, ServiceError> {
    let recognition = recognition(context)?;
    let (connection, reply_to) = (context.connection(), context.reply_to()?);
    state.network.recognize(connection, recognition, interrupts(context), reply_to)?;
    Ok(Response::empty(StatusCode::ACCEPTED))
}

fn start_continuous_tones(
    state: &mut State,
    context: &HandlerContext<'_>,
) -> Result<Response, ServiceError> {
    let target = context.required_identifier("targetParticipant")?;
    let (connection, reply_to) = (context.connection(), context.reply_to()?);
    state.network.start_continuous_tones(connection, target.raw_id(), reply_to)?;
    Ok(Response::empty(StatusCode::OK))
}

fn stop_continuous_tones(
    state: &mut State,
    context: &HandlerContext<'_>,
) -> Result<Response, ServiceError> {
    let target = context.required_identifier("targetParticipant")?;
    let (connection, reply_to) = (context.connection(), context.reply_to()?);
    state.network.stop_continuous_tones(connection, target.raw_id(), reply_to)?;
    Ok(Response::empty(StatusCode::OK))
}

fn send_tones(state: &mut State, context: &HandlerContext<'_>) -> Result<Response, ServiceError> {
    check_items(context.body, "tones")?;
    tones(context.body, "tones", "tones")?;
    let target = context.required_identifier("targetParticipant")?;
    state.network.send_tones(context.connection(), target.raw_id(), context.reply_to()?)?;
    Ok(echo(StatusCode::ACCEPTED, context))
}

fn hold(state: &mut State, context: &HandlerContext<'_>) -> Result<Response, ServiceError> {
    check_source(&context.body["playSourceInfo"], "playSourceInfo")?;
    set_on_hold(state, context, true)
}

fn unhold(state: &mut State, context: &HandlerContext<'_>) -> Result<Response, ServiceError> {
    set_on_hold(state, context, false)
}

fn set_on_hold(
    state: &mut State,
    context: &HandlerContext<'_>,
    is_on_hold: bool,
) -> Result<Response, ServiceError> {
    let target = context.required_identifier("targetParticipant")?;
    let (connection, reply_to) = (context.connection(), context.reply_to()?);
    state.network.hold(connection, target.raw_id(), is_on_hold, reply_to)?;
    Ok(Response::empty(StatusCode::OK))
}

fn interrupts(context: &HandlerContext<'_>) -> bool {
    context.body["interruptCallMediaOperation"] == true
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::{ALICE, Client, PHONE, Seen};

    fn target(raw_id: &str) -> Value {
        json!({ "targetParticipant": { "rawId": raw_id } })
    }

    fn recognize(kind: &str, options: Value) -> Value {
        let mut recognize = json!({ "recognizeInputType": kind, "recognizeOptions": options });
        recognize["recognizeOptions"]["targetParticipant"] = json!({ "rawId": ALICE });
        recognize
    }

    /// Every operation with a body that is right.
    fn operations() -> [(&'static str, Value, u16); 8] {
        let file = json!({ "kind": "file", "file": { "uri": "https://app.contoso.com/a.wav" } });
        let mut tones = target(PHONE);
        tones["tones"] = json!(["one", "pound"]);
        tones["operationContext"] = "context".into();
        let choices = json!({ "choices": [{ "label": "yes", "phrases": ["yes", "sure"] }] });
        [
            ("play", json!({ "playSources": [file], "playTo": [{ "rawId": ALICE }] }), 202),
            ("cancelAllMediaOperations", Value::Null, 202),
            ("recognize", recognize("choices", choices), 202),
            ("startContinuousDtmfRecognition", target(ALICE), 200),
            ("stopContinuousDtmfRecognition", target(ALICE), 200),
            ("sendDtmfTones", tones, 202),
            ("hold", target(ALICE), 200),
            ("unhold", target(ALICE), 200),
        ]
    }

    fn send(client: &Client, call: &str, verb: &str, body: &Value) -> Seen {
        client.calling("POST", &format!("{call}:{verb}"), body)
    }

    #[test]
    fn media_operations_are_accepted_during_a_call() {
        let client = Client::new();
        let call = client.call(&[ALICE, PHONE]);
        for (verb, body, status) in operations() {
            let seen = send(&client, &call, verb, &body);
            assert_eq!(seen.status(), status, "{verb}");
            let tones = verb == "sendDtmfTones";
            assert_eq!(seen.0.body().is_empty(), !tones, "{verb}");
            if tones {
                assert_eq!(seen.json(), json!({ "operationContext": "context" }));
            }
        }
        for (verb, body, _) in operations() {
            assert_eq!(send(&client, "/elsewhere", verb, &body).status(), 404, "{verb}");
        }
        assert_eq!(client.executions("CallMedia_Play"), 1);
    }

    #[test]
    fn a_named_participant_must_be_in_the_call() {
        let client = Client::new();
        let call = client.call(&["8:acs:somebody_else"]);
        for (verb, body, _) in operations() {
            let status = if verb.starts_with("cancel") { 202 } else { 404 };
            assert_eq!(send(&client, &call, verb, &body).status(), status, "{verb}");
        }
    }

    #[test]
    fn a_hold_is_seen_until_it_is_over() {
        let client = Client::new();
        let call = client.call(&[ALICE, PHONE]);
        let on_hold = || -> Vec<Value> {
            let page = client.calling("GET", &format!("{call}/participants"), &Value::Null).json();
            page["value"].as_array().unwrap().iter().map(|p| p["isOnHold"].clone()).collect()
        };
        for raw_id in [ALICE, PHONE] {
            assert_eq!(send(&client, &call, "hold", &target(raw_id)).status(), 200);
        }
        assert_eq!(on_hold(), [true, true]);
        assert_eq!(send(&client, &call, "unhold", &target(ALICE)).status(), 200);
        assert_eq!(on_hold(), [false, true]);
        assert_eq!(send(&client, &call, "unhold", &target(PHONE)).status(), 200);
        assert_eq!(on_hold(), [false, false]);
        let alice =
            client.calling("GET", &format!("{call}/participants/8%3Aacs%3Aalice"), &Value::Null);
        assert_eq!(alice.json()["isOnHold"], false);
    }

    #[test]
    fn a_wrong_request_is_refused() {
        let client = Client::new();
        let call = client.call(&[ALICE]);
        let mut music = target(ALICE);
        music["playSourceInfo"] = json!({ "kind": "text" });
        let mut prompt = recognize("speech", json!({ "speechOptions": {} }));
        assert_eq!(send(&client, &call, "recognize", &prompt).status(), 202);
        prompt["playPrompts"] = json!([{ "kind": "ssml", "text": { "text": "a" } }]);
        let slow = json!({ "dtmfOptions": { "interToneTimeoutInSeconds": 61 } });
        let silent = json!({ "dtmfOptions": {}, "initialSilenceTimeoutInSeconds": 301 });
        let mut toneless = target(ALICE);
        toneless["tones"] = json!([]);
        for (verb, body) in [
            ("play", json!({ "playSources": [] })),
            ("play", json!({ "playSources": [{ "kind": "file" }] })),
            ("play", json!({ "playSources": [{ "kind": "later" }], "playTo": [{}] })),
            ("hold", music),
            ("hold", json!({})),
            ("recognize", prompt),
            ("recognize", recognize("dtmf", json!({}))),
            ("recognize", recognize("speechOrDtmf", json!({ "dtmfOptions": {} }))),
            ("recognize", recognize("choices", json!({ "choices": [] }))),
            ("recognize", recognize("dtmf", slow)),
            ("recognize", recognize("dtmf", silent)),
            ("sendDtmfTones", toneless),
        ] {
            assert_eq!(send(&client, &call, verb, &body).status(), 400, "{verb} {body}");
        }
    }
}
