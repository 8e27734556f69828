//! Many calls at once, with events doubled, reordered, delayed and early; a restart in the middle.

use std::time::Duration;

use acs_rest::axum::routes;
use acs_rest::call_automation::{
    AddParticipantRequest, CallConnection, CallMedia, CreateCallRequest, FileSource, PlayRequest,
};
use acs_rest::event_processor::{Call, CallClient, EventProcessor, OperationError};
use acs_rest::webhook::{WebhookRoute, WebhookUrls, Webhooks};
use acs_rest::{Client, CommunicationUserIdentifier};
use acs_rest_emulator::Emulator;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

const SECRET: &str = "a secret of sixteen bytes and more";

/// How many calls there are at once: `ACS_REST_CALLS` sets another number, such as 2000.
fn calls_at_once() -> usize {
    let calls = std::env::var("ACS_REST_CALLS").ok().and_then(|number| number.parse().ok());
    calls.unwrap_or(100)
}

/// Has the next events go wrong.
async fn plan(emulator: &Emulator, fault: &Value) {
    let address = emulator.endpoint().trim_start_matches("http://");
    let body = fault.to_string();
    let request = format!(
        "POST /_emulator/faults HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 204"), "{answer}");
}

fn user(name: &str) -> CommunicationUserIdentifier {
    CommunicationUserIdentifier::new(format!("8:acs:contoso_{name}"))
}

fn play() -> PlayRequest {
    PlayRequest::new([FileSource::new("https://contoso.example/a.wav")])
}

fn create(urls: &WebhookUrls) -> CreateCallRequest {
    CreateCallRequest::new([user("alice")], urls.url(WebhookRoute::Callbacks))
}

/// One call to its end; each event is of this call.
async fn call(calls: CallClient, urls: WebhookUrls) -> Result<(), OperationError> {
    let call = calls.create_call(create(&urls)).await?;
    let (first, second) =
        tokio::join!(call.play(play()).into_future(), call.play(play()).into_future());
    let (first, second) = (first?.event, second?.event);
    assert_ne!(first.operation_context(), second.operation_context());
    let agent = call.add_participant(AddParticipantRequest::new(user("bob"))).await?;
    assert_eq!(agent.result.participant, Some(user("bob").into()));
    let ended = call.terminate().await?.event;
    for event in [first, second, agent.event, ended] {
        assert_eq!(event.call_connection_id(), Some(call.id()));
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_of_many_calls_at_once_gets_its_own_events() {
    let emulator = Emulator::start().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let urls = WebhookUrls::new(base, SECRET).unwrap();
    let client = Client::from_connection_string(emulator.connection_string()).unwrap();
    let calls = CallClient::new(client, EventProcessor::new());
    let webhooks = Webhooks::new(urls.clone(), calls.processor().clone());
    tokio::spawn(axum::serve(listener, routes::<()>(webhooks)).into_future());

    let count = calls_at_once();
    let (mut early, mut late) = (json!({ "events": "early" }), json!({ "events": "late" }));
    (early["count"], late["count"], late["delayMs"]) = (3.into(), 3.into(), 30.into());
    for _ in 0..count / 2 {
        plan(&emulator, &json!({ "events": "twice", "count": 3 })).await;
        plan(&emulator, &json!({ "events": "reordered", "count": 3 })).await;
        plan(&emulator, &early).await;
        plan(&emulator, &late).await;
    }
    let mut tasks = JoinSet::new();
    for _ in 0..count {
        tasks.spawn(call(calls.clone(), urls.clone()));
    }
    let all = tokio::time::timeout(Duration::from_secs(300), tasks.join_all()).await;
    for outcome in all.expect("a wait hangs") {
        outcome.unwrap();
    }
}

/// A bot that can be killed.
struct Process {
    runtime: tokio::runtime::Runtime,
    calls: CallClient,
}

impl Process {
    async fn start(address: &str, emulator: &Emulator) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let client = Client::from_connection_string(emulator.connection_string()).unwrap();
        let calls = CallClient::new(client, EventProcessor::new());
        let webhooks = Webhooks::new(urls(address), calls.processor().clone());
        let address = address.to_owned();
        let serve = async move {
            // The port of one that was killed is free in a moment.
            let listener = loop {
                match TcpListener::bind(&address).await {
                    Ok(listener) => break listener,
                    Err(_) => tokio::time::sleep(Duration::from_millis(5)).await,
                }
            };
            axum::serve(listener, routes::<()>(webhooks)).await.unwrap();
        };
        runtime.spawn(serve);
        Self { runtime, calls }
    }

    fn kill(self) {
        self.runtime.shutdown_background();
    }
}

fn urls(address: &str) -> WebhookUrls {
    WebhookUrls::new(format!("http://{address}"), SECRET).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_that_starts_again_goes_on_with_its_calls() {
    // What is sent in vain is sent again, after 300, 600 and 1200 ms.
    let emulator = Emulator::builder().pace(0.3).start().await.unwrap();
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = free.local_addr().unwrap().to_string();
    drop(free);
    let first = Process::start(&address, &emulator).await;
    let (calls, urls) = (first.calls.clone(), urls(&address));
    let mut tasks = JoinSet::new();
    for _ in 0..calls_at_once().min(200) {
        let (calls, request) = (calls.clone(), create(&urls));
        tasks.spawn(async move { calls.create_call(request).await.unwrap() });
    }
    let established: Vec<Call> = tasks.join_all().await;
    // What a program notes in its database.
    let mut noted = Vec::new();
    for (nth, call) in established.iter().enumerate() {
        let request = play().operation_context(format!("greeting {nth}"));
        call.client().play(call.id(), &request).await.unwrap();
        noted.push((call.id().to_owned(), request));
        if nth == established.len() / 2 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
    drop((established, calls));
    first.kill();

    let second = Process::start(&address, &emulator).await;
    let mut tasks = JoinSet::new();
    let noted_calls = noted.len();
    for (id, request) in noted {
        let calls = second.calls.clone();
        tasks.spawn(async move {
            // An event that the first process had is not sent again: the state of the call is asked for.
            let wait = calls.processor().wait_for(&id, &request).timeout(Duration::from_secs(5));
            let is_answered = wait.await.is_ok_and(|played| {
                played.event.call_connection_id() == Some(&*id)
                    && played.event.operation_context() == request.operation_context.as_deref()
            });
            let call = calls.call(&id);
            call.client().get_call(call.id()).await.unwrap();
            let ended = call.terminate().await.unwrap();
            assert_eq!(ended.event.call_connection_id(), Some(&*id));
            is_answered
        });
    }
    let answered = tasks.join_all().await.into_iter().filter(|it| *it).count();
    eprintln!("{answered} of {noted_calls} operations were answered after the restart");
    assert!(answered > 0);
    second.kill();
}
