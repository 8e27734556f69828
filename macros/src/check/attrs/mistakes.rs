//! What is said about `#[path]`, `#[query]`, `#[header]` and `#[body]`.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{Attribute, Lit, LitStr, Pat};

use super::super::{names, types};
use super::Kind;
use crate::diagnostics::Diagnostic;
use crate::syntax::{Argument, Arguments, Parameter};

/// The parameter's name, as far as there is one, for a suggestion.
pub(super) fn hint(parameter: &Parameter) -> String {
    match &*parameter.typed.pat {
        Pat::Ident(pat) => names::plain(&pat.ident),
        _ => "name".to_owned(),
    }
}

pub(super) fn wire_name(kind: Kind, parameter: &Parameter) -> String {
    let name = hint(parameter);
    if kind == Kind::Header { names::header(&name) } else { names::camel(&name) }
}

pub(super) fn mut_parameter(mutability: &impl ToTokens, name: &Ident) -> Diagnostic {
    Diagnostic::new(
        "signature/mut_parameter",
        mutability,
        "`mut` has no meaning on a parameter here",
    )
    .help(format!("write `{name}`"))
}

pub(super) fn unnamed_parameter(pat: &Pat) -> Diagnostic {
    let message = format!("parameters must be named, found `{}`", types::text(pat));
    Diagnostic::new("signature/unnamed_parameter", pat, message)
        .help("give it a name: it message where the value goes")
}

pub(super) fn two_marks(attribute: &Attribute) -> Diagnostic {
    let message = format!("`{}` is a second place for one value", types::text(attribute));
    Diagnostic::new("parameter/two_marks", attribute, message)
        .help("keep one of the two attributes")
}

pub(super) fn unknown_mark(attribute: &Attribute, meant: Kind) -> Diagnostic {
    let written = types::text(attribute.path());
    let message = format!("unknown parameter attribute `#[{written}]`");
    let fix = match meant {
        Kind::Header => "header(\"Name\")",
        kind => kind.name(),
    };
    Diagnostic::new("parameter/unknown_mark", attribute.path(), message)
        .help(format!("did you mean `#[{fix}]`?"))
}

pub(super) fn body_arguments(attribute: &Attribute) -> Diagnostic {
    let message = "`#[body]` takes nothing but a content type";
    Diagnostic::new("parameter/body_arguments", attribute, message)
        .help("`#[body]`, or `#[body(content_type = \"application/merge-patch+json\")]`")
}

pub(super) fn no_content_type(text: &LitStr) -> Diagnostic {
    let message = format!("`{}` is no content type", text.value().escape_debug());
    Diagnostic::new("parameter/no_content_type", text, message)
        .help("such as `content_type = \"application/merge-patch+json\"`")
}

pub(super) fn header_without_name(attribute: &Attribute, parameter: &Parameter) -> Diagnostic {
    let name = wire_name(Kind::Header, parameter);
    Diagnostic::new("parameter/header_without_name", attribute, "a header needs its name")
        .help(format!("write `#[header(\"{name}\")]`"))
}

pub(super) fn mark_arguments(
    attribute: &Attribute,
    kind: Kind,
    parameter: &Parameter,
    arguments: &Arguments,
) -> Diagnostic {
    let name = arguments.list.first().and_then(|argument| match argument {
        Argument::Literal(Lit::Str(text)) => Some(text.value()),
        Argument::Setting { value, .. } => {
            syn::parse2(value.clone()).ok().map(|text: LitStr| text.value())
        }
        Argument::Word(word) if kind == Kind::Header => {
            Some(names::header(&names::snake(&word.to_string())))
        }
        Argument::Word(word) => Some(word.to_string()),
        _ => None,
    });
    let name = name.unwrap_or_else(|| wire_name(kind, parameter));
    let kind = kind.name();
    let message = format!("`#[{kind}]` takes one name in quotes and parentheses");
    Diagnostic::new("parameter/mark_arguments", attribute, message)
        .help(format!("write `#[{kind}(\"{name}\")]`"))
}

pub(super) fn empty_name(text: &LitStr, kind: Kind, parameter: &Parameter) -> Diagnostic {
    let what = match kind {
        Kind::Path => "placeholder name",
        Kind::Query => "query key",
        Kind::Header => "header name",
        Kind::Body => "content type",
    };
    let name = match kind {
        Kind::Body => "application/json".to_owned(),
        kind => wire_name(kind, parameter),
    };
    Diagnostic::new("parameter/empty_name", text, format!("the {what} is empty"))
        .help(format!("write `\"{name}\"`"))
}
