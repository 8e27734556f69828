//! Time and randomness: the one place that reads either, so that tests can hand both in.

use std::fmt;
use std::time::SystemTime;

use uuid::Uuid;

/// Where a client takes the time of day and random numbers from.
///
/// Durations (timeouts, backoff) run on Tokio's clock, which a test can pause.
pub trait Clock: Send + Sync + 'static {
    /// The time of day, for `x-ms-date`, `Repeatability-First-Sent` and the expiry of tokens.
    fn now(&self) -> SystemTime;

    /// 128 random bits, for ids and jitter.
    fn random(&self) -> u128;
}

/// The clock and random numbers of the operating system.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn random(&self) -> u128 {
        Uuid::new_v4().as_u128()
    }
}

impl fmt::Debug for dyn Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

/// A version 4 UUID made of the clock's random bits (RFC 9562, section 5.4).
pub(crate) fn uuid(clock: &dyn Clock) -> Uuid {
    uuid::Builder::from_random_bytes(clock.random().to_ne_bytes()).into_uuid()
}
