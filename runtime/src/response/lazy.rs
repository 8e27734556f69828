//! The values that operations without `async` return. They send nothing until they are read.

use crate::call::Call;

/// Creates the pager or the poller of a call. Nothing is sent until it is read.
pub fn lazy<L: Lazy>(call: Call) -> L {
    L::from_call(call)
}

/// The return type of an operation without `async`, also by an alias.
#[diagnostic::on_unimplemented(
    message = "an operation without `async` returns a `Pager` or a `Poller`, not `{Self}`",
    label = "neither a `Pager` nor a `Poller`",
    note = "write `async fn .. -> Result<{Self}>`, `fn .. -> Pager<T>` for pages, or `fn .. -> Poller<T>` for a long-running operation"
)]
pub trait Lazy {
    /// Creates the value.
    fn from_call(call: Call) -> Self;
}
