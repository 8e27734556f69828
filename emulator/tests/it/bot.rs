//! A bot: what it sends, and what it was sent.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use acs_rest_emulator::Emulator;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::routing::any;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::client::{Response, request, send};

/// What a bot was sent: the path and query, the headers, the one event in the body.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    pub(crate) event: Value,
}

impl Seen {
    pub(crate) fn kind(&self) -> &str {
        let kind = self.event["type"].as_str().or_else(|| self.event["eventType"].as_str());
        kind.unwrap().trim_start_matches("Microsoft.Communication.")
    }
}

/// A server that takes events, with 200 except for the next request to a path that is set to fail.
#[derive(Clone, Default)]
pub(crate) struct Bot {
    seen: Arc<Mutex<Vec<Seen>>>,
    pub(crate) failing_path: Arc<Mutex<Option<&'static str>>>,
    url: String,
}

impl Bot {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let bot = Self { url, ..Self::default() };
        let router = Router::new().fallback(any(take)).with_state(bot.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        bot
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub(crate) fn kinds(&self, path: &str) -> Vec<String> {
        let seen = self.seen();
        let seen = seen.iter().filter(|seen| seen.path.starts_with(path));
        seen.map(|seen| seen.kind().to_owned()).collect()
    }

    /// The last event of this type, once there is one.
    pub(crate) async fn wait(&self, kind: &str) -> Seen {
        self.wait_for(kind, 1).await
    }

    pub(crate) async fn wait_for(&self, kind: &str, count: usize) -> Seen {
        for _ in 0..2_000 {
            if let Some(seen) = self.nth(kind, count) {
                return seen;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("no {kind} among {:?}", self.kinds(""))
    }

    /// The event of this type with that number, counted from 1.
    fn nth(&self, kind: &str, number: usize) -> Option<Seen> {
        let seen = self.seen.lock().unwrap();
        seen.iter().filter(|seen| seen.kind() == kind).nth(number - 1).cloned()
    }
}

async fn take(
    State(bot): State<Bot>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, String) {
    let events: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(events.as_array().unwrap().len(), 1);
    let event = events[0].clone();
    let response = json!({ "validationResponse": event["data"]["validationCode"] }).to_string();
    let path = uri.path_and_query().unwrap().to_string();
    let fails = bot.failing_path.lock().unwrap().take_if(|failing| *failing == path).is_some();
    bot.seen.lock().unwrap().push(Seen { path, headers, event });
    (if fails { StatusCode::INTERNAL_SERVER_ERROR } else { StatusCode::OK }, response)
}

pub(crate) async fn api(emulator: &Emulator, method: &str, path: &str, body: &Value) -> Response {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let line = format!("{method} {path}?api-version=2024-09-15");
    send(emulator, &request(emulator, &line, "", &body)).await
}

/// A request to the control API, which needs no credential.
pub(crate) async fn control(
    emulator: &Emulator,
    method: &str,
    path: &str,
    body: &Value,
) -> Response {
    let line = format!("{method} /_emulator{path}");
    send(emulator, &request(emulator, &line, "", &body.to_string())).await
}

pub(crate) async fn person(
    emulator: &Emulator,
    call: &Value,
    raw_id: &str,
    verb: &str,
    body: &Value,
) {
    let call = call.as_str().unwrap().replace('/', "%2F").replace('+', "%2B");
    let raw_id = raw_id.replace('+', "%2B");
    let path = format!("/calls/{call}/participants/{raw_id}:{verb}");
    let response = control(emulator, "POST", &path, body).await;
    assert_eq!(response.status, 204, "{response:?}");
}
