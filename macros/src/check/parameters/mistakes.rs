//! F. What is said about parameters.

use syn::{Attribute, Ident, Type};

use super::super::marks::Draft;
use super::super::{names, types};
use crate::errors::{Mistake, Place};
use crate::model::Method;

pub(super) fn parameter_twice(name: &Ident) -> Mistake {
    let says = format!("a parameter named `{name}` is there already");
    Mistake::new("parameter/parameter_twice", name, says).help("give one of the two another name")
}

pub(super) fn mutable_reference(ty: &Type, inner: &Type) -> Mistake {
    let says = format!("an argument is only read, so `{}` cannot be `&mut`", types::text(ty));
    Mistake::new("signature/mutable_reference", ty, says)
        .help(format!("write `&{}`", types::text(inner)))
}

pub(super) fn mutable_option(ty: &Type) -> Mistake {
    let text = types::text(ty);
    let says = format!("an argument is only read, so its type is not `{text}`");
    Mistake::new("signature/mutable_option", ty, says)
        .help(format!("write `{}`", text.replace("&mut ", "&")))
}

pub(super) fn inferred_argument(ty: &Type) -> Mistake {
    let says = format!("operations take concrete types, not `{}`", types::text(ty));
    Mistake::new("signature/inferred_argument", ty, says).help("name the type, such as `&str`")
}

pub(super) fn documented(doc: &Attribute) -> Mistake {
    let says = "a parameter has no documentation of its own";
    Mistake::new("parameter/documented", doc, says)
        .help("describe it in the documentation of the method, or write `//`")
}

pub(super) fn unit_argument(draft: &Draft<'_>) -> Mistake {
    let own = draft.plain().unwrap_or_default();
    Mistake::new("parameter/unit_argument", &draft.parameter.typed, "`()` carries nothing to send")
        .help(format!("remove `{own}`, or mark it `#[body]` to send `null`"))
}

pub(super) fn impl_argument(ty: &Type) -> Mistake {
    let says = format!("operations take concrete types, not `{}`", types::text(ty));
    Mistake::new("signature/impl_argument", ty, says).help("name the type, such as `&str`")
}

pub(super) fn borrowed_option(ty: &Type, option: &Type) -> Mistake {
    let inner = types::optional(option).unwrap_or(option);
    let inner = match types::is_named(inner, &["String"]) {
        true => "str".to_owned(),
        false => types::text(inner).trim_start_matches('&').to_owned(),
    };
    let says = format!("an optional value is not written `{}`", types::text(ty));
    Mistake::new("parameter/borrowed_option", ty, says).help(format!("write `Option<&{inner}>`"))
}

pub(super) fn unmarked(draft: &Draft<'_>, may_be_body: bool) -> Mistake {
    let own = draft.plain().unwrap_or_default();
    let body = if may_be_body { " or `#[body]`" } else { "" };
    let comma = if body.is_empty() { " or" } else { "," };
    let header = names::header(&own);
    let says = format!("`{own}` is neither a placeholder of the path nor marked");
    Mistake::new("parameter/unmarked", &draft.parameter.typed, says)
        .help(format!("mark it `#[query]`{comma} `#[header(\"{header}\")]`{body}"))
        .help(format!("or write `<{}>` in the path", names::camel(&own)))
}

pub(super) fn body_not_allowed(draft: &Draft<'_>, method: Method) -> Mistake {
    let (own, method) = (draft.plain().unwrap_or_default(), method.name());
    let says = format!("`{method}` cannot carry a body, which `{own}` would be");
    Mistake::new("parameter/body_not_allowed", draft_place(draft), says)
        .help(format!("mark it `#[query] {own}`, or make the operation a `POST`"))
}

pub(super) fn second_body(draft: &Draft<'_>, first: &Draft<'_>) -> Mistake {
    let (own, first) = (draft.plain().unwrap_or_default(), first.plain().unwrap_or_default());
    let says = format!("`{own}` would be a second body: the body is already `{first}`");
    Mistake::new("parameter/second_body", draft_place(draft), says)
        .help("mark it `#[query]` or `#[header(\"..\")]`, or send one type that holds both")
}

pub(super) fn conditional_body(cfg: &Attribute) -> Mistake {
    Mistake::new("parameter/conditional_body", cfg, "the body cannot be conditional")
        .help("put the `#[cfg(..)]` on the method, and declare it twice")
}

pub(super) fn draft_place(draft: &Draft<'_>) -> Place {
    draft.marked_place().to(&draft.parameter.typed.ty)
}

pub(super) fn name_place(draft: &Draft<'_>) -> Place {
    draft.text().map_or_else(|| Place::of(&draft.parameter.typed.pat), Place::of)
}

pub(super) fn query_key_twice(draft: &Draft<'_>, key: &str, first: &str) -> Mistake {
    let says = format!("query key `{key}` is already sent by `{first}`");
    Mistake::new("parameter/query_key_twice", name_place(draft), says)
        .help("remove one of the two; several values of one key are a list: `&[..]`")
}

pub(super) fn header_twice(draft: &Draft<'_>, name: &str, first: &str) -> Mistake {
    let says = format!("header `{name}` is already sent by `{first}`");
    Mistake::new("parameter/header_twice", name_place(draft), says).help("remove one of the two")
}
