//! A list that comes in pages.

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

use crate::answer::Answer;
use crate::error::{Error, ErrorKind, Result};
use crate::exchange::Read;
use crate::pipeline::{Answering, run};
use crate::request::{Call, Parts, link};

/// More empty pages in a row than this are a loop.
const EMPTY_PAGES: u32 = 64;

/// The items of all pages, one by one: declare `fn list(..) -> Pager<T>`.
///
/// Read it with [`next`](Self::next), or as a `Stream`. A page is asked for when its first item
/// is; each is a call of its own, with its own time and retries. A next link is followed on the
/// client's own origin only. After an error it ends.
///
/// ```
/// use acs_rest_runtime::{Pager, Result};
///
/// async fn all(mut names: Pager<String>) -> Result<Vec<String>> {
///     let mut all = Vec::new();
///     while let Some(name) = names.next().await {
///         all.push(name?);
///     }
///     Ok(all)
/// }
/// ```
#[must_use = "no page is asked for until the pager is read"]
pub struct Pager<T> {
    items: VecDeque<T>,
    state: State,
    pages: Option<Pages<T>>,
}

enum State {
    /// The next page's call, not yet sent.
    Ready(Call),
    Waiting(Answering),
    /// The next page's link was refused: told after the items before it.
    Refused(Error),
    Done,
}

/// How pages are read, and what is known of the links so far.
struct Pages<T> {
    read: fn(&Answer) -> Result<Page<T>>,
    /// The first call, from which the later ones are made.
    first: Call,
    /// Where the current page is, for a relative link.
    target: String,
    /// Of the targets asked for.
    seen: HashSet<u64>,
    empty: u32,
}

/// One page.
struct Page<T> {
    items: Vec<T>,
    next_link: Option<String>,
}

impl<T> Pager<T> {
    /// The next item, or `None` after the last.
    pub async fn next(&mut self) -> Option<Result<T>> {
        poll_fn(|cx| self.poll_item(cx)).await
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T>>> {
        loop {
            if let Some(item) = self.items.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Poll::Ready(None),
                State::Refused(error) => return Poll::Ready(Some(Err(error))),
                State::Ready(call) => self.state = State::Waiting(run(call, Read::Whole)),
                State::Waiting(mut waiting) => {
                    let Poll::Ready(answer) = waiting.as_mut().poll(cx) else {
                        self.state = State::Waiting(waiting);
                        return Poll::Pending;
                    };
                    if let Err(error) = answer.and_then(|answer| self.turn(&answer)) {
                        return Poll::Ready(Some(Err(error)));
                    }
                }
            }
        }
    }

    /// Takes a page's items, and makes the next page's call.
    fn turn(&mut self, answer: &Answer) -> Result<()> {
        let Some(pages) = &mut self.pages else {
            return Ok(());
        };
        let page = (pages.read)(answer)?;
        pages.empty = if page.items.is_empty() { pages.empty + 1 } else { 0 };
        self.items = page.items.into();
        if let Some(link) = page.next_link.filter(|link| !link.is_empty()) {
            self.state = match pages.follow(&link, answer) {
                Ok(call) => State::Ready(call),
                Err(error) => State::Refused(error),
            };
        }
        Ok(())
    }
}

impl<T> Pages<T> {
    fn follow(&mut self, link: &str, answer: &Answer) -> Result<Call> {
        let refused = |text: &str| answer.error(ErrorKind::Link, text);
        let target = link::target(self.first.client.endpoint(), &self.target, link)
            .map_err(|error| refused(error.message()))?;
        if !self.seen.insert(hash(&target)) {
            return Err(refused("the next link leads back to a page that was read before"));
        }
        if self.empty > EMPTY_PAGES {
            return Err(refused("page after page is empty, and the next link goes on"));
        }
        self.target.clone_from(&target);
        Ok(self.first.to(target))
    }
}

impl Call {
    /// The same call to another target.
    fn to(&self, target: String) -> Self {
        let headers = self.parts.as_ref().map(|parts| parts.headers.clone()).unwrap_or_default();
        let parts = Ok(Parts { target, headers, body: None, elsewhere: None });
        Self { client: self.client.clone(), operation: self.operation, parts }
    }
}

impl<T> Stream for Pager<T> {
    type Item = Result<T>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(cx)
    }
}

/// A pager needs no place of its own: its items move out of it.
impl<T> Unpin for Pager<T> {}

/// One page of your own, for a test double of an operation trait.
impl<T> From<Vec<T>> for Pager<T> {
    fn from(items: Vec<T>) -> Self {
        Self { items: items.into(), state: State::Done, pages: None }
    }
}

impl<T> fmt::Debug for Pager<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pager")
    }
}

/// The pager of a call; nothing is sent until it is read.
pub fn pages<P: Paged>(call: Call) -> P {
    P::from_call(call)
}

/// What a paged operation returns: a [`Pager`], by whatever alias.
#[diagnostic::on_unimplemented(
    message = "an operation without `async` returns a `Pager`, not `{Self}`",
    label = "not a `Pager`",
    note = "write `async fn .. -> Result<{Self}>`, or `fn .. -> Pager<T>` for pages"
)]
pub trait Paged {
    /// Makes the pager.
    fn from_call(call: Call) -> Self;
}

/// What a page holds: any value that serde can read.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from the pages of an ACS operation",
    label = "not deserialisable",
    note = "add `#[derive(serde::Deserialize)]` to the type; an item owns its data"
)]
pub trait PageItem: DeserializeOwned {}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> PageItem for T {}

// Recommended: what is said of a `Pager` is then that its items are wrong.
impl<T: PageItem> Paged for Pager<T> {
    fn from_call(call: Call) -> Self {
        let target = call.parts.as_ref().map(|parts| parts.target.clone()).unwrap_or_default();
        let seen = HashSet::from([hash(&target)]);
        let first = call.to(target.clone());
        let pages = Pages { read: read_page, first, target, seen, empty: 0 };
        Self { items: VecDeque::new(), state: State::Ready(call), pages: Some(pages) }
    }
}

fn hash(target: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    target.hash(&mut hasher);
    hasher.finish()
}

fn read_page<T: DeserializeOwned>(answer: &Answer) -> Result<Page<T>> {
    let seed = PageSeed { items: answer.operation().items, of: PhantomData };
    let page = answer.json().and_then(|text| {
        let mut json = serde_json::Deserializer::from_str(text);
        let page = seed.deserialize(&mut json)?;
        json.end().map(|()| page)
    });
    page.map_err(|error| answer.undecodable(&error))
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
