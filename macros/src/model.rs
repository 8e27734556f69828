//! The input of `expand`. Only `check` creates it: an `Operation` has passed every rule.

use proc_macro2::Ident;
use syn::{Attribute, ItemTrait, Path, Signature, TraitItem, Type};

use crate::diagnostics::SpanRange;

/// A declared trait.
pub(crate) struct Trait {
    /// The crate that holds `Client` and `__private`, if the declaration names it.
    pub(crate) runtime: Option<Path>,
    /// The trait, without its items.
    pub(crate) item: ItemTrait,
    pub(crate) items: Vec<Item>,
}

/// An item of the trait.
pub(crate) enum Item {
    Operation(Box<Operation>),
    Inert(Box<Inert>),
    /// A helper with a body, which is kept unchanged.
    Passthrough(Box<TraitItem>),
}

/// One call over HTTP.
pub(crate) struct Operation {
    pub(crate) attributes: Vec<Attribute>,
    /// For each parameter, the attributes that are not ours.
    pub(crate) param_attrs: Vec<Vec<Attribute>>,
    /// The user's signature, whose output `expand` replaces by that of `output`.
    pub(crate) signature: Signature,
    pub(crate) method: Method,
    pub(crate) path: Vec<PathPiece>,
    /// Where the path is written.
    pub(crate) path_span: SpanRange,
    pub(crate) options: Vec<OptionSetter>,
    pub(crate) constant_headers: Vec<ConstantHeader>,
    pub(crate) arguments: Arguments,
    pub(crate) output: Output,
}

/// A method that an error was reported for: it can be called, and its valid parts are still
/// type-checked.
pub(crate) struct Inert {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) signature: Signature,
    pub(crate) arguments: Arguments,
    /// `None` if there is an error in it.
    pub(crate) output: Option<Output>,
}

/// A piece of the path template.
#[derive(Debug, PartialEq)]
pub(crate) enum PathPiece {
    /// Text that is sent unchanged, slashes included.
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

/// A call of a function of `__private::Operation`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct OptionSetter {
    /// The function, named like the option or one form of it.
    pub(crate) name: &'static str,
    pub(crate) value: OptionValue,
}

/// The value of an option.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum OptionValue {
    Flag,
    Text(String),
    Millis(u64),
    Codes(Vec<u16>),
}

/// A header with the same value in each call.
pub(crate) struct ConstantHeader {
    pub(crate) name: String,
    pub(crate) value: String,
}

/// The format of a value, if it is not the default.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct ValueStyle {
    /// The function of `__private` that formats a time or a duration.
    pub(crate) format: Option<&'static str>,
    /// Whether a list is one parameter, with commas.
    pub(crate) is_comma_separated: bool,
}

/// The arguments that a method sends.
#[derive(Default)]
pub(crate) struct Arguments {
    /// The path's arguments in the order of the placeholders, then the others as declared.
    pub(crate) list: Vec<Argument>,
    /// The parameter that replaces the path.
    pub(crate) url: Option<Argument>,
    pub(crate) body: Option<Body>,
}

/// A value that goes into the path, the query or a header.
pub(crate) struct Argument {
    pub(crate) name: Ident,
    pub(crate) ty: Type,
    pub(crate) cfg: Vec<Attribute>,
    /// The function of `__private` that takes the value.
    pub(crate) function: &'static str,
    /// The key in the query, or the header. The path takes its arguments in order.
    pub(crate) wire_name: Option<String>,
    pub(crate) style: ValueStyle,
}

/// The argument that is the body.
pub(crate) struct Body {
    pub(crate) name: Ident,
    pub(crate) ty: Type,
    pub(crate) optional: bool,
    /// The media type, if it is not `application/json`.
    pub(crate) content_type: Option<String>,
    pub(crate) encoding: BodyEncoding,
}

/// How the body is encoded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum BodyEncoding {
    Json,
    Form,
    /// Bytes and text, unchanged.
    Raw,
}

/// The return type of an operation.
#[derive(Clone)]
pub(crate) enum Output {
    /// `async fn … -> R`
    Future { ty: Type, ignores_body: bool, raw: Option<RawAnswer> },
    /// `fn … -> Pager<T>`
    Pages { ty: Type },
    /// `fn … -> Poller<T>`
    Poller { ty: Type, ignores_result: bool },
}

/// A response that is not read by serde.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum RawAnswer {
    Bytes,
    Text,
}
