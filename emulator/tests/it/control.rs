//! Requests to the control API that are refused: each has an error that names what is wrong, and
//! changes nothing.

use acs_rest_emulator::Emulator;
use serde_json::{Value, json};

use crate::bot::control;
use crate::client::{request, send};

const PRESS: &str = "/calls/x/participants/+14255550123:press";

#[tokio::test]
async fn a_wrong_body_is_refused_and_named() {
    let emulator = Emulator::start().await;
    for (path, body, message) in [
        ("/incomingCalls", json!([]), "an incoming call is not a JSON object"),
        ("/incomingCalls", json!({}), "`from` is required"),
        ("/incomingCalls", json!({ "from": 5 }), "`from` is not a string"),
        ("/incomingCalls", json!({ "from": "hello" }), "neither a phone number"),
        ("/incomingCalls", json!({ "from": "+1", "to": "+14255550123" }), "not a phone number"),
        ("/incomingCalls", json!({ "from": format!("8:acs:{}", "a".repeat(2_000)) }), "1000 bytes"),
        ("/incomingCalls", json!({ "from": "+14255550123", "name": "a" }), "`name` is not known"),
        ("/incomingCalls", json!({ "from": "+14255550123", "sipHeaders": 5 }), "`sipHeaders`"),
        ("/people", json!({ "x": {} }), "neither a phone number"),
        ("/people", json!({ "+14255550123": { "outcome": 5 } }), "`outcome` is not a string"),
        ("/people", json!({ "+14255550123": { "tones": 5 } }), "`tones` is neither"),
        ("/people", json!({ "+14255550123": { "tones": "1".repeat(1_001) } }), "1000 keys"),
        ("/people", json!({ "+14255550123": { "answerAfterMs": u64::MAX } }), "`answerAfterMs`"),
        ("/faults", json!({ "operation": "Nope", "status": 500 }), "not the id of an operation"),
        ("/faults", json!({ "operation": "*", "result": { "code": 1, "subCode": 1 } }), "id of an"),
        (
            "/faults",
            json!({ "operation": "CreateCall", "status": 500, "x": 1 }),
            "`x` is not known",
        ),
        ("/faults", json!({ "operation": "CreateCall", "status": 500, "count": 1e12 }), "`count`"),
        ("/faults", json!({ "operation": "CreateCall", "result": 5 }), "`result` is not a JSON"),
        ("/faults", json!({ "token": 5 }), "`token` is not a string"),
        ("/clock", json!({ "advanceMs": u64::MAX }), "`advanceMs` is not a whole number"),
        ("/clock", json!({ "advance": 1 }), "`advance` is not known"),
        ("/assertions", json!({}), "`requests` or `events`"),
        ("/assertions", json!({ "requests": 5 }), "`requests` is not a list"),
        ("/assertions", json!({ "events": [{ "count": -1 }] }), "`count` is not a whole number"),
        ("/eventGrid/subscriptions", json!({ "endpointUrl": "x" }), "`endpointUrl`"),
        (
            "/eventGrid/subscriptions",
            json!({ "endpointUrl": "http://127.0.0.1:9/", "includedEventTypes": 5 }),
            "`includedEventTypes` is not a list",
        ),
        (PRESS, json!({}), "`tones` is required"),
        (PRESS, json!({ "tones": "1", "who": "me" }), "`who` is not known"),
    ] {
        let response = control(&emulator, "POST", path, &body).await;
        assert_eq!(response.status, 400, "{path} {body}: {response:?}");
        assert!(response.body.contains(message), "{path} {body}: {}", response.body);
        assert!(response.body.len() < 500, "{}", response.body);
    }
    let calls = control(&emulator, "GET", "/calls", &Value::Null).await.json();
    assert_eq!(calls, json!({ "calls": [], "incomingCalls": [] }));
}

#[tokio::test]
async fn a_wrong_path_or_method_names_the_right_ones() {
    let emulator = Emulator::start().await;
    let response = control(&emulator, "GET", "/faults", &Value::Null).await;
    assert_eq!((response.status, response.header("allow")), (405, Some("POST")));
    for path in ["/fault", "/calls/%00/%00", "/calls/x/participants", "/%ff"] {
        let response = control(&emulator, "POST", path, &json!({})).await;
        assert_eq!(response.status, 404, "{path}");
        assert!(response.body.contains("`POST faults`"), "{}", response.body);
    }
    for path in ["/calls/%00/participants/%00:press", PRESS, "/calls/%ff/participants/y:press"] {
        let response = control(&emulator, "POST", path, &json!({ "tones": "1" })).await;
        assert_eq!(response.status, 404, "{path}");
    }
    let text = request(&emulator, "POST /_emulator/clock", "", "{\"advanceMs\":");
    assert!(send(&emulator, &text).await.body.contains("the body is not JSON"));
}

#[tokio::test]
async fn the_clock_stops_at_the_year_9999() {
    let emulator = Emulator::start().await;
    let advance = json!({ "advanceMs": 1_000_000_000_000_u64 });
    for _ in 0..300 {
        assert_eq!(control(&emulator, "POST", "/clock", &advance).await.status, 200);
    }
    let now = control(&emulator, "GET", "/clock", &Value::Null).await.json();
    assert_eq!(now["now"], "9999-01-01T00:00:00.0000000+00:00");
}

#[tokio::test]
async fn what_is_kept_for_a_test_is_limited() {
    let emulator = Emulator::start().await;
    let fault = json!({ "operation": "*", "status": 500, "count": 60_000 });
    assert_eq!(control(&emulator, "POST", "/faults", &fault).await.status, 204);
    assert_eq!(control(&emulator, "POST", "/faults", &fault).await.status, 409);
    let events = json!({ "events": "twice", "count": 60_000 });
    assert_eq!(control(&emulator, "POST", "/faults", &events).await.status, 409);
    let people = |from: u64| -> Value {
        (from..from + 6_000).map(|number| (format!("+1425{number:07}"), json!({}))).collect()
    };
    assert_eq!(control(&emulator, "PUT", "/people", &people(0)).await.status, 204);
    assert_eq!(control(&emulator, "PUT", "/people", &people(6_000)).await.status, 409);
    // The same people again are not more of them.
    assert_eq!(control(&emulator, "PUT", "/people", &people(0)).await.status, 204);
    let subscription = json!({ "endpointUrl": "http://127.0.0.1:9/" });
    for _ in 0..100 {
        let response = control(&emulator, "POST", "/eventGrid/subscriptions", &subscription).await;
        assert_eq!(response.status, 201);
    }
    let response = control(&emulator, "POST", "/eventGrid/subscriptions", &subscription).await;
    assert_eq!(response.status, 409);
    assert_eq!(control(&emulator, "POST", "/reset", &Value::Null).await.status, 204);
    assert_eq!(control(&emulator, "POST", "/faults", &fault).await.status, 204);
}

#[tokio::test]
async fn a_foreign_page_cannot_control_and_the_keys_are_public() {
    let emulator = Emulator::start().await;
    let line = "POST /_emulator/reset";
    let foreign = request(&emulator, line, "Origin: https://contoso.com\r\n", "");
    assert_eq!(send(&emulator, &foreign).await.status, 403);
    let host = emulator.endpoint();
    let own = request(&emulator, line, &format!("Origin: {host}\r\n"), "");
    assert_eq!(send(&emulator, &own).await.status, 204);
    let get = format!(
        "GET /calling/.well-known/acsopenidconfiguration HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
        crate::client::address(&emulator)
    );
    let configuration = send(&emulator, &get).await.json();
    assert_eq!(configuration["jwks_uri"], format!("{host}/calling/keys"));
    let keys = send(&emulator, &get.replace(".well-known/acsopenidconfiguration", "keys")).await;
    assert_eq!(keys.json()["keys"][0]["kty"], "RSA");
}
