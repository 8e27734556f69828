//! Whole requests, with no socket.

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Value, json};

use super::*;
use crate::clock::imf_fixdate;

const ID: &str = "3adcd3d2-aa70-4dce-97ca-8ff222115975";
const DATE: &str = "Mon, 23 Nov 2026 07:06:37 GMT";
const ALICE: &str = "8:acs:alice";
const BOB: &str = "8:acs:bob";
const PHONE: &str = "4:+14255550123";

/// A client with the access key, at a time that stands still.
struct Client {
    resource: Resource,
    now: SystemTime,
}

impl Client {
    fn new() -> Self {
        let settings = Settings {
            endpoint: "http://127.0.0.1:1".to_owned(),
            page_size: 2,
            access_key: AccessKey::random(),
            tokens: Tokens::new(),
            resource_id: Uuid::nil(),
        };
        Self { resource: Resource::new(settings), now: imf_fixdate(DATE).unwrap() }
    }

    fn send(&self, method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> Seen {
        let request = self.request(method, target, headers, body);
        let execution = self.resource.receive(&Arc::new(request), self.now);
        let answer = execution.map(|execution| self.resource.carry_out(execution));
        Seen(answer.unwrap_or_else(|answer| answer))
    }

    /// Signed with the access key, unless `headers` has a credential.
    fn request(&self, method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> Request {
        let hash = crate::access_key::content_hash(body.as_bytes());
        let text = crate::access_key::string_to_sign(method, target, DATE, "a:1", &hash);
        let signature = self.resource.settings.access_key.sign(&text);
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
            method: method.parse().unwrap(),
            target: target.to_owned(),
            headers: all,
            body: Bytes::from(body.to_owned()),
        }
    }

    fn calling(&self, method: &str, path: &str, body: &Value) -> Seen {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let target = format!("/calling/callConnections{path}?api-version=2024-09-15");
        self.send(method, &target, &[], &body)
    }

    fn identities(&self, method: &str, path: &str, body: &Value) -> Seen {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let target = format!("/identities{path}?api-version=2023-10-01");
        self.send(method, &target, &[], &body)
    }

    /// A call with these raw ids in it, by its path.
    fn call(&self, participants: &[&str]) -> String {
        let targets: Vec<Value> = participants.iter().map(|id| json!({ "rawId": id })).collect();
        let body = json!({ "targets": targets, "callbackUri": "https://app.contoso.com/callback" });
        let created = self.calling("POST", "", &body);
        assert_eq!(created.status(), 201);
        format!("/{}", created.json()["callConnectionId"].as_str().unwrap())
    }

    fn mute(&self, call: &str, targets: &[&str]) -> Seen {
        let targets: Vec<Value> = targets.iter().map(|id| json!({ "rawId": id })).collect();
        let body = json!({ "targetParticipants": targets, "operationContext": "context" });
        self.calling("POST", &format!("{call}/participants:mute"), &body)
    }

    /// The raw ids of those who are muted, of a call with one page.
    fn muted(&self, call: &str) -> Vec<String> {
        let page = self.calling("GET", &format!("{call}/participants"), &Value::Null).json();
        let participants = page["value"].as_array().unwrap().iter();
        let muted = participants.filter(|participant| participant["isMuted"] == true);
        muted.map(|p| p["identifier"]["rawId"].as_str().unwrap().to_owned()).collect()
    }

    fn executions(&self, operation: &str) -> u64 {
        self.resource.state().executions.get(operation).copied().unwrap_or_default()
    }
}

struct Seen(Answer);

impl Seen {
    fn status(&self) -> u16 {
        self.0.status().as_u16()
    }

    fn json(&self) -> Value {
        serde_json::from_slice(self.0.body()).unwrap()
    }

    fn code(&self) -> String {
        self.json()["error"]["code"].as_str().unwrap().to_owned()
    }

    fn result(&self) -> Option<&str> {
        self.0.header("repeatability-result")
    }
}

#[test]
fn a_call_is_made_read_and_ended() {
    let client = Client::new();
    let body = json!({
        "targets": [{ "communicationUser": { "id": ALICE } }, { "rawId": PHONE }, { "rawId": ALICE }],
        "source": { "id": BOB },
        "callbackUri": "https://app.contoso.com/callback",
        "sourceDisplayName": "Bob",
    });
    let created = client.calling("POST", "", &body);
    assert_eq!(created.status(), 201);
    let call = created.json();
    assert_eq!(call["callConnectionState"], "connected");
    assert_eq!(call["source"]["communicationUser"]["id"], BOB);
    assert_eq!(call["targets"][1]["kind"], "phoneNumber");
    assert_eq!(call["sourceDisplayName"], "Bob");
    let path = format!("/{}", call["callConnectionId"].as_str().unwrap());
    assert_eq!(client.calling("GET", &path, &Value::Null).json(), call);
    let bob = client.calling("GET", &format!("{path}/participants/8%3Aacs%3Abob"), &Value::Null);
    assert_eq!(bob.json()["isMuted"], false);
    assert_eq!(client.calling("DELETE", &path, &Value::Null).status(), 204);
    assert_eq!(client.calling("GET", &path, &Value::Null).status(), 404);
    assert_eq!(client.calling("POST", &format!("{path}:terminate"), &Value::Null).status(), 404);
}

#[test]
fn a_wrong_call_is_not_made() {
    let client = Client::new();
    let alice = json!([{ "rawId": ALICE }]);
    let callback = "https://app.contoso.com/callback";
    for body in [
        Value::Null,
        json!({ "targets": [], "callbackUri": callback }),
        json!({ "targets": [{}], "callbackUri": callback }),
        json!({ "targets": alice }),
        json!({ "targets": alice, "callbackUri": "" }),
        json!({ "targets": alice, "callbackUri": "app.contoso.com" }),
        json!({ "targets": alice, "callbackUri": callback, "source": { "id": PHONE } }),
    ] {
        assert_eq!(client.calling("POST", "", &body).status(), 400, "{body}");
    }
    assert_eq!(client.executions("CreateCall"), 0);
}

#[test]
fn a_muted_user_is_seen_muted() {
    let client = Client::new();
    let call = client.call(&[ALICE, BOB]);
    let answer = client.mute(&call, &[BOB]);
    assert_eq!((answer.status(), answer.json()), (200, json!({ "operationContext": "context" })));
    assert_eq!(client.muted(&call), [BOB]);
}

#[test]
fn only_users_who_are_there_are_muted_or_nobody_is() {
    let client = Client::new();
    let call = client.call(&[ALICE, PHONE]);
    for (targets, status) in [
        (&[PHONE][..], 400),
        (&[ALICE, PHONE], 400),
        (&[ALICE, "8:orgid:teams"], 400),
        (&[], 400),
        (&[ALICE, BOB], 404),
    ] {
        assert_eq!(client.mute(&call, targets).status(), status, "{targets:?}");
    }
    assert_eq!(client.mute("/elsewhere", &[ALICE]).status(), 404);
    assert!(client.muted(&call).is_empty());
    assert_eq!(client.executions("CallConnection_Mute"), 0);
}

#[test]
fn participants_come_and_go() {
    let client = Client::new();
    let call = client.call(&[ALICE]);
    let add = json!({ "participantToAdd": { "rawId": BOB }, "operationContext": "a" });
    let added = client.calling("POST", &format!("{call}/participants:add"), &add);
    assert_eq!(added.status(), 202);
    assert_eq!(added.json()["participant"]["identifier"]["rawId"], BOB);
    assert_eq!(added.json()["operationContext"], "a");
    let late = json!({ "participantToAdd": { "rawId": PHONE }, "invitationTimeoutInSeconds": 181 });
    let late = client.calling("POST", &format!("{call}/participants:add"), &late);
    assert_eq!(late.status(), 400);
    let remove = json!({ "participantToRemove": { "rawId": BOB } });
    let path = format!("{call}/participants:remove");
    assert_eq!(client.calling("POST", &path, &remove).status(), 202);
    assert_eq!(client.calling("POST", &path, &remove).status(), 404);
}

#[test]
fn a_list_goes_on_at_the_next_link() {
    let client = Client::new();
    let users = ["8:acs:a", "8:acs:b", "8:acs:c", "8:acs:d", "8:acs:e"];
    let call = client.call(&users);
    let mut target = format!("/calling/callConnections{call}/participants?api-version=2024-09-15");
    let (mut seen, mut pages) = (Vec::new(), 0);
    loop {
        let page = client.send("GET", &target, &[], "").json();
        pages += 1;
        let participants = page["value"].as_array().unwrap().clone();
        seen.extend(participants.into_iter().map(|p| p["identifier"]["rawId"].clone()));
        let Some(link) = page.get("nextLink") else { break };
        let link = link.as_str().unwrap();
        target = link.strip_prefix("http://127.0.0.1:1").unwrap().to_owned();
        assert!(target.contains("%2F") && target.contains("%3D"), "{target}");
    }
    assert_eq!((seen, pages), (users.map(Value::from).to_vec(), 3));
    let foreign = format!("{}x", target.trim_end_matches("%3D"));
    assert_eq!(client.send("GET", &foreign, &[], "").status(), 400);
}

#[test]
fn api_version_is_given_once_and_known() {
    let client = Client::new();
    for (query, code) in [
        ("", "MissingApiVersionParameter"),
        ("?", "MissingApiVersionParameter"),
        ("?API-VERSION=2024-09-15", "MissingApiVersionParameter"),
        ("?api-version=", "UnsupportedApiVersionValue"),
        ("?api-version=2023-10-01", "UnsupportedApiVersionValue"),
        ("?api-version=2024-09-15%20", "UnsupportedApiVersionValue"),
        ("?api-version=2024-09-15&api-version=2024-09-15", "BadRequest"),
    ] {
        let seen = client.send("GET", &format!("/calling/callConnections/a{query}"), &[], "");
        assert_eq!((seen.status(), seen.code()), (400, code.to_owned()), "{query}");
    }
}

#[test]
fn the_caller_is_known_before_anything_else() {
    let client = Client::new();
    for target in ["/nowhere", "/calling/callConnections/a", "/calling/callConnections"] {
        let seen = client.send("GET", target, &[("authorization", "Bearer a.b.c")], "");
        assert_eq!((seen.status(), seen.code()), (401, "Denied".to_owned()));
    }
    assert_eq!(client.send("GET", "/nowhere", &[], "").status(), 404);
    assert_eq!(client.send("GET", "/calling/callConnections", &[], "").status(), 405);
}

#[test]
fn an_operation_that_is_not_served_says_so() {
    let client = Client::new();
    let seen = client.calling("POST", "/a:play", &json!({}));
    assert_eq!((seen.status(), seen.code()), (501, "NotImplemented".to_owned()));
    assert!(seen.json()["error"]["message"].as_str().unwrap().contains("`CallMedia_Play`"));
}

#[test]
fn a_user_lives_and_calls_by_tokens() {
    let client = Client::new();
    let scopes = json!({ "createTokenWithScopes": ["voip"], "expiresInMinutes": 60 });
    let created = client.identities("POST", "", &scopes);
    assert_eq!(created.status(), 201);
    let created = created.json();
    assert_eq!(created["accessToken"]["expiresOn"], "2026-11-23T08:06:37+00:00");
    let path = created["identity"]["id"].as_str().unwrap().replace(':', "%3A");
    let first = bearer(&created["accessToken"]);
    let issued = client.identities(
        "POST",
        &format!("/{path}/:issueAccessToken"),
        &json!({ "scopes": ["chat"] }),
    );
    assert_eq!(issued.status(), 200);
    let asks = |client: &Client, token: &str, target: &str| {
        client.send("GET", target, &[("authorization", token)], "").status()
    };
    let call = "/calling/callConnections/a?api-version=2024-09-15";
    assert_eq!(asks(&client, &first, call), 404);
    let later = Client { now: client.now + Duration::from_secs(3600), ..client };
    assert_eq!(asks(&later, &first, call), 401);
    let client = Client { now: imf_fixdate(DATE).unwrap(), ..later };
    let revoked = client.identities("POST", &format!("/{path}/:revokeAccessTokens"), &Value::Null);
    assert_eq!(revoked.status(), 204);
    assert_eq!(asks(&client, &bearer(&issued.json()), call), 401);
    assert_eq!(client.identities("DELETE", &format!("/{path}"), &Value::Null).status(), 204);
    assert_eq!(client.identities("DELETE", &format!("/{path}"), &Value::Null).status(), 404);
}

#[test]
fn a_user_makes_no_users() {
    let client = Client::new();
    let token = client.identities("POST", "", &json!({ "createTokenWithScopes": ["chat"] })).json();
    let headers = [("authorization", &*bearer(&token["accessToken"]))];
    let seen = client.send("POST", "/identities?api-version=2023-10-01", &headers, "");
    assert_eq!((seen.status(), seen.code()), (403, "Forbidden".to_owned()));
    assert_eq!(client.executions("CommunicationIdentity_Create"), 1);
}

#[test]
fn a_wrong_identity_request_makes_nothing() {
    let client = Client::new();
    for body in [
        json!({ "expiresInMinutes": 59 }),
        json!({ "expiresInMinutes": 1441 }),
        json!({ "expiresInMinutes": -1 }),
        json!({ "createTokenWithScopes": "chat" }),
    ] {
        assert_eq!(client.identities("POST", "", &body).status(), 400, "{body}");
    }
    assert_eq!(client.identities("POST", "", &Value::Null).status(), 201);
    let issue =
        |scopes| client.identities("POST", "/8%3Aacs%3Ax/:issueAccessToken", &scopes).status();
    assert_eq!(issue(json!({ "scopes": [] })), 400);
    assert_eq!(issue(json!({ "scopes": ["chat"] })), 404);
}

#[test]
fn the_rows_of_the_repeatability_table() {
    let client = Client::new();
    let call = client.call(&[ALICE]);
    let target = format!("/calling/callConnections{call}/participants:mute?api-version=2024-09-15");
    let body = json!({ "targetParticipants": [{ "rawId": ALICE }] }).to_string();
    let (id, date) = (("repeatability-request-id", ID), ("repeatability-first-sent", DATE));
    let stale = ("repeatability-first-sent", "Mon, 23 Nov 2026 07:01:36 GMT");
    let other_body = json!({ "targetParticipants": [] }).to_string();
    for (headers, body, expected) in [
        (&[id][..], &body, (400, "rejected")),
        (&[date], &body, (400, "rejected")),
        (&[("repeatability-request-id", "1"), date], &body, (400, "rejected")),
        (&[id, stale], &body, (412, "rejected")),
        (&[id, date], &body, (200, "accepted")),
        (&[id, date], &other_body, (400, "rejected")),
        (&[id, date], &body, (200, "accepted")),
    ] {
        let seen = client.send("POST", &target, headers, body);
        assert_eq!((seen.status(), seen.result().unwrap()), expected, "{headers:?} {body}");
    }
    assert_eq!(client.executions("CallConnection_Mute"), 1);
}

#[test]
fn a_refusal_within_the_operation_is_kept_too() {
    let client = Client::new();
    let target = "/calling/callConnections?api-version=2024-09-15";
    let headers = [("repeatability-request-id", ID), ("repeatability-first-sent", DATE)];
    let first = client.send("POST", target, &headers, "{}");
    let again = client.send("POST", target, &headers, "{}");
    for seen in [&first, &again] {
        assert_eq!((seen.status(), seen.result()), (400, Some("accepted")));
    }
    assert_eq!(first.0.body(), again.0.body());
}

#[test]
fn what_is_refused_before_leaves_the_id_free() {
    let client = Client::new();
    let headers = [("repeatability-request-id", ID), ("repeatability-first-sent", DATE)];
    let denied = [headers[0], headers[1], ("authorization", "Bearer a.b.c")];
    let target = "/calling/callConnections?api-version=2024-09-15";
    let body = json!({ "targets": [{ "rawId": ALICE }], "callbackUri": "https://a/" }).to_string();
    for (target, headers, status) in [
        (target, &denied[..], 401),
        ("/calling/callConnections", &headers, 400),
        ("/calling/callConnections:call?api-version=2024-09-15", &headers, 404),
        ("/calling/callConnections:connect?api-version=2024-09-15", &headers, 501),
        (target, &headers, 201),
    ] {
        let seen = client.send("POST", target, headers, &body);
        assert_eq!(seen.status(), status);
        let executed = (status == 201).then_some("accepted");
        assert_eq!(seen.result(), executed, "{target}");
    }
    let seen = client.send("POST", "/identities?api-version=2023-10-01", &headers, "");
    assert_eq!((seen.status(), seen.result()), (501, Some("rejected")));
}

fn bearer(access_token: &Value) -> String {
    format!("Bearer {}", access_token["token"].as_str().unwrap())
}
