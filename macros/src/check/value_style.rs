//! The format of a value: `format = "http_date"` and `list = "comma"` in `#[query(..)]` and
//! `#[header(..)]`.

use proc_macro2::TokenStream;
use syn::LitStr;

use super::param_kind::ParamKind;
use crate::diagnostics::Diagnostic;
use crate::model::ValueStyle;
use crate::names;
use crate::syntax::{Argument, unquoted};

/// The formats, each a function of `__private`, with their names in other libraries.
const FORMATS: [(&str, &[&str]); 6] = [
    ("rfc3339", &["iso8601", "date-time", "datetime"]),
    ("http_date", &["httpdate", "rfc1123", "rfc2822", "rfc7231", "rfc9110", "imf-fixdate"]),
    ("unix_seconds", &["unix", "epoch", "unixtime", "timestamp"]),
    ("date", &["day", "full-date"]),
    ("seconds", &["s", "secs"]),
    ("milliseconds", &["ms", "millis"]),
];

/// Whether the argument determines the format of a value.
pub(super) fn is_style(argument: &Argument) -> bool {
    matches!(argument, Argument::Setting { name, .. } if name == "format" || name == "list")
}

/// The style in the arguments, all of which belong to it.
pub(super) fn parse(kind: ParamKind, arguments: &[Argument]) -> Result<ValueStyle, Diagnostic> {
    let mut style = ValueStyle::default();
    for argument in arguments {
        let Argument::Setting { name, value } = argument else {
            continue;
        };
        match name == "format" {
            true => style.format = Some(format(value)?),
            false if kind == ParamKind::Header => return Err(list_in_a_header(argument)),
            false => style.is_comma_separated = is_comma(value)?,
        }
    }
    Ok(style)
}

fn format(value: &TokenStream) -> Result<&'static str, Diagnostic> {
    let text = unquoted(value).to_lowercase();
    let is_quoted = syn::parse2::<LitStr>(value.clone()).is_ok();
    let known = FORMATS.iter().map(|(name, _)| *name).find(|name| *name == text && is_quoted);
    known.ok_or_else(|| unknown_format(value, &text))
}

fn is_comma(value: &TokenStream) -> Result<bool, Diagnostic> {
    let is_quoted = syn::parse2::<LitStr>(value.clone()).is_ok();
    match unquoted(value).as_str() {
        "comma" if is_quoted => Ok(true),
        "repeated" if is_quoted => Ok(false),
        _ => Err(unknown_list(value)),
    }
}

fn unknown_format(value: &TokenStream, text: &str) -> Diagnostic {
    let names = FORMATS.iter().map(|(name, _)| *name);
    let synonym = FORMATS.iter().find(|(_, others)| others.contains(&text));
    let meant = synonym.map(|(name, _)| *name).or_else(|| names::nearest(text, names.clone()));
    let message = format!("unknown format `{}`", unquoted(value));
    let diagnostic = Diagnostic::new("parameter/unknown_format", value, message);
    let diagnostic = match meant {
        Some(meant) => diagnostic.help(format!("write `format = \"{meant}\"`")),
        None => diagnostic,
    };
    diagnostic.help(format!("the formats are {}", names::list(names, "and")))
}

fn unknown_list(value: &TokenStream) -> Diagnostic {
    let message = format!("unknown list style `{}`", unquoted(value));
    Diagnostic::new("parameter/unknown_list", value, message).help(
        "write `list = \"comma\"` for one parameter with commas, or remove it: the key is repeated",
    )
}

fn list_in_a_header(argument: &Argument) -> Diagnostic {
    let message = "the values of a list are always separated by commas in a header";
    Diagnostic::new("parameter/list_in_a_header", argument, message).help("remove `list`")
}
