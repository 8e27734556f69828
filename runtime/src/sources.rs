//! The sources of the time of day and of random numbers. No other module reads either, and tests
//! can replace both.

use std::cell::RefCell;
use std::fmt;

use time::OffsetDateTime;
use uuid::Uuid;

/// The source of the time of day of a client.
///
/// It is used for `x-ms-date`, `Repeatability-First-Sent`, the expiry of tokens and `Retry-After`
/// dates. Timeouts and delays use Tokio's clock, which a test can pause.
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

/// The source of the random numbers of a client.
///
/// The client derives request ids and the jitter of delays from them. The numbers need not be
/// unpredictable, but the ids must be unique.
pub trait RandomSource: Send + Sync + 'static {
    /// Returns 128 random bits.
    fn random(&self) -> u128;
}

/// The clock of the operating system.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemTimeSource;

/// The random number generator of the operating system.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRandomSource;

impl TimeSource for SystemTimeSource {
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc()
    }
}

impl RandomSource for SystemRandomSource {
    fn random(&self) -> u128 {
        thread_local! {
            static POOL: RefCell<RandomPool> = const { RefCell::new(RandomPool::empty()) };
        }
        POOL.with_borrow_mut(RandomPool::take)
    }
}

/// Random bytes for the next numbers of a thread: one system call provides 256 of them.
struct RandomPool {
    bytes: [u8; 4096],
    used: usize,
}

impl RandomPool {
    const fn empty() -> Self {
        Self { bytes: [0; 4096], used: 4096 }
    }

    fn take(&mut self) -> u128 {
        const LENGTH: usize = size_of::<u128>();
        if self.used == self.bytes.len() {
            getrandom::fill(&mut self.bytes).expect("the system generates random numbers");
            self.used = 0;
        }
        let next = &mut self.bytes[self.used..][..LENGTH];
        self.used += LENGTH;
        let number =
            u128::from_ne_bytes(next.try_into().expect("the slice has the length of a u128"));
        // Numbers that were returned do not remain in memory.
        next.fill(0);
        number
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

/// Creates a version 4 UUID from random bits (RFC 9562, section 5.4).
pub(crate) fn uuid(random: &dyn RandomSource) -> Uuid {
    uuid::Builder::from_random_bytes(random.random().to_ne_bytes()).into_uuid()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn system_random_numbers_do_not_repeat() {
        let numbers: HashSet<u128> = (0..1_000).map(|_| SystemRandomSource.random()).collect();
        assert_eq!(numbers.len(), 1_000);
        assert!(!numbers.contains(&0));
    }
}
