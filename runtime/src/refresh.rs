//! A value that one task at a time fetches again before it becomes outdated.

use std::future::Future;
use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::{Mutex, OwnedMutexGuard};
use tokio::task::JoinHandle;
use tokio::time::Instant;

/// The last value that was fetched. Clones share it.
///
/// A fetch runs in a separate task: dropping a caller neither cancels the fetch nor allows a second
/// one to start. Callers that wait for the same fetch share its result, including a failure.
#[derive(Clone, Debug)]
pub struct Refreshed<T, E> {
    snapshot: Arc<RwLock<Snapshot<T, E>>>,
    /// Held during a fetch.
    fetching: Arc<Mutex<()>>,
}

/// The value and the results of the fetches so far.
#[derive(Clone, Debug)]
pub struct Snapshot<T, E> {
    /// The last value, and when it was fetched.
    pub value: Option<(T, Instant)>,
    /// The error of the last fetch, and when it failed; `None` if the fetch succeeded.
    pub failure: Option<(E, Instant)>,
    /// The number of values so far.
    pub version: u64,
    failures: u64,
}

/// Whether a value can be used, and whether it must be fetched again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "callers handle every case")]
pub enum Freshness {
    /// The value needs no fetch.
    Fresh,
    /// The value can be used; a fetch starts in the background.
    Due,
    /// The value cannot be used; the caller waits for a fetch.
    Outdated,
}

impl<T, E> Refreshed<T, E>
where
    T: Clone + Send + Sync + 'static,
    E: Clone + Send + Sync + 'static,
{
    /// Creates a cache without a value.
    pub fn empty() -> Self {
        let snapshot = Snapshot { value: None, failure: None, version: 0, failures: 0 };
        Self { snapshot: Arc::new(RwLock::new(snapshot)), fetching: Arc::default() }
    }

    /// Creates a cache with an initial value.
    pub fn holding(value: T) -> Self {
        let refreshed = Self::empty();
        settle(&refreshed.snapshot, Ok(value));
        refreshed
    }

    /// Returns the current value without a fetch.
    pub fn snapshot(&self) -> Snapshot<T, E> {
        self.snapshot.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns the value, after a fetch if it is outdated.
    pub async fn get<F>(
        &self,
        freshness: impl Fn(&Snapshot<T, E>) -> Freshness,
        fetch: impl FnOnce() -> F,
    ) -> Snapshot<T, E>
    where
        F: Future<Output = Result<T, E>> + Send + 'static,
    {
        let before = self.snapshot();
        match freshness(&before) {
            Freshness::Fresh => before,
            Freshness::Due => {
                if let Ok(fetching) = Arc::clone(&self.fetching).try_lock_owned() {
                    drop(self.spawn(fetching, fetch()));
                }
                before
            }
            // Boxed because few callers wait, and the future of every caller would contain this
            // one.
            Freshness::Outdated => Box::pin(self.fetched(before, fetch)).await,
        }
    }

    async fn fetched<F>(&self, before: Snapshot<T, E>, fetch: impl FnOnce() -> F) -> Snapshot<T, E>
    where
        F: Future<Output = Result<T, E>> + Send + 'static,
    {
        let fetching = Arc::clone(&self.fetching).lock_owned().await;
        let current = self.snapshot();
        if (current.version, current.failures) == (before.version, before.failures) {
            // The task fails only if the fetch panics; the value is then unchanged.
            let _ = self.spawn(fetching, fetch()).await;
            return self.snapshot();
        }
        current
    }

    fn spawn<F>(&self, fetching: OwnedMutexGuard<()>, fetch: F) -> JoinHandle<()>
    where
        F: Future<Output = Result<T, E>> + Send + 'static,
    {
        let snapshot = Arc::clone(&self.snapshot);
        tokio::spawn(async move {
            let result = fetch.await;
            settle(&snapshot, result);
            drop(fetching);
        })
    }
}

fn settle<T, E>(snapshot: &RwLock<Snapshot<T, E>>, result: Result<T, E>) {
    let now = Instant::now();
    let mut snapshot = snapshot.write().unwrap_or_else(PoisonError::into_inner);
    match result {
        Ok(value) => {
            snapshot.value = Some((value, now));
            snapshot.failure = None;
            snapshot.version += 1;
        }
        Err(error) => {
            snapshot.failure = Some((error, now));
            snapshot.failures += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::time::Duration;

    use tokio::time::sleep;

    use super::*;

    fn outdated_until(version: u64) -> impl Fn(&Snapshot<u32, ()>) -> Freshness {
        move |snapshot| match snapshot.version < version {
            true => Freshness::Outdated,
            false => Freshness::Fresh,
        }
    }

    #[tokio::test(start_paused = true)]
    async fn callers_share_one_fetch_even_if_the_first_is_dropped() {
        let fetches = Arc::new(AtomicU32::new(0));
        let refreshed = Refreshed::empty();
        let get = || {
            let (refreshed, fetches) = (refreshed.clone(), Arc::clone(&fetches));
            async move {
                let fetch = || async move {
                    sleep(Duration::from_secs(1)).await;
                    Ok(fetches.fetch_add(1, Ordering::Relaxed))
                };
                refreshed.get(outdated_until(1), fetch).await
            }
        };
        let first = tokio::spawn(get());
        tokio::task::yield_now().await;
        let others: Vec<_> = (0..64).map(|_| tokio::spawn(get())).collect();
        tokio::task::yield_now().await;
        first.abort();
        for other in others {
            assert_eq!(other.await.unwrap().value.unwrap().0, 0);
        }
        assert_eq!(fetches.load(Ordering::Relaxed), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_value_that_is_due_is_returned_while_its_successor_is_fetched() {
        let refreshed = Refreshed::<u32, ()>::holding(1);
        let hang = std::future::pending::<Result<u32, ()>>;
        for _ in 0..3 {
            let snapshot = refreshed.get(|_| Freshness::Due, hang).await;
            assert_eq!(snapshot.value.unwrap().0, 1);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_failure_is_shared_and_leaves_the_value() {
        let refreshed = Refreshed::<u32, &str>::holding(1);
        let outdated = |_: &Snapshot<u32, &str>| Freshness::Outdated;
        let fail = || async {
            sleep(Duration::from_secs(1)).await;
            Err("down")
        };
        let (one, two) = tokio::join!(refreshed.get(outdated, fail), refreshed.get(outdated, fail));
        for snapshot in [one, two] {
            assert_eq!((snapshot.value.unwrap().0, snapshot.failure.unwrap().0), (1, "down"));
            assert_eq!(snapshot.failures, 1);
        }
    }
}
