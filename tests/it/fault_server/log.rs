//! The requests that the server received and executed.

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

/// One request.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    /// Counted from 0, over all connections.
    pub(crate) nth: usize,
    /// Which request of its call it is, counted from 0.
    pub(crate) try_of_call: usize,
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    /// Empty until it is read.
    pub(crate) body: Vec<u8>,
}

#[derive(Default)]
pub(super) struct Log {
    requests: Mutex<Vec<Received>>,
    /// Of each call, by its client request id.
    tries: Mutex<HashMap<String, usize>>,
    executed: Mutex<Executed>,
    malformed: Mutex<Vec<String>>,
    connections: AtomicUsize,
    left: AtomicUsize,
    bytes_sent: AtomicU64,
}

#[derive(Default)]
struct Executed {
    /// Repeatability ids, and the bodies that came with them.
    ids: HashMap<String, Vec<u8>>,
    /// In their order.
    targets: Vec<String>,
}

impl Received {
    /// The header of that name, which must not come twice.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|field| field.0 == name);
        let value = values.next().map(|field| &*field.1);
        assert!(values.next().is_none(), "{name} comes twice");
        value
    }

    /// What must be the same at each try of a call.
    pub(crate) fn identity(&self) -> impl PartialEq + std::fmt::Debug {
        let header = |name| self.header(name).map(str::to_owned);
        let ids =
            ["x-ms-client-request-id", "repeatability-request-id", "repeatability-first-sent"];
        (self.method.clone(), self.target.clone(), self.body.clone(), ids.map(header))
    }
}

impl Log {
    pub(super) fn note_connection(&self) {
        self.connections.fetch_add(1, Ordering::Relaxed);
    }

    /// Enters a request, and tells its two numbers.
    pub(super) fn enter(&self, mut request: Received) -> Received {
        let id = request.header("x-ms-client-request-id").unwrap_or_default().to_owned();
        let mut tries = self.tries.lock().unwrap();
        let tries = tries.entry(id).or_default();
        let mut requests = self.requests.lock().unwrap();
        (request.nth, request.try_of_call) = (requests.len(), *tries);
        *tries += 1;
        requests.push(request.clone());
        request
    }

    pub(super) fn enter_body(&self, nth: usize, body: Vec<u8>) {
        self.requests.lock().unwrap()[nth].body = body;
    }

    /// Carries a request out, unless its repeatability id says that it was already.
    pub(super) fn execute(&self, request: &Received, body: &[u8]) {
        let mut executed = self.executed.lock().unwrap();
        if let Some(id) = request.header("repeatability-request-id")
            && let Some(known) = executed.ids.insert(id.to_owned(), body.to_owned())
        {
            assert_eq!(known, body, "one id, two bodies");
            return;
        }
        executed.targets.push(request.target.clone());
    }

    pub(super) fn note_malformed(&self, what: String) {
        self.malformed.lock().unwrap().push(what);
    }

    pub(super) fn note_left(&self) {
        self.left.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn note_sent(&self, bytes: usize) {
        self.bytes_sent.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    pub(super) fn requests(&self) -> Vec<Received> {
        self.requests.lock().unwrap().clone()
    }

    pub(super) fn executions(&self) -> Vec<String> {
        self.executed.lock().unwrap().targets.clone()
    }

    pub(super) fn malformed(&self) -> Vec<String> {
        self.malformed.lock().unwrap().clone()
    }

    pub(super) fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }

    pub(super) fn left(&self) -> usize {
        self.left.load(Ordering::Relaxed)
    }

    pub(super) fn bytes_sent(&self) -> u64 {
        self.bytes_sent.load(Ordering::Relaxed)
    }
}
