//! Converts a success response into the declared return type.

pub(crate) mod content_range;
pub(crate) mod lazy;
mod pager;
mod poller;
pub(crate) mod raw;
pub(crate) mod raw_output;
mod stream;

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::de::DeserializeOwned;

pub use self::pager::{Page, PageItem, Pager, PagerContinuation, Pages};
pub use self::poller::{Poller, PollerContinuation, PollerResult, PollerStatus};
use self::raw::{RawResponse, ResponseMode};
pub use self::stream::ByteStream;
use crate::call::Call;
use crate::error::Error;
use crate::pipeline::{ResponseFuture, run};

/// A result with the status and headers of its response.
///
/// An operation that is declared with `Result<Response<T>>` returns it. A test double creates its
/// own:
///
/// ```
/// use acs_rest::Response;
/// use acs_rest::http::{HeaderName, HeaderValue, StatusCode};
///
/// let location = HeaderValue::from_static("https://contoso.communication.azure.com/emails/7");
/// let response = Response::new(StatusCode::ACCEPTED, ())
///     .with_header(HeaderName::from_static("operation-location"), location);
/// assert_eq!(response.status(), 202);
/// ```
#[derive(Clone, Debug)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    body: T,
}

impl<T> Response<T> {
    /// Creates a response without headers, for a test double of an operation trait.
    pub fn new(status: StatusCode, body: T) -> Self {
        Self { status, headers: HeaderMap::new(), body }
    }

    /// Adds a header.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.append(name, value);
        self
    }

    /// Returns the status: a success, or one of the `success_codes` of the operation.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the response headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the result.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// Returns the result without status and headers.
    pub fn into_body(self) -> T {
        self.body
    }
}

/// Sends a call and reads its response as the declared `R`.
///
/// The boxed future is the same for every operation: only its last step is compiled for each.
pub fn send<R: Return>(call: Call) -> impl Future<Output = R> + Send {
    let mode = if R::IS_STREAMING { ResponseMode::Streaming } else { ResponseMode::Buffered };
    Sending { response: run(call, mode), returns: PhantomData }
}

/// Implemented by hand: an `async` block would compile a state machine and its unwinding code for
/// each operation.
struct Sending<R> {
    response: ResponseFuture,
    returns: PhantomData<fn() -> R>,
}

impl<R: Return> Future for Sending<R> {
    type Output = R;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<R> {
        self.response.as_mut().poll(cx).map(R::from_response)
    }
}

/// The return type of an operation: a `Result`, also by an alias.
#[diagnostic::on_unimplemented(
    message = "an ACS operation returns a `Result`, not `{Self}`",
    label = "not a `Result`",
    note = "operations can fail: write `-> Result<{Self}>`"
)]
pub trait Return {
    /// Whether the caller reads the body as it arrives.
    const IS_STREAMING: bool;

    /// Reads the response.
    fn from_response(response: Result<RawResponse, Error>) -> Self;
}

// Recommended by rustc: the error about a `Result` then names which of its types is wrong.
impl<T: Output, E: ErrorType> Return for Result<T, E> {
    const IS_STREAMING: bool = T::IS_STREAMING;

    fn from_response(response: Result<RawResponse, Error>) -> Self {
        response.and_then(T::from_response).map_err(E::from_error)
    }
}

/// The types that can be read from a response: JSON, a [`Response`] or a [`ByteStream`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from the response of an ACS operation",
    label = "not deserialisable",
    note = "add `#[acs_model]` or `#[derive(serde::Deserialize)]` to a type of your own; a value of another crate goes into such a struct, read by `#[serde(deserialize_with = \"..\")]`",
    note = "a response owns its data"
)]
pub trait Output: Sized {
    /// Whether the caller reads the body as it arrives.
    const IS_STREAMING: bool;

    /// Reads the response.
    fn from_response(response: RawResponse) -> Result<Self, Error>;
}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> Output for T {
    const IS_STREAMING: bool = false;

    fn from_response(response: RawResponse) -> Result<Self, Error> {
        response.decode()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Output> Output for Response<T> {
    const IS_STREAMING: bool = T::IS_STREAMING;

    fn from_response(mut response: RawResponse) -> Result<Self, Error> {
        let status = response.status();
        let headers = match T::IS_STREAMING {
            true => response.headers().clone(),
            false => response.take_headers(),
        };
        Ok(Self { status, headers, body: T::from_response(response)? })
    }
}

#[diagnostic::do_not_recommend]
impl Output for ByteStream {
    const IS_STREAMING: bool = true;

    fn from_response(response: RawResponse) -> Result<Self, Error> {
        Ok(Self::of_response(response))
    }
}

/// The error type of an operation: any type that implements `From<acs_rest::Error>`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot hold the error of an ACS operation",
    label = "not made from `acs_rest::Error`",
    note = "use `acs_rest::Error`, or an error type of your own with `impl From<acs_rest::Error>`"
)]
pub trait ErrorType {
    /// Converts the error.
    fn from_error(error: Error) -> Self;
}

#[diagnostic::do_not_recommend]
impl<E: From<Error>> ErrorType for E {
    fn from_error(error: Error) -> Self {
        error.into()
    }
}
