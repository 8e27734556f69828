//! A query or a fragment in the path.

use std::ops::Range;

use super::Path;
use crate::check::values::meant_version;
use crate::diagnostics::Diagnostic;
use crate::names;
use crate::template::Template;

/// The keys of a query that was written into the path.
pub(super) fn keys(template: &Template) -> Vec<String> {
    let tail = &template.text[template.tail.clone()];
    let names = tail.split(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-'));
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// The keys and values in `?a=1&b=2`, or in `{?a,b}` (RFC 6570).
fn pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    let is_template = query.starts_with('{');
    let query = if is_template { query.trim_matches(['{', '}']) } else { query };
    let separators = move |c: char| matches!(c, '?' | '&') || (is_template && c == ',');
    let pairs = query.split(separators).filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

impl Path {
    /// The version in a URL that was copied whole, with nothing else in its query.
    pub(super) fn version_of_url(&self) -> Option<String> {
        let query = &self.template.text[self.template.tail.clone()];
        let is_version = |(key, _): (&str, &str)| names::same(key, "api-version");
        let (_, version) = pairs(query).next()?;
        let is_url = self.start > 0 && query.starts_with('?') && pairs(query).all(is_version);
        is_url.then(|| meant_version(version).unwrap_or_else(|| "2024-09-15".to_owned()))
    }

    pub(super) fn tail(&self) -> Option<Diagnostic> {
        let range = self.template.tail.clone();
        let text = &self.template.text[range.clone()];
        if text.starts_with('#') || text.starts_with("{#") {
            let diagnostic = self.diagnostic("path/fragment", "a path has no fragment", &range);
            return Some(diagnostic.help("remove everything from `#` on"));
        }
        // `/:id?` is a placeholder of another syntax.
        let is_optional = text == "?" && self.template.text.contains("/:");
        (!text.is_empty() && !is_optional).then(|| self.query(text, range))
    }

    fn query(&self, query: &str, range: Range<usize>) -> Diagnostic {
        let pairs = pairs(query);
        let (versions, others): (Vec<_>, Vec<_>) =
            pairs.partition(|(key, _)| names::same(key, "api-version"));
        match (&versions[..], &others[..]) {
            ([(_, version), ..], []) => self.api_version_in_the_path(version, range),
            (_, others) => {
                self.query_in_the_path(others.first().map_or("key", |(key, _)| key), range)
            }
        }
    }

    fn api_version_in_the_path(&self, version: &str, range: Range<usize>) -> Diagnostic {
        let message = "`api-version` is added by the client, not written in the path";
        let version = meant_version(version).unwrap_or_else(|| "2024-09-15".to_owned());
        self.diagnostic("path/api_version_in_the_path", message, &range)
            .help("remove it: the version of the client applies")
            .help(format!("for another version, add the option `api_version = \"{version}\"`"))
    }

    fn query_in_the_path(&self, key: &str, range: Range<usize>) -> Diagnostic {
        let name = names::snake(key).replace(|c: char| !c.is_alphanumeric(), "_");
        let name = match name.trim_matches('_') {
            name if super::is_identifier(name) => name.to_owned(),
            name => format!("{name}_"),
        };
        let message = "a query belongs in parameters, not in the path";
        self.diagnostic("path/query_in_the_path", message, &range)
            .help(format!("remove it and add the parameter `#[query(\"{key}\")] {name}: &str`"))
    }
}
