//! A client for unit tests: whole requests, with no socket.

use std::sync::Arc;
use std::time::SystemTime;

use http::{HeaderMap, HeaderName, HeaderValue};
use hyper::body::Bytes;
use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedReceiver;
use uuid::Uuid;

use crate::access_key::{AccessKey, content_hash, string_to_sign};
use crate::clock::imf_fixdate;
use crate::identifier::Identifier;
use crate::journal::Journal;
use crate::jwt::Tokens;
use crate::network::{Effect, Network, NewIncomingCall};
use crate::request::{Request, Scheme};
use crate::resource::Resource;
use crate::response::Response;
use crate::seeds::Seeds;
use crate::settings::Settings;

pub(crate) const ID: &str = "3adcd3d2-aa70-4dce-97ca-8ff222115975";
pub(crate) const DATE: &str = "Mon, 23 Nov 2026 07:06:37 GMT";
const ENDPOINT: &str = "http://127.0.0.1:1";
pub(crate) const ALICE: &str = "8:acs:alice";
pub(crate) const BOB: &str = "8:acs:bob";
pub(crate) const PHONE: &str = "4:+14255550123";

/// A client with the access key, at a paused time.
pub(crate) struct Client {
    resource: Resource,
    /// Keeps the channel open; no test reads what is sent.
    _effects: UnboundedReceiver<Effect>,
    pub(crate) now: SystemTime,
}

impl Client {
    pub(crate) fn new() -> Self {
        let settings = Settings {
            endpoint: ENDPOINT.to_owned(),
            page_size: 2,
            access_key: AccessKey::random(),
            tokens: Tokens::new(),
            resource_id: Uuid::nil(),
            seeds: Seeds::default(),
        };
        let (outbox, effects) = tokio::sync::mpsc::unbounded_channel();
        let network = Network::new(0.0, "https://storage.asm.skype.com");
        let resource = Resource::new(settings, network, outbox, Journal::new());
        Self { resource, _effects: effects, now: imf_fixdate(DATE).unwrap() }
    }

    pub(crate) fn send(
        &self,
        method: &str,
        target: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Seen {
        let request = self.request(method, target, headers, body);
        let execution = self.resource.receive(&Arc::new(request), self.now);
        let response = execution.map(|execution| self.resource.carry_out(execution));
        Seen(response.unwrap_or_else(|response| response))
    }

    /// Signed with the access key, unless `headers` has a credential.
    fn request(&self, method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> Request {
        let hash = content_hash(body.as_bytes());
        let text = string_to_sign(method, target, DATE, "a:1", &hash);
        let signature = self.resource.settings().access_key.sign(&text);
        let authorization = format!(
            "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature={signature}"
        );
        let mut all = HeaderMap::new();
        let signed = [
            ("host", "a:1"),
            ("content-type", "application/json"),
            ("x-ms-date", DATE),
            ("x-ms-content-sha256", &hash),
            ("authorization", &authorization),
        ];
        for (name, value) in signed.iter().chain(headers) {
            let name: HeaderName = name.parse().unwrap();
            all.insert(name, HeaderValue::from_str(value).unwrap());
        }
        Request {
            scheme: Scheme::Http,
            method: method.parse().unwrap(),
            target: target.to_owned(),
            headers: all,
            body: Bytes::from(body.to_owned()),
        }
    }

    pub(crate) fn calling(&self, method: &str, path: &str, body: &Value) -> Seen {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let target = format!("/calling/callConnections{path}?api-version=2024-09-15");
        self.send(method, &target, &[], &body)
    }

    pub(crate) fn identities(&self, method: &str, path: &str, body: &Value) -> Seen {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let target = format!("/identities{path}?api-version=2023-10-01");
        self.send(method, &target, &[], &body)
    }

    /// A call with these raw ids in it, by its path.
    pub(crate) fn call(&self, participants: &[&str]) -> String {
        let targets: Vec<Value> = participants.iter().map(|id| json!({ "rawId": id })).collect();
        let body = json!({ "targets": targets, "callbackUri": "https://app.contoso.com/callback", "sourceCallerIdNumber": { "value": "+14255550100" } });
        let created = self.calling("POST", "", &body);
        assert_eq!(created.status(), 201);
        format!("/{}", created.json()["callConnectionId"].as_str().unwrap())
    }

    /// A call that comes in, by its context.
    pub(crate) fn incoming_call(&self, caller: &str, called: &str) -> String {
        let [from, to] =
            [caller, called].map(|id| Identifier::read(&json!({ "rawId": id }), "").unwrap());
        let new = NewIncomingCall {
            from,
            to,
            caller_display_name: String::new(),
            custom_context: Value::Null,
        };
        self.resource.command(self.now, |state| state.network.ring(new, Uuid::new_v4().to_string()))
    }

    /// An attempt to join a call by its `serverCallId`.
    pub(crate) fn locate(&self, server_call: &Value) -> Seen {
        let locator = json!({ "serverCallId": server_call });
        let body = json!({ "callLocator": locator, "callbackUri": "https://app.contoso.com/" });
        self.calling("POST", ":connect", &body)
    }

    pub(crate) fn mute(&self, call: &str, targets: &[&str]) -> Seen {
        let targets: Vec<Value> = targets.iter().map(|id| json!({ "rawId": id })).collect();
        let body = json!({ "targetParticipants": targets, "operationContext": "context" });
        self.calling("POST", &format!("{call}/participants:mute"), &body)
    }

    /// The raw ids of those who are muted, of a call with one page.
    pub(crate) fn muted(&self, call: &str) -> Vec<String> {
        self.raw_ids(call, |participant| participant["isMuted"] == true)
    }

    /// The raw ids of those in a call with one page.
    pub(crate) fn participants(&self, call: &str) -> Vec<String> {
        self.raw_ids(call, |_| true)
    }

    fn raw_ids(&self, call: &str, wanted: impl Fn(&Value) -> bool) -> Vec<String> {
        let page = self.calling("GET", &format!("{call}/participants"), &Value::Null).json();
        let participants = page["value"].as_array().unwrap().iter().filter(|p| wanted(p));
        participants.map(|p| p["identifier"]["rawId"].as_str().unwrap().to_owned()).collect()
    }

    pub(crate) fn executions(&self, operation: &str) -> u64 {
        self.resource.state().executions.get(operation).copied().unwrap_or_default()
    }
}

pub(crate) struct Seen(pub(crate) Response);

impl Seen {
    pub(crate) fn status(&self) -> u16 {
        self.0.status().as_u16()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(self.0.body()).unwrap()
    }

    pub(crate) fn code(&self) -> String {
        self.json()["error"]["code"].as_str().unwrap().to_owned()
    }

    pub(crate) fn result(&self) -> Option<&str> {
        self.0.header("repeatability-result")
    }
}
