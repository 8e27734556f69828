//! The page at `/_emulator/`, and the stream that keeps it up to date.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use crate::body::Body;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::{HeaderValue, Method, Response, StatusCode, header};
use http_body_util::channel::{Channel, Sender};
use hyper::body::Bytes;
use ring::digest::{SHA256, digest};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use crate::journal::Journal;
use crate::request::Request;

const PAGE: &str = include_str!("page/page.html");

/// The maximum number of pages that are kept up to date.
const STREAMS: usize = 32;

/// Allows the page's own script and style and requests to its own origin, and nothing else: text of
/// a client that is interpreted as markup still cannot run.
static CONTENT_SECURITY_POLICY: LazyLock<String> = LazyLock::new(|| {
    let hash = |tag: &str| {
        let (_, rest) = PAGE.split_once(&format!("<{tag}>")).expect("the page has such a tag");
        let (text, _) = rest.split_once(&format!("</{tag}>")).expect("the tag is closed");
        format!("'sha256-{}'", BASE64_STANDARD.encode(digest(&SHA256, text.as_bytes())))
    };
    format!(
        "default-src 'none'; script-src {}; style-src {}; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        hash("script"),
        hash("style"),
    )
});

/// Serves the page of one emulator.
#[derive(Debug)]
pub(crate) struct Page {
    journal: Journal,
    streams: Arc<Semaphore>,
}

impl Page {
    pub(crate) fn new(journal: Journal) -> Self {
        Self { journal, streams: Arc::new(Semaphore::new(STREAMS)) }
    }

    /// The response, if the request is for the page.
    pub(crate) fn response(&self, request: &Request) -> Option<Response<Body>> {
        if request.method != Method::GET {
            return None;
        }
        match request.path() {
            "/_emulator/" => Some(page()),
            "/_emulator" => Some(redirect()),
            "/" if wants_html(request) => Some(redirect()),
            "/_emulator/journal" => Some(self.stream(request)),
            _ => None,
        }
    }

    /// Server-sent events, from the one after `Last-Event-ID`.
    fn stream(&self, request: &Request) -> Response<Body> {
        let Ok(permit) = self.streams.clone().try_acquire_owned() else {
            return status(StatusCode::SERVICE_UNAVAILABLE);
        };
        let seen = request.header("last-event-id").and_then(|id| id.parse().ok());
        // A page with a larger number has followed an earlier emulator.
        let last = seen.filter(|seen| *seen <= self.journal.last()).unwrap_or(0);
        let (sender, channel) = Channel::new(16);
        tokio::spawn(follow(self.journal.clone(), last, sender, permit));
        let mut response = Response::new(Body::new(channel));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}

/// Sends entry after entry until the page is closed.
async fn follow(
    journal: Journal,
    mut last: u64,
    mut sender: Sender<Bytes>,
    _permit: OwnedSemaphorePermit,
) {
    /// The interval of comments that detect whether the page is still open.
    const HEARTBEAT: Duration = Duration::from_secs(10);
    let mut changed = journal.subscribe();
    let mut text = String::from("retry: 1000\n\n");
    loop {
        changed.mark_unchanged();
        for entry in journal.after(last) {
            last = entry.number;
            text.push_str(&format!("id: {last}\ndata: {}\n\n", entry.json));
        }
        if sender.send_data(std::mem::take(&mut text).into()).await.is_err() {
            return;
        }
        match timeout(HEARTBEAT, changed.changed()).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) => return,
            Err(_) => text.push_str(": still here\n\n"),
        }
    }
}

fn page() -> Response<Body> {
    let mut response = Response::new(Body::from(PAGE));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    let policy = HeaderValue::from_str(&CONTENT_SECURITY_POLICY).expect("base64 is visible ASCII");
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

fn redirect() -> Response<Body> {
    let mut response = status(StatusCode::FOUND);
    response.headers_mut().insert(header::LOCATION, HeaderValue::from_static("/_emulator/"));
    response
}

fn status(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

fn wants_html(request: &Request) -> bool {
    request.header("accept").is_some_and(|accept| accept.contains("text/html"))
}
