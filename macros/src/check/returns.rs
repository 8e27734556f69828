//! The return type.

use syn::{Safety, Signature, Type};

use super::body;
use crate::diagnostics::{Diagnostic, SpanRange};
use crate::model::{Method, Output, RawAnswer};
use crate::names;
use crate::syntax::text;
use crate::syntax::types::{self, TypeFacts};

/// The types that are returned immediately and send nothing until they are read.
const LAZY: [&str; 2] = ["Pager", "Poller"];

/// The return type. Whether an unusual name is an alias of `Result`, `Pager` or `Poller` is for the
/// compiler to say.
pub(super) fn output(method: Option<Method>, signature: &Signature) -> Result<Output, Diagnostic> {
    let Some(ty) = types::returned(&signature.output) else {
        return Err(no_return_type(signature));
    };
    if let Some(lazy) = LAZY.iter().find_map(|name| types::inside(ty, name)) {
        return Err(pager_in_a_result(ty, lazy));
    }
    let is_async = signature.asyncness.is_some()
        || signature.constness.is_some()
        || signature.abi.is_some()
        || !matches!(signature.safety, Safety::Default);
    match &signature.asyncness {
        _ if is_future(ty) => return Err(future(ty)),
        _ if is_stream(ty) => return Err(stream(ty)),
        Some(asyncness) if types::is_named(ty, &LAZY) => return Err(async_pager(asyncness, ty)),
        Some(_) if is_no_result(ty) => return Err(no_result(ty)),
        None if !is_async && looks_like_result(ty) => return Err(missing_async(signature, ty)),
        _ => {}
    }
    if let Some(diagnostic) = types::first_argument(ty).and_then(success).or_else(|| failure(ty)) {
        return Err(diagnostic);
    }
    let is_pager = types::is_named(ty, &["Pager"]);
    match (is_async, method) {
        (false, _) if is_pager && has_lists(ty) => Err(pager_of_lists(ty)),
        (false, Some(method)) if is_pager && method != Method::Get => {
            Err(pager_without_get(ty, method))
        }
        (false, _) if types::is_named(ty, &["Poller"]) && !begins(signature) => {
            Err(poller_without_begin(signature))
        }
        (false, method) if types::is_named(ty, &["Poller"]) || method != Some(Method::Get) => {
            Ok(Output::Poller { ty: ty.clone(), ignores_result: ignores_body(ty) })
        }
        (false, _) => Ok(Output::Pages { ty: ty.clone() }),
        (true, Some(Method::Head)) if has_body(ty) => Err(body_of_head(ty)),
        (true, _) => Ok(Output::Future {
            ty: ty.clone(),
            ignores_body: ignores_body(ty),
            raw: types::first_argument(ty).and_then(raw),
        }),
    }
}

/// The error in the `T` of `Result<T>`, if there is one.
fn success(ty: &Type) -> Option<Diagnostic> {
    if let Some(part) = types::without_size(ty) {
        return Some(unsized_result(part));
    }
    if is_unnamed(ty) {
        return Some(unnamed_result(ty));
    }
    if let Some(list) = list_of_bytes(ty) {
        return Some(bytes_as_list(list));
    }
    TypeFacts::of(ty).borrows.then(|| borrowed_result(ty))
}

/// The error in the rest of the type, the `E` of `Result<T, E>`, if there is one.
fn failure(ty: &Type) -> Option<Diagnostic> {
    types::without_size(ty).map(unsized_error)
}

/// Whether no method at all can return the type.
pub(crate) fn is_unreturnable(ty: &Type) -> bool {
    let success = types::first_argument(ty);
    let unread = success.is_some_and(|ty| is_unnamed(ty) || types::without_size(ty).is_some());
    let facts = TypeFacts::of(ty);
    facts.infers || facts.has_impl || is_stream(ty) || unread || types::without_size(ty).is_some()
}

fn begins(signature: &Signature) -> bool {
    signature.ident.to_string().starts_with("begin_")
}

fn is_future(ty: &Type) -> bool {
    const BOXES: [&str; 5] = ["Future", "BoxFuture", "LocalBoxFuture", "Pin", "Box"];
    let boxed = types::is_named(ty, &BOXES) || !matches!(types::bare(ty), Type::Path(_));
    boxed && TypeFacts::of(ty).mentions(&BOXES[..3])
}

fn is_stream(ty: &Type) -> bool {
    const BOXES: [&str; 4] = ["BoxStream", "LocalBoxStream", "Pin", "Box"];
    let boxed = types::is_named(ty, &BOXES) || !matches!(types::bare(ty), Type::Path(_));
    boxed && TypeFacts::of(ty).mentions(&["Stream", "BoxStream", "LocalBoxStream"])
}

fn is_unnamed(success: &Type) -> bool {
    let facts = TypeFacts::of(success);
    facts.has_impl || facts.names_self || facts.infers
}

fn is_no_result(ty: &Type) -> bool {
    const NO_RESULTS: [&str; 6] = ["Option", "Vec", "Box", "Response", "ByteStream", "Value"];
    match types::bare(ty) {
        Type::Path(_) => types::is_named(ty, &NO_RESULTS) || types::is_scalar(ty),
        Type::Macro(_) => false,
        _ => true,
    }
}

fn has_lists(pager: &Type) -> bool {
    types::first_argument(pager).is_some_and(|item| types::is_named(item, &["Vec", "VecDeque"]))
}

/// Without `async`, another type may still be a `Pager` or a `Poller` by another name.
fn looks_like_result(ty: &Type) -> bool {
    types::is_named_result(ty) || (is_no_result(ty) && !types::is_named(ty, &LAZY))
}

fn ignores_body(ty: &Type) -> bool {
    types::first_argument(ty).is_some_and(is_empty)
}

/// The `Vec<u8>` in the answer.
fn list_of_bytes(ty: &Type) -> Option<&Type> {
    match types::is_named(ty, &["Option", "Response"]) {
        true => types::first_argument(ty).and_then(list_of_bytes),
        false => Some(ty).filter(|ty| types::is_named(ty, &["Vec"]) && body::is_bytes(ty)),
    }
}

/// How the `T` of `Result<T>` is read, if not by serde.
fn raw(ty: &Type) -> Option<RawAnswer> {
    match types::bare(ty) {
        ty if types::is_named(ty, &["Bytes"]) => Some(RawAnswer::Bytes),
        ty if types::is_named(ty, &["String"]) => Some(RawAnswer::Text),
        ty if types::is_named(ty, &["Option", "Response"]) => {
            types::first_argument(ty).and_then(raw)
        }
        _ => None,
    }
}

fn is_empty(ty: &Type) -> bool {
    let response = types::is_named(ty, &["Response"]).then(|| types::first_argument(ty)).flatten();
    types::is_unit(ty) || response.is_some_and(types::is_unit)
}

fn has_body(ty: &Type) -> bool {
    types::first_argument(ty).is_some_and(|success| !is_empty(success))
}

fn no_return_type(signature: &Signature) -> Diagnostic {
    let span = SpanRange::after(signature.paren_token.span.close());
    Diagnostic::new("return/no_return_type", span, "an operation returns its result")
        .help("write `-> Result<T>`, or `-> Result<()>` if there is nothing to read")
}

fn future(ty: &Type) -> Diagnostic {
    let message = format!("an operation is an `async fn`, it does not return `{}`", text(ty));
    Diagnostic::new("return/future", ty, message).help("write `async fn .. -> Result<T>`")
}

fn stream(ty: &Type) -> Diagnostic {
    let message = format!("an operation cannot return `{}`", text(ty));
    Diagnostic::new("return/stream", ty, message)
        .help("write `fn .. -> Pager<T>` for pages, `async fn .. -> Result<ByteStream>` for a file")
}

fn unsized_result(ty: &Type) -> Diagnostic {
    let message = format!("`{}` has no known size, so it cannot be returned", text(ty));
    let fix = match types::bare(ty) {
        Type::TraitObject(_) => "name a type that `serde` can read".to_owned(),
        ty => format!("return `{}`", types::sized(ty)),
    };
    Diagnostic::new("return/unsized_result", ty, message).help(fix)
}

fn unsized_error(ty: &Type) -> Diagnostic {
    let message = format!("`{}` has no known size, so it cannot be the error", text(ty));
    let fix = match text(ty).as_str() {
        "dyn Error" => "Box<dyn Error + Send + Sync>".to_owned(),
        "dyn std::error::Error" => "Box<dyn std::error::Error + Send + Sync>".to_owned(),
        _ => "acs_rest::Error".to_owned(),
    };
    Diagnostic::new("return/unsized_error", ty, message).help(format!("write `{fix}`"))
}

fn unnamed_result(ty: &Type) -> Diagnostic {
    let message = format!("a response is read into a concrete type, not `{}`", text(ty));
    Diagnostic::new("return/unnamed_result", ty, message)
        .help("name the type of the response, such as `Result<MuteParticipantsResult>`")
}

fn async_pager(asyncness: &syn::Token![async], ty: &Type) -> Diagnostic {
    let name = lazy_name(ty);
    let message =
        format!("a `{name}` is returned at once and sends later, so its operation is not `async`");
    Diagnostic::new("return/async_pager", asyncness, message)
        .help(format!("write `fn .. -> {name}<T>`"))
}

fn lazy_name(ty: &Type) -> &'static str {
    if types::is_named(ty, &["Poller"]) { "Poller" } else { "Pager" }
}

fn pager_of_lists(ty: &Type) -> Diagnostic {
    let item = types::first_argument(ty).and_then(types::first_argument).map(text);
    let message = format!("the items of `{}` would be lists: `Pager<T>` names one item", text(ty));
    let item = item.unwrap_or_else(|| "T".to_owned());
    Diagnostic::new("return/pager_of_lists", ty, message)
        .help(format!("write `Pager<{item}>`; `Pager::into_pages` reads page by page"))
}

fn no_result(ty: &Type) -> Diagnostic {
    let inner = match types::bare(ty) {
        Type::Infer(_) | Type::Never(_) | Type::ImplTrait(_) => "T".to_owned(),
        ty => text(ty).replace("&str", "String"),
    };
    let message = format!("an operation must return `Result<{inner}>`, not `{}`", text(ty));
    Diagnostic::new("return/no_result", ty, message).help(format!("write `-> Result<{inner}>`"))
}

fn missing_async(signature: &Signature, ty: &Type) -> Diagnostic {
    let ty = if is_no_result(ty) { format!("Result<{}>", text(ty)) } else { text(ty) };
    Diagnostic::new("return/missing_async", &signature.fn_token, "an operation is `async`")
        .help(format!("write `async fn {}(..) -> {ty}`", signature.ident))
}

fn bytes_as_list(ty: &Type) -> Diagnostic {
    let message = format!("`{}` would be read from a JSON array of numbers", text(ty));
    Diagnostic::new("return/bytes_as_list", ty, message)
        .help("return `Bytes`, which is `acs_rest::bytes::Bytes`, or `ByteStream` for a large file")
}

fn borrowed_result(ty: &Type) -> Diagnostic {
    let message = format!("responses own their data, so they cannot hold `{}`", text(ty));
    let owned = match text(ty).as_str() {
        "&str" | "&'static str" | "&'a str" => "`String`",
        _ => "a type without lifetimes",
    };
    Diagnostic::new("return/borrowed_result", ty, message).help(format!("return {owned}"))
}

fn body_of_head(ty: &Type) -> Diagnostic {
    Diagnostic::new("return/body_of_head", ty, "the response to `HEAD` has no body to read")
        .help("return `Result<()>`, or `Result<Response<()>>` for the status and headers")
}

fn pager_in_a_result(ty: &Type, pager: &Type) -> Diagnostic {
    let (name, reason) = match lazy_name(pager) {
        "Poller" => ("Poller", "awaiting it reports the error"),
        name => (name, "each page reports its own error"),
    };
    let message = format!("a `{name}` is returned without a `Result`: {reason}");
    Diagnostic::new("return/pager_in_a_result", ty, message)
        .help(format!("write `fn .. -> {}`, without `async`", text(pager)))
}

/// Requires the prefix that `azure_core` uses for methods that start a long-running operation.
fn poller_without_begin(signature: &Signature) -> Diagnostic {
    let name = names::plain(&signature.ident);
    let message = "the name of an operation that returns a `Poller` starts with `begin_`";
    Diagnostic::new("return/poller_without_begin", &signature.ident, message)
        .help(format!("write `begin_{}`", name.trim_start_matches("start_")))
}

fn pager_without_get(ty: &Type, method: Method) -> Diagnostic {
    let message = format!("pages are read with `GET`, not with `{}`", method.name());
    Diagnostic::new("return/pager_without_get", ty, message)
        .help("make the method `GET`, or return `Result<T>` and page by hand")
}
