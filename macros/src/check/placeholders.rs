//! Matches parameters to the placeholders of the path.

use syn::{Ident, LitStr};

use super::param::ParsedParam;
use super::param_kind::ParamKind;
use super::path::{Path, Placeholder, is_identifier};
use crate::diagnostics::{Diagnostic, Diagnostics, SpanRange};
use crate::model::Argument;
use crate::names;
use crate::syntax::types::{self, TypeFacts};
use crate::template::Piece;

/// Takes the parameters that belong to the path out of `unclaimed`, and returns its arguments in
/// order. Exact matches go first; near misses are searched among the rest.
pub(super) fn match_params<'a>(
    path: &Path,
    unclaimed: &mut Vec<&'a ParsedParam<'a>>,
    all: &[ParsedParam<'_>],
    function: &Ident,
    diagnostics: &Diagnostics,
) -> Vec<Argument> {
    let mut matcher = Matcher { path, unclaimed, all, function, diagnostics, filled: Vec::new() };
    let mut open = Vec::new();
    for placeholder in &path.placeholders {
        if !matcher.exact(placeholder) {
            open.push(placeholder);
        }
    }
    for placeholder in open {
        matcher.inexact(placeholder);
    }
    matcher.left_over();
    let argument = |param: &&ParsedParam<'_>| param.argument(ParamKind::Path, None);
    matcher.filled.iter().filter_map(argument).collect()
}

/// `/:id`, as Express and axum once wrote it, and the like: `/@id`, `/~id`. Each comes with whether it is
/// surely a placeholder; behind other signs than `:` only a name can tell, as `/@me` is a path, and at its
/// end, a path may have an action, as Azure names them: `/:issueAccessToken`.
fn marked_placeholders(path: &Path) -> impl Iterator<Item = (&Piece, &str, bool)> {
    const SIGNS: [char; 10] = [':', '@', '~', '!', '&', '+', '=', ';', ',', '\''];
    let end = path.template.tail.start;
    let segments = &path.template.segments;
    segments.iter().enumerate().filter_map(move |(at, segment)| {
        let [piece] = &segment.pieces[..] else {
            return None;
        };
        let name = piece.text.strip_prefix(SIGNS).map(|name| name.trim_end_matches(['?', '\'']))?;
        let before = at.checked_sub(1).map(|at| &path.template.text[segments[at].range.clone()]);
        let is_inside = piece.text.starts_with(':') && piece.range.end < end;
        let is_sure = is_inside || is_value(name, before.unwrap_or_default());
        is_identifier(name).then_some((piece, name, is_sure))
    })
}

/// Whether the name is one of a value rather than of an action: `callId`, or `call` below `calls`.
fn is_value(name: &str, collection: &str) -> bool {
    const VALUES: [&str; 7] = ["guid", "id", "key", "name", "number", "slug", "uuid"];
    let words = names::snake(name);
    let last = words.rsplit('_').next().unwrap_or_default();
    VALUES.contains(&last) || names::same(collection.trim_end_matches('s'), name)
}

struct Matcher<'a, 'm> {
    path: &'m Path,
    unclaimed: &'m mut Vec<&'a ParsedParam<'a>>,
    all: &'m [ParsedParam<'m>],
    function: &'m Ident,
    diagnostics: &'m Diagnostics,
    filled: Vec<&'a ParsedParam<'a>>,
}

impl<'a> Matcher<'a, '_> {
    /// The first unclaimed parameter that satisfies `wanted`.
    fn claim(&mut self, wanted: impl Fn(&ParsedParam<'_>) -> bool) -> Option<&'a ParsedParam<'a>> {
        let at = self.unclaimed.iter().position(|param| wanted(param))?;
        Some(self.unclaimed.remove(at))
    }

    fn exact(&mut self, placeholder: &Placeholder) -> bool {
        let name = &placeholder.name;
        let may_fill = |param: &ParsedParam<'_>| {
            param.has_no_attr() || (is_path(param) && param.text().is_none())
        };
        let found = self
            .claim(|param| is_path(param) && param.text().is_some_and(|text| text.value() == *name))
            .or_else(|| self.claim(|param| may_fill(param) && param.is_named_like(name)));
        if let Some(param) = found {
            let scope = self.diagnostics.scope();
            self.diagnostics.report_all(misfits(param));
            self.filled.extend(scope.is_clean().then_some(param));
            return true;
        }
        let Some(param) = self.claim(|param| param.is_named_like(name)) else {
            return false;
        };
        if let Some(kind) = param.kind() {
            self.diagnostics.report(marked_otherwise(param, kind, placeholder));
        }
        true
    }

    /// The likeliest mistake that leaves this placeholder without a parameter.
    fn inexact(&mut self, placeholder: &Placeholder) {
        let name = &placeholder.name;
        let is_near =
            |own: &str| names::nearest(name, [own]).is_some() || names::share_a_word(name, own);
        let is_free = |param: &ParsedParam<'_>| is_path(param) || param.has_no_attr();
        let path = self.path;
        let renamed = |param: &ParsedParam<'_>| {
            is_path(param) && param.text().is_some_and(|text| !knows(path, &text.value()))
        };
        if !placeholder.is_valid {
            // Its error was reported; a parameter that it may mean is claimed too.
            self.claim(|param| is_free(param) && types::is_scalar(param.ty()));
        } else if let Some(param) = self.claim(renamed) {
            self.diagnostics.report(unknown_placeholder(param, path));
        } else if let Some(param) =
            self.claim(|param| is_free(param) && param.name.is_ok() && is_near(&param.plain_name()))
        {
            self.diagnostics.report(near_miss(param, placeholder));
        } else if let Some(param) = self.claim(is_path) {
            self.diagnostics.report(mark_without_placeholder(param, path, Some(placeholder)));
        } else if self.claim(|param| param.name.is_err() || param.may_mean_path()).is_none()
            && !self.is_in_a_pattern(placeholder)
        {
            self.diagnostics.report(missing_parameter(placeholder, path, self.function));
        }
    }

    /// Whether `(a, b): (&str, &str)`, which is reported, holds the parameter.
    fn is_in_a_pattern(&self, placeholder: &Placeholder) -> bool {
        let own = names::snake(&placeholder.name);
        let holds = |param: &ParsedParam<'_>| {
            let text = crate::syntax::text(&param.parameter.typed.pat);
            text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == own)
        };
        self.all.iter().any(|param| param.name.is_err() && holds(param))
    }

    fn left_over(&mut self) {
        let path = self.path;
        while let Some(param) = self.claim(is_path) {
            self.diagnostics.report(match param.text() {
                Some(text) if knows(path, &text.value()) => filled_twice(param, text),
                Some(_) => unknown_placeholder(param, path),
                None => mark_without_placeholder(param, path, None),
            });
        }
        for (piece, name, is_sure) in marked_placeholders(path) {
            let param = self.claim(|param| param.has_no_attr() && param.is_named_like(name));
            if param.is_some() || is_sure {
                self.diagnostics.report(colon_placeholder(path, piece, name));
            }
        }
        // Such a parameter belongs to the path, which is reported.
        let is_in_path = |param: &ParsedParam<'_>| {
            let own = param.plain_name();
            let in_query = path.query_keys.iter().any(|key| names::same(key, &own));
            let in_text = !path.is_valid && names::contains(&path.template.text, &own);
            param.has_no_attr() && (in_query || in_text)
        };
        while self.claim(is_in_path).is_some() {}
    }
}

fn is_path(param: &ParsedParam<'_>) -> bool {
    param.kind() == Some(ParamKind::Path)
}

fn knows(path: &Path, name: &str) -> bool {
    path.placeholders.iter().any(|placeholder| names::same(&placeholder.name, name))
}

/// The errors of a parameter that cannot be part of the path.
fn misfits(param: &ParsedParam<'_>) -> Vec<Diagnostic> {
    let ty = param.ty();
    let is_optional = |ty| types::optional(ty).is_some();
    let mut diagnostics = Vec::new();
    if is_optional(ty) || types::referent(ty).is_some_and(is_optional) {
        diagnostics.push(optional_placeholder(param));
    } else if types::is_list(ty) && !TypeFacts::of(ty).infers {
        diagnostics.push(list_placeholder(param));
    }
    diagnostics.extend(param.attribute("cfg").map(conditional_placeholder));
    diagnostics
}

fn list(path: &Path) -> String {
    let names: Vec<_> = path.placeholders.iter().map(|one| format!("<{}>", one.name)).collect();
    names::list(names.iter().map(String::as_str), "and")
}

fn missing_parameter(placeholder: &Placeholder, path: &Path, function: &Ident) -> Diagnostic {
    let name = &placeholder.name;
    let message = format!("path placeholder `<{name}>` has no parameter");
    let parameter = names::snake(name);
    let fix = match is_identifier(&parameter) {
        true => format!("{parameter}: &str"),
        false => format!("#[path(\"{name}\")] {parameter}_: &str"),
    };
    path.diagnostic("placeholder/missing_parameter", &message, &placeholder.range)
        .help(format!("add `{fix}` to `{function}(..)`"))
}

fn near_miss(param: &ParsedParam<'_>, placeholder: &Placeholder) -> Diagnostic {
    let (own, name) = (param.plain_name(), &placeholder.name);
    let message = format!("path placeholder `<{name}>` has no parameter, but `{own}` is similar");
    let renamed = names::snake(name);
    let rename = match is_identifier(&renamed) {
        true => format!("did you mean the parameter `{own}`? rename it to `{renamed}`"),
        false => format!("did you mean the parameter `{own}`? rename it to `r#{renamed}`"),
    };
    Diagnostic::new("placeholder/near_miss", &param.parameter.typed.pat, message)
        .help(rename)
        .help(format!("or keep the name: `#[path(\"{name}\")] {own}`"))
}

fn mark_without_placeholder(
    param: &ParsedParam<'_>,
    path: &Path,
    open: Option<&Placeholder>,
) -> Diagnostic {
    let own = param.plain_name();
    let text = &path.template.text;
    let message = format!("`#[path] {own}` has no placeholder in \"{}\"", text.escape_debug());
    let diagnostic =
        Diagnostic::new("placeholder/mark_without_placeholder", param.name_span(), message);
    match open {
        Some(open) => diagnostic.help(format!("write `#[path(\"{}\")] {own}`", open.name)),
        None => diagnostic.help(format!(
            "write `<{}>` in the path, or make it `#[query] {own}`",
            names::camel(&own)
        )),
    }
}

fn unknown_placeholder(param: &ParsedParam<'_>, path: &Path) -> Diagnostic {
    let span = param.text().map_or_else(|| param.name_span(), SpanRange::of);
    let name = param.text().map(LitStr::value).unwrap_or_default();
    let message = match path.placeholders.is_empty() {
        true => format!("no placeholder `<{name}>`; the path has none"),
        false => format!("no placeholder `<{name}>`; the path has {}", list(path)),
    };
    let known = path.placeholders.iter().map(|one| one.name.as_str());
    let diagnostic = Diagnostic::new("placeholder/unknown_placeholder", span, message);
    match names::nearest(&name, known) {
        Some(meant) => diagnostic.help(format!("did you mean `#[path(\"{meant}\")]`?")),
        None => {
            diagnostic.help(format!("write `<{name}>` in the path, or use one of its placeholders"))
        }
    }
}

fn filled_twice(param: &ParsedParam<'_>, text: &LitStr) -> Diagnostic {
    let name = text.value();
    let message = format!("the placeholder `<{name}>` is already filled by another parameter");
    Diagnostic::new("placeholder/filled_twice", param.name_span(), message)
        .help("remove one of the two, or write a second placeholder in the path")
}

fn marked_otherwise(
    param: &ParsedParam<'_>,
    kind: ParamKind,
    placeholder: &Placeholder,
) -> Diagnostic {
    let (own, name) = (param.plain_name(), &placeholder.name);
    let attr = param.attr.as_ref().ok().and_then(Option::as_ref);
    let span = attr.map_or_else(|| param.name_span(), |attr| SpanRange::of(attr.attribute));
    let message =
        format!("`{own}` fills the placeholder `<{name}>`, so it cannot be {}", kind.what());
    Diagnostic::new("placeholder/marked_otherwise", span, message)
        .help("remove the attribute, or rename one of the two")
}

fn optional_placeholder(param: &ParsedParam<'_>) -> Diagnostic {
    Diagnostic::new("placeholder/optional", param.ty(), "a path value cannot be optional")
        .help("remove the `Option`, or declare two operations, one without the placeholder")
}

fn list_placeholder(param: &ParsedParam<'_>) -> Diagnostic {
    let own = param.plain_name();
    let message = "a placeholder is one segment of the path, not a list";
    Diagnostic::new("placeholder/list", param.ty(), message)
        .help(format!("declare one value: `{own}: &str`"))
}

fn conditional_placeholder(cfg: &syn::Attribute) -> Diagnostic {
    let message = "a parameter of the path cannot be conditional: the placeholder stays";
    Diagnostic::new("placeholder/conditional", cfg, message)
        .help("put the `#[cfg(..)]` on the method, and declare it twice")
}

fn colon_placeholder(path: &Path, piece: &Piece, name: &str) -> Diagnostic {
    let message = format!("placeholders are written `<{name}>`, not `{}`", piece.text);
    path.diagnostic("path/colon_placeholder", &message, &piece.range)
        .help(format!("write `<{name}>`"))
}
