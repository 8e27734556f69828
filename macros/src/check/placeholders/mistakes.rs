//! C. What is said about placeholders and parameters that do not meet.

use syn::Ident;

use super::super::marks::{Draft, Kind};
use super::super::names;
use super::super::path::{Path, Placeholder, is_identifier};
use crate::errors::{Mistake, Place};

pub(super) fn list(path: &Path) -> String {
    let names: Vec<_> = path.placeholders.iter().map(|one| format!("<{}>", one.name)).collect();
    names::list(names.iter().map(String::as_str), "and")
}

pub(super) fn missing_parameter(
    placeholder: &Placeholder,
    path: &Path,
    function: &Ident,
) -> Mistake {
    let name = &placeholder.name;
    let says = format!("path placeholder `<{name}>` has no parameter");
    let parameter = names::snake(name);
    let fix = match is_identifier(&parameter) {
        true => format!("{parameter}: &str"),
        false => format!("#[path(\"{name}\")] {parameter}_: &str"),
    };
    path.mistake("placeholder/missing_parameter", &says, &placeholder.range)
        .help(format!("add `{fix}` to `{function}(..)`"))
}

pub(super) fn near_miss(draft: &Draft<'_>, placeholder: &Placeholder) -> Mistake {
    let (own, name) = (draft.plain().unwrap_or_default(), &placeholder.name);
    let says = format!("path placeholder `<{name}>` has no parameter, but `{own}` is near");
    Mistake::new("placeholder/near_miss", &draft.parameter.typed.pat, says)
        .help(format!("did you mean the parameter `{own}`? rename it to `{}`", names::snake(name)))
        .help(format!("or keep the name: `#[path(\"{name}\")] {own}`"))
}

pub(super) fn mark_without_placeholder(
    draft: &Draft<'_>,
    path: &Path,
    open: Option<&Placeholder>,
) -> Mistake {
    let own = draft.plain().unwrap_or_default();
    let text = &path.template.text;
    let says = format!("`#[path] {own}` has no placeholder in \"{}\"", text.escape_debug());
    let mistake = Mistake::new("placeholder/mark_without_placeholder", draft.marked_place(), says);
    match open {
        Some(open) => mistake.help(format!("write `#[path(\"{}\")] {own}`", open.name)),
        None => mistake.help(format!(
            "write `<{}>` in the path, or make it `#[query] {own}`",
            names::camel(&own)
        )),
    }
}

pub(super) fn unknown_placeholder(draft: &Draft<'_>, path: &Path) -> Mistake {
    let place = draft.text().map_or_else(|| draft.marked_place(), Place::of);
    let name = draft.text().map(syn::LitStr::value).unwrap_or_default();
    let says = match path.placeholders.is_empty() {
        true => format!("no placeholder `<{name}>`; the path has none"),
        false => format!("no placeholder `<{name}>`; the path has {}", list(path)),
    };
    let known = path.placeholders.iter().map(|one| one.name.as_str());
    let mistake = Mistake::new("placeholder/unknown_placeholder", place, says);
    match names::nearest(&name, known) {
        Some(meant) => mistake.help(format!("did you mean `#[path(\"{meant}\")]`?")),
        None => mistake.help(format!("write `<{name}>` in the path, or name one that is there")),
    }
}

pub(super) fn filled_twice(draft: &Draft<'_>) -> Mistake {
    let name = draft.text().map(syn::LitStr::value).unwrap_or_default();
    let says = format!("the placeholder `<{name}>` is filled by another parameter already");
    Mistake::new("placeholder/filled_twice", draft.marked_place(), says)
        .help("remove one of the two, or write a second placeholder in the path")
}

pub(super) fn marked_otherwise(draft: &Draft<'_>, placeholder: &Placeholder) -> Mistake {
    let (own, name) = (draft.plain().unwrap_or_default(), &placeholder.name);
    let place = draft.mark.as_ref().ok().and_then(Option::as_ref);
    let place = place.map_or_else(|| draft.marked_place(), |mark| Place::of(mark.attribute));
    let what = match draft.kind() {
        Some(Kind::Query) => "a query parameter",
        Some(Kind::Header) => "a header",
        _ => "the body",
    };
    let says = format!("`{own}` fills the placeholder `<{name}>`, so it cannot be {what}");
    Mistake::new("placeholder/marked_otherwise", place, says)
        .help("remove the attribute, or rename one of the two")
}

pub(super) fn optional_placeholder(draft: &Draft<'_>) -> Mistake {
    Mistake::new("placeholder/optional", draft.ty(), "a path value cannot be optional")
        .help("remove the `Option`, or declare two operations, one without the placeholder")
}

pub(super) fn list_placeholder(draft: &Draft<'_>) -> Mistake {
    let own = draft.plain().unwrap_or_default();
    let says = "a placeholder is one segment of the path, not a list";
    Mistake::new("placeholder/list", draft.ty(), says)
        .help(format!("declare one value: `{own}: &str`"))
}

pub(super) fn conditional_placeholder(cfg: &syn::Attribute) -> Mistake {
    let says = "a parameter of the path cannot be conditional: the placeholder stays";
    Mistake::new("placeholder/conditional", cfg, says)
        .help("put the `#[cfg(..)]` on the method, and declare it twice")
}
