//! The answers to webhook requests, without a server.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use acs_rest::call_automation::events::{CallEvent, CallEventKind};
use acs_rest::event_grid::{GridEvent, IncomingCall};
use acs_rest::event_processor::EventProcessor;
use acs_rest::http::{HeaderMap, Method, Uri};
use acs_rest::webhook::{
    EventForwarder, ForwardFuture, Forwarded, WebhookErrorKind, WebhookRoute, WebhookUrls,
    WebhookVerifier, Webhooks,
};

use crate::webhook::{KEYS, RESOURCE, bearer, clock, naming};

const SECRET: &str = "a secret of sixteen bytes and more";

fn urls() -> WebhookUrls {
    WebhookUrls::new("https://bot.contoso.example/acs/", SECRET).unwrap()
}

fn uri(urls: &WebhookUrls, route: WebhookRoute) -> Uri {
    urls.url(route).parse().unwrap()
}

fn played() -> String {
    let event = CallEvent::new("1", CallEventKind::PlayCompleted).with_call_connection_id("c");
    event.with_operation_context("a").json().into_owned()
}

/// Whether the processor was given the event above.
async fn has_played(processor: &EventProcessor) -> bool {
    let mut events = processor.events("c");
    tokio::time::timeout(Duration::ZERO, events.next()).await.is_ok()
}

#[test]
fn a_url_is_for_one_route_call_and_instance() {
    let urls = urls().instance("bot-0.a_B").unwrap();
    let url = urls.url(WebhookRoute::Callbacks);
    assert_ne!(url, urls.url(WebhookRoute::Callbacks));
    let good: Uri = url.parse().unwrap();
    let checked = urls.check(WebhookRoute::Callbacks, &good).unwrap();
    assert_eq!(checked.instance.as_deref(), Some("bot-0.a_B"));
    assert_eq!(checked.call.len(), 32);
    // Any instance checks it, and so does a path below which the routes are nested.
    let other = WebhookUrls::new("https://elsewhere.example", SECRET).unwrap();
    other
        .check(WebhookRoute::Callbacks, &good.path_and_query().unwrap().as_str().parse().unwrap())
        .unwrap();

    let secret = WebhookUrls::new("https://bot.contoso.example", "another secret of that length");
    for (urls, route, uri) in [
        (&urls, WebhookRoute::Audio, url.clone()),
        (&urls, WebhookRoute::EventGrid, url.clone()),
        (&urls, WebhookRoute::Callbacks, url.replace("bot-0", "bot-1")),
        (&urls, WebhookRoute::Callbacks, url.replace("instance=bot-0.a_B&", "")),
        (&urls, WebhookRoute::Callbacks, url.replace("&call=", "&call=0")),
        (&urls, WebhookRoute::Callbacks, url[..url.len() - 1].to_owned()),
        (&urls, WebhookRoute::Callbacks, url.split('?').next().unwrap().to_owned()),
        (&urls, WebhookRoute::Callbacks, url.split("&signature").next().unwrap().to_owned()),
        (&secret.unwrap(), WebhookRoute::Callbacks, url.clone()),
    ] {
        let error = urls.check(route, &uri.parse().unwrap()).unwrap_err();
        assert_eq!(error.kind(), WebhookErrorKind::NotAuthentic, "{uri}");
        assert!(!format!("{error:?}").contains(&url[url.len() - 32..]));
    }
    assert!(!format!("{urls:?}").contains(SECRET));
}

#[test]
fn urls_need_https_and_a_secret() {
    assert!(
        urls().url(WebhookRoute::Audio).starts_with("wss://bot.contoso.example/acs/audio?call=")
    );
    let local = WebhookUrls::new("http://127.0.0.1:8080", SECRET).unwrap();
    assert!(local.url(WebhookRoute::Audio).starts_with("ws://127.0.0.1:8080/audio?"));
    assert_eq!(urls().url(WebhookRoute::EventGrid), urls().url(WebhookRoute::EventGrid));
    for base in ["http://bot.contoso.example", "bot", "https://bot.contoso.example?x=1", "ftp://a"]
    {
        let error = WebhookUrls::new(base, SECRET).unwrap_err();
        assert!(error.to_string().contains("`https://…` URL"), "{error}");
    }
    let error = WebhookUrls::new("https://bot.contoso.example", "too short").unwrap_err();
    assert!(error.to_string().contains("fewer than 16 bytes"), "{error}");
    for name in ["", "a b", "a&b", "a\n", "ä", &"x".repeat(64)] {
        urls().instance(name).unwrap_err();
    }
}

#[tokio::test(start_paused = true)]
async fn a_callback_gets_the_status_that_fits() {
    let (urls, processor) = (urls(), EventProcessor::new());
    let verifier = WebhookVerifier::with_keys(RESOURCE, KEYS).unwrap().time_source(clock());
    let webhooks = Webhooks::new(urls.clone(), processor.clone()).verifier(verifier);
    let (good, token) = (uri(&urls, WebhookRoute::Callbacks), bearer(&naming("test-key")));
    let body = format!("[{}]", played());
    let unsigned: Uri = "https://bot.contoso.example/acs/callbacks".parse().unwrap();
    for (expected, uri, headers, body) in [
        (401, &unsigned, &token, &*body),
        (401, &good, &HeaderMap::new(), &body),
        (401, &good, &bearer(&naming("another-key")), &body),
        (400, &good, &token, "{"),
        (200, &good, &token, "[]"),
        (200, &good, &token, r#"[{"id": "no type"}]"#),
    ] {
        let response = webhooks.callback(uri, headers, body.as_bytes()).await;
        assert_eq!(response.status(), expected, "{body}");
        assert!(!has_played(&processor).await);
    }
    assert_eq!(webhooks.callback(&good, &token, body.as_bytes()).await.status(), 200);
    assert!(has_played(&processor).await);
    let audio = uri(&urls, WebhookRoute::Audio);
    let mut headers = token.clone();
    headers.insert("x-ms-call-connection-id", "c".parse().unwrap());
    let upgrade = webhooks.audio(&audio, &headers).await.unwrap();
    assert_eq!(upgrade.call_connection_id.as_deref(), Some("c"));
    webhooks.audio(&good, &headers).await.unwrap_err();
}

#[tokio::test]
async fn event_grid_is_answered_and_an_incoming_call_handled_once() {
    let (urls, calls) = (urls(), Arc::new(Mutex::new(Vec::new())));
    let seen = Arc::clone(&calls);
    let webhooks =
        Webhooks::new(urls.clone(), EventProcessor::new()).on_incoming_call(move |call| {
            let seen = Arc::clone(&seen);
            async move {
                tokio::time::sleep(Duration::from_millis(20)).await;
                seen.lock().unwrap().push(call.correlation_id);
            }
        });
    let (good, none) = (uri(&urls, WebhookRoute::EventGrid), HeaderMap::new());
    let post =
        async |body: &str| webhooks.event_grid(&Method::POST, &good, &none, body.as_bytes()).await;
    let unsigned = "https://bot.contoso.example/acs/event-grid?call=all".parse().unwrap();
    let refused = webhooks.event_grid(&Method::POST, &unsigned, &none, b"[]").await;
    assert_eq!(refused.status(), 401);
    assert_eq!(post("{").await.status(), 400);
    let other = webhooks.event_grid(&Method::GET, &good, &none, b"").await;
    assert_eq!(other.status(), 405);

    let question = r#"[{"id": "1", "topic": "t", "eventTime": "2026-01-01T00:00:00Z",
        "eventType": "Microsoft.EventGrid.SubscriptionValidationEvent",
        "data": {"validationCode": "512d38b6"}}]"#;
    let answer = post(question).await;
    assert_eq!(answer.headers()["content-type"], "application/json");
    assert_eq!(answer.body(), r#"{"validationResponse":"512d38b6"}"#);
    let origin = HeaderMap::from_iter([(
        "webhook-request-origin".parse().unwrap(),
        "eventgrid.azure.net".parse().unwrap(),
    )]);
    let answer = webhooks.event_grid(&Method::OPTIONS, &good, &origin, b"").await;
    assert_eq!(answer.headers()["webhook-allowed-origin"], "eventgrid.azure.net");
    assert_eq!(webhooks.event_grid(&Method::OPTIONS, &good, &none, b"").await.status(), 400);

    let incoming = |id: &str| {
        let event = GridEvent::new(id, IncomingCall::new().correlation_id(id));
        event.json().into_owned()
    };
    let body = format!("[{}, {}, {}]", incoming("a"), incoming("b"), incoming("a"));
    assert_eq!(post(&body).await.status(), 200);
    assert_eq!(post(&body).await.status(), 200);
    assert!(calls.lock().unwrap().is_empty()); // answered at once
    assert!(webhooks.shutdown(Duration::from_secs(10)).await);
    let mut seen = calls.lock().unwrap().clone();
    seen.sort();
    assert_eq!(seen, [Some("a".to_owned()), Some("b".to_owned())]);
    // Another instance takes what comes after the shutdown.
    assert_eq!(post(&format!("[{}]", incoming("c"))).await.status(), 503);
}

#[tokio::test]
async fn a_shutdown_does_not_wait_for_a_handler_that_panicked_nor_forever() {
    let (urls, none) = (urls(), HeaderMap::new());
    let good = uri(&urls, WebhookRoute::EventGrid);
    for (id, ends) in [("panics", true), ("hangs", false)] {
        let webhooks =
            Webhooks::new(urls.clone(), EventProcessor::new()).on_grid_event(|event| async move {
                assert_eq!(event.id, "hangs");
                std::future::pending().await
            });
        let body = GridEvent::new(id, IncomingCall::new()).json().into_owned();
        let answer = webhooks.event_grid(&Method::POST, &good, &none, body.as_bytes()).await;
        assert_eq!(answer.status(), 200);
        assert_eq!(webhooks.shutdown(Duration::from_millis(300)).await, ends, "{id}");
    }
}

/// Takes what it is given, or fails.
struct Others(Arc<Mutex<Vec<String>>>);

impl EventForwarder for Others {
    fn forward<'a>(&'a self, instance: &'a str, body: &'a [u8]) -> ForwardFuture<'a> {
        Box::pin(async move {
            match instance {
                "gone" => Ok(Forwarded::NoSuchInstance),
                "broken" => Err("no route".into()),
                "hangs" => std::future::pending().await,
                _ => {
                    let body = String::from_utf8(body.to_vec())?;
                    self.0.lock().unwrap().push(format!("{instance}: {body}"));
                    Ok(Forwarded::Delivered)
                }
            }
        })
    }
}

#[tokio::test(start_paused = true)]
async fn what_another_instance_awaits_is_forwarded() {
    let own = urls().instance("own").unwrap();
    let (forwarded, processor) = (Arc::default(), EventProcessor::new());
    let webhooks =
        Webhooks::new(own.clone(), processor.clone()).forwarder(Others(Arc::clone(&forwarded)));
    let send = async |instance: &str| {
        let uri = uri(&urls().instance(instance).unwrap(), WebhookRoute::Callbacks);
        let body = played();
        webhooks.callback(&uri, &HeaderMap::new(), body.as_bytes()).await.status().as_u16()
    };
    assert_eq!(send("other").await, 200);
    assert_eq!(*forwarded.lock().unwrap(), [format!("other: {}", played())]);
    assert!(!has_played(&processor).await);
    assert_eq!((send("broken").await, send("hangs").await), (503, 503));
    assert!(!has_played(&processor).await);
    // Nobody else awaits it any more.
    assert_eq!(send("gone").await, 200);
    assert!(has_played(&processor).await);
    assert_eq!(send("own").await, 200);
    assert_eq!(forwarded.lock().unwrap().len(), 1);
}
