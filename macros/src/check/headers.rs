//! The names of headers and query keys.

use quote::ToTokens;
use syn::LitStr;

use crate::diagnostics::Diagnostic;
use crate::names;

/// RFC 9110, section 5.6.2.
pub(super) fn is_token(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c)
}

/// The headers that the client writes, each with the part that writes it.
const RESERVED: [(&str, &str); 23] = include!("reserved_headers.rs");

/// Returns the name of the header. `parameter` is the header that the parameter's own name
/// suggests.
pub(super) fn header(name: &LitStr, parameter: &str) -> Result<String, Diagnostic> {
    let text = name.value();
    if text.starts_with(':') {
        return Err(pseudo_header(name));
    }
    if let Some(bad) = text.chars().find(|c| !is_token(*c)) {
        return Err(bad_header_name(name, bad, parameter));
    }
    let lower = text.to_ascii_lowercase();
    match RESERVED.into_iter().find(|(reserved, _)| *reserved == lower) {
        _ if names::same(&lower, "api-version") => Err(api_version_as_query(name)),
        Some((_, "")) => Err(cookie(name)),
        Some((reserved, _)) if reserved.starts_with("repeatability-") => {
            Err(repeatability_header(name))
        }
        Some((_, owner)) => Err(reserved_header(name, owner)),
        None => Ok(text),
    }
}

pub(super) fn query_key(name: &LitStr) -> Result<String, Diagnostic> {
    let text = name.value();
    let bad = |c: char| c.is_whitespace() || c.is_control() || "?&=#/<>{}".contains(c);
    match text.chars().find(|c| bad(*c)) {
        _ if names::same(&text, "api-version") => Err(api_version_as_query(name)),
        Some(bad) => Err(bad_query_key(name, bad)),
        None => Ok(text),
    }
}

fn bad_header_name(name: &LitStr, bad: char, parameter: &str) -> Diagnostic {
    let text = name.value();
    let message = format!("invalid character `{}` in a header name", bad.escape_debug());
    let tidy = text.split(':').next().unwrap_or_default().trim();
    let is_word = |c: char| is_token(c) || matches!(c, ' ' | '/');
    let fix = match tidy.is_empty() || !tidy.chars().all(is_word) {
        true => parameter.to_owned(),
        false => tidy.replace([' ', '/'], "-"),
    };
    Diagnostic::new("parameter/bad_header_name", name, message)
        .help(format!("write `#[header(\"{fix}\")]`"))
}

/// `:path`, RFC 9113, section 8.3.
fn pseudo_header(name: &LitStr) -> Diagnostic {
    let message = format!("`{}` is a pseudo-header, which HTTP itself sets", name.value());
    Diagnostic::new("parameter/pseudo_header", name, message).help("remove the parameter")
}

fn cookie(name: &LitStr) -> Diagnostic {
    Diagnostic::new("parameter/cookie", name, "cookies are not supported: the service uses none")
        .help("remove the parameter")
}

fn repeatability_header(name: &LitStr) -> Diagnostic {
    let message = format!("`{}` is set by the client", name.value());
    Diagnostic::new("parameter/repeatability_header", name, message).help(
        "remove the parameter and add the option `repeatable`, or `repeatable = \"request-id\"` \
         if the REST page lists `Repeatability-Request-ID` alone",
    )
}

fn reserved_header(name: &LitStr, owner: &str) -> Diagnostic {
    let text = name.value();
    let fix = match text.to_ascii_lowercase().as_str() {
        "content-type" => "remove it; for another type: `#[body(content_type = \"..\")]`",
        _ => "remove the parameter",
    };
    let message = format!("`{text}` is set by {owner}");
    Diagnostic::new("parameter/owned_header", name, message).help(fix)
}

fn bad_query_key(name: &LitStr, bad: char) -> Diagnostic {
    let text = name.value();
    let key = text.trim_start_matches('?').split(['=', '&']).next().unwrap_or_default().trim();
    let key: String =
        key.chars().filter(|c| c.is_ascii_graphic() && !"?&=#/<>{}".contains(*c)).collect();
    let message = format!("invalid character `{}` in a query key", bad.escape_debug());
    Diagnostic::new("parameter/bad_query_key", name, message)
        .help(format!("write the key alone: `#[query(\"{key}\")]`"))
}

pub(crate) fn api_version_as_query(name: &impl ToTokens) -> Diagnostic {
    Diagnostic::new("parameter/api_version_as_query", name, "`api-version` is added by the client")
        .help("remove the parameter; for another version, add the option `api_version = \"2024-09-15\"`")
}
