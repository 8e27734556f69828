//! When a call is tried again, and when it is given up: all of it is here, and none of it waits,
//! reads a clock or draws a random number.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, StatusCode};

use crate::error::Outcome;

/// How often and how soon.
#[derive(Clone, Debug)]
pub(crate) struct Policy {
    pub(crate) max_retries: u32,
    pub(crate) base: Duration,
    pub(crate) longest: Duration,
    pub(crate) shortest: Duration,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            max_retries: 3,
            base: Duration::from_millis(800),
            longest: Duration::from_secs(60),
            shortest: Duration::from_millis(10),
        }
    }
}

/// How a try failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// Not a byte went out.
    NothingSent,
    /// The request may have arrived; its answer did not, or not whole.
    Broken,
    /// An error status.
    Status(StatusCode),
    /// Another try would end the same way.
    Final,
}

/// A failed try, with all that the decision hangs on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tried {
    pub(crate) failure: Failure,
    /// Whether the operation may be carried out, or at least sent, twice.
    pub(crate) repeats_safely: bool,
    /// Whether an earlier request with the same repeatability id may still be running.
    pub(crate) may_be_running: bool,
    /// How many retries there were before.
    pub(crate) retries: u32,
    /// How long the service asked to wait.
    pub(crate) wish: Option<Duration>,
    /// What is left until the deadline of the call.
    pub(crate) left: Duration,
}

/// What to do about a failed try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    GiveUp,
    RetryAfter(Duration),
}

/// Decides on a failed try; `random` is any number, for the jitter.
pub(crate) fn decide(tried: Tried, policy: &Policy, random: u128) -> Decision {
    if tried.retries >= policy.max_retries || !is_worth_it(tried) {
        return Decision::GiveUp;
    }
    let wait = backoff(policy, tried.retries, random).max(tried.wish.unwrap_or_default());
    match wait < tried.left {
        true => Decision::RetryAfter(wait),
        false => Decision::GiveUp,
    }
}

fn is_worth_it(tried: Tried) -> bool {
    match tried.failure {
        Failure::NothingSent => true,
        Failure::Broken => tried.repeats_safely,
        Failure::Status(StatusCode::TOO_MANY_REQUESTS) => true,
        // "The request with this id is still running."
        Failure::Status(StatusCode::CONFLICT) => tried.may_be_running,
        Failure::Status(status) => {
            tried.repeats_safely && matches!(status.as_u16(), 408 | 500 | 502 | 503 | 504)
        }
        Failure::Final => false,
    }
}

/// Exponential, with full jitter, so that clients that failed together do not return together.
fn backoff(policy: &Policy, retries: u32, random: u128) -> Duration {
    let ceiling = policy.base.saturating_mul(2u32.saturating_pow(retries)).min(policy.longest);
    // The upper half of `random`, read as a fraction: no division, no bias.
    let nanos = ((random >> 64) * (ceiling.as_nanos().min(u64::MAX.into()) + 1)) >> 64;
    Duration::from_nanos(nanos as u64).max(policy.shortest)
}

/// Whether an error status says that the operation was not carried out. `may_be_running` is as in
/// [`Tried`]; `accepted` is the service's word that this is the answer recorded for the id.
pub(crate) fn outcome(status: StatusCode, may_be_running: bool, accepted: bool) -> Outcome {
    match status.as_u16() {
        409 if may_be_running && !accepted => Outcome::Unknown,
        307 | 308 | 501 | 505 => Outcome::NotExecuted,
        408 => Outcome::Unknown,
        400..=499 => Outcome::NotExecuted,
        _ => Outcome::Unknown,
    }
}

/// How long the service asks to wait: milliseconds first, then `Retry-After` (RFC 9110, section
/// 10.2.3) as digits or a date. What cannot be read is no wish.
pub(crate) fn wish(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let millis = |name| text(name).and_then(digits).map(Duration::from_millis);
    millis("x-ms-retry-after-ms").or_else(|| millis("retry-after-ms")).or_else(|| {
        let text = text("retry-after")?;
        digits(text).map(Duration::from_secs).or_else(|| {
            let date = httpdate::parse_http_date(text).ok()?;
            Some(date.duration_since(now).unwrap_or_default())
        })
    })
}

/// A number of digits alone; one too large to hold is as large as can be.
fn digits(text: &str) -> Option<u64> {
    let all = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    all.then(|| text.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use proptest::prelude::*;

    use super::*;

    fn tried(failure: Failure) -> Tried {
        Tried {
            failure,
            repeats_safely: true,
            may_be_running: false,
            retries: 0,
            wish: None,
            left: Duration::from_secs(100),
        }
    }

    fn is_retried(tried: Tried) -> bool {
        matches!(decide(tried, &Policy::default(), 7), Decision::RetryAfter(_))
    }

    #[test]
    fn what_is_tried_again() {
        for status in 400..=599 {
            let failure = Failure::Status(StatusCode::from_u16(status).unwrap());
            let transient = [408, 429, 500, 502, 503, 504].contains(&status);
            assert_eq!(is_retried(tried(failure)), transient, "{status}");
            let unsafe_to_repeat = Tried { repeats_safely: false, ..tried(failure) };
            assert_eq!(is_retried(unsafe_to_repeat), status == 429, "{status}");
        }
        for (failure, safe, unsafe_to_repeat) in [
            (Failure::NothingSent, true, true),
            (Failure::Broken, true, false),
            (Failure::Final, false, false),
        ] {
            assert_eq!(is_retried(tried(failure)), safe);
            let again = Tried { repeats_safely: false, ..tried(failure) };
            assert_eq!(is_retried(again), unsafe_to_repeat);
        }
    }

    #[test]
    fn a_conflict_is_waited_for_only_if_an_earlier_try_may_be_running() {
        let conflict = tried(Failure::Status(StatusCode::CONFLICT));
        assert!(!is_retried(conflict));
        assert!(is_retried(Tried { may_be_running: true, ..conflict }));
    }

    #[test]
    fn a_wish_is_honoured_or_handed_back() {
        let secs = Duration::from_secs;
        let wishing = |wish| Tried { wish: Some(wish), ..tried(Failure::Broken) };
        let decide = |tried| decide(tried, &Policy::default(), 0);
        assert_eq!(decide(wishing(secs(5))), Decision::RetryAfter(secs(5)));
        assert_eq!(decide(wishing(secs(100))), Decision::GiveUp);
        assert_eq!(decide(wishing(Duration::MAX)), Decision::GiveUp);
        assert_eq!(decide(wishing(secs(0))), Decision::RetryAfter(Duration::from_millis(10)));
    }

    #[test]
    fn backoff_uses_its_whole_range() {
        let policy = Policy::default();
        assert_eq!(backoff(&policy, 0, 0), policy.shortest);
        assert_eq!(backoff(&policy, 0, u128::MAX), policy.base);
        assert_eq!(backoff(&policy, 2, u128::MAX), policy.base * 4);
        assert_eq!(backoff(&policy, u32::MAX, u128::MAX), policy.longest);
    }

    proptest! {
        #[test]
        fn backoff_is_bounded(retries: u32, random: u128) {
            let wait = backoff(&Policy::default(), retries, random);
            prop_assert!(wait >= Duration::from_millis(10) && wait <= Duration::from_secs(60));
        }

        #[test]
        fn backoff_grows_with_the_retries_and_the_random_number(random: u128) {
            let policy = Policy::default();
            let wait = |retries, random| backoff(&policy, retries, random);
            prop_assert!(wait(0, random) <= wait(1, random));
            prop_assert!(wait(1, random / 2) <= wait(1, random));
        }

        #[test]
        fn no_header_makes_it_panic(text in "[0-9]{0,30}|\\PC{0,40}") {
            let mut headers = HeaderMap::new();
            if let Ok(value) = HeaderValue::from_str(&text) {
                headers.insert("retry-after", value);
            }
            wish(&headers, SystemTime::UNIX_EPOCH);
        }
    }

    #[test]
    fn wishes_in_all_their_forms() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let read = |fields: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            for &(name, value) in fields {
                headers.insert(name, HeaderValue::from_static(value));
            }
            wish(&headers, now)
        };
        let secs = |seconds| Some(Duration::from_secs(seconds));
        assert_eq!(read(&[("retry-after", "7")]), secs(7));
        assert_eq!(read(&[("retry-after", "Sun, 06 Nov 1994 08:49:47 GMT")]), secs(10));
        assert_eq!(read(&[("retry-after", "Sunday, 06-Nov-94 08:49:47 GMT")]), secs(10));
        assert_eq!(read(&[("retry-after", "Sun Nov  6 08:49:47 1994")]), secs(10));
        assert_eq!(read(&[("retry-after", "Sun, 06 Nov 1994 08:49:00 GMT")]), secs(0));
        assert_eq!(read(&[("retry-after-ms", "1500")]), Some(Duration::from_millis(1500)));
        assert_eq!(
            read(&[("x-ms-retry-after-ms", "20"), ("retry-after", "60")]),
            Some(Duration::from_millis(20))
        );
        assert_eq!(read(&[("retry-after", "99999999999999999999999")]), secs(u64::MAX));
        for unreadable in ["-1", "1.5", "soon", "", "+3", "1e3", "0x10"] {
            assert_eq!(read(&[("retry-after", unreadable)]), None, "{unreadable}");
        }
    }
}
