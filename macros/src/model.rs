//! What `expand` prints. Valid by construction: only `check` builds it, after every rule has spoken.

use proc_macro2::Ident;
use syn::{Attribute, ItemTrait, Path, Signature, TraitItem, Type};

/// A declared trait.
pub(crate) struct Trait {
    /// The crate that holds `Client` and `__private`, if it is not `::acs_rest`.
    pub(crate) runtime: Option<Path>,
    /// The trait, without its items.
    pub(crate) head: ItemTrait,
    pub(crate) items: Vec<Item>,
}

/// An item of the trait.
pub(crate) enum Item {
    Operation(Box<Operation>),
    /// A helper with a body: stays as it is.
    Passthrough(Box<TraitItem>),
}

/// One call over HTTP.
pub(crate) struct Operation {
    pub(crate) attributes: Vec<Attribute>,
    /// For each parameter, attributes that are none of ours.
    pub(crate) marks: Vec<Vec<Attribute>>,
    /// The user's signature, whose output `expand` replaces by that of `output`.
    pub(crate) signature: Signature,
    pub(crate) method: Method,
    pub(crate) path: Vec<PathPiece>,
    pub(crate) options: Options,
    /// The path's arguments in the order of the placeholders, then the others as declared.
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<Body>,
    pub(crate) output: Output,
}

/// A piece of the path template.
#[derive(Debug, PartialEq)]
pub(crate) enum PathPiece {
    /// Text that goes out as it is, slashes included.
    Literal(String),
    /// The name of a placeholder.
    Placeholder(String),
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Method {
    Get,
    Head,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    pub(crate) const ALL: [Self; 6] =
        [Self::Get, Self::Head, Self::Post, Self::Put, Self::Patch, Self::Delete];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    pub(crate) fn has_body(self) -> bool {
        matches!(self, Self::Post | Self::Put | Self::Patch)
    }

    /// RFC 9110, section 9.2.1.
    pub(crate) fn is_safe(self) -> bool {
        matches!(self, Self::Get | Self::Head)
    }
}

/// What an operation message beyond its method and path.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    pub(crate) retry_safety: Option<RetrySafety>,
    pub(crate) api_version: Option<String>,
    pub(crate) timeout_millis: Option<u64>,
    pub(crate) items: Option<String>,
}

/// Why a call may be sent twice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum RetrySafety {
    /// The service knows the repeatability headers.
    Repeatable,
    /// Doing it twice is doing it once.
    Idempotent,
}

/// A value that goes into the path, the query or a header.
pub(crate) struct Parameter {
    pub(crate) name: Ident,
    pub(crate) ty: Type,
    pub(crate) cfg: Vec<Attribute>,
    pub(crate) location: Location,
}

/// Where a value goes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Location {
    Path,
    Query(String),
    Header(String),
}

/// The argument that is sent as JSON.
pub(crate) struct Body {
    pub(crate) name: Ident,
    /// Without the `Option` of an optional body.
    pub(crate) ty: Type,
    pub(crate) optional: bool,
    pub(crate) content_type: Option<String>,
}

/// What comes back.
pub(crate) enum Output {
    /// `async fn … -> R`
    Future { ty: Type, ignores_body: bool },
    /// `fn … -> Pager<T>`
    Pages { ty: Type },
}
