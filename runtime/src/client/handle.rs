//! The types that operations can be called on.

use std::fmt;
use std::sync::Arc;

use super::Client;

/// The client that an operation is called on, or the name of the test double that does not
/// implement the operation.
pub type ClientOrDouble = Result<Client, &'static str>;

/// A client, or a pointer to a client. Operation traits are implemented for each such type.
pub trait ClientHandle: Clone + fmt::Debug + Send + Sync + Unpin {
    /// Returns the client.
    fn client(&self) -> Client;
}

impl ClientHandle for Client {
    fn client(&self) -> Client {
        self.clone()
    }
}

impl<T: ClientHandle> ClientHandle for &T {
    fn client(&self) -> Client {
        T::client(self)
    }
}

impl<T: ClientHandle> ClientHandle for Arc<T> {
    fn client(&self) -> Client {
        T::client(self)
    }
}

impl<T: ClientHandle> ClientHandle for Box<T> {
    fn client(&self) -> Client {
        T::client(self)
    }
}
