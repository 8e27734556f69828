//! The names of headers and query keys.

use quote::ToTokens;
use syn::LitStr;

use crate::diagnostics::Diagnostic;

/// RFC 9110, section 5.6.2.
pub(super) fn is_token(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c)
}

/// Headers that the client writes, each with who writes it.
const OWNED: [(&str, &str); 19] = [
    ("authorization", "the client's credential"),
    ("proxy-authorization", "the client's transport"),
    ("host", "the client's endpoint"),
    ("content-length", "the client"),
    ("content-type", "the body"),
    ("accept", "the client"),
    ("user-agent", "the client"),
    ("date", "the client's credential"),
    ("x-ms-date", "the client's credential"),
    ("x-ms-content-sha256", "the client's credential"),
    ("x-ms-client-request-id", "the client"),
    ("connection", "the client's transport"),
    ("keep-alive", "the client's transport"),
    ("transfer-encoding", "the client's transport"),
    ("te", "the client's transport"),
    ("trailer", "the client's transport"),
    ("upgrade", "the client's transport"),
    ("expect", "the client's transport"),
    ("accept-encoding", "the client's transport"),
];

pub(super) fn header(name: &LitStr) -> Result<String, Diagnostic> {
    let text = name.value();
    if let Some(bad) = text.chars().find(|c| !is_token(*c)) {
        return Err(bad_header_name(name, bad));
    }
    let lower = text.to_ascii_lowercase();
    if lower == "api-version" {
        return Err(api_version_as_query(name));
    }
    if lower.starts_with("repeatability-") {
        return Err(repeatability_header(name));
    }
    match OWNED.into_iter().find(|(owned, _)| *owned == lower) {
        Some((_, owner)) => Err(owned_header(name, owner)),
        None => Ok(text),
    }
}

pub(super) fn query_key(name: &LitStr) -> Result<String, Diagnostic> {
    let text = name.value();
    let bad = |c: char| c.is_whitespace() || c.is_control() || "?&=#/<>{}".contains(c);
    if text == "api-version" {
        return Err(api_version_as_query(name));
    }
    match text.chars().find(|c| bad(*c)) {
        Some(bad) => Err(bad_query_key(name, bad)),
        None => Ok(text),
    }
}

fn bad_header_name(name: &LitStr, bad: char) -> Diagnostic {
    let text = name.value();
    let message = format!("invalid character `{}` in a header name", bad.escape_debug());
    let tidy = text.split(':').next().unwrap_or_default().trim();
    let tidy: String = tidy.chars().map(|c| if is_token(c) { c } else { '-' }).collect();
    let fix = if tidy.is_empty() { "If-Match" } else { &tidy };
    Diagnostic::new("parameter/bad_header_name", name, message)
        .help(format!("write `#[header(\"{fix}\")]`"))
}

fn repeatability_header(name: &LitStr) -> Diagnostic {
    let message = format!("`{}` is set by the client", name.value());
    Diagnostic::new("parameter/repeatability_header", name, message)
        .help("remove the parameter and add the option `repeatable`")
}

fn owned_header(name: &LitStr, owner: &str) -> Diagnostic {
    let text = name.value();
    let fix = match text.to_ascii_lowercase().as_str() {
        "content-type" => "remove it; for another type: `#[body(content_type = \"..\")]`",
        _ => "remove it",
    };
    let message = format!("`{text}` is set by {owner}");
    Diagnostic::new("parameter/owned_header", name, message).help(fix)
}

fn bad_query_key(name: &LitStr, bad: char) -> Diagnostic {
    let text = name.value();
    let key = text.trim_start_matches('?').split(['=', '&']).next().unwrap_or_default().trim();
    let key: String = key.chars().filter(|c| c.is_ascii_graphic()).collect();
    let message = format!("invalid character `{}` in a query key", bad.escape_debug());
    Diagnostic::new("parameter/bad_query_key", name, message)
        .help(format!("write the key alone: `#[query(\"{key}\")]`"))
}

pub(super) fn api_version_as_query(name: &impl ToTokens) -> Diagnostic {
    Diagnostic::new("parameter/api_version_as_query", name, "`api-version` is added by the client")
        .help("remove the parameter; for a version of its own: `api_version = \"2024-09-15\"`")
}
