//! What a file lets an emulator start with.

use acs_rest_emulator::Emulator;
use serde_json::{Value, json};

use crate::client::{Response, request, send};

const USER: &str =
    "8:acs:27a91e6f-8fb6-4d2b-a3f6-1a9a0e5ba19c_0000000e-3f4c-5a3c-0000-000000000001";

async fn with_seeds(seeds: &Value) -> std::io::Result<Emulator> {
    let path = std::env::temp_dir().join(format!("seeds-{}.json", uuid::Uuid::new_v4()));
    std::fs::write(&path, seeds.to_string()).unwrap();
    let emulator = Emulator::builder().seeds(&path).start().await;
    std::fs::remove_file(path).unwrap();
    emulator
}

async fn post(emulator: &Emulator, path: &str, body: &Value) -> Response {
    send(emulator, &request(emulator, &format!("POST {path}"), "", &body.to_string())).await
}

async fn create(emulator: &Emulator, caller: &str) -> Response {
    let body = json!({
        "targets": [{ "rawId": "4:+14255550123" }],
        "sourceCallerIdNumber": { "value": caller },
        "callbackUri": "http://127.0.0.1:9/",
    });
    post(emulator, "/calling/callConnections?api-version=2024-09-15", &body).await
}

async fn people(emulator: &Emulator) -> Value {
    let get = request(emulator, "GET /_emulator/people", "", "");
    send(emulator, &get).await.json()
}

#[tokio::test]
async fn an_emulator_starts_with_its_seeds_and_returns_to_them() {
    let seeds = json!({
        "people": { "+14255550123": { "outcome": "busy" } },
        "identities": [USER],
        "numbers": ["+14255550100"],
    });
    let emulator = with_seeds(&seeds).await.unwrap();
    let other = create(&emulator, "+14255550101").await;
    assert_eq!(other.status, 400);
    assert!(other.body.contains("sourceCallerIdNumber") && other.body.contains("+14255550101"));
    assert_eq!(create(&emulator, "+14255550100").await.status, 201);
    let changed = json!({ "+14255550123": { "outcome": "declines" } });
    assert_eq!(post(&emulator, "/_emulator/people", &changed).await.status, 204);
    assert_eq!(post(&emulator, "/_emulator/reset", &json!({})).await.status, 204);
    assert_eq!(people(&emulator).await["4:+14255550123"]["outcome"], "busy");
}

#[tokio::test]
async fn seeds_that_are_wrong_are_named_with_their_file() {
    let error = with_seeds(&json!({ "numbers": ["hello"] })).await.unwrap_err().to_string();
    assert!(error.contains("seeds-") && error.contains("`numbers`"), "{error}");
}
