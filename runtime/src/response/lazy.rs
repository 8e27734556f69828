//! What an operation without `async` returns: a value that sends nothing until it is read.

use crate::call::Call;

/// Makes the pager or the poller of a call; nothing is sent until it is read.
pub fn lazy<L: Lazy>(call: Call) -> L {
    L::from_call(call)
}

/// What an operation without `async` returns, by whatever alias.
#[diagnostic::on_unimplemented(
    message = "an operation without `async` returns a `Pager` or a `Poller`, not `{Self}`",
    label = "neither a `Pager` nor a `Poller`",
    note = "write `async fn .. -> Result<{Self}>`, `fn .. -> Pager<T>` for pages, or `fn .. -> Poller<T>` for a long-running operation"
)]
pub trait Lazy {
    /// Makes the value.
    fn from_call(call: Call) -> Self;
}
