//! The emulator's time, which a test can move.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use httpdate::{fmt_http_date, parse_http_date};
use tokio::sync::watch;

/// The clock by which an emulator checks dates and tokens. Clones share the time.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use acs_rest_emulator::Clock;
///
/// let clock = Clock::paused_at(SystemTime::UNIX_EPOCH);
/// clock.advance(Duration::from_secs(60));
/// assert_eq!(clock.now(), SystemTime::UNIX_EPOCH + Duration::from_secs(60));
/// ```
#[derive(Clone, Debug)]
pub struct Clock {
    mode: Arc<Mutex<Mode>>,
    moved: watch::Sender<()>,
}

impl Clock {
    /// Creates a clock that follows the system's time, plus what it is [advanced](Self::advance)
    /// by.
    pub fn system() -> Self {
        Self::from(Mode::Running { ahead: Duration::ZERO })
    }

    /// Creates a clock that is paused at `time` and moves only by [`advance`](Self::advance).
    pub fn paused_at(time: SystemTime) -> Self {
        Self::from(Mode::Paused(later(time, Duration::ZERO)))
    }

    /// Moves the clock forward, at most to the year 9999; a running clock continues from there.
    pub fn advance(&self, by: Duration) {
        let mut mode = self.mode.lock().unwrap_or_else(PoisonError::into_inner);
        match &mut *mode {
            Mode::Running { ahead } => *ahead = ahead.saturating_add(by),
            Mode::Paused(time) => *time = later(*time, by),
        }
        drop(mode);
        self.moved.send_replace(());
    }

    /// Reports each [`advance`](Self::advance).
    pub(crate) fn moved(&self) -> watch::Receiver<()> {
        self.moved.subscribe()
    }

    /// The time until the clock reaches `time`; `None` if it is paused before that.
    pub(crate) fn until(&self, time: SystemTime) -> Option<Duration> {
        let left = time.duration_since(self.now()).unwrap_or_default();
        let mode = *self.mode.lock().unwrap_or_else(PoisonError::into_inner);
        (left.is_zero() || matches!(mode, Mode::Running { .. })).then_some(left)
    }

    /// Waits until the clock reaches `time`, by itself or by `advance`.
    pub(crate) async fn reach(&self, time: SystemTime) {
        let mut moved = self.moved();
        while self.now() < time {
            let running = async {
                match self.until(time) {
                    Some(wait) => tokio::time::sleep(wait).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = running => {}
                _ = moved.changed() => {}
            }
        }
    }

    /// Returns the current time of the clock.
    pub fn now(&self) -> SystemTime {
        match *self.mode.lock().unwrap_or_else(PoisonError::into_inner) {
            Mode::Running { ahead } => later(SystemTime::now(), ahead),
            Mode::Paused(time) => time,
        }
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::system()
    }
}

impl From<Mode> for Clock {
    fn from(mode: Mode) -> Self {
        Self { mode: Arc::new(Mutex::new(mode)), moved: watch::Sender::new(()) }
    }
}

/// The time after `by`, at most the start of the year 9999: dates have years of four digits, and
/// what expires later still has one.
fn later(time: SystemTime, by: Duration) -> SystemTime {
    const YEAR_9999: Duration = Duration::from_secs(253_370_764_800);
    let last = SystemTime::UNIX_EPOCH + YEAR_9999;
    time.checked_add(by).unwrap_or(last).min(last)
}

#[derive(Clone, Copy, Debug)]
enum Mode {
    Running { ahead: Duration },
    Paused(SystemTime),
}

/// Reads `Sun, 06 Nov 1994 08:49:37 GMT` and no other form: the two older ones that HTTP knows are
/// not allowed where ACS asks for a date.
pub(crate) fn imf_fixdate(text: &str) -> Option<SystemTime> {
    let time = parse_http_date(text).ok()?;
    (fmt_http_date(time) == text).then_some(time)
}

/// The difference of two times, in either order.
pub(crate) fn distance(a: SystemTime, b: SystemTime) -> Duration {
    a.duration_since(b).unwrap_or_else(|reversed| reversed.duration())
}

/// Seconds since 1970, as JSON web tokens count.
pub(crate) fn unix_seconds(time: SystemTime) -> u64 {
    time.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// `08:49:37.123`, in UTC.
pub(crate) fn time_of_day(time: SystemTime) -> String {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let (seconds, millis) = (since.as_secs() % (24 * 60 * 60), since.subsec_millis());
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    format!("{hours:02}:{minutes:02}:{:02}.{millis:03}", seconds % 60)
}

/// `1994-11-06T08:49:37+00:00`, from the parts of the HTTP date: one calendar is enough.
pub(crate) fn rfc3339(time: SystemTime) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let date = fmt_http_date(time);
    let (day, month, year, hours) = (&date[5..7], &date[8..11], &date[12..16], &date[17..25]);
    let month = MONTHS.iter().position(|name| *name == month).map_or(0, |index| index + 1);
    format!("{year}-{month:02}-{day}T{hours}+00:00")
}

/// `1994-11-06T08:49:37.123Z`, as frames of audio have it.
pub(crate) fn rfc3339_millis(time: SystemTime) -> String {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    rfc3339(time).replace("+00:00", &format!(".{:03}Z", since.subsec_millis()))
}

/// `1994-11-06T08:49:37.1234567+00:00`, in ticks of 100 ns as events have it.
pub(crate) fn rfc3339_ticks(time: SystemTime) -> String {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let ticks = since.subsec_nanos() / 100;
    rfc3339(time).replace("+00:00", &format!(".{ticks:07}+00:00"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DATE: &str = "Sun, 06 Nov 1994 08:49:37 GMT";

    #[test]
    fn only_the_imf_form_is_a_date() {
        assert!(imf_fixdate(DATE).is_some());
        for text in [
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
            "sun, 06 nov 1994 08:49:37 gmt",
            "Mon, 06 Nov 1994 08:49:37 GMT",
            "1994-11-06T08:49:37Z",
            "",
        ] {
            assert_eq!(imf_fixdate(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_is_written_in_both_forms() {
        let time = imf_fixdate(DATE).unwrap() + Duration::from_nanos(120_000_300);
        assert_eq!(rfc3339(time), "1994-11-06T08:49:37+00:00");
        assert_eq!(rfc3339_ticks(time), "1994-11-06T08:49:37.1200003+00:00");
        assert_eq!(rfc3339_millis(time), "1994-11-06T08:49:37.120Z");
        assert_eq!(time_of_day(time), "08:49:37.120");
    }

    #[test]
    fn a_running_clock_moves_forward_and_never_overflows() {
        let clock = Clock::system();
        clock.advance(Duration::from_secs(3600));
        assert!(distance(clock.now(), SystemTime::now()) > Duration::from_secs(3590));
        clock.advance(Duration::MAX);
        assert_eq!(rfc3339(clock.now()), "9999-01-01T00:00:00+00:00");
        clock.advance(Duration::MAX);
        assert_eq!(rfc3339(clock.now()), "9999-01-01T00:00:00+00:00");
        let paused = Clock::paused_at(clock.now() + Duration::from_secs(1));
        paused.advance(Duration::from_secs(1));
        assert_eq!(paused.now(), clock.now());
    }
}
