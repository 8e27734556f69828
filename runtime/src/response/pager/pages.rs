//! The pages of a list, one after another.

use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::future::poll_fn;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::read::{PageBody, read_page};
use super::{Page, PagerContinuation};
use crate::call::{Call, PreparedCall};
use crate::error::{Error, ErrorKind, Result};
use crate::operation::Operation;
use crate::pipeline::{ResponseFuture, run};
use crate::request::link::Link;
use crate::response::raw::{RawResponse, ResponseMode};

/// The maximum number of consecutive empty pages; more are treated as a loop.
const MAX_EMPTY_PAGES: u32 = 64;

/// The pages of a list, which [`Pager::into_pages`](crate::Pager::into_pages) returns.
///
/// Read them with [`next`](Self::next) or as a `Stream`. A page is requested when it is read. The
/// stream ends after an error.
///
/// ```
/// use acs_rest::{Page, Pager, PagerContinuation, Result};
///
/// /// The page that is shown, and where the next one starts when the user scrolls.
/// async fn newest(messages: Pager<String>) -> Result<(Vec<String>, Option<PagerContinuation>)> {
///     let page = messages.into_pages().next().await.transpose()?;
///     let continuation = page.as_ref().and_then(Page::continuation).cloned();
///     Ok((page.map(Page::into_items).unwrap_or_default(), continuation))
/// }
/// ```
#[must_use = "no page is requested until the pages are read"]
pub struct Pages<T> {
    next: NextPage<T>,
    links: Option<Links<T>>,
}

/// The source of the next page.
enum NextPage<T> {
    /// A call that has not been sent yet.
    Ready(Box<Call>),
    Waiting(ResponseFuture),
    /// The next link was refused, which is reported after the page that contained it.
    Refused(Error),
    /// The pages of a test double.
    Given(VecDeque<Result<Vec<T>>>),
    Done,
}

/// The state of following links: how pages are read, and the links followed so far.
struct Links<T> {
    read: fn(&RawResponse) -> Result<PageBody<T>>,
    operation: &'static Operation,
    /// The first call, from which the later ones are derived.
    first: PreparedCall,
    /// The location of the current page, against which a relative link is resolved.
    current: Link,
    /// The hashes of the links that were requested.
    seen: HashSet<u64>,
    empty_pages: u32,
}

impl<T> Pages<T> {
    pub(super) fn given(pages: VecDeque<Result<Vec<T>>>) -> Self {
        Self { next: NextPage::Given(pages), links: None }
    }

    pub(super) fn of_call(call: Call) -> Self
    where
        T: DeserializeOwned,
    {
        let links = call.prepared.as_ref().ok().map(|first| Links {
            read: read_page,
            operation: call.operation,
            first: first.clone(),
            current: Link::own(&first.request.target),
            seen: HashSet::from([hash(&Link::own(&first.request.target))]),
            empty_pages: 0,
        });
        Self { next: NextPage::Ready(Box::new(call)), links }
    }

    pub(super) fn resume_from(self, continuation: &PagerContinuation) -> Self {
        let Some(mut links) = self.links else {
            return self;
        };
        let next = match links.follow(&continuation.0) {
            Ok(call) => NextPage::Ready(Box::new(call)),
            Err(error) => NextPage::Refused(error.in_call(links.operation)),
        };
        Self { next, links: Some(links) }
    }

    /// Returns the next page, or `None` after the last.
    ///
    /// # Errors
    /// If the page cannot be fetched or read, or if the link to the page is refused.
    pub async fn next(&mut self) -> Option<Result<Page<T>>> {
        poll_fn(|cx| self.poll_page(cx)).await
    }

    pub(super) fn poll_page(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Page<T>>>> {
        loop {
            match std::mem::replace(&mut self.next, NextPage::Done) {
                NextPage::Done => return Poll::Ready(None),
                NextPage::Refused(error) => return Poll::Ready(Some(Err(error))),
                NextPage::Ready(call) => {
                    self.next = NextPage::Waiting(run(*call, ResponseMode::Buffered));
                }
                NextPage::Waiting(mut response) => {
                    let Poll::Ready(response) = response.as_mut().poll(cx) else {
                        self.next = NextPage::Waiting(response);
                        return Poll::Pending;
                    };
                    let page = response.and_then(|response| self.on_response(response));
                    return Poll::Ready(page.transpose());
                }
                NextPage::Given(mut pages) => {
                    let page = pages.pop_front();
                    self.next = NextPage::Given(pages);
                    let given = |items| Page::new(items, (StatusCode::OK, HeaderMap::new()), None);
                    return Poll::Ready(page.map(|page| page.map(given)));
                }
            }
        }
    }

    /// Reads a page, and prepares the call for the next one.
    fn on_response(&mut self, mut response: RawResponse) -> Result<Option<Page<T>>> {
        let Some(links) = &mut self.links else {
            return Ok(None);
        };
        let PageBody { items, next_link } = (links.read)(&response)?;
        links.empty_pages = if items.is_empty() { links.empty_pages + 1 } else { 0 };
        let mut continuation = None;
        if let Some(link) = next_link.filter(|link| !link.is_empty()) {
            self.next = match links.follow(&link) {
                Ok(call) => {
                    continuation = Some(PagerContinuation(links.current.to_text()));
                    NextPage::Ready(Box::new(call))
                }
                Err(error) => NextPage::Refused(response.error(ErrorKind::Link, error.message())),
            };
        }
        let head = (response.status(), response.take_headers());
        Ok(Some(Page::new(items, head, continuation)))
    }
}

impl<T> Links<T> {
    fn follow(&mut self, link: &str) -> Result<Call> {
        let refused = |text: &str| Err(Error::new(ErrorKind::Link, text));
        let link = self.first.client.resolve_link("the next link", &self.current, link)?;
        let link = link.with_api_version_of(&self.first.request.target);
        if !self.seen.insert(hash(&link)) {
            return refused("the next link leads back to a page that was read before");
        }
        if self.empty_pages > MAX_EMPTY_PAGES {
            return refused("the next link leads to yet another empty page");
        }
        self.current = link.clone();
        Ok(Call { operation: self.operation, prepared: Ok(self.first.at_link(link)) })
    }
}

impl<T> Stream for Pages<T> {
    type Item = Result<Page<T>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_page(cx)
    }
}

/// The stream does not pin the items of its pages.
impl<T> Unpin for Pages<T> {}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pages")
    }
}

fn hash(link: &Link) -> u64 {
    let mut hasher = DefaultHasher::new();
    link.hash(&mut hasher);
    hasher.finish()
}
