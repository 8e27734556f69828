//! The last requests, for tests.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::recorded::RecordedRequest;

/// How many requests are kept.
const LONGEST: usize = 10_000;

/// The last requests, within a number of bytes. The oldest are dropped first.
#[derive(Debug)]
pub(super) struct RecordedRequests {
    limit_bytes: usize,
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    requests: VecDeque<RecordedRequest>,
    bytes: usize,
}

impl RecordedRequests {
    pub(super) fn new(limit_bytes: usize) -> Self {
        Self { limit_bytes, kept: Mutex::default() }
    }

    pub(super) fn push(&self, request: RecordedRequest) {
        let mut kept = self.kept();
        kept.bytes += request.size();
        kept.requests.push_back(request);
        while kept.requests.len() > LONGEST || kept.bytes > self.limit_bytes {
            let Some(oldest) = kept.requests.pop_front() else { break };
            kept.bytes -= oldest.size();
        }
    }

    /// Oldest first.
    pub(super) fn to_vec(&self) -> Vec<RecordedRequest> {
        self.kept().requests.iter().cloned().collect()
    }

    pub(super) fn clear(&self) {
        *self.kept() = Kept::default();
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use http::{HeaderMap, Method};
    use hyper::body::Bytes;

    use super::*;
    use crate::request::{Request, Scheme};

    fn recorded(target: &str, body: Vec<u8>) -> RecordedRequest {
        let request = Request {
            scheme: Scheme::Http,
            method: Method::POST,
            target: target.to_owned(),
            headers: HeaderMap::new(),
            body: Bytes::from(body),
        };
        RecordedRequest::new(Arc::new(request), 200)
    }

    #[test]
    fn the_last_ones_are_kept_within_the_bytes() {
        let requests = RecordedRequests::new(3_000_000);
        for number in 0..20 {
            requests.push(recorded(&number.to_string(), vec![0; 1_000_000]));
        }
        let kept = requests.to_vec();
        assert_eq!(kept.iter().map(RecordedRequest::target).collect::<Vec<_>>(), ["18", "19"]);
        assert!(requests.kept().bytes <= 3_000_000);
    }

    #[test]
    fn the_number_is_bounded_too() {
        let requests = RecordedRequests::new(usize::MAX);
        for number in 0..=LONGEST {
            requests.push(recorded(&number.to_string(), Vec::new()));
        }
        let kept = requests.to_vec();
        assert_eq!((kept.len(), kept[0].target()), (LONGEST, "1"));
    }
}
