//! The repeatable requests of the last minutes, so that none is carried out twice.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use axum::http::{Method, StatusCode};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::answer::Answer;
use crate::error::ServiceError;
use crate::repeatability::{RepeatabilityHeaders, RepeatabilityResult, WINDOW};
use crate::request::Request;

/// What each id stands for, and how far it got. Clones are the same cache.
#[derive(Clone, Debug, Default)]
pub(crate) struct IdempotencyCache {
    entries: Arc<Mutex<BTreeMap<Uuid, Entry>>>,
}

impl IdempotencyCache {
    /// Takes the id for `request`, or answers in place of an execution.
    pub(crate) fn take(
        &self,
        pair: RepeatabilityHeaders,
        request: &Request,
        now: SystemTime,
    ) -> Result<Reservation, Answer> {
        let fingerprint = Fingerprint::of(request);
        let mut entries = self.entries();
        entries.retain(|_, entry| entry.is_running() || entry.keep_until >= now);
        if let Some(entry) = entries.get_mut(&pair.id) {
            entry.take_again(&fingerprint)?;
        } else {
            // As long as a request with this pair can still come.
            let keep_until = now.max(pair.first_sent) + WINDOW;
            entries.insert(pair.id, Entry { fingerprint, keep_until, progress: Progress::Running });
        }
        Ok(Reservation { id: pair.id, cache: self.clone() })
    }

    fn entries(&self) -> MutexGuard<'_, BTreeMap<Uuid, Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The right to carry a request out. Dropped before that, it frees the id: nothing has happened.
#[derive(Debug)]
pub(crate) struct Reservation {
    id: Uuid,
    cache: IdempotencyCache,
}

impl Reservation {
    /// Keeps `answer` for whoever repeats the request.
    pub(crate) fn finish(self, answer: &Answer) {
        if let Some(entry) = self.cache.entries().get_mut(&self.id) {
            entry.progress = match answer.status().is_server_error() {
                true => Progress::Failed,
                false => Progress::Answered(answer.clone()),
            };
        }
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        let mut entries = self.cache.entries();
        if entries.get(&self.id).is_some_and(Entry::is_running) {
            entries.remove(&self.id);
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

    fn take_again(&mut self, fingerprint: &Fingerprint) -> Result<(), Answer> {
        if self.fingerprint != *fingerprint {
            return Err(RepeatabilityResult::Rejected.on(another_request()));
        }
        match &self.progress {
            Progress::Running => Err(RepeatabilityResult::Accepted.on(still_running())),
            Progress::Answered(answer) => Err(answer.clone()),
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
    Answered(Answer),
    /// Answered with a 5xx, which is not kept.
    Failed,
}

/// What has to be equal for two requests to be the same.
#[derive(Debug, PartialEq)]
struct Fingerprint {
    method: Method,
    target: String,
    body: [u8; 32],
}

impl Fingerprint {
    fn of(request: &Request) -> Self {
        Self {
            method: request.method.clone(),
            target: request.target.clone(),
            body: Sha256::digest(&request.body).into(),
        }
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

    use axum::body::Bytes;
    use axum::http::HeaderMap;

    use super::*;

    const NOW: SystemTime = SystemTime::UNIX_EPOCH;

    fn request(method: Method, target: &str, body: &'static str) -> Request {
        Request {
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

    fn seen(answer: Result<Reservation, Answer>) -> (u16, Option<String>) {
        let answer = answer.unwrap_err();
        let result = answer.header("repeatability-result").map(ToOwned::to_owned);
        (answer.status().as_u16(), result)
    }

    #[test]
    fn a_known_id_is_running_then_replayed() {
        let (cache, pair) = (IdempotencyCache::default(), pair());
        let reservation = cache.take(pair, &first(), NOW).unwrap();
        assert_eq!(seen(cache.take(pair, &first(), NOW)), (409, Some("accepted".to_owned())));
        reservation.finish(&Answer::empty(StatusCode::NOT_FOUND));
        assert_eq!(seen(cache.take(pair, &first(), NOW)).0, 404);
    }

    #[test]
    fn a_known_id_holds_for_one_method_target_and_body() {
        let (cache, pair) = (IdempotencyCache::default(), pair());
        cache.take(pair, &first(), NOW).unwrap().finish(&Answer::empty(StatusCode::OK));
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
        reservation.finish(&Answer::empty(StatusCode::INTERNAL_SERVER_ERROR));
        let again = cache.take(pair, &first(), NOW).unwrap();
        assert_eq!(seen(cache.take(pair, &first(), NOW)).0, 409);
        again.finish(&Answer::empty(StatusCode::OK));
        assert_eq!(seen(cache.take(pair, &first(), NOW)).0, 200);
    }

    #[test]
    fn a_dropped_ticket_frees_the_id() {
        let (cache, pair) = (IdempotencyCache::default(), pair());
        drop(cache.take(pair, &first(), NOW).unwrap());
        assert!(cache.take(pair, &first(), NOW).is_ok());
    }

    #[test]
    fn an_id_is_forgotten_once_its_pair_is_too_old_to_come_back() {
        let cache = IdempotencyCache::default();
        let pair = RepeatabilityHeaders { first_sent: NOW + WINDOW, ..pair() };
        cache.take(pair, &first(), NOW).unwrap().finish(&Answer::empty(StatusCode::OK));
        assert_eq!(seen(cache.take(pair, &first(), NOW + 2 * WINDOW)).0, 200);
        let later = NOW + 2 * WINDOW + Duration::from_secs(1);
        assert!(cache.take(pair, &first(), later).is_ok());
    }
}
