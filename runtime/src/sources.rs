//! Time of day and randomness: the only module that reads either, so tests can provide both.

use std::fmt;

use time::OffsetDateTime;
use uuid::Uuid;

/// Where a client reads the time of day.
///
/// It is used for `x-ms-date`, `Repeatability-First-Sent`, the expiry of tokens and `Retry-After`
/// dates. Durations (timeouts, backoff) run on Tokio's clock, which a test can pause.
///
/// ```
/// use acs_rest::TimeSource;
/// use time::OffsetDateTime;
///
/// struct At(OffsetDateTime);
///
/// impl TimeSource for At {
///     fn now(&self) -> OffsetDateTime {
///         self.0
///     }
/// }
/// ```
pub trait TimeSource: Send + Sync + 'static {
    /// Returns the time of day.
    fn now(&self) -> OffsetDateTime;
}

/// Where a client draws random numbers.
///
/// They become request ids and the jitter of backoff. They need not be unpredictable, but ids made
/// from them must be unique.
pub trait RandomSource: Send + Sync + 'static {
    /// Returns 128 random bits.
    fn random(&self) -> u128;
}

/// The clock of the operating system.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemTimeSource;

/// The thread's random number generator, seeded by the operating system.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRandomSource;

impl TimeSource for SystemTimeSource {
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc()
    }
}

impl RandomSource for SystemRandomSource {
    fn random(&self) -> u128 {
        Uuid::new_v4().as_u128()
    }
}

impl fmt::Debug for dyn TimeSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TimeSource")
    }
}

impl fmt::Debug for dyn RandomSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RandomSource")
    }
}

/// Makes a version 4 UUID of random bits (RFC 9562, section 5.4).
pub(crate) fn uuid(random: &dyn RandomSource) -> Uuid {
    uuid::Builder::from_random_bytes(random.random().to_ne_bytes()).into_uuid()
}
