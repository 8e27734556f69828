//! Two instances, and a Redis server between them.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use acs_rest::call_automation::events::{CallEvent, CallEventKind};
use acs_rest::event_processor::EventProcessor;
use acs_rest::http::{HeaderMap, Uri};
use acs_rest::webhook::{
    EventForwarder, Forwarded, RedisForwarder, WebhookRoute, WebhookUrls, Webhooks,
};
use tokio::net::{TcpListener, TcpStream};

/// A server of the distribution's package `redis-server`.
struct Redis {
    process: Child,
    address: String,
}

impl Redis {
    /// `None`, loudly, where it is not installed.
    async fn start(address: Option<&str>) -> Option<Self> {
        let address = match address {
            Some(address) => address.to_owned(),
            None => {
                TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().to_string()
            }
        };
        let port = address.rsplit(':').next().unwrap();
        let arguments = ["--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
        let process = Command::new("redis-server").args(arguments).stdout(Stdio::null()).spawn();
        let Ok(process) = process else {
            eprintln!("\n!!!!!!!! SKIPPED: redis-server is not installed\n");
            return None;
        };
        while TcpStream::connect(&address).await.is_err() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Some(Self { process, address })
    }

    fn url(&self) -> String {
        format!("redis://{}", self.address)
    }

    fn stop(mut self) -> String {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        std::mem::take(&mut self.address)
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

struct Instance {
    processor: EventProcessor,
    webhooks: Webhooks,
}

async fn instance(redis: &Redis, name: &str) -> Instance {
    let processor = EventProcessor::new();
    let forwarder = RedisForwarder::connect(redis.url(), name, processor.clone()).await.unwrap();
    let webhooks = Webhooks::new(urls(name), processor.clone()).forwarder(forwarder);
    Instance { processor, webhooks }
}

fn urls(instance: &str) -> WebhookUrls {
    let urls = WebhookUrls::new("https://bot.contoso.example", "the secret of both of them");
    urls.unwrap().instance(instance).unwrap()
}

/// The status with which `at` answers an event that `of` awaits.
async fn send(at: &Instance, of: &str, id: &str) -> u16 {
    let uri: Uri = urls(of).url(WebhookRoute::Callbacks).parse().unwrap();
    let event = CallEvent::new(id, CallEventKind::PlayCompleted).with_call_connection_id("c");
    let body = event.json().into_owned();
    at.webhooks.callback(&uri, &HeaderMap::new(), body.as_bytes()).await.status().as_u16()
}

#[tokio::test]
async fn an_event_reaches_the_instance_that_awaits_it() {
    let Some(redis) = Redis::start(None).await else { return };
    let (a, b) = (instance(&redis, "a").await, instance(&redis, "b").await);
    let mut events = a.processor.events("c");
    let mut others = b.processor.events("c");
    assert_eq!(send(&b, "a", "1").await, 200);
    assert_eq!(events.next().await.unwrap().id, "1");
    assert_eq!(send(&a, "a", "2").await, 200);
    assert_eq!(events.next().await.unwrap().id, "2");
    assert_eq!(send(&b, "a", "1").await, 200); // again: it counts once
    assert_eq!(send(&b, "a", "3").await, 200);
    assert_eq!(events.next().await.unwrap().id, "3");
    // An instance that is gone awaits nothing.
    assert_eq!(send(&b, "gone", "4").await, 200);
    assert_eq!(others.next().await.unwrap().id, "4");
}

#[tokio::test]
async fn an_event_is_not_lost_while_redis_is() {
    let Some(redis) = Redis::start(None).await else { return };
    let (a, b) = (instance(&redis, "a").await, instance(&redis, "b").await);
    let mut events = a.processor.events("c");
    assert_eq!(send(&b, "a", "1").await, 200);
    assert_eq!(events.next().await.unwrap().id, "1");
    let address = redis.stop();
    // The service sends it again.
    assert_eq!(send(&b, "a", "2").await, 503);
    let _redis = Redis::start(Some(&address)).await.unwrap();
    let mut status = send(&b, "b", "own").await;
    assert_eq!(status, 200);
    for _ in 0..100 {
        status = send(&b, "a", "3").await;
        if status == 200 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(status, 200);
}

#[tokio::test]
async fn an_instance_that_was_there_a_moment_ago_is_not_given_up() {
    let Some(redis) = Redis::start(None).await else { return };
    let b = instance(&redis, "b").await;
    let processor = EventProcessor::new();
    let a = RedisForwarder::connect(redis.url(), "a", processor).await.unwrap();
    // It says that it is there in a task of its own.
    while matches!(b_forward(&redis, "a").await, Ok(Forwarded::NoSuchInstance)) {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    drop(a);
    for _ in 0..100 {
        if send(&b, "a", "1").await == 503 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("its events were taken by another");
}

async fn b_forward(redis: &Redis, instance: &str) -> Result<Forwarded, String> {
    let other = RedisForwarder::connect(redis.url(), "other", EventProcessor::new()).await.unwrap();
    other.forward(instance, b"[]").await.map_err(|error| error.to_string())
}

#[tokio::test]
async fn a_server_that_is_not_there_is_an_error_without_the_password() {
    let url = "redis://:secret@127.0.0.1:9/";
    let connect = RedisForwarder::connect(url, "a", EventProcessor::new());
    let error = tokio::time::timeout(Duration::from_secs(60), connect).await.unwrap().unwrap_err();
    assert!(!format!("{error} {error:?}").contains("secret"), "{error}");
}
