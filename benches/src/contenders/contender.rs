//! The interface of a contender.

use std::fmt::Debug;

use crate::unit::Variant;

/// One way to make the call.
pub(crate) trait Contender: Send + Sync + Sized + 'static {
    /// The argument of the call, owned or borrowed, as its author would choose.
    type Request: Send + Sync;
    type Answer: Send;
    type Error: Debug + Send;

    /// A client, as a program makes it once.
    fn new(endpoint: &str, variant: Variant) -> Self;

    /// The argument of a call.
    fn request() -> Self::Request;

    /// One call.
    fn mute(
        &self,
        call: &str,
        request: &Self::Request,
    ) -> impl Future<Output = Result<Self::Answer, Self::Error>> + Send;

    /// The operation context in the response.
    fn context(answer: &Self::Answer) -> Option<&str>;
}
