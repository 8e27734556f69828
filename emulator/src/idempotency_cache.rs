//! The repeatable requests of the last minutes, none of which is executed twice.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use http::StatusCode;
use ring::digest::{self, SHA256};
use uuid::Uuid;

use crate::error::ServiceError;
use crate::repeatability::{RepeatabilityHeaders, RepeatabilityResult, WINDOW};
use crate::request::Request;
use crate::response::Response;

/// The request of each id and its progress. Clones share the cache.
#[derive(Clone, Debug, Default)]
pub(crate) struct IdempotencyCache {
    entries: Arc<Mutex<Entries>>,
}

impl IdempotencyCache {
    /// Reserves the id for `request`, or returns the response in place of an execution.
    pub(crate) fn take(
        &self,
        pair: RepeatabilityHeaders,
        request: &Request,
        now: SystemTime,
    ) -> Result<Reservation, Response> {
        let fingerprint = Fingerprint::of(request);
        let mut entries = self.entries();
        entries.remove_expired(now);
        if let Some(entry) = entries.by_id.get_mut(&pair.id) {
            entry.take_again(&fingerprint)?;
        } else {
            // As long as a request with this pair can still arrive.
            let keep_until = now.max(pair.first_sent) + WINDOW;
            entries.insert(pair.id, Entry { fingerprint, keep_until, progress: Progress::Running });
        }
        Ok(Reservation { id: pair.id, cache: self.clone() })
    }

    fn entries(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Debug, Default)]
struct Entries {
    by_id: BTreeMap<Uuid, Entry>,
    /// The ids by the time until which they are kept. One that was freed since has no entry, or one
    /// with another time.
    by_expiry: BTreeSet<(SystemTime, Uuid)>,
}

impl Entries {
    fn insert(&mut self, id: Uuid, entry: Entry) {
        self.by_expiry.insert((entry.keep_until, id));
        self.by_id.insert(id, entry);
    }

    /// Visits expired entries only: the cost does not grow with the number of kept entries.
    fn remove_expired(&mut self, now: SystemTime) {
        while let Some(&(keep_until, id)) = self.by_expiry.first()
            && keep_until < now
        {
            self.by_expiry.pop_first();
            let Some(entry) = self.by_id.get_mut(&id) else { continue };
            if entry.keep_until != keep_until {
                continue;
            }
            if entry.is_running() {
                entry.keep_until = now + WINDOW;
                self.by_expiry.insert((entry.keep_until, id));
            } else {
                self.by_id.remove(&id);
            }
        }
    }
}

/// The right to execute a request. Dropping it before frees the id.
#[derive(Debug)]
pub(crate) struct Reservation {
    id: Uuid,
    cache: IdempotencyCache,
}

impl Reservation {
    /// Keeps `response` for repetitions of the request.
    pub(crate) fn finish(self, response: &Response) {
        if let Some(entry) = self.cache.entries().by_id.get_mut(&self.id) {
            entry.progress = match response.status().is_server_error() {
                true => Progress::Failed,
                false => Progress::Completed(response.clone()),
            };
        }
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        let mut entries = self.cache.entries();
        if entries.by_id.get(&self.id).is_some_and(Entry::is_running) {
            entries.by_id.remove(&self.id);
        }
    }
}

#[derive(Debug)]
struct Entry {
    fingerprint: Fingerprint,
    keep_until: SystemTime,
    progress: Progress,
}

impl Entry {
    fn is_running(&self) -> bool {
        matches!(self.progress, Progress::Running)
    }

    fn take_again(&mut self, fingerprint: &Fingerprint) -> Result<(), Response> {
        if self.fingerprint != *fingerprint {
            return Err(RepeatabilityResult::Rejected.on(another_request()));
        }
        match &self.progress {
            Progress::Running => Err(RepeatabilityResult::Accepted.on(still_running())),
            Progress::Completed(response) => Err(response.clone()),
            Progress::Failed => {
                self.progress = Progress::Running;
                Ok(())
            }
        }
    }
}

#[derive(Debug)]
enum Progress {
    Running,
    Completed(Response),
    /// Completed with a 5xx, which is not kept.
    Failed,
}

/// A hash of the parts that identify a request: method, target and body.
#[derive(Debug, PartialEq)]
struct Fingerprint(Vec<u8>);

impl Fingerprint {
    fn of(request: &Request) -> Self {
        let mut hash = digest::Context::new(&SHA256);
        // Neither a method nor a target has a line break in it.
        for part in [request.method.as_str(), "\n", &request.target, "\n"] {
            hash.update(part.as_bytes());
        }
        hash.update(&request.body);
        Self(hash.finish().as_ref().to_vec())
    }
}

fn another_request() -> ServiceError {
    ServiceError::bad_request(
        "Repeatability-Request-ID",
        "`Repeatability-Request-ID` was used for another method, target or body; a new request \
         needs a new id",
    )
}

fn still_running() -> ServiceError {
    let message = "the first request with this `Repeatability-Request-ID` is still running; send \
                   it again later";
    ServiceError::new(StatusCode::CONFLICT, "Conflict", message)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use http::{HeaderMap, Method};
    use hyper::body::Bytes;

    use super::*;
    use crate::request::Scheme;

    const NOW: SystemTime = SystemTime::UNIX_EPOCH;

    fn request(method: Method, target: &str, body: &'static str) -> Request {
        Request {
            scheme: Scheme::Http,
            method,
            target: target.to_owned(),
            headers: HeaderMap::new(),
            body: Bytes::from_static(body.as_bytes()),
        }
    }

    fn first() -> Request {
        request(Method::POST, "/a?b", "{}")
    }

    fn pair() -> RepeatabilityHeaders {
        RepeatabilityHeaders { id: Uuid::new_v4(), first_sent: NOW }
    }

    fn seen(response: Result<Reservation, Response>) -> (u16, Option<String>) {
        let response = response.unwrap_err();
        let result = response.header("repeatability-result").map(ToOwned::to_owned);
        (response.status().as_u16(), result)
    }

    #[test]
    fn a_known_id_is_running_then_replayed() {
        let (cache, pair) = (IdempotencyCache::default(), pair());
        let reservation = cache.take(pair, &first(), NOW).unwrap();
        assert_eq!(seen(cache.take(pair, &first(), NOW)), (409, Some("accepted".to_owned())));
        reservation.finish(&Response::empty(StatusCode::NOT_FOUND));
        assert_eq!(seen(cache.take(pair, &first(), NOW)).0, 404);
    }

    #[test]
    fn a_known_id_is_bound_to_one_method_target_and_body() {
        let (cache, pair) = (IdempotencyCache::default(), pair());
        cache.take(pair, &first(), NOW).unwrap().finish(&Response::empty(StatusCode::OK));
        for other in [
            request(Method::PUT, "/a?b", "{}"),
            request(Method::POST, "/a?c", "{}"),
            request(Method::POST, "/a?b", "{ }"),
        ] {
            let rejected = (400, Some("rejected".to_owned()));
            assert_eq!(seen(cache.take(pair, &other, NOW)), rejected);
        }
        assert_eq!(seen(cache.take(pair, &first(), NOW)).0, 200);
    }

    #[test]
    fn after_a_server_error_the_request_is_carried_out_again() {
        let (cache, pair) = (IdempotencyCache::default(), pair());
        let reservation = cache.take(pair, &first(), NOW).unwrap();
        reservation.finish(&Response::empty(StatusCode::INTERNAL_SERVER_ERROR));
        let again = cache.take(pair, &first(), NOW).unwrap();
        assert_eq!(seen(cache.take(pair, &first(), NOW)).0, 409);
        again.finish(&Response::empty(StatusCode::OK));
        assert_eq!(seen(cache.take(pair, &first(), NOW)).0, 200);
    }

    #[test]
    fn a_dropped_reservation_frees_the_id() {
        let (cache, pair) = (IdempotencyCache::default(), pair());
        drop(cache.take(pair, &first(), NOW).unwrap());
        assert!(cache.take(pair, &first(), NOW).is_ok());
    }

    #[test]
    fn an_id_is_forgotten_once_its_pair_is_too_old_to_come_back() {
        let cache = IdempotencyCache::default();
        let pair = RepeatabilityHeaders { first_sent: NOW + WINDOW, ..pair() };
        cache.take(pair, &first(), NOW).unwrap().finish(&Response::empty(StatusCode::OK));
        assert_eq!(seen(cache.take(pair, &first(), NOW + 2 * WINDOW)).0, 200);
        let later = NOW + 2 * WINDOW + Duration::from_secs(1);
        assert!(cache.take(pair, &first(), later).is_ok());
    }

    #[test]
    fn a_running_request_is_kept_until_it_is_finished() {
        let (cache, pair) = (IdempotencyCache::default(), pair());
        let reservation = cache.take(pair, &first(), NOW).unwrap();
        let later = NOW + 3 * WINDOW;
        assert_eq!(seen(cache.take(pair, &first(), later)).0, 409);
        reservation.finish(&Response::empty(StatusCode::OK));
        assert_eq!(seen(cache.take(pair, &first(), later)).0, 200);
        assert!(cache.take(pair, &first(), later + 2 * WINDOW).is_ok());
    }

    #[test]
    fn an_id_that_was_freed_is_kept_by_its_later_entry() {
        let (cache, pair) = (IdempotencyCache::default(), pair());
        drop(cache.take(pair, &first(), NOW).unwrap());
        let later = NOW + WINDOW;
        cache.take(pair, &first(), later).unwrap().finish(&Response::empty(StatusCode::OK));
        assert_eq!(seen(cache.take(pair, &first(), later + WINDOW)).0, 200);
    }

    #[test]
    fn expired_entries_are_removed() {
        let cache = IdempotencyCache::default();
        for _ in 0..100 {
            cache.take(pair(), &first(), NOW).unwrap().finish(&Response::empty(StatusCode::OK));
        }
        let latest = NOW + 2 * WINDOW;
        drop(cache.take(pair(), &first(), latest));
        let entries = cache.entries();
        assert_eq!((entries.by_id.len(), entries.by_expiry.len()), (0, 1));
    }
}
