//! A transport for tests, which replies from a table and records the requests.

mod recorded_request;
mod reply;
mod route;

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use self::recorded_request::RecordedRequest;
pub use self::reply::Reply;
use self::route::Route;
use crate::client::Client;
use crate::credential::UserToken;
use crate::sources::RandomSource;
use crate::transport::{Request, SendFuture, Transport};

/// A transport for tests, which replies from a table of operations and records the requests.
///
/// A clone is a handle to the same table. If no operation of the table matches a request, the
/// transport panics with a message that shows the request and the table.
///
/// ```
/// use acs_rest::testing::{Reply, StubTransport};
/// use acs_rest::{Result, acs_model, acs_operations};
///
/// #[acs_model]
/// pub struct Room {
///     pub id: String,
/// }
///
/// #[acs_operations(api_version = "2024-04-15")]
/// pub trait Rooms {
///     #[acs_operation(POST, "/rooms", repeatable)]
///     async fn create_room(&self) -> Result<Room>;
///
///     #[acs_operation(GET, "/rooms/<roomId>")]
///     async fn get_room(&self, room_id: &str) -> Result<Room>;
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let stub = StubTransport::new()
///     .on("POST /rooms", Reply::json(201, &Room::new("7")))
///     .on("GET /rooms/<roomId>", Reply::status(503))
///     .on("GET /rooms/<roomId>", Reply::error(404, "RoomNotFound", "there is no such room"));
/// let client = stub.client();
///
/// assert_eq!(client.create_room().await?.id, "7");
/// let error = client.get_room("8").await.unwrap_err(); // 503, and then 404
/// assert_eq!((error.code(), error.attempts()), (Some("RoomNotFound"), 2));
///
/// let requests = stub.requests();
/// assert!(requests[0].header("Repeatability-Request-ID").is_some());
/// assert_eq!((requests[1].path(), requests.len()), ("/rooms/8", 3));
/// assert_eq!(requests[1].query("api-version").as_deref(), Some("2024-04-15"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default)]
pub struct StubTransport(Arc<Mutex<Table>>);

#[derive(Default)]
struct Table {
    routes: Vec<Route>,
    requests: Vec<RecordedRequest>,
}

impl StubTransport {
    /// Creates a transport with an empty table.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a reply to an operation. `operation` is written as in the declaration: the method, a
    /// space, and the path with its `<placeholder>`s.
    ///
    /// Several replies to the same operation are returned in turn, and the last one is repeated. If
    /// two operations match a request, the one that was added first replies.
    ///
    /// # Panics
    /// If `operation` does not have this form.
    #[must_use]
    pub fn on(self, operation: &str, reply: Reply) -> Self {
        let route = Route::parse(operation);
        let mut table = self.table();
        match table.routes.iter_mut().find(|known| known.is_same(&route)) {
            Some(known) => known.push(reply),
            None => table.routes.push(route.with_reply(reply)),
        }
        drop(table);
        self
    }

    /// Creates a client with this transport. Its delays between attempts are as short as possible.
    ///
    /// To create a client with other settings, pass the stub to
    /// [`ClientBuilder::transport`](crate::ClientBuilder::transport).
    #[must_use]
    pub fn client(&self) -> Client {
        Client::builder("http://127.0.0.1:9", UserToken::new("stub"))
            .transport(self.clone())
            .random_source(Ascending::default())
            .build()
            .expect("the settings are valid")
    }

    /// Returns the requests that were sent so far, including retries.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.table().requests.clone()
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for StubTransport {
    fn send<'a>(&'a self, request: Request<'a>) -> SendFuture<'a> {
        let mut table = self.table();
        let recorded = RecordedRequest::of(&request);
        table.requests.push(recorded.clone());
        let path = recorded.path().strip_prefix(request.endpoint().base_path());
        let matching =
            |route: &&mut Route| path.is_some_and(|path| route.matches(recorded.method(), path));
        let reply = table.routes.iter_mut().find(matching).and_then(Route::reply);
        let reply = reply.unwrap_or_else(|| {
            let routes: Vec<_> = table.routes.iter().map(|route| format!("`{route}`")).collect();
            panic!(
                "`{} {}` has no reply; the stub replies to {}",
                recorded.method(),
                recorded.target(),
                if routes.is_empty() { "nothing".to_owned() } else { routes.join(", ") }
            )
        });
        Box::pin(async move { reply.into_response() })
    }
}

impl fmt::Debug for StubTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StubTransport")
    }
}

/// Returns small, ascending numbers: ids differ, and the jitter of the backoff is minimal.
#[derive(Debug, Default)]
struct Ascending(AtomicU64);

impl RandomSource for Ascending {
    fn random(&self) -> u128 {
        self.0.fetch_add(1, Ordering::Relaxed).into()
    }
}
