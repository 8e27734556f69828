//! What the tests call, declared as a user would, and the clients they call it on.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use acs_rest::transport::Transport;
use acs_rest::{
    ByteStream, Client, ClientBuilder, Error, Pager, RandomSource, Response, Result, UserToken,
    acs_operations,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::secrets;

/// The body of a mute.
#[derive(Debug, Serialize)]
pub(crate) struct MuteRequest {
    pub(crate) operation_context: String,
}

/// What a mute returns.
#[derive(Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Muted {
    pub(crate) operation_context: Option<String>,
}

/// The operations of a scripted service, with every combination of method and declaration.
#[acs_operations]
pub(crate) trait Scripted {
    #[acs_operation(POST, "/calls/<callId>:mute", repeatable)]
    async fn mute(&self, call_id: &str, request: &MuteRequest) -> Result<Muted>;

    #[acs_operation(POST, "/calls/<callId>:mute", repeatable)]
    async fn mute_any(&self, call_id: &str, #[body] request: &Value) -> Result<Muted>;

    #[acs_operation(POST, "/calls/<callId>:play")]
    async fn play(&self, call_id: &str, request: &MuteRequest) -> Result<Muted>;

    #[acs_operation(POST, "/calls/<callId>:hold")]
    async fn hold(&self, call_id: &str) -> Result<()>;

    #[acs_operation(POST, "/calls/<callId>:stop", idempotent)]
    async fn stop(&self, call_id: &str) -> Result<()>;

    #[acs_operation(GET, "/calls/<callId>")]
    async fn call(&self, call_id: &str) -> Result<Value>;

    #[acs_operation(GET, "/search")]
    async fn search(
        &self,
        #[query] text: &str,
        #[query] tag: &[&str],
        #[header("x-tenant")] tenant: Option<&str>,
    ) -> Result<Response<Value>>;

    #[acs_operation(PUT, "/calls/<callId>")]
    async fn put(&self, call_id: &str, request: &MuteRequest) -> Result<()>;

    #[acs_operation(PATCH, "/calls/<callId>")]
    async fn patch(
        &self,
        call_id: &str,
        #[body(content_type = "application/merge-patch+json")] request: &MuteRequest,
    ) -> Result<()>;

    #[acs_operation(DELETE, "/calls/<callId>")]
    async fn delete(&self, call_id: &str) -> Result<()>;

    #[acs_operation(HEAD, "/calls/<callId>")]
    async fn exists(&self, call_id: &str) -> Result<()>;

    #[acs_operation(GET, "/recordings/<id>")]
    async fn download(&self, id: &str) -> Result<ByteStream>;

    #[acs_operation(GET, "/participants")]
    fn list(&self) -> Pager<Value>;
}

/// A mute of a call that is named by a secret, which no error may show.
pub(crate) async fn mute(client: &Client) -> Result<Muted> {
    let muted = client.mute(&secrets::all().argument, &request()).await;
    muted.inspect_err(|error| secrets::assert_none_in(&shown(error)))
}

pub(crate) fn request() -> MuteRequest {
    MuteRequest { operation_context: secrets::all().body.clone() }
}

/// A client with a token, short times and the shortest backoff.
pub(crate) fn builder(endpoint: &str) -> ClientBuilder {
    secrets::capture();
    let token = UserToken::new(&secrets::all().token);
    tested(Client::builder(endpoint, token)).random_source(Hasty::default())
}

/// With the transport under test: reqwest if its feature is on, else hyper-util.
pub(crate) fn tested(builder: ClientBuilder) -> ClientBuilder {
    #[cfg(feature = "reqwest")]
    return builder;
    #[cfg(not(feature = "reqwest"))]
    builder.hyper()
}

pub(crate) fn client(endpoint: &str) -> Client {
    builder(endpoint).build().unwrap()
}

/// A client on a transport in memory, for a paused clock; backoff as for users.
pub(crate) fn on(transport: impl Transport) -> ClientBuilder {
    secrets::capture();
    Client::builder("http://127.0.0.1:9", UserToken::new(&secrets::all().token))
        .transport(transport)
}

/// Random numbers whose upper half is zero: ids differ, and the jitter of
/// the backoff is always the least.
#[derive(Debug, Default)]
pub(crate) struct Hasty(AtomicU64);

impl RandomSource for Hasty {
    fn random(&self) -> u128 {
        static SEED: AtomicU64 = AtomicU64::new(1);
        let _ = self.0.compare_exchange(
            0,
            SEED.fetch_add(1 << 32, Ordering::Relaxed),
            Ordering::Relaxed,
            Ordering::Relaxed,
        );
        u128::from(self.0.fetch_add(1, Ordering::Relaxed))
    }
}

pub(crate) fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// Waits, a little at a time, until the other side has caught up.
pub(crate) async fn eventually(what: &str, mut is_so: impl FnMut() -> bool) {
    for _ in 0..500 {
        if is_so() {
            return;
        }
        tokio::time::sleep(millis(2)).await;
    }
    panic!("not within a second: {what}");
}

/// Everything that an error shows: what it says, and all that it came of.
pub(crate) fn shown(error: &Error) -> String {
    let mut text = format!("{error}\n{error:?}\n{error:#?}");
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        text.push_str(&format!("\n{error}\n{error:?}"));
        source = error.source();
    }
    text
}

/// What `act` gives, if it is over within `limit` and 250 ms. A busy machine may be late once, and
/// again; what does not hold its deadline is late each time.
pub(crate) async fn within<T>(limit: Duration, act: impl AsyncFn() -> T) -> T {
    let mut late = Duration::ZERO;
    for _ in 0..3 {
        let start = Instant::now();
        let result = act().await;
        late = start.elapsed().saturating_sub(limit);
        if late <= millis(250) {
            eprintln!("late by {late:?}");
            return result;
        }
    }
    panic!("late by {late:?}");
}
