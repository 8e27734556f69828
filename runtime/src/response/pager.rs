//! A list that the service returns in pages.

use std::collections::hash_map::DefaultHasher;
use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::future::poll_fn;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::raw::{RawResponse, ResponseMode};
use crate::call::Call;
use crate::error::{Error, ErrorKind, Result};
use crate::pipeline::{ResponseFuture, run};
use crate::request::link;

/// The longest run of empty pages; a longer one is treated as a loop.
const MAX_EMPTY_PAGES: u32 = 64;

/// The items of all pages, one by one: declare `fn list(..) -> Pager<T>`.
///
/// Read it with [`next`](Self::next) or as a `Stream`. A page is requested when its first item is
/// read; each page is a call of its own, with its own timeout and retries. A next link is followed
/// on the client's own origin only. The pager ends after an error.
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
    next_page: NextPage<T>,
    links: Option<Links<T>>,
}

/// Where the items after the current page come from.
enum NextPage<T> {
    /// A call that was not yet sent.
    Ready(Call),
    Waiting(ResponseFuture),
    /// The next link was refused: reported after the items before it.
    Refused(Error),
    /// The pages of a test double.
    Given(VecDeque<Result<Vec<T>>>),
    Done,
}

/// How pages are read, and the links followed so far.
struct Links<T> {
    read: fn(&RawResponse) -> Result<Page<T>>,
    /// The first call, from which the later ones are made.
    first: Call,
    /// The target of the current page, which a relative link is resolved against.
    target: String,
    /// The hashes of the targets that were requested.
    seen: HashSet<u64>,
    empty_pages: u32,
}

/// One page.
struct Page<T> {
    items: Vec<T>,
    next_link: Option<String>,
}

impl<T> Pager<T> {
    /// Creates the pager of a test double from the items of each page, or an error instead of a
    /// page.
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
        let pages = NextPage::Given(pages.into_iter().collect());
        Self { items: VecDeque::new(), next_page: pages, links: None }
    }

    /// Returns the next item, or `None` after the last.
    ///
    /// # Errors
    /// If the page of the item cannot be fetched or read, or if its link was refused.
    pub async fn next(&mut self) -> Option<Result<T>> {
        poll_fn(|cx| self.poll_item(cx)).await
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T>>> {
        loop {
            if let Some(item) = self.items.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            match std::mem::replace(&mut self.next_page, NextPage::Done) {
                NextPage::Done => return Poll::Ready(None),
                NextPage::Refused(error) => return Poll::Ready(Some(Err(error))),
                NextPage::Ready(call) => {
                    self.next_page = NextPage::Waiting(run(call, ResponseMode::Buffered));
                }
                NextPage::Waiting(mut response) => {
                    let Poll::Ready(response) = response.as_mut().poll(cx) else {
                        self.next_page = NextPage::Waiting(response);
                        return Poll::Pending;
                    };
                    if let Err(error) = response.and_then(|response| self.on_page(&response)) {
                        return Poll::Ready(Some(Err(error)));
                    }
                }
                NextPage::Given(mut pages) => match pages.pop_front() {
                    None => return Poll::Ready(None),
                    Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                    Some(Ok(items)) => {
                        self.items = items.into();
                        self.next_page = NextPage::Given(pages);
                    }
                },
            }
        }
    }

    /// Takes the items of a page, and makes the call for the next one.
    fn on_page(&mut self, response: &RawResponse) -> Result<()> {
        let Some(links) = &mut self.links else {
            return Ok(());
        };
        let page = (links.read)(response)?;
        links.empty_pages = if page.items.is_empty() { links.empty_pages + 1 } else { 0 };
        self.items = page.items.into();
        if let Some(link) = page.next_link.filter(|link| !link.is_empty()) {
            self.next_page = match links.follow(&link, response) {
                Ok(call) => NextPage::Ready(call),
                Err(error) => NextPage::Refused(error),
            };
        }
        Ok(())
    }
}

impl<T> Links<T> {
    fn follow(&mut self, link: &str, response: &RawResponse) -> Result<Call> {
        let refused = |text: &str| response.error(ErrorKind::Link, text);
        let target = link::target(self.first.client.endpoint(), &self.target, link)
            .map_err(|error| refused(error.message()))?;
        if !self.seen.insert(hash(&target)) {
            return Err(refused("the next link leads back to a page that was read before"));
        }
        if self.empty_pages > MAX_EMPTY_PAGES {
            return Err(refused("the next link leads to yet another empty page"));
        }
        self.target.clone_from(&target);
        Ok(self.first.with_target(target))
    }
}

impl<T> Stream for Pager<T> {
    type Item = Result<T>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(cx)
    }
}

/// A pager does not pin its items: they move out of it.
impl<T> Unpin for Pager<T> {}

/// Creates the pager of a test double, with one page.
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

/// Makes the pager of a call; nothing is sent until it is read.
pub fn pages<P: Paged>(call: Call) -> P {
    P::from_call(call)
}

/// The return type of a paged operation: a [`Pager`], also by an alias.
#[diagnostic::on_unimplemented(
    message = "an operation without `async` returns a `Pager`, not `{Self}`",
    label = "not a `Pager`",
    note = "write `async fn .. -> Result<{Self}>`, or `fn .. -> Pager<T>` for pages"
)]
pub trait Paged {
    /// Makes the pager.
    fn from_call(call: Call) -> Self;
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
impl<T: PageItem> Paged for Pager<T> {
    fn from_call(call: Call) -> Self {
        let target = call.request.as_ref().map(|parts| parts.target.clone()).unwrap_or_default();
        let seen = HashSet::from([hash(&target)]);
        let first = call.with_target(target.clone());
        let links = Links { read: read_page, first, target, seen, empty_pages: 0 };
        Self { items: VecDeque::new(), next_page: NextPage::Ready(call), links: Some(links) }
    }
}

fn hash(target: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    target.hash(&mut hasher);
    hasher.finish()
}

fn read_page<T: DeserializeOwned>(response: &RawResponse) -> Result<Page<T>> {
    let seed = PageSeed { items: response.operation().items, of: PhantomData };
    let page = response.json().and_then(|text| {
        let mut json = serde_json::Deserializer::from_str(text);
        let page = seed.deserialize(&mut json)?;
        json.end().map(|()| page)
    });
    page.map_err(|error| response.decode_error(&error))
}

/// Reads a page whose items are in the field of that name.
struct PageSeed<T> {
    items: &'static str,
    of: PhantomData<T>,
}

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for PageSeed<T> {
    type Value = Page<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Page<T>, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, T: DeserializeOwned> Visitor<'de> for PageSeed<T> {
    type Value = Page<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a page with `{}` and `nextLink`", self.items)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Page<T>, A::Error> {
        let (mut items, mut next_link) = (None, None);
        while let Some(name) = fields.next_key::<String>()? {
            if name == self.items {
                items = fields.next_value()?;
            } else if name == "nextLink" {
                next_link = fields.next_value()?;
            } else {
                fields.next_value::<IgnoredAny>()?;
            }
        }
        let items = items.ok_or_else(|| serde::de::Error::missing_field(self.items))?;
        Ok(Page { items, next_link })
    }
}
