//! A queue of events for each URL.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use crate::callback_token::TokenFault;

/// A queued event.
#[derive(Clone, Debug)]
pub(super) struct Job {
    pub(super) kind: &'static str,
    pub(super) event_id: String,
    pub(super) connection: Arc<str>,
    pub(super) body: Arc<str>,
    pub(super) not_before: Instant,
    pub(super) token_fault: Option<TokenFault>,
}

/// The queues of all URLs. A URL is present while a task works on its queue.
#[derive(Debug, Default)]
pub(super) struct Queues(BTreeMap<Arc<str>, VecDeque<Job>>);

impl Queues {
    /// Queues a job. Returns whether a task must be started for the URL.
    pub(super) fn push(&mut self, url: &Arc<str>, job: Job) -> bool {
        if let Some(queue) = self.0.get_mut(url) {
            queue.push_back(job);
            return false;
        }
        self.0.insert(url.clone(), VecDeque::from([job]));
        true
    }

    /// Returns the next job of a URL. After `None`, no task works on it any more.
    pub(super) fn pop(&mut self, url: &str) -> Option<Job> {
        let job = self.0.get_mut(url)?.pop_front();
        if job.is_none() {
            self.0.remove(url);
        }
        job
    }

    pub(super) fn clear(&mut self) {
        self.0.values_mut().for_each(VecDeque::clear);
    }
}

/// The delay before attempt number `attempt`, counted from 2; `None` if there is no further
/// attempt.
pub(super) fn callback_delay(attempt: u32, pace: f64) -> Option<Duration> {
    let seconds = match attempt {
        2 => 1.0,
        3 => 2.0,
        4 => 4.0,
        _ => return None,
    };
    Some(paced(seconds, pace))
}

/// A delay at a pace, with a minimum that gives a starting program a chance.
pub(super) fn paced(seconds: f64, pace: f64) -> Duration {
    Duration::from_secs_f64(seconds * pace.max(0.05))
}

/// Whether a callback is retried after this response.
pub(super) fn is_retried(status: Option<u16>) -> bool {
    status.is_none_or(|status| matches!(status, 408 | 429 | 500..=599))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(id: &str) -> Job {
        Job {
            kind: "CallConnected",
            event_id: id.to_owned(),
            connection: "c".into(),
            body: "[]".into(),
            not_before: Instant::now(),
            token_fault: None,
        }
    }

    #[test]
    fn one_task_works_on_a_url_until_its_queue_is_empty() {
        let (mut queues, url) = (Queues::default(), Arc::<str>::from("http://a/"));
        assert!(queues.push(&url, job("1")));
        assert!(!queues.push(&url, job("2")));
        assert!(queues.push(&"http://b/".into(), job("3")));
        assert_eq!(queues.pop(&url).unwrap().event_id, "1");
        assert!(!queues.push(&url, job("4")));
        let left: Vec<String> =
            std::iter::from_fn(|| queues.pop(&url)).map(|job| job.event_id).collect();
        assert_eq!(left, ["2", "4"]);
        assert!(queues.push(&url, job("5")));
    }

    #[test]
    fn transient_failures_are_retried_three_times() {
        for (status, expected) in [
            (None, true),
            (Some(500), true),
            (Some(503), true),
            (Some(429), true),
            (Some(408), true),
            (Some(400), false),
            (Some(404), false),
            (Some(302), false),
        ] {
            assert_eq!(is_retried(status), expected, "{status:?}");
        }
        let delays: Vec<u64> =
            (2..).map_while(|attempt| callback_delay(attempt, 1.0)).map(|d| d.as_secs()).collect();
        assert_eq!(delays, [1, 2, 4]);
    }
}
