//! Access-key signatures, checked by a second implementation.

use std::time::{Duration, SystemTime};

use acs_rest::{AccessKey, Client, TimeSource};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use tokio::time::Instant;

use crate::fault_server::{Answer, Received, Server, always};
use crate::memory_transport::{Memory, Reply};
use crate::operations::{Scripted, tested};
use crate::secrets;

/// Signs what was received, and compares.
pub(crate) fn assert_signed(request: &Received, key: &str) {
    assert_signed_for(request.header("host").unwrap(), request, key);
}

/// As [`assert_signed`], by a request that went to another host than it is for.
pub(crate) fn assert_signed_for(host: &str, request: &Received, key: &str) {
    let hash = STANDARD.encode(Sha256::digest(&request.body));
    assert_eq!(request.header("x-ms-content-sha256"), Some(&*hash));
    let date = request.header("x-ms-date").unwrap();
    let text = format!("{}\n{}\n{date};{host};{hash}", request.method, request.target);
    let mut mac = Hmac::<Sha256>::new_from_slice(&STANDARD.decode(key).unwrap()).unwrap();
    mac.update(text.as_bytes());
    let signature = STANDARD.encode(mac.finalize().into_bytes());
    let expected = format!(
        "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature={signature}"
    );
    assert_eq!(request.header("authorization"), Some(&*expected), "{}", request.target);
}

#[tokio::test]
async fn every_request_is_signed_as_it_is_sent() {
    let server = Server::start(always(Answer::new(200, "{}"))).await;
    let key = AccessKey::new(&secrets::all().key).unwrap();
    let client = tested(Client::builder(server.endpoint(), key)).build().unwrap();
    for nth in 0..250 {
        let id = format!("4:+1 ü%2F{nth}?#/日本:");
        client.call(&id).await.unwrap();
        client.search(&id, &["b", "a", "a&b=c"], None).await.unwrap();
        client.hold(&id).await.unwrap();
        let body = serde_json::Value::from("é".repeat(nth * 40));
        client.mute_any(&id, &body).await.unwrap();
    }
    client.mute_any("large", &"x".repeat(5 << 20).into()).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 1_001);
    requests.iter().for_each(|request| assert_signed(request, &secrets::all().key));
}

/// The time of day, which advances with Tokio's clock.
pub(crate) struct Advancing(SystemTime, Instant);

impl Advancing {
    pub(crate) fn starting_now() -> Self {
        Self(SystemTime::now(), Instant::now())
    }
}

impl TimeSource for Advancing {
    fn now(&self) -> OffsetDateTime {
        (self.0 + self.1.elapsed()).into()
    }
}

/// Each try is signed with its own date, however long the wait.
#[tokio::test(start_paused = true)]
async fn the_signed_date_is_that_of_the_attempt() {
    let memory = Memory::in_turn([Reply::Status(503, &[("retry-after", "960")]), Reply::Ok("{}")]);
    let key = AccessKey::new(&secrets::all().key).unwrap();
    let client = Client::builder("https://h", key)
        .transport(memory.clone())
        .time_source(Advancing::starting_now())
        .timeout(Duration::from_secs(2_000))
        .build()
        .unwrap();
    client.stop("a").await.unwrap();
    let dates = memory.tries().into_iter().map(|request| {
        httpdate::parse_http_date(request.headers["x-ms-date"].to_str().unwrap()).unwrap()
    });
    let dates: Vec<_> = dates.collect();
    assert_eq!(dates[1].duration_since(dates[0]).unwrap().as_secs(), 960);
}
