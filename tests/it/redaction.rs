//! No error shows a secret of the client, wherever the service or a library repeats it.

use acs_rest::transport::{Request, Response, SendFuture, Transport, TransportError};
use acs_rest::{AccessKey, Client, UserToken};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};

use crate::fault_server::{Answer, Received, Server, Step};
use crate::operations::{Scripted, request, shown, tested};

const TOKEN: &str = "eyJhbGciOiJSUzI1NiJ9.eyJza3lwZWlkIjoiYWNzOmNvbnRvc28ifQ.S3cr3t-S1gn4ture_x9";
const KEY: &str = "q+Z/9mTkP2vXw8LrB5nHs3dJf7aQe1yUo0iKbWcGxEs=";

/// A secret as a service may repeat it.
fn forms(secret: &str) -> Vec<String> {
    let percent: String = secret.bytes().map(|byte| format!("%{byte:02x}")).collect();
    let escaped = secret.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    vec![
        secret.to_owned(),
        format!("Bearer {secret}"),
        escaped,
        percent[..9].to_owned() + secret,
        STANDARD.encode(secret),
        URL_SAFE.encode(format!("token={secret}")),
        secret.bytes().map(|byte| format!("{byte:02X}")).collect(),
        secret.trim_end_matches('=').to_owned(),
        secret[..secret.len() - 5].to_owned(),
    ]
}

/// The bodies that show a text, each of another shape.
fn bodies(text: &str) -> Vec<String> {
    let error = serde_json::json!({"error": {
        "code": text, "message": format!("cannot use {text}!"), "target": text,
        "details": [{"code": "A", "message": text}], "innererror": {"code": text},
    }});
    vec![
        error.to_string(),
        error.to_string().replace('/', "\\/"),
        serde_json::json!({"title": text, "errors": {"From": [text]}}).to_string(),
        serde_json::json!({"unknown": text}).to_string(),
        format!("<html><h1>401</h1>{text}</html>"),
        format!("{}{text}", "x".repeat(2_040)),
    ]
}

/// Fails if `text` shows twelve bytes of the secret, in plain text or in base64.
fn assert_hidden(secret: &str, text: &str) {
    for form in [secret.to_owned(), STANDARD.encode(secret)] {
        for window in form.as_bytes().windows(12) {
            let window = str::from_utf8(window).unwrap();
            assert!(!text.contains(window), "`{window}` is seen in {text}");
        }
    }
}

/// Calls a server that answers with what `script` makes of the request; returns all errors shown.
async fn errors_of(client: impl Fn(&Server) -> Client, answer: Answer) -> String {
    let server = Server::start(move |_: &Received| Vec::<Step>::from(answer.clone())).await;
    let client = client(&server);
    match client.mute("a", &request()).await {
        Ok(_) => String::new(),
        Err(error) => shown(&error) + &format!("{:?} {:?}", error.service_error(), error.headers()),
    }
}

#[tokio::test]
async fn a_service_that_repeats_the_token_or_key() {
    let with_token =
        |server: &Server| tested(Client::builder(server.endpoint(), UserToken::new(TOKEN))).build();
    let with_key = |server: &Server| {
        tested(Client::builder(server.endpoint(), AccessKey::new(KEY).unwrap())).build()
    };
    for form in forms(TOKEN) {
        for body in bodies(&form) {
            for status in [400, 200, 302] {
                let answer = Answer::new(status, body.clone()).header("x-ms-request-id", &form);
                let text = errors_of(|server| with_token(server).unwrap(), answer).await;
                assert_hidden(TOKEN, &text);
            }
        }
    }
    for form in forms(KEY) {
        for body in bodies(&form) {
            let text = errors_of(|server| with_key(server).unwrap(), Answer::new(403, body)).await;
            assert_hidden(KEY, &text);
        }
    }
}

#[tokio::test]
async fn a_service_that_repeats_the_signature() {
    let script = |request: &Received| {
        let authorization = request.header("authorization").unwrap();
        let body = serde_json::json!({"error": {"code": "Denied", "message": authorization}});
        Vec::from(Answer::new(401, body.to_string()))
    };
    let server = Server::start(script).await;
    let client = tested(Client::builder(server.endpoint(), AccessKey::new(KEY).unwrap()));
    let error = client.build().unwrap().mute("a", &request()).await.unwrap_err();
    let sent = server.requests()[0].header("authorization").unwrap().to_owned();
    let (_, signature) = sent.rsplit_once("Signature=").unwrap();
    assert_hidden(signature, &shown(&error));
    assert!(error.message().contains("SignedHeaders"), "{error}");
}

/// A transport whose error repeats the request.
#[derive(Debug)]
struct Talkative;

impl Transport for Talkative {
    fn send<'a>(&'a self, request: Request<'a>) -> SendFuture<'a> {
        let text = format!("{:?}", request.headers()["authorization"].to_str());
        Box::pin(async { Err::<Response, _>(TransportError::interrupted(text)) })
    }
}

#[tokio::test]
async fn a_transport_whose_error_repeats_the_request() {
    let client = Client::builder("https://h", UserToken::new(TOKEN)).transport(Talkative);
    let error = client.build().unwrap().play("a", &request()).await.unwrap_err();
    assert_hidden(TOKEN, &shown(&error));
}
