//! The events that were sent, for tests and users.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};

/// The number of attempts that are kept.
const KEPT_ATTEMPTS: usize = 20_000;

/// One attempt to deliver one event.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")] async fn main() {
/// # let emulator = acs_rest_emulator::Emulator::start().await;
/// // … create a call whose `callbackUri` is a server of the test …
/// for attempt in emulator.events() {
///     println!("{} to {}: {:?}", attempt.kind(), attempt.url(), attempt.status());
/// }
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct DeliveryAttempt {
    pub(crate) time: String,
    pub(crate) url: Arc<str>,
    pub(crate) kind: &'static str,
    pub(crate) event_id: String,
    pub(crate) connection: Arc<str>,
    /// From 1.
    pub(crate) attempt: u32,
    pub(crate) status: Option<u16>,
    pub(crate) error: Option<String>,
    pub(crate) body: Arc<str>,
}

impl DeliveryAttempt {
    /// Returns the event's type without `Microsoft.Communication.`, such as `CallConnected`.
    pub fn kind(&self) -> &str {
        self.kind
    }

    /// Returns the URL that the event was sent to.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the status of the response, or `None` without a response.
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// Returns the body that was sent: a JSON array of one event.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// Returns the number of the attempt, counted from 1.
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// Returns whether the event was accepted.
    pub fn is_delivered(&self) -> bool {
        self.status.is_some_and(|status| (200..300).contains(&status))
    }

    pub(crate) fn to_json(&self) -> Value {
        json!({
            "time": self.time,
            "type": format!("Microsoft.Communication.{}", self.kind),
            "url": &*self.url,
            "eventId": self.event_id,
            "callConnectionId": &*self.connection,
            "attempt": self.attempt,
            "status": self.status,
            "error": self.error,
            "isDelivered": self.is_delivered(),
            "body": serde_json::from_str::<Value>(&self.body).unwrap_or_default(),
        })
    }
}

/// The attempts so far. Clones share them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Activity(Arc<Mutex<VecDeque<DeliveryAttempt>>>);

impl Activity {
    pub(crate) fn push(&self, attempt: DeliveryAttempt) {
        let mut attempts = self.attempts();
        if attempts.len() == KEPT_ATTEMPTS {
            attempts.pop_front();
        }
        attempts.push_back(attempt);
    }

    pub(crate) fn to_vec(&self) -> Vec<DeliveryAttempt> {
        self.attempts().iter().cloned().collect()
    }

    pub(crate) fn clear(&self) {
        self.attempts().clear();
    }

    fn attempts(&self) -> MutexGuard<'_, VecDeque<DeliveryAttempt>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
