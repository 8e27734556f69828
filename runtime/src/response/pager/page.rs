//! One page of a list.

use http::{HeaderMap, StatusCode};

use super::PagerContinuation;

/// One page of a list, with the status and headers of its response.
#[derive(Clone, Debug)]
pub struct Page<T> {
    items: Vec<T>,
    status: StatusCode,
    headers: HeaderMap,
    continuation: Option<PagerContinuation>,
}

impl<T> Page<T> {
    pub(super) fn new(
        items: Vec<T>,
        (status, headers): (StatusCode, HeaderMap),
        continuation: Option<PagerContinuation>,
    ) -> Self {
        Self { items, status, headers, continuation }
    }

    /// Returns the items.
    pub fn items(&self) -> &[T] {
        &self.items
    }

    /// Consumes the page and returns its items.
    pub fn into_items(self) -> Vec<T> {
        self.items
    }

    /// Returns the status, which is always a success.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the response headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the position of the next page. It is `None` for the last page, and if the client
    /// does not follow the link to the next page.
    pub fn continuation(&self) -> Option<&PagerContinuation> {
        self.continuation.as_ref()
    }
}
