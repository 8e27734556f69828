//! The operations for which the service has confirmed that it recognises repeated requests.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::operation::Operation;

/// The operations declared `unconfirmed` whose last response showed that the service recognises a
/// repeated request.
#[derive(Debug, Default)]
pub(crate) struct SupportedOperations(Mutex<Vec<&'static Operation>>);

impl SupportedOperations {
    pub(crate) fn contains(&self, operation: &Operation) -> bool {
        self.lock().iter().any(|known| known.is_same(operation))
    }

    /// Records what a response showed.
    pub(crate) fn record(&self, operation: &'static Operation, is_supported: bool) {
        let mut operations = self.lock();
        let position = operations.iter().position(|known| known.is_same(operation));
        match (position, is_supported) {
            (None, true) => operations.push(operation),
            (Some(position), false) => drop(operations.swap_remove(position)),
            _ => {}
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<&'static Operation>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use http::Method;

    use super::*;
    use crate::operation::PathPiece;

    static CREATE: Operation = Operation::new(Method::POST, &[PathPiece::Literal("/calls")]);
    /// The same operation, declared elsewhere.
    static CREATE_AGAIN: Operation = Operation::new(Method::POST, &[PathPiece::Literal("/calls")]);
    static ANSWER: Operation = Operation::new(Method::POST, &[PathPiece::Literal("/calls:answer")]);

    #[test]
    fn the_last_response_counts() {
        let supported = SupportedOperations::default();
        assert!(!supported.contains(&CREATE));
        supported.record(&CREATE, true);
        supported.record(&CREATE, true);
        assert!(supported.contains(&CREATE_AGAIN) && !supported.contains(&ANSWER));
        supported.record(&CREATE_AGAIN, false);
        assert!(!supported.contains(&CREATE));
    }
}
