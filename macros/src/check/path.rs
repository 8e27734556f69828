//! The path template.

mod pieces;

use std::ops::Range;

use syn::LitStr;

use super::names;
use crate::diagnostics::{Diagnostic, Diagnostics, ErrorGuaranteed};
use crate::template::{Kind, Segment, Template};

/// A path, and what is known of it.
pub(super) struct Path {
    pub(super) literal: LitStr,
    pub(super) template: Template,
    pub(super) placeholders: Vec<Placeholder>,
    /// Keys of a query that was written into the path: parameters of that name are spoken for.
    pub(super) query_keys: Vec<String>,
    pub(super) sound: Result<(), ErrorGuaranteed>,
}

/// A span for an argument. If it is not `sound`, that is reported, and its name is a guess.
#[derive(Clone, Debug)]
pub(super) struct Placeholder {
    pub(super) name: String,
    pub(super) range: Range<usize>,
    pub(super) sound: bool,
}

impl Path {
    pub(super) fn check(literal: &LitStr, diagnostics: &Diagnostics) -> Self {
        let template = Template::parse(&literal.value());
        let mistakes = PathDiagnostics::new(literal, &template).mistakes();
        let mut sound = Ok(());
        for mistake in mistakes {
            sound = Err(diagnostics.report(mistake));
        }
        let (placeholders, query_keys) = (placeholders(&template), query_keys(&template));
        Self { literal: literal.clone(), template, placeholders, query_keys, sound }
    }

    /// A mistake that is drawn under `ranges` of the path.
    pub(super) fn mistake(
        &self,
        rule: &'static str,
        message: &str,
        range: &Range<usize>,
    ) -> Diagnostic {
        PathDiagnostics::new(&self.literal, &self.template).at(rule, message, range)
    }
}

fn placeholders(template: &Template) -> Vec<Placeholder> {
    let mut placeholders: Vec<Placeholder> = Vec::new();
    let start = endpoint(&template.text).unwrap_or(0);
    for piece in template.pieces().filter(|piece| piece.range.start >= start) {
        let name = match piece.kind {
            // `%s`, as `format!` once had it.
            Kind::Literal if piece.text.contains("%s") || is_wildcard(&piece.text) => String::new(),
            Kind::Literal | Kind::Stray => continue,
            Kind::Placeholder if is_name(&piece.text) => piece.text.clone(),
            _ => names::camel(&piece.text.replace(['<', '>', '{', '}'], "-")),
        };
        let sound = piece.kind == Kind::Placeholder && is_name(&piece.text);
        if !placeholders.iter().any(|known| names::same(&known.name, &name)) {
            placeholders.push(Placeholder { name, range: piece.range.clone(), sound });
        }
    }
    placeholders
}

/// Where a leading `https://host` or `{endpoint}` ends: what stands before is no part of the path.
fn endpoint(text: &str) -> Option<usize> {
    let host = match text.split_once("://") {
        Some((scheme, _)) if scheme.chars().all(|c| c.is_ascii_alphabetic()) => scheme.len() + 3,
        _ if ["{endpoint}", "<endpoint>"].iter().any(|start| text.starts_with(start)) => 0,
        _ => return None,
    };
    Some(text[host..].find('/').map_or(text.len(), |slash| host + slash))
}

fn query_keys(template: &Template) -> Vec<String> {
    let tail = &template.text[template.tail.clone()];
    let names = tail.split(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-'));
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

fn is_wildcard(segment: &str) -> bool {
    segment == "*" || segment == "**"
}

/// The name in `{id}`, `{*rest}`, `{id:guid}` and `{call-id}`.
fn braced_name(text: &str) -> String {
    let name = text.split(':').next().unwrap_or_default();
    names::camel(&name.replace(|c: char| !c.is_alphanumeric() && c != '_', "-"))
}

/// Whether the text can name a placeholder: an identifier, or a keyword.
fn is_name(text: &str) -> bool {
    let mut chars = text.chars();
    let start = chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
    start && text != "_" && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Whether a parameter can have this name without `r#`.
pub(super) fn is_identifier(text: &str) -> bool {
    is_name(text) && syn::parse_str::<syn::Ident>(text).is_ok()
}

struct PathDiagnostics<'a> {
    literal: &'a LitStr,
    template: &'a Template,
    /// Where the path begins: behind a host, if there is one.
    start: usize,
}

impl<'a> PathDiagnostics<'a> {
    fn new(literal: &'a LitStr, template: &'a Template) -> Self {
        Self { literal, template, start: endpoint(&template.text).unwrap_or(0) }
    }

    /// A mistake that is drawn under `range`.
    fn at(&self, rule: &'static str, message: &str, range: &Range<usize>) -> Diagnostic {
        Diagnostic::new(rule, self.literal, message)
            .drawn(&self.template.text, std::slice::from_ref(range))
    }

    fn mistakes(&self) -> Vec<Diagnostic> {
        let mut mistakes = Vec::new();
        mistakes.extend(self.empty_path());
        mistakes.extend(self.with_host().or_else(|| self.no_leading_slash()));
        mistakes.extend(self.braces());
        mistakes.extend(self.empty_segment());
        for segment in &self.template.segments {
            if segment.range.start >= self.start {
                mistakes.extend(self.dot_segment(segment));
                mistakes.extend(self.wildcard(segment));
                mistakes.extend(segment.pieces.iter().filter_map(|piece| self.piece(piece)));
            }
        }
        mistakes.extend(self.placeholder_twice());
        mistakes.extend(self.tail());
        mistakes
    }

    /// The path without its query, from where it begins.
    fn path(&self) -> &str {
        &self.template.text[self.start.min(self.template.tail.start)..self.template.tail.start]
    }

    fn empty_path(&self) -> Option<Diagnostic> {
        let mistake = Diagnostic::new("path/empty_path", self.literal, "the path is empty");
        self.template.text.is_empty().then(|| mistake.help("start with `/`: `\"/path\"`"))
    }

    fn with_host(&self) -> Option<Diagnostic> {
        let end = endpoint(&self.template.text)?;
        let message = "give only the path: the endpoint comes from the client";
        let path = if self.path().is_empty() { "/path".to_owned() } else { self.repaired() };
        Some(self.at("path/with_host", message, &(0..end)).help(format!("write `\"{path}\"`")))
    }

    fn no_leading_slash(&self) -> Option<Diagnostic> {
        // White space in front of the slash, and `./`, have messages of their own.
        let path = self.path().trim_start();
        let missing = !path.is_empty() && !path.starts_with(['/', '.', '∕', '⁄', '／']);
        let rule = "path/no_leading_slash";
        let mistake = Diagnostic::new(rule, self.literal, "the path must start with `/`");
        missing.then(|| mistake.help(format!("write `\"/{path}\"`")))
    }

    /// All of them are one misunderstanding, which the help sets right at once.
    fn braces(&self) -> Option<Diagnostic> {
        let pieces = self.template.pieces().filter(|piece| piece.kind == Kind::Braced);
        let braced: Vec<_> = pieces.filter(|piece| piece.range.start >= self.start).collect();
        let ranges: Vec<_> = braced.iter().map(|piece| piece.range.clone()).collect();
        let first = braced.first()?;
        let (name, written) = (&first.text, &self.template.text[first.range.clone()]);
        let message = match braced_name(name).as_str() {
            "" => format!("placeholders are written `<name>`, not `{written}`"),
            name => format!("placeholders are written `<{name}>`, not `{written}`"),
        };
        let mistake = Diagnostic::new("path/braces", self.literal, message);
        let mistake = mistake.drawn(&self.template.text, &ranges);
        Some(mistake.help(format!("write `\"{}\"`", self.repaired())))
    }

    /// The path with `<name>` for `{name}` and `${name}`.
    fn repaired(&self) -> String {
        let mut path = String::new();
        let segments = self.template.segments.iter();
        for segment in segments.filter(|segment| segment.range.start >= self.start) {
            path.push('/');
            for piece in &segment.pieces {
                match piece.kind {
                    Kind::Braced if piece.text.is_empty() => path += "<name>",
                    Kind::Braced => path += &format!("<{}>", braced_name(&piece.text)),
                    _ => path += &self.template.text[piece.range.clone()],
                }
            }
        }
        path.replace("$<", "<")
    }

    fn dot_segment(&self, segment: &Segment) -> Option<Diagnostic> {
        let text = &self.template.text[segment.range.clone()];
        let dots = text.replace("%2e", ".").replace("%2E", ".");
        let message = format!("`{text}` segments are not allowed: they would lead to another path");
        let fix = "write the path that is meant, without `.` and `..`";
        (dots == "." || dots == "..")
            .then(|| self.at("path/dot_segment", &message, &segment.range).help(fix))
    }

    fn wildcard(&self, segment: &Segment) -> Option<Diagnostic> {
        let text = &self.template.text[segment.range.clone()];
        let mistake = self.at("path/wildcard", "a path has no wildcards", &segment.range);
        let fix = "write a placeholder, such as `<id>`, and its parameter; a `*` itself is `%2A`";
        is_wildcard(text).then(|| mistake.help(fix))
    }

    fn empty_segment(&self) -> Option<Diagnostic> {
        let path = self.path();
        let at = self.start + path.find("//")?;
        let segments = path.split('/').filter(|segment| !segment.is_empty());
        let tidy: String = segments.map(|segment| format!("/{segment}")).collect();
        let message = "the path has an empty segment";
        let mistake = self.at("path/empty_segment", message, &(at..at + 2));
        Some(mistake.help(format!("write `\"{}\"`", if tidy.is_empty() { "/" } else { &tidy })))
    }

    fn tail(&self) -> Option<Diagnostic> {
        let range = self.template.tail.clone();
        let text = &self.template.text[range.clone()];
        if text.starts_with('#') {
            let mistake = self.at("path/fragment", "a path has no fragment", &range);
            return Some(mistake.help("remove everything from `#` on"));
        }
        text.starts_with('?').then(|| self.query(&text[1..], range))
    }

    fn query(&self, query: &str, range: Range<usize>) -> Diagnostic {
        let key = |pair: &str| pair.split('=').next().unwrap_or_default().to_owned();
        let keys: Vec<_> = query.split('&').map(key).filter(|key| !key.is_empty()).collect();
        if keys.iter().all(|key| key == "api-version") && !keys.is_empty() {
            let message = "`api-version` is added by the client, not written in the path";
            let fix = "remove it; for a version of its own: `api_version = \"2024-09-15\"`";
            return self.at("path/api_version_in_the_path", message, &range).help(fix);
        }
        let key =
            keys.into_iter().find(|key| key != "api-version").unwrap_or_else(|| "key".to_owned());
        let name = names::snake(&key).replace(|c: char| !c.is_alphanumeric(), "_");
        let name = name.trim_start_matches('_');
        self.at("path/query_in_the_path", "a query belongs in parameters, not in the path", &range)
            .help(format!("remove it and add the parameter `#[query(\"{key}\")] {name}: &str`"))
    }
}
