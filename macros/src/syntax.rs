//! The source with its spans: the attribute's arguments, the trait and its methods. It applies no
//! rules.

mod arguments;
mod item;
mod recover;
mod text;
pub(crate) mod types;

pub(crate) use arguments::{Argument, Arguments, SeparatorError};
pub(crate) use item::{Item, Method, Parameter, Trait};
pub(crate) use text::{text, unquoted};

use proc_macro2::{Span, TokenStream};

/// Which of the two attributes is on the trait.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Form {
    /// `#[acs_operation(METHOD, "path", options…)]`: a group of one.
    Single,
    /// `#[acs_operations(options…)]`, with an `#[acs_operation(..)]` on each method.
    Group,
}

impl Form {
    pub(crate) fn attribute(self) -> &'static str {
        match self {
            Self::Single => "acs_operation",
            Self::Group => "acs_operations",
        }
    }
}

/// A whole declaration.
pub(crate) struct Declaration {
    pub(crate) form: Form,
    /// The arguments of the attribute on the trait.
    pub(crate) arguments: Arguments,
    pub(crate) item: Trait,
}

/// The attribute that is being expanded, as the user's token: with the macro's own context, rustc
/// adds to an error that it originates in a macro.
pub(crate) fn attribute_span(item: &TokenStream) -> Span {
    let first = item.clone().into_iter().next().map_or_else(Span::call_site, |token| token.span());
    Span::call_site().resolved_at(first)
}

/// Whether the attribute is written `#[name = ".."]`: rustc reports it and calls the macro
/// nevertheless.
pub(crate) fn is_key_value() -> bool {
    let text =
        proc_macro::is_available().then(|| Span::call_site().unwrap().source_text()).flatten();
    text.is_some_and(|text| {
        text.find(['=', '(', '{']).is_some_and(|at| text[at..].starts_with('='))
    })
}

impl Declaration {
    /// The declaration, unless the item is something other than a trait.
    pub(crate) fn parse(form: Form, arguments: TokenStream, item: &TokenStream) -> Option<Self> {
        let attribute = attribute_span(item);
        let read = syn::parse2(item.clone()).ok();
        let mut item: Trait = read.or_else(|| recover::item(item))?;
        let arguments = match is_key_value() {
            true => {
                item.set_malformed(form);
                TokenStream::new()
            }
            false => arguments,
        };
        Some(Self { form, arguments: Arguments::parse(attribute, arguments), item })
    }
}
