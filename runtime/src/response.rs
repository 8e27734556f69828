//! An answer → what the declaration returns.

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use crate::answer::Answer;
use crate::error::Error;
use crate::exchange::Read;
use crate::pipeline::{Answering, run};
use crate::request::Call;
use crate::request::range::ByteRange;
use crate::stream::ByteStream;

/// A result with the status and headers that came with it: declare `Result<Response<T>>`.
#[derive(Debug)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    body: T,
}

impl<T> Response<T> {
    /// A response of your own, for a test double of an operation trait.
    pub fn new(status: StatusCode, body: T) -> Self {
        Self { status, headers: HeaderMap::new(), body }
    }

    /// The status, always a success.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The response headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The result.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// The result alone.
    pub fn into_body(self) -> T {
        self.body
    }
}

/// Sends a call and reads its answer as the declared `R`.
///
/// The boxed future is the same for every operation: only its last step is compiled anew.
pub fn send<R: Return>(call: Call) -> impl Future<Output = R> + Send {
    let read = if R::STREAMED { Read::Streamed } else { Read::Whole };
    Sending { answer: run(call, read), of: PhantomData }
}

/// By hand, since an `async` block would compile a state machine and its unwinding anew for each
/// operation.
struct Sending<R> {
    answer: Answering,
    of: PhantomData<fn() -> R>,
}

impl<R: Return> Future for Sending<R> {
    type Output = R;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<R> {
        self.answer.as_mut().poll(cx).map(R::from_answer)
    }
}

/// Sends the call of a download, whose answer must be the bytes that were asked for.
pub fn download(
    call: Call,
    range: ByteRange,
) -> impl Future<Output = Result<ByteStream, Error>> + Send {
    let answer = run(call, Read::Streamed);
    async move {
        let answer = answer.await?;
        let length = range.check(&answer)?;
        Ok(ByteStream::of_length(answer, length))
    }
}

/// What an operation returns: a `Result`, by whatever alias.
#[diagnostic::on_unimplemented(
    message = "an ACS operation returns a `Result`, not `{Self}`",
    label = "not a `Result`",
    note = "operations can fail: write `-> Result<{Self}>`"
)]
pub trait Return {
    /// Whether the body is left to the caller.
    const STREAMED: bool;

    /// Reads the answer.
    fn from_answer(answer: Result<Answer, Error>) -> Self;
}

// Recommended: what is said of a `Result` is then which of its two types is wrong.
impl<T: Output, E: ErrorType> Return for Result<T, E> {
    const STREAMED: bool = T::STREAMED;

    fn from_answer(answer: Result<Answer, Error>) -> Self {
        answer.and_then(T::from_answer).map_err(E::from_error)
    }
}

/// What can be read from an answer: JSON, a [`Response`] or a [`ByteStream`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from the response of an ACS operation",
    label = "not deserialisable",
    note = "add `#[derive(serde::Deserialize)]` to the type; a response owns its data"
)]
pub trait Output: Sized {
    /// Whether the body is left to the caller.
    const STREAMED: bool;

    /// Reads the answer.
    fn from_answer(answer: Answer) -> Result<Self, Error>;
}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> Output for T {
    const STREAMED: bool = false;

    fn from_answer(answer: Answer) -> Result<Self, Error> {
        answer.decode()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Output> Output for Response<T> {
    const STREAMED: bool = T::STREAMED;

    fn from_answer(mut answer: Answer) -> Result<Self, Error> {
        let status = answer.status();
        let headers = match T::STREAMED {
            true => answer.headers().clone(),
            false => answer.take_headers(),
        };
        Ok(Self { status, headers, body: T::from_answer(answer)? })
    }
}

#[diagnostic::do_not_recommend]
impl Output for ByteStream {
    const STREAMED: bool = true;

    fn from_answer(answer: Answer) -> Result<Self, Error> {
        Ok(Self::from_answer(answer))
    }
}

/// What can hold an error of a call: any type that is `From<acs_rest::Error>`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot hold the error of an ACS operation",
    label = "not made from `acs_rest::Error`",
    note = "write `impl From<acs_rest::Error> for {Self}`, or return `acs_rest::Error`"
)]
pub trait ErrorType {
    /// Takes the error over.
    fn from_error(error: Error) -> Self;
}

#[diagnostic::do_not_recommend]
impl<E: From<Error>> ErrorType for E {
    fn from_error(error: Error) -> Self {
        error.into()
    }
}
