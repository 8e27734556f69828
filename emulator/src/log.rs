//! A line for each request and event.

use std::fmt;
use std::sync::Arc;

/// The destination of log lines. Clones share it.
#[derive(Clone, Default)]
pub(crate) struct Log(Option<Arc<dyn WriteLine>>);

trait WriteLine: Fn(&str) + Send + Sync {}

impl<F: Fn(&str) + Send + Sync> WriteLine for F {}

impl Log {
    pub(crate) fn new(write: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(write)))
    }

    /// Writes a line, which is formatted only if there is a destination.
    pub(crate) fn line(&self, line: impl FnOnce() -> String) {
        if let Some(write) = &self.0 {
            write(&line());
        }
    }
}

impl fmt::Debug for Log {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Log")
    }
}
