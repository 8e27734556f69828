//! The path template.

mod piece;
mod query;

use std::ops::Range;

use syn::LitStr;

use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::names;
use crate::template::{Kind, Piece, Segment, Template, foreign_name};

/// A path with the results of its checks.
pub(super) struct Path {
    pub(super) literal: LitStr,
    pub(super) template: Template,
    pub(super) placeholders: Vec<Placeholder>,
    /// Keys of a query that was written into the path: parameters of that name belong there.
    pub(super) query_keys: Vec<String>,
    /// Whether nothing was reported of it.
    pub(super) is_valid: bool,
    /// Where the path begins: after a host, if there is one.
    start: usize,
}

/// A place for an argument.
#[derive(Clone, Debug)]
pub(super) struct Placeholder {
    /// A guess, unless it is valid.
    pub(super) name: String,
    pub(super) range: Range<usize>,
    /// Whether nothing was reported of it.
    pub(super) is_valid: bool,
}

impl Path {
    /// Checks the path. `parameters` may fill placeholders that have no name, such as `%s`.
    pub(super) fn check(
        literal: &LitStr,
        parameters: &[String],
        diagnostics: &Diagnostics,
    ) -> Self {
        let template = Template::parse(&literal.value());
        let start = host(&template.text).unwrap_or(0);
        let mut path = Self {
            literal: literal.clone(),
            placeholders: placeholders(&template, start, parameters),
            query_keys: query::keys(&template),
            is_valid: true,
            start,
            template,
        };
        let scope = diagnostics.scope();
        diagnostics.report_all(path.diagnostics());
        path.is_valid = scope.is_clean();
        path
    }

    /// A diagnostic with `range` of the path underlined.
    pub(super) fn diagnostic(
        &self,
        rule: &'static str,
        message: &str,
        range: &Range<usize>,
    ) -> Diagnostic {
        let ranges = std::slice::from_ref(range);
        Diagnostic::new(rule, &self.literal, message).underline(&self.template.text, ranges)
    }

    fn diagnostics(&self) -> Vec<Diagnostic> {
        if let Some(diagnostic) = self.quoted_twice() {
            return vec![diagnostic];
        }
        let mut diagnostics = Vec::new();
        diagnostics.extend(self.empty_path());
        diagnostics.extend(self.with_host().or_else(|| self.no_leading_slash()));
        diagnostics.extend(self.foreign_placeholder());
        diagnostics.extend(self.empty_segment());
        for segment in self.segments() {
            diagnostics.extend(self.dot_segment(segment));
            diagnostics.extend(self.wildcard(segment));
            diagnostics.extend(segment.pieces.iter().filter_map(|piece| self.piece(piece)));
            diagnostics.extend(self.adjacent_placeholders(segment));
        }
        diagnostics.extend(self.placeholder_twice());
        if self.version_of_url().is_none() {
            diagnostics.extend(self.tail());
        }
        diagnostics
    }

    fn segments(&self) -> impl Iterator<Item = &Segment> {
        self.template.segments.iter().filter(|segment| segment.range.start >= self.start)
    }

    fn pieces(&self) -> impl Iterator<Item = &Piece> {
        self.segments().flat_map(|segment| &segment.pieces)
    }

    /// The path without its query, from where it begins.
    fn path(&self) -> &str {
        &self.template.text[self.start.min(self.template.tail.start)..self.template.tail.start]
    }

    /// The name that the piece has, or was probably meant to have.
    fn name_of(&self, piece: &Piece) -> &str {
        let placeholder = self.placeholders.iter().find(|one| one.range == piece.range);
        placeholder.map(|one| one.name.as_str()).filter(|name| !name.is_empty()).unwrap_or("name")
    }

    /// The path with `<name>` for the placeholders of other syntaxes.
    fn repaired(&self) -> String {
        let mut path = String::new();
        for segment in self.segments() {
            path.push('/');
            for piece in &segment.pieces {
                let written = &self.template.text[piece.range.clone()];
                let is_segment = written.starts_with("{/");
                match piece.kind {
                    Kind::Foreign if is_segment => path += &format!("/<{}>", self.name_of(piece)),
                    Kind::Foreign => path += &format!("<{}>", self.name_of(piece)),
                    _ => path += written,
                }
            }
        }
        path
    }

    fn empty_path(&self) -> Option<Diagnostic> {
        let diagnostic = Diagnostic::new("path/empty_path", &self.literal, "the path is empty");
        self.template.text.is_empty().then(|| diagnostic.help("start with `/`: `\"/path\"`"))
    }

    fn quoted_twice(&self) -> Option<Diagnostic> {
        const QUOTES: [char; 3] = ['"', '\'', '`'];
        let text = &self.template.text;
        let path = text.trim_matches(QUOTES);
        let diagnostic =
            Diagnostic::new("path/quoted_twice", &self.literal, "the path is quoted twice");
        (text.starts_with(QUOTES) && path.starts_with('/'))
            .then(|| diagnostic.help(format!("write `\"{path}\"`")))
    }

    fn with_host(&self) -> Option<Diagnostic> {
        let end = host(&self.template.text)?;
        let message = "write only the path: the endpoint comes from the client";
        let path = if self.path().is_empty() { "/path".to_owned() } else { self.repaired() };
        let diagnostic = self
            .diagnostic("path/with_host", message, &(0..end))
            .help(format!("write `\"{path}\"`"));
        Some(match self.version_of_url() {
            Some(version) => diagnostic.help(format!(
                "the version of the client applies; for another, add `api_version = \"{version}\"`"
            )),
            None => diagnostic,
        })
    }

    fn no_leading_slash(&self) -> Option<Diagnostic> {
        // White space in front of the slash, and `./`, have messages of their own.
        let path = self.path().trim_start();
        let missing = !path.is_empty() && !path.starts_with(['/', '.', '\\', '∕', '⁄', '／']);
        let rule = "path/no_leading_slash";
        let diagnostic = Diagnostic::new(rule, &self.literal, "the path must start with `/`");
        missing.then(|| diagnostic.help(format!("write `\"{}\"`", self.repaired())))
    }

    /// All of them are reported as one error, whose help corrects the whole path.
    fn foreign_placeholder(&self) -> Option<Diagnostic> {
        let foreign: Vec<_> = self.pieces().filter(|piece| piece.kind == Kind::Foreign).collect();
        let ranges: Vec<_> = foreign.iter().map(|piece| piece.range.clone()).collect();
        let first = foreign.first()?;
        let written = &self.template.text[first.range.clone()];
        let message =
            format!("placeholders are written `<{}>`, not `{written}`", self.name_of(first));
        let diagnostic = Diagnostic::new("path/foreign_placeholder", &self.literal, message)
            .underline(&self.template.text, &ranges)
            .help(format!("write `\"{}\"`", self.repaired()));
        let optional =
            foreign.iter().any(|piece| self.template.text[piece.range.clone()].contains("?}"));
        Some(match optional {
            true => diagnostic
                .help("a segment cannot be optional: declare a second operation without it"),
            false => diagnostic,
        })
    }

    fn dot_segment(&self, segment: &Segment) -> Option<Diagnostic> {
        let text = &self.template.text[segment.range.clone()];
        let dots = text.replace("%2e", ".").replace("%2E", ".");
        let message = format!("`{text}` segments are not allowed: they lead to another path");
        let fix = "write the path without `.` and `..`";
        (dots == "." || dots == "..")
            .then(|| self.diagnostic("path/dot_segment", &message, &segment.range).help(fix))
    }

    fn wildcard(&self, segment: &Segment) -> Option<Diagnostic> {
        let text = &self.template.text[segment.range.clone()];
        let diagnostic =
            self.diagnostic("path/wildcard", "a path has no wildcards", &segment.range);
        let fix = "write a placeholder, such as `<id>`, and its parameter; a `*` itself is `%2A`";
        is_wildcard(text).then(|| diagnostic.help(fix))
    }

    fn empty_segment(&self) -> Option<Diagnostic> {
        let path = self.path();
        let at = self.start + path.find("//")?;
        let segments = path.split('/').filter(|segment| !segment.is_empty());
        let tidy: String = segments.map(|segment| format!("/{segment}")).collect();
        let diagnostic =
            self.diagnostic("path/empty_segment", "the path has an empty segment", &(at..at + 2));
        Some(diagnostic.help(format!("write `\"{}\"`", if tidy.is_empty() { "/" } else { &tidy })))
    }
}

fn placeholders(template: &Template, start: usize, parameters: &[String]) -> Vec<Placeholder> {
    let pieces = template.pieces().filter(|piece| piece.range.start >= start);
    let named: Vec<_> = pieces.filter_map(|piece| Some((piece, name(piece)?))).collect();
    let spare = |parameter: &&String| !named.iter().any(|(_, name)| names::same(name, parameter));
    let mut spare = parameters.iter().filter(spare).map(|parameter| names::camel(parameter));
    let mut placeholders: Vec<Placeholder> = Vec::new();
    for (piece, name) in &named {
        let is_valid = piece.kind == Kind::Placeholder && is_name(&piece.text);
        let name = if is_name(name) { name.clone() } else { spare.next().unwrap_or_default() };
        if name.is_empty() || !placeholders.iter().any(|known| names::same(&known.name, &name)) {
            let is_valid = is_valid && !is_adjacent(piece, template);
            placeholders.push(Placeholder { name, range: piece.range.clone(), is_valid });
        }
    }
    placeholders
}

/// Whether the placeholder directly follows another one, which is reported.
fn is_adjacent(piece: &Piece, template: &Template) -> bool {
    let placeholders = template.pieces().filter(|one| one.kind == Kind::Placeholder);
    let mut ranges = placeholders.map(|one| &one.range);
    ranges.any(|other| other.end == piece.range.start || other.start == piece.range.end)
}

/// The name in a placeholder, possibly empty; `None` for other pieces.
fn name(piece: &Piece) -> Option<String> {
    match piece.kind {
        Kind::Literal => is_wildcard(&piece.text).then(String::new),
        Kind::Stray => None,
        Kind::Placeholder if is_name(&piece.text) => Some(piece.text.clone()),
        Kind::Nested => Some(foreign_name(&piece.text.replace(['<', '>'], "-"))),
        _ => Some(foreign_name(&piece.text)),
    }
}

/// Where a leading `https://host`, `contoso.example` or `{endpoint}` ends.
fn host(text: &str) -> Option<usize> {
    const ENDPOINTS: [&str; 4] = ["endpoint", "host", "base", "url"];
    let scheme = text.split_once("://").map(|(scheme, _)| scheme);
    let start = match scheme {
        Some(scheme) if scheme.chars().all(|c| c.is_ascii_alphabetic()) => scheme.len() + 3,
        _ if text.starts_with("//") => 2,
        _ => 0,
    };
    let end = text[start..].find('/').map_or(text.len(), |slash| start + slash);
    let first = text[start..end].to_ascii_lowercase();
    let is_placeholder = first.starts_with(['{', '<', '$', '['])
        && ENDPOINTS.iter().any(|endpoint| first.contains(endpoint));
    let is_domain = first.starts_with(|c: char| c.is_ascii_alphanumeric())
        && (first.contains(".com")
            || first.contains(".net")
            || first.contains(".azure.")
            || first.starts_with("localhost"));
    let has_scheme = start > 2;
    (has_scheme || is_placeholder || is_domain || (start == 2 && first.contains('.')))
        .then_some(end)
}

fn is_wildcard(segment: &str) -> bool {
    segment == "*" || segment == "**"
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
