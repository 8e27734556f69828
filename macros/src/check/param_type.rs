//! The type of a parameter, as far as its spelling shows that it cannot be sent.

use syn::Type;

use super::param::ParsedParam;
use super::param_kind::ParamKind;
use crate::diagnostics::Diagnostic;
use crate::syntax::text;
use crate::syntax::types::{self, TypeFacts};

/// What is wrong with the type.
pub(super) fn check(param: &ParsedParam<'_>) -> Option<Diagnostic> {
    let (ty, facts) = (param.ty(), TypeFacts::of(param.ty()));
    match types::referent(ty) {
        Some(referent) if types::is_mutable(ty) => Some(mutable_reference(ty, referent)),
        _ if facts.has_impl || facts.has_unusable_dyn => Some(impl_argument(ty)),
        _ if facts.has_thread_bound => Some(thread_bound_argument(ty)),
        _ if types::without_size(ty).is_some() => {
            types::without_size(ty).map(|part| unsized_argument(ty, part))
        }
        _ if facts.infers || facts.names_self => Some(inferred_argument(ty)),
        _ if types::optional(ty).is_some_and(types::is_mutable) => Some(mutable_option(ty)),
        referent => {
            let option = referent.filter(|referent| types::optional(referent).is_some())?;
            (param.kind() != Some(ParamKind::Path)).then(|| borrowed_option(ty, option))
        }
    }
}

fn mutable_reference(ty: &Type, inner: &Type) -> Diagnostic {
    let message = format!("an argument is only read, so it cannot be `{}`", text(ty));
    Diagnostic::new("signature/mutable_reference", ty, message)
        .help(format!("write `&{}`", text(inner)))
}

fn mutable_option(ty: &Type) -> Diagnostic {
    let text = text(ty);
    let message = format!("an argument is only read, so it cannot be `{text}`");
    Diagnostic::new("signature/mutable_option", ty, message)
        .help(format!("write `{}`", text.replace("&mut ", "&")))
}

fn inferred_argument(ty: &Type) -> Diagnostic {
    let message = format!("operations take concrete types, not `{}`", text(ty));
    Diagnostic::new("signature/inferred_argument", ty, message)
        .help("name the type, such as `&str`")
}

fn impl_argument(ty: &Type) -> Diagnostic {
    let message = format!("operations take concrete types, not `{}`", text(ty));
    Diagnostic::new("signature/impl_argument", ty, message).help("name the type, such as `&str`")
}

fn thread_bound_argument(ty: &Type) -> Diagnostic {
    let message = format!("`{}` would make the call not `Send`", text(ty));
    let held = types::referent(ty).unwrap_or(ty);
    let rc = if types::is_named(held, &["Rc"]) { Some(held) } else { types::inside(held, "Rc") };
    let fix = match rc.and_then(types::first_argument) {
        Some(value) => format!("pass what it holds: `&{}`", text(value).replace("String", "str")),
        None => "pass the value itself, or a copy of it".to_owned(),
    };
    Diagnostic::new("signature/thread_bound_argument", ty, message).help(fix)
}

fn unsized_argument(ty: &Type, part: &Type) -> Diagnostic {
    let part_text = text(part);
    let message = format!("`{part_text}` has no known size, so it cannot be passed");
    let fix = match types::bare(part) {
        Type::TraitObject(_) => "name the type, such as `&str`".to_owned(),
        _ => format!("write `{}`", text(ty).replacen(&part_text, &format!("&{part_text}"), 1)),
    };
    Diagnostic::new("signature/unsized_argument", ty, message).help(fix)
}

fn borrowed_option(ty: &Type, option: &Type) -> Diagnostic {
    let inner = types::optional(option).unwrap_or(option);
    let inner = match types::is_named(inner, &["String"]) {
        true => "str".to_owned(),
        false => text(inner).trim_start_matches('&').to_owned(),
    };
    let message = format!("an optional value is not written `{}`", text(ty));
    Diagnostic::new("parameter/borrowed_option", ty, message)
        .help(format!("write `Option<&{inner}>`"))
}
