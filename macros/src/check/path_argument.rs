//! The path among the arguments of an attribute: what is wrong with it before it is read.

use proc_macro2::Span;
use quote::ToTokens;
use syn::LitStr;

use super::http_method::or_get;
use crate::diagnostics::{Diagnostic, SpanRange};
use crate::model::Method;
use crate::syntax::{Arguments, text};

pub(super) fn missing_path(method: Option<Method>, span: Span) -> Diagnostic {
    let method = or_get(method);
    let message = format!("missing the path after `{method}`");
    Diagnostic::new("attribute/missing_path", SpanRange::after(span), message)
        .help(format!("`{method}, \"/path\"`"))
}

pub(super) fn path_beside_a_url(arguments: &Arguments, path: Option<&LitStr>) -> Diagnostic {
    let span = path.map_or(arguments.span, SpanRange::of);
    let message = "the parameter with `#[url]` replaces the path";
    Diagnostic::new("attribute/path_beside_a_url", span, message)
        .help("remove the path, or the attribute `#[url]`")
}

pub(super) fn path_no_literal(tokens: &impl ToTokens, method: Option<Method>) -> Diagnostic {
    let found = text(tokens);
    let message = format!("the path must be a string literal, found `{found}`");
    let path = quoted_inside(&found).unwrap_or_else(|| "/path".to_owned());
    Diagnostic::new("attribute/path_no_literal", tokens, message)
        .help(format!("`{}, \"{path}\"`", or_get(method)))
}

/// The path in `"/a".to_string()`, `concat!("/a", "/b")` and `""/a""`, if it can be determined.
pub(super) fn quoted_inside(text: &str) -> Option<String> {
    let mut paths = text.split('"').map(str::trim).filter(|part| part.starts_with('/'));
    match (paths.next(), paths.next()) {
        (Some(path), None) if !path.contains(['{', '%']) => Some(path.to_owned()),
        _ => None,
    }
}

pub(super) fn path_not_plain(literal: &impl ToTokens) -> Diagnostic {
    let message = format!("expected a plain string literal, found `{}`", text(literal));
    Diagnostic::new("attribute/path_not_plain", literal, message)
        .help("`\"/path\"`, without prefix or suffix")
}

pub(super) fn second_path(literal: &impl ToTokens) -> Diagnostic {
    let message = format!("an operation has one path; `{}` is a second", text(literal));
    Diagnostic::new("attribute/second_path", literal, message)
        .help("remove it; an option is written `name = \"value\"`")
}
