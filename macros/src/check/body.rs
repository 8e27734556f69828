//! The body and its media type, which must match.

use syn::Type;

use super::param::ParsedParam;
use crate::diagnostics::{Diagnostic, SpanRange};
use crate::model::{Argument, Body, BodyEncoding, Method};
use crate::syntax::types;

/// The body as it is sent.
pub(super) fn of(argument: Argument, param: &ParsedParam<'_>) -> Body {
    let inner = types::optional(param.ty());
    let content_type = param.text().map(syn::LitStr::value);
    Body {
        name: argument.name,
        encoding: encoding(content_type.as_deref(), param.ty()),
        ty: inner.unwrap_or(param.ty()).clone(),
        optional: inner.is_some(),
        content_type,
    }
}

/// The error in the type of the body or in its media type, if there is one.
pub(super) fn check(param: &ParsedParam<'_>, method: Option<Method>) -> Option<Diagnostic> {
    let content_type = param.text().map(syn::LitStr::value);
    match content_type.as_deref().map(essence) {
        None if is_bytes(param.ty()) => Some(bytes_without_type(param)),
        None if method == Some(Method::Patch) && param.attr.is_ok() => {
            Some(patch_without_type(param))
        }
        Some(essence) if is_nearly_json(&essence) => Some(nearly_json(param, &essence)),
        Some(essence) if essence.starts_with("multipart/") => Some(multipart_body(param)),
        _ => None,
    }
}

fn encoding(content_type: Option<&str>, ty: &Type) -> BodyEncoding {
    match content_type.map(essence).as_deref() {
        // Without a type, which is reported, or JSON already.
        None if is_bytes(ty) => BodyEncoding::Raw,
        None => BodyEncoding::Json,
        Some(essence) if is_json(essence) && is_bytes(ty) => BodyEncoding::Raw,
        Some(essence) if is_json(essence) || is_nearly_json(essence) => BodyEncoding::Json,
        Some("application/x-www-form-urlencoded") if !is_as_it_is(ty) => BodyEncoding::Form,
        Some(_) => BodyEncoding::Raw,
    }
}

/// The media type without its parameters.
fn essence(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// `application/json`, `text/json` and `application/merge-patch+json` (RFC 6839, section 3.1).
fn is_json(essence: &str) -> bool {
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// `application/merge-patch`, `merge-patch+json` and the like.
fn is_nearly_json(essence: &str) -> bool {
    let name = essence.rsplit('/').next().unwrap_or_default();
    let is_complete = essence.starts_with("application/") && is_json(essence);
    !is_complete && ["merge-patch", "json-patch"].iter().any(|patch| name.contains(patch))
}

/// A form that is already encoded is text or bytes.
fn is_as_it_is(ty: &Type) -> bool {
    is_bytes(ty) || types::is_scalar(ty)
}

/// `Bytes`, `&[u8]`, `Vec<u8>` and the like, optional or not.
pub(crate) fn is_bytes(ty: &Type) -> bool {
    let ty = types::optional(ty).unwrap_or(ty);
    match types::bare(ty) {
        Type::Reference(reference) => is_bytes(&reference.elem),
        Type::Slice(slice) => types::is_named(&slice.elem, &["u8"]),
        Type::Array(array) => types::is_named(&array.elem, &["u8"]),
        ty if types::is_named(ty, &["Bytes"]) => true,
        ty => {
            let held = types::first_argument(ty);
            types::is_named(ty, &["Vec"]) && held.is_some_and(|held| types::is_named(held, &["u8"]))
        }
    }
}

fn bytes_without_type(param: &ParsedParam<'_>) -> Diagnostic {
    let own = param.plain_name();
    let message =
        format!("`{own}` holds bytes, but the default type of a body is `application/json`");
    let span = SpanRange::of(&param.parameter.typed);
    Diagnostic::new("parameter/bytes_without_type", span, message).help(format!(
        "state the type: `#[body(content_type = \"application/octet-stream\")] {own}`"
    ))
}

fn patch_without_type(param: &ParsedParam<'_>) -> Diagnostic {
    let own = param.plain_name();
    let message =
        "a `PATCH` must state the media type of its body, which determines how it is applied";
    Diagnostic::new("parameter/patch_without_type", param.span(), message)
        .help(format!("write `#[body(content_type = \"application/merge-patch+json\")] {own}`"))
        .help("or `\"application/json\"`, as the REST page states")
}

fn nearly_json(param: &ParsedParam<'_>, essence: &str) -> Diagnostic {
    let patch = if essence.contains("merge-patch") { "merge-patch" } else { "json-patch" };
    let span = param.text().map_or_else(|| param.span(), SpanRange::of);
    Diagnostic::new("parameter/nearly_json", span, format!("unknown media type `{essence}`"))
        .help(format!("write `content_type = \"application/{patch}+json\"`"))
}

fn multipart_body(param: &ParsedParam<'_>) -> Diagnostic {
    let message = "multipart bodies are not supported";
    let span = param.text().map_or_else(|| param.span(), SpanRange::of);
    Diagnostic::new("parameter/multipart_body", span, message)
        .help("no operation of Communication Services takes one; send it with an HTTP library")
}
