//! A list that the service returns in pages.

mod continuation;
mod page;
mod pages;
mod read;

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use serde::de::DeserializeOwned;

pub use self::continuation::PagerContinuation;
pub use self::page::Page;
pub use self::pages::Pages;
use super::lazy::Lazy;
use crate::call::Call;
use crate::error::Result;

/// The items of all pages of a list, one by one.
///
/// An operation that is declared as `fn list(..) -> Pager<T>` returns it. Read the items with
/// [`next`](Self::next) or as a `Stream`, or read page by page with
/// [`into_pages`](Self::into_pages). A page is requested when its first item is read. Each page is
/// a separate call with its own timeout and retries. A page whose items are absent or `null` is
/// empty. The pager ends after an error.
///
/// A next link is followed only on the client's own origin and on hosts added with
/// [`ClientBuilder::trusted_host`](crate::ClientBuilder::trusted_host). If the link has no
/// `api-version`, that of the first page is added.
///
/// ```
/// use acs_rest::{Pager, Result};
///
/// async fn all(mut names: Pager<String>) -> Result<Vec<String>> {
///     let mut all = Vec::new();
///     while let Some(name) = names.next().await {
///         all.push(name?);
///     }
///     Ok(all)
/// }
/// ```
///
/// A test double returns [`Pager::from_pages`], or `Pager::from(items)` for one page.
#[must_use = "no page is requested until the pager is read"]
pub struct Pager<T> {
    items: VecDeque<T>,
    pages: Pages<T>,
}

impl<T> Pager<T> {
    /// Creates a pager for a test double. Each element contains the items of one page, or the error
    /// that is returned instead of the page.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// use acs_rest::{Error, ErrorKind, Pager};
    ///
    /// let throttled = Error::new(ErrorKind::Service, "too many requests");
    /// let mut pager = Pager::from_pages([Ok(vec![1, 2]), Err(throttled)]);
    /// assert_eq!(pager.next().await.unwrap().unwrap(), 1);
    /// assert_eq!(pager.next().await.unwrap().unwrap(), 2);
    /// assert!(pager.next().await.unwrap().is_err());
    /// assert!(pager.next().await.is_none());
    /// # }
    /// ```
    pub fn from_pages(pages: impl IntoIterator<Item = Result<Vec<T>>>) -> Self {
        Self { items: VecDeque::new(), pages: Pages::given(pages.into_iter().collect()) }
    }

    /// Returns the next item, or `None` after the last.
    ///
    /// # Errors
    /// If the page of the item cannot be fetched or read, or if the link to the page is refused.
    pub async fn next(&mut self) -> Option<Result<T>> {
        poll_fn(|cx| self.poll_item(cx)).await
    }

    /// Converts the pager into a stream of pages, which starts with the next page. Unread items of
    /// the current page are dropped.
    ///
    /// ```
    /// use acs_rest::{Pager, Result};
    ///
    /// async fn first_page(names: Pager<String>) -> Result<Vec<String>> {
    ///     match names.into_pages().next().await {
    ///         Some(page) => Ok(page?.into_items()),
    ///         None => Ok(Vec::new()),
    ///     }
    /// }
    /// ```
    pub fn into_pages(self) -> Pages<T> {
        self.pages
    }

    /// Starts the pager at the position of a [`Page::continuation`], for example one that was
    /// stored before a restart. The link is checked as if the service had just sent it.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use acs_rest::{Client, Pager, UserToken, acs_operation};
    /// use acs_rest::PagerContinuation;
    ///
    /// #[acs_operation(GET, "/rooms")]
    /// trait Rooms {
    ///     fn list_rooms(&self) -> Pager<String>;
    /// }
    ///
    /// # let client = Client::new("https://contoso.communication.azure.com", UserToken::new("t"))?;
    /// let stored = "\"/rooms?skipToken=7&api-version=2024-04-15\"";
    /// let continuation: PagerContinuation = serde_json::from_str(stored)?;
    /// let rooms = client.list_rooms().resume_from(&continuation);
    /// # Ok(())
    /// # }
    /// ```
    pub fn resume_from(self, continuation: &PagerContinuation) -> Self {
        Self { items: VecDeque::new(), pages: self.pages.resume_from(continuation) }
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T>>> {
        loop {
            if let Some(item) = self.items.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll_page(cx)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(page)) => self.items = page.into_items().into(),
            }
        }
    }
}

impl<T> Stream for Pager<T> {
    type Item = Result<T>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(cx)
    }
}

/// A pager does not pin its items.
impl<T> Unpin for Pager<T> {}

/// Creates a pager with one page, for a test double.
impl<T> From<Vec<T>> for Pager<T> {
    fn from(items: Vec<T>) -> Self {
        Self::from_pages([Ok(items)])
    }
}

impl<T> fmt::Debug for Pager<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pager")
    }
}

/// An item of a page: any value that serde can read.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from the pages of an ACS operation",
    label = "not deserialisable",
    note = "add `#[acs_model]` or `#[derive(serde::Deserialize)]` to a type of your own; a value of another crate goes into such a struct, read by `#[serde(deserialize_with = \"..\")]`",
    note = "an item owns its data"
)]
pub trait PageItem: DeserializeOwned {}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> PageItem for T {}

// Recommended by rustc: the error about a `Pager` then names its items.
impl<T: PageItem> Lazy for Pager<T> {
    fn from_call(call: Call) -> Self {
        Self { items: VecDeque::new(), pages: Pages::of_call(call) }
    }
}
