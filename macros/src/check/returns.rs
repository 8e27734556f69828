//! The return type, and how a call behaves.

use proc_macro2::Ident;
use syn::{ReturnType, Signature, Type};

use super::options::Options;
use super::types;
use crate::diagnostics::{Diagnostic, Diagnostics, ErrorGuaranteed, SpanRange};
use crate::model::{self, Method, Output, RetrySafety};

/// The return type. Whether an unusual name is an alias of `Result` or of `Pager` is for the
/// compiler to say.
pub(super) fn output(
    method: Option<Method>,
    signature: &Signature,
    diagnostics: &Diagnostics,
) -> Result<Output, ErrorGuaranteed> {
    read(method, signature).map_err(|mistake| diagnostics.report(mistake))
}

fn read(method: Option<Method>, signature: &Signature) -> Result<Output, Diagnostic> {
    let ReturnType::Type(_, ty) = &signature.output else {
        return Err(no_return_type(signature));
    };
    if let Some(pager) = types::inside(ty, "Pager") {
        return Err(pager_in_a_result(ty, pager));
    }
    let is_async = signature.asyncness.is_some() || signature.constness.is_some();
    match &signature.asyncness {
        _ if is_future(ty) => return Err(future(ty)),
        _ if is_stream(ty) => return Err(stream(ty)),
        Some(asyncness) if types::is_named(ty, &["Pager"]) => return Err(async_pager(asyncness)),
        Some(_) if is_no_result(ty) => return Err(no_result(ty)),
        None if types::is_named(ty, &["Pager"]) || !looks_like_result(ty) => {}
        None if !is_async => return Err(missing_async(signature, ty)),
        _ => {}
    }
    if let Some(success) = types::first_argument(ty) {
        if let Some(owned) = types::owned(success) {
            return Err(unsized_result(success, &owned));
        }
        if is_unnamed(success) {
            return Err(unnamed_result(success));
        }
    }
    if let Some(borrowed) = types::first_argument(ty).filter(|ty| types::borrows(ty)) {
        return Err(borrowed_result(borrowed));
    }
    match (is_async, method) {
        (false, Some(method)) if method != Method::Get => Err(pager_without_get(ty, method)),
        (false, _) => Ok(Output::Pages { ty: (**ty).clone() }),
        (true, Some(Method::Head)) if has_body(ty) => Err(body_of_head(ty)),
        (true, _) => Ok(Output::Future { ty: (**ty).clone(), ignores_body: ignores_body(ty) }),
    }
}

fn is_future(ty: &Type) -> bool {
    const BOXES: [&str; 5] = ["Future", "BoxFuture", "LocalBoxFuture", "Pin", "Box"];
    let boxed = types::is_named(ty, &BOXES) || !matches!(types::bare(ty), Type::Path(_));
    boxed && BOXES[..3].iter().any(|word| types::has_word(ty, word))
}

fn is_stream(ty: &Type) -> bool {
    const BOXES: [&str; 4] = ["BoxStream", "LocalBoxStream", "Pin", "Box"];
    let boxed = types::is_named(ty, &BOXES) || !matches!(types::bare(ty), Type::Path(_));
    boxed && ["Stream", "BoxStream", "LocalBoxStream"].iter().any(|word| types::has_word(ty, word))
}

fn is_unnamed(success: &Type) -> bool {
    types::has_impl(success) || types::is_self(success) || types::infers(success)
}

/// Whether no inert method can return the type, whatever else is wrong.
pub(crate) fn is_unreadable(ty: &Type) -> bool {
    let success = types::first_argument(ty);
    let unread = success.is_some_and(|ty| is_unnamed(ty) || types::owned(ty).is_some());
    types::infers(ty) || is_stream(ty) || unread
}

/// Whether those who call the method await it, with or without its `async`.
pub(crate) fn is_awaited(ty: &Type) -> bool {
    let named_so =
        types::last_segment(ty).is_some_and(|last| last.ident.to_string().ends_with("Result"));
    named_so || types::is_named(ty, &["Response", "ByteStream"])
}

fn is_no_result(ty: &Type) -> bool {
    const NO_RESULTS: [&str; 6] = ["Option", "Vec", "Box", "Response", "ByteStream", "Value"];
    match types::bare(ty) {
        Type::Path(_) => types::is_named(ty, &NO_RESULTS) || types::is_scalar(ty),
        Type::Macro(_) => false,
        _ => true,
    }
}

/// Without `async`, a plain value may still be a `Pager` by another name; these are none.
fn looks_like_result(ty: &Type) -> bool {
    let named_so =
        types::last_segment(ty).is_some_and(|last| last.ident.to_string().ends_with("Result"));
    named_so || is_no_result(ty)
}

fn ignores_body(ty: &Type) -> bool {
    types::first_argument(ty).is_some_and(is_empty)
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
    let message =
        format!("the `async` of an operation is written, not returned as `{}`", types::text(ty));
    Diagnostic::new("return/future", ty, message).help("write `async fn .. -> Result<T>`")
}

fn stream(ty: &Type) -> Diagnostic {
    let message = format!("an operation returns no `{}`", types::text(ty));
    Diagnostic::new("return/stream", ty, message)
        .help("write `fn .. -> Pager<T>` for pages, `async fn .. -> Result<ByteStream>` for a file")
}

fn unsized_result(ty: &Type, owned: &str) -> Diagnostic {
    let message = format!("`{}` has no size of its own, so it cannot be returned", types::text(ty));
    Diagnostic::new("return/unsized_result", ty, message).help(format!("return `{owned}`"))
}

fn unnamed_result(ty: &Type) -> Diagnostic {
    let message = format!("an answer is read into a concrete type, not `{}`", types::text(ty));
    Diagnostic::new("return/unnamed_result", ty, message)
        .help("name the type of the answer, such as `Result<MuteParticipantsResult>`")
}

fn async_pager(asyncness: &syn::Token![async]) -> Diagnostic {
    let message = "a `Pager` is made at once and fetches later, so its operation is not `async`";
    Diagnostic::new("return/async_pager", asyncness, message).help("write `fn .. -> Pager<T>`")
}

fn no_result(ty: &Type) -> Diagnostic {
    let inner = match types::bare(ty) {
        Type::Infer(_) | Type::Never(_) | Type::ImplTrait(_) => "T".to_owned(),
        ty => types::text(ty).replace("&str", "String"),
    };
    let message = format!("operations can fail, so `{}` is no return type", types::text(ty));
    Diagnostic::new("return/no_result", ty, message).help(format!("write `-> Result<{inner}>`"))
}

fn missing_async(signature: &Signature, ty: &Type) -> Diagnostic {
    let ty =
        if is_no_result(ty) { format!("Result<{}>", types::text(ty)) } else { types::text(ty) };
    Diagnostic::new("return/missing_async", &signature.fn_token, "an operation is `async`")
        .help(format!("write `async fn {}(..) -> {ty}`", signature.ident))
}

fn borrowed_result(ty: &Type) -> Diagnostic {
    let message = format!("responses own their data, so they cannot hold `{}`", types::text(ty));
    let owned = match types::text(ty).as_str() {
        "&str" | "&'static str" | "&'a str" => "`String`",
        _ => "a type without lifetimes",
    };
    Diagnostic::new("return/borrowed_result", ty, message).help(format!("return {owned}"))
}

fn body_of_head(ty: &Type) -> Diagnostic {
    Diagnostic::new("return/body_of_head", ty, "the answer to `HEAD` has no body to read")
        .help("return `Result<()>`, or `Result<Response<()>>` for the status and headers")
}

fn pager_in_a_result(ty: &Type, pager: &Type) -> Diagnostic {
    let message = "a `Pager` cannot fail to be made; its pages can, each by itself";
    Diagnostic::new("return/pager_in_a_result", ty, message)
        .help(format!("write `fn .. -> {}`, without `async`", types::text(pager)))
}

fn pager_without_get(ty: &Type, method: Method) -> Diagnostic {
    let message = format!("pages are read with `GET`, not with `{}`", method.name());
    Diagnostic::new("return/pager_without_get", ty, message)
        .help("make the method `GET`, or return `Result<T>` and page by hand")
}

/// The options, as far as they go together with the method and the return type.
pub(super) fn behaviour(
    method: Option<Method>,
    own: Result<Options, ErrorGuaranteed>,
    defaults: &Options,
    output: &Result<Output, ErrorGuaranteed>,
    diagnostics: &Diagnostics,
) -> Result<model::Options, ErrorGuaranteed> {
    let (own, mut sound) = (own?, Ok(()));
    if let (Some(method), Some((_, name))) = (method, &own.retry_safety)
        && method.is_safe()
    {
        sound = Err(diagnostics.report(already_safe(name, method)));
    }
    if let (Ok(Output::Future { .. }), Some((_, name))) = (output, &own.items) {
        sound = Err(diagnostics.report(items_without_pager(name)));
    }
    sound.map(|()| combined(method, own, defaults, output))
}

/// A default applies where it can: `repeatable` not to `GET`, `items` to no single answer.
fn combined(
    method: Option<Method>,
    own: Options,
    defaults: &Options,
    output: &Result<Output, ErrorGuaranteed>,
) -> model::Options {
    let options = own.or(defaults);
    let repeats = method.is_some_and(|method| !method.is_safe());
    let pages = matches!(output, Ok(Output::Pages { .. }));
    let retry_safety: Option<RetrySafety> =
        options.retry_safety.map(|(retry_safety, _)| retry_safety);
    model::Options {
        retry_safety: retry_safety.filter(|_| repeats),
        api_version: options.api_version,
        timeout_millis: options.timeout_millis,
        items: options.items.map(|(items, _)| items).filter(|_| pages),
    }
}

fn already_safe(name: &Ident, method: Method) -> Diagnostic {
    let message = format!("`{}` is already safe to repeat", method.name());
    Diagnostic::new("return/already_safe", name, message).help(format!("remove `{name}`"))
}

fn items_without_pager(name: &Ident) -> Diagnostic {
    let message = "`items` names a field of pages, and this operation returns none";
    Diagnostic::new("return/items_without_pager", name, message)
        .help("remove `items`, or return `Pager<T>` from a `fn` without `async`")
}
