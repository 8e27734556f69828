//! A long-running operation.

mod continuation;
mod monitor;
mod progress;
mod schedule;
mod status;

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;
use serde::de::DeserializeOwned;

use self::continuation::Monitor;
pub use self::continuation::PollerContinuation;
use self::monitor::StatusMonitor;
use self::schedule::Schedule;
pub use self::status::PollerStatus;
use super::lazy::Lazy;
use super::raw::RawResponse;
use crate::call::Call;
use crate::client::Client;
use crate::error::{Error, Result};

/// A long-running operation, as in azure_core.
///
/// An operation that is declared as `fn begin_send(..) -> Poller<T>` returns it. Await the poller
/// for the result, or first read the statuses with [`next`](Self::next) or as a `Stream`. Nothing
/// is sent until then. Dropping the poller stops polling, but does not cancel the operation.
///
/// The poller reads the status from the body at `Operation-Location` (or `Azure-AsyncOperation`).
/// If the response has no such header, it uses the status code at `Location`, where 202 means that
/// the operation is running; a PUT or PATCH with neither is polled at its own URL. The result is
/// read from the first of these that exists: `resourceLocation` of the last body, `Location`, the
/// URL of a PUT or PATCH, or the last body itself. These links are followed only on the client's
/// own origin and on trusted hosts, like the next links of a [`Pager`](crate::Pager).
///
/// The delay between polls is the one that the service requests (`Retry-After` and its variants).
/// If the service requests none, the delay starts at 1 s and doubles up to 30 s. A poll is a
/// separate call with its own retries. If the status is not found (404) within the first minute, it
/// is polled again, since a service may not yet know an operation that it has just accepted.
///
/// # Errors
/// The call that starts the operation can fail like any other call. After the service has accepted
/// the operation, the [outcome](crate::Error::outcome) of an error is `Unknown` while the operation
/// may be running, and `Executed` once it has ended. The error of a failed operation contains the
/// code and the message of the service.
///
/// ```
/// use acs_rest::{Poller, PollerContinuation, Result};
///
/// async fn sent(poller: Poller<String>) -> Result<String> {
///     poller.await // to the end
/// }
///
/// async fn watched(mut poller: Poller<String>, save: fn(PollerContinuation)) -> Result<String> {
///     while let Some(status) = poller.next().await {
///         println!("{}", status?);
///         poller.continuation().into_iter().for_each(save);
///     }
///     poller.await
/// }
/// ```
#[must_use = "nothing is sent until the poller is awaited or read"]
pub struct Poller<T>(Source<T>);

enum Source<T> {
    Service { monitor: Box<StatusMonitor>, read: fn(Option<&RawResponse>) -> Result<T> },
    Double { statuses: VecDeque<PollerStatus>, result: Result<T> },
}

impl<T> Poller<T> {
    /// Resumes an operation that was started before, for example by a process that crashed. The
    /// operation is not started again. The link is checked as if the service had just sent it.
    ///
    /// Store the continuation when the first status has arrived. After a crash before that, it is
    /// unknown whether the service accepted the operation: start it again with the same idempotency
    /// header or [`Repeatability`](crate::Repeatability), if it has one.
    ///
    /// ```
    /// # use acs_rest::{Client, UserToken};
    /// use acs_rest::{Poller, PollerContinuation};
    ///
    /// # let client = Client::new("https://contoso.communication.azure.com", UserToken::new("t"))?;
    /// let stored = r#"{"nextLink":"/emails/operations/7","monitor":"body","result":"lastResponse"}"#;
    /// let continuation: PollerContinuation = serde_json::from_str(stored)?;
    /// let poller: Poller<String> = Poller::resume(&client, &continuation);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn resume(client: &Client, continuation: &PollerContinuation) -> Self
    where
        T: DeserializeOwned,
    {
        let monitor = Box::new(StatusMonitor::resumed(client, continuation));
        Self(Source::Service { monitor, read: read_result })
    }

    /// Creates a poller for a test double, from the statuses that it reports and its result.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> acs_rest::Result<()> {
    /// use acs_rest::{Poller, PollerStatus};
    ///
    /// let statuses = [PollerStatus::InProgress, PollerStatus::Succeeded];
    /// let mut poller = Poller::from_statuses(statuses, Ok("sent"));
    /// assert_eq!(poller.next().await.unwrap()?, PollerStatus::InProgress);
    /// assert_eq!(poller.await?, "sent");
    /// # Ok(())
    /// # }
    /// ```
    pub fn from_statuses(
        statuses: impl IntoIterator<Item = PollerStatus>,
        result: Result<T>,
    ) -> Self {
        Self(Source::Double { statuses: statuses.into_iter().collect(), result })
    }

    /// Sets the timeout of the whole operation, which starts with the first request. The default is
    /// 1 h. When the timeout expires, the poller reports it, and the operation continues.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        if let Source::Service { monitor, .. } = &mut self.0 {
            monitor.timeout = timeout;
        }
        self
    }

    /// Sets the delay between polls, which is used if the service requests none.
    pub fn frequency(mut self, delay: Duration) -> Self {
        if let Source::Service { monitor, .. } = &mut self.0 {
            monitor.schedule = Schedule::every(delay);
        }
        self
    }

    /// Returns the next status, or `None` after a terminal status or an error.
    ///
    /// # Errors
    /// If the operation cannot be started, if its status cannot be fetched or read, if its location
    /// is refused, or if the timeout expires. [`continuation`](Self::continuation) is unchanged.
    pub async fn next(&mut self) -> Option<Result<PollerStatus>> {
        poll_fn(|cx| self.poll_status(cx)).await
    }

    /// Returns the location of the status, once the service has accepted the operation. It can be
    /// stored and passed to [`resume`](Self::resume).
    pub fn continuation(&self) -> Option<PollerContinuation> {
        match &self.0 {
            Source::Service { monitor, .. } => monitor.continuation(),
            Source::Double { .. } => None,
        }
    }

    fn poll_status(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<PollerStatus>>> {
        match &mut self.0 {
            Source::Service { monitor, .. } => monitor.poll_status(cx),
            Source::Double { statuses, .. } => Poll::Ready(statuses.pop_front().map(Ok)),
        }
    }
}

/// Waits for the end of the operation and returns its result.
impl<T: Send + 'static> IntoFuture for Poller<T> {
    type Output = Result<T>;
    type IntoFuture = Pin<Box<dyn Future<Output = Result<T>> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            match self.0 {
                Source::Service { monitor, read } => read(monitor.result().await?.as_ref()),
                Source::Double { result, .. } => result,
            }
        })
    }
}

impl<T> Stream for Poller<T> {
    type Item = Result<PollerStatus>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_status(cx)
    }
}

/// A poller does not pin its result.
impl<T> Unpin for Poller<T> {}

/// Creates a poller that succeeds immediately, for a test double.
impl<T> From<T> for Poller<T> {
    fn from(result: T) -> Self {
        Self::from_statuses([PollerStatus::Succeeded], Ok(result))
    }
}

impl<T> fmt::Debug for Poller<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Poller")
    }
}

/// The result of a long-running operation: any value that serde can read.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read as the result of a long-running ACS operation",
    label = "not deserialisable",
    note = "add `#[acs_model]` or `#[derive(serde::Deserialize)]` to a type of your own; a value of another crate goes into such a struct, read by `#[serde(deserialize_with = \"..\")]`",
    note = "a result owns its data"
)]
pub trait PollerResult: DeserializeOwned {}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> PollerResult for T {}

// Recommended by rustc: the error about a `Poller` then names its result.
impl<T: PollerResult> Lazy for Poller<T> {
    fn from_call(call: Call) -> Self {
        let monitor = Box::new(StatusMonitor::of_call(call));
        Self(Source::Service { monitor, read: read_result })
    }
}

fn read_result<T: DeserializeOwned>(response: Option<&RawResponse>) -> Result<T> {
    match response {
        Some(response) => response.decode(),
        // `()`, which JSON writes as `null`.
        None => serde_json::from_str("null").map_err(|error| {
            Error::executed(crate::error::ErrorKind::Decode, "the operation returns no result")
                .with_source(error)
        }),
    }
}
