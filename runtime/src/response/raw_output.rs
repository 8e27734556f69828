//! Responses that are not read by serde: bytes and text.

use std::future::Future;

use bytes::Bytes;

use super::raw::{RawResponse, ResponseMode};
use super::{ErrorType, Response};
use crate::call::Call;
use crate::error::{Error, ErrorKind, Result};
use crate::pipeline::run;

/// Sends a call and returns the raw body of its response.
pub fn send_raw<T: RawOutput, E: ErrorType>(
    call: Call,
) -> impl Future<Output = std::result::Result<T, E>> + Send {
    let response = run(call, ResponseMode::Buffered);
    async move { response.await.and_then(T::from_raw).map_err(E::from_error) }
}

/// `Bytes` and `String`, optional or in a [`Response`].
pub trait RawOutput: Sized {
    /// Reads the response.
    fn from_raw(response: RawResponse) -> Result<Self>;
}

impl RawOutput for Bytes {
    fn from_raw(response: RawResponse) -> Result<Self> {
        let bytes = response.bytes().cloned();
        bytes.ok_or_else(|| missing(&response))
    }
}

/// The text of a JSON string, or the body itself if its content type is not JSON.
impl RawOutput for String {
    fn from_raw(response: RawResponse) -> Result<Self> {
        let Some(bytes) = response.bytes() else {
            return Err(missing(&response));
        };
        match response.is_json() {
            Some(true) => response.decode(),
            Some(false) => text(&response, bytes),
            None => response.decode().or_else(|error| match bytes.is_empty() {
                true => Err(error),
                false => text(&response, bytes),
            }),
        }
    }
}

impl<T: RawOutput> RawOutput for Option<T> {
    fn from_raw(response: RawResponse) -> Result<Self> {
        let is_null = || {
            response.is_json() != Some(false) && response.json().is_ok_and(|json| json == "null")
        };
        match response.bytes() {
            None => Ok(None),
            Some(_) if is_null() => Ok(None),
            Some(_) => T::from_raw(response).map(Some),
        }
    }
}

impl<T: RawOutput> RawOutput for Response<T> {
    fn from_raw(response: RawResponse) -> Result<Self> {
        // The content type determines how the body is read.
        let (status, headers) = (response.status(), response.headers().clone());
        Ok(Self { status, headers, body: T::from_raw(response)? })
    }
}

fn text(response: &RawResponse, bytes: &Bytes) -> Result<String> {
    String::from_utf8(bytes.to_vec())
        .map_err(|_| response.error(ErrorKind::Decode, "the text of the response is not UTF-8"))
}

fn missing(response: &RawResponse) -> Error {
    let text = format!(
        "the {} response has no content; an operation whose content can be missing returns `Result<Option<T>>`",
        response.status()
    );
    response.error(ErrorKind::Decode, text)
}
