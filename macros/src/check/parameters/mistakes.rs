//! What is said about parameters.

use syn::{Attribute, Ident, Type};

use super::super::attrs::ParsedParam;
use super::super::{names, types};
use crate::diagnostics::{Diagnostic, SpanRange};
use crate::model::Method;

pub(super) fn parameter_twice(name: &Ident) -> Diagnostic {
    let message = format!("a parameter named `{name}` is there already");
    Diagnostic::new("parameter/parameter_twice", name, message)
        .help("give one of the two another name")
}

pub(super) fn mutable_reference(ty: &Type, inner: &Type) -> Diagnostic {
    let message = format!("an argument is only read, so `{}` cannot be `&mut`", types::text(ty));
    Diagnostic::new("signature/mutable_reference", ty, message)
        .help(format!("write `&{}`", types::text(inner)))
}

pub(super) fn mutable_option(ty: &Type) -> Diagnostic {
    let text = types::text(ty);
    let message = format!("an argument is only read, so its type is not `{text}`");
    Diagnostic::new("signature/mutable_option", ty, message)
        .help(format!("write `{}`", text.replace("&mut ", "&")))
}

pub(super) fn inferred_argument(ty: &Type) -> Diagnostic {
    let message = format!("operations take concrete types, not `{}`", types::text(ty));
    Diagnostic::new("signature/inferred_argument", ty, message)
        .help("name the type, such as `&str`")
}

pub(super) fn documented(doc: &Attribute) -> Diagnostic {
    let message = "a parameter has no documentation of its own";
    Diagnostic::new("parameter/documented", doc, message)
        .help("describe it in the documentation of the method, or write `//`")
}

pub(super) fn unit_argument(param: &ParsedParam<'_>) -> Diagnostic {
    let own = param.plain().unwrap_or_default();
    Diagnostic::new(
        "parameter/unit_argument",
        &param.parameter.typed,
        "`()` carries nothing to send",
    )
    .help(format!("remove `{own}`, or mark it `#[body]` to send `null`"))
}

pub(super) fn impl_argument(ty: &Type) -> Diagnostic {
    let message = format!("operations take concrete types, not `{}`", types::text(ty));
    Diagnostic::new("signature/impl_argument", ty, message).help("name the type, such as `&str`")
}

pub(super) fn borrowed_option(ty: &Type, option: &Type) -> Diagnostic {
    let inner = types::optional(option).unwrap_or(option);
    let inner = match types::is_named(inner, &["String"]) {
        true => "str".to_owned(),
        false => types::text(inner).trim_start_matches('&').to_owned(),
    };
    let message = format!("an optional value is not written `{}`", types::text(ty));
    Diagnostic::new("parameter/borrowed_option", ty, message)
        .help(format!("write `Option<&{inner}>`"))
}

pub(super) fn unmarked(param: &ParsedParam<'_>, may_be_body: bool) -> Diagnostic {
    let own = param.plain().unwrap_or_default();
    let body = if may_be_body { " or `#[body]`" } else { "" };
    let comma = if body.is_empty() { " or" } else { "," };
    let header = names::header(&own);
    let message = format!("`{own}` is neither a placeholder of the path nor marked");
    Diagnostic::new("parameter/unmarked", &param.parameter.typed, message)
        .help(format!("mark it `#[query]`{comma} `#[header(\"{header}\")]`{body}"))
        .help(format!("or write `<{}>` in the path", names::camel(&own)))
}

pub(super) fn body_not_allowed(param: &ParsedParam<'_>, method: Method) -> Diagnostic {
    let (own, method) = (param.plain().unwrap_or_default(), method.name());
    let message = format!("`{method}` cannot carry a body, which `{own}` would be");
    Diagnostic::new("parameter/body_not_allowed", param_span(param), message)
        .help(format!("mark it `#[query] {own}`, or make the operation a `POST`"))
}

pub(super) fn second_body(param: &ParsedParam<'_>, first: &ParsedParam<'_>) -> Diagnostic {
    let (own, first) = (param.plain().unwrap_or_default(), first.plain().unwrap_or_default());
    let message = format!("`{own}` would be a second body: the body is already `{first}`");
    Diagnostic::new("parameter/second_body", param_span(param), message)
        .help("mark it `#[query]` or `#[header(\"..\")]`, or send one type that holds both")
}

pub(super) fn conditional_body(cfg: &Attribute) -> Diagnostic {
    Diagnostic::new("parameter/conditional_body", cfg, "the body cannot be conditional")
        .help("put the `#[cfg(..)]` on the method, and declare it twice")
}

pub(super) fn param_span(param: &ParsedParam<'_>) -> SpanRange {
    param.attributed_span().to(&param.parameter.typed.ty)
}

pub(super) fn name_span(param: &ParsedParam<'_>) -> SpanRange {
    param.text().map_or_else(|| SpanRange::of(&param.parameter.typed.pat), SpanRange::of)
}

pub(super) fn query_key_twice(param: &ParsedParam<'_>, key: &str, first: &str) -> Diagnostic {
    let message = format!("query key `{key}` is already sent by `{first}`");
    Diagnostic::new("parameter/query_key_twice", name_span(param), message)
        .help("remove one of the two; several values of one key are a list: `&[..]`")
}

pub(super) fn header_twice(param: &ParsedParam<'_>, name: &str, first: &str) -> Diagnostic {
    let message = format!("header `{name}` is already sent by `{first}`");
    Diagnostic::new("parameter/header_twice", name_span(param), message)
        .help("remove one of the two")
}
