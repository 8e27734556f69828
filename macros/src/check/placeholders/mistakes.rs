//! What is said about placeholders and parameters that do not meet.

use syn::Ident;

use super::super::attrs::{Kind, ParsedParam};
use super::super::names;
use super::super::path::{Path, Placeholder, is_identifier};
use crate::diagnostics::{Diagnostic, SpanRange};

pub(super) fn list(path: &Path) -> String {
    let names: Vec<_> = path.placeholders.iter().map(|one| format!("<{}>", one.name)).collect();
    names::list(names.iter().map(String::as_str), "and")
}

pub(super) fn missing_parameter(
    placeholder: &Placeholder,
    path: &Path,
    function: &Ident,
) -> Diagnostic {
    let name = &placeholder.name;
    let message = format!("path placeholder `<{name}>` has no parameter");
    let parameter = names::snake(name);
    let fix = match is_identifier(&parameter) {
        true => format!("{parameter}: &str"),
        false => format!("#[path(\"{name}\")] {parameter}_: &str"),
    };
    path.mistake("placeholder/missing_parameter", &message, &placeholder.range)
        .help(format!("add `{fix}` to `{function}(..)`"))
}

pub(super) fn near_miss(param: &ParsedParam<'_>, placeholder: &Placeholder) -> Diagnostic {
    let (own, name) = (param.plain().unwrap_or_default(), &placeholder.name);
    let message = format!("path placeholder `<{name}>` has no parameter, but `{own}` is near");
    Diagnostic::new("placeholder/near_miss", &param.parameter.typed.pat, message)
        .help(format!("did you mean the parameter `{own}`? rename it to `{}`", names::snake(name)))
        .help(format!("or keep the name: `#[path(\"{name}\")] {own}`"))
}

pub(super) fn mark_without_placeholder(
    param: &ParsedParam<'_>,
    path: &Path,
    open: Option<&Placeholder>,
) -> Diagnostic {
    let own = param.plain().unwrap_or_default();
    let text = &path.template.text;
    let message = format!("`#[path] {own}` has no placeholder in \"{}\"", text.escape_debug());
    let mistake =
        Diagnostic::new("placeholder/mark_without_placeholder", param.attributed_span(), message);
    match open {
        Some(open) => mistake.help(format!("write `#[path(\"{}\")] {own}`", open.name)),
        None => mistake.help(format!(
            "write `<{}>` in the path, or make it `#[query] {own}`",
            names::camel(&own)
        )),
    }
}

pub(super) fn unknown_placeholder(param: &ParsedParam<'_>, path: &Path) -> Diagnostic {
    let span = param.text().map_or_else(|| param.attributed_span(), SpanRange::of);
    let name = param.text().map(syn::LitStr::value).unwrap_or_default();
    let message = match path.placeholders.is_empty() {
        true => format!("no placeholder `<{name}>`; the path has none"),
        false => format!("no placeholder `<{name}>`; the path has {}", list(path)),
    };
    let known = path.placeholders.iter().map(|one| one.name.as_str());
    let mistake = Diagnostic::new("placeholder/unknown_placeholder", span, message);
    match names::nearest(&name, known) {
        Some(meant) => mistake.help(format!("did you mean `#[path(\"{meant}\")]`?")),
        None => mistake.help(format!("write `<{name}>` in the path, or name one that is there")),
    }
}

pub(super) fn filled_twice(param: &ParsedParam<'_>) -> Diagnostic {
    let name = param.text().map(syn::LitStr::value).unwrap_or_default();
    let message = format!("the placeholder `<{name}>` is matches by another parameter already");
    Diagnostic::new("placeholder/filled_twice", param.attributed_span(), message)
        .help("remove one of the two, or write a second placeholder in the path")
}

pub(super) fn marked_otherwise(param: &ParsedParam<'_>, placeholder: &Placeholder) -> Diagnostic {
    let (own, name) = (param.plain().unwrap_or_default(), &placeholder.name);
    let span = param.mark.as_ref().ok().and_then(Option::as_ref);
    let span = span.map_or_else(|| param.attributed_span(), |mark| SpanRange::of(mark.attribute));
    let what = match param.kind() {
        Some(Kind::Query) => "a query parameter",
        Some(Kind::Header) => "a header",
        _ => "the body",
    };
    let message = format!("`{own}` fills the placeholder `<{name}>`, so it cannot be {what}");
    Diagnostic::new("placeholder/marked_otherwise", span, message)
        .help("remove the attribute, or rename one of the two")
}

pub(super) fn optional_placeholder(param: &ParsedParam<'_>) -> Diagnostic {
    Diagnostic::new("placeholder/optional", param.ty(), "a path value cannot be optional")
        .help("remove the `Option`, or declare two operations, one without the placeholder")
}

pub(super) fn list_placeholder(param: &ParsedParam<'_>) -> Diagnostic {
    let own = param.plain().unwrap_or_default();
    let message = "a placeholder is one segment of the path, not a list";
    Diagnostic::new("placeholder/list", param.ty(), message)
        .help(format!("declare one value: `{own}: &str`"))
}

pub(super) fn conditional_placeholder(cfg: &syn::Attribute) -> Diagnostic {
    let message = "a parameter of the path cannot be conditional: the placeholder stays";
    Diagnostic::new("placeholder/conditional", cfg, message)
        .help("put the `#[cfg(..)]` on the method, and declare it twice")
}
