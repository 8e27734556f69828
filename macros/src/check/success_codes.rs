//! The option `success_codes(304, 404)`: statuses that are not errors, besides `2xx`.

use proc_macro2::{Ident, TokenStream};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{LitInt, Token};

use crate::diagnostics::Diagnostic;
use crate::model::OptionValue;

/// Statuses that the client itself handles.
const CLIENTS_OWN: [u16; 4] = [401, 407, 408, 429];

/// The statuses in the parentheses.
pub(super) fn parse(option: &Ident, inside: &TokenStream) -> Result<OptionValue, Diagnostic> {
    let literals = Punctuated::<LitInt, Token![,]>::parse_terminated.parse2(inside.clone());
    let literals = literals.map_err(|_| without_codes(option))?;
    if literals.is_empty() {
        return Err(without_codes(option));
    }
    literals.iter().map(code).collect::<Result<_, _>>().map(OptionValue::Codes)
}

fn code(literal: &LitInt) -> Result<u16, Diagnostic> {
    match literal.base10_parse() {
        Ok(code) if (204..500).contains(&code) && !CLIENTS_OWN.contains(&code) => Ok(code),
        Ok(code) if (200..204).contains(&code) => Err(already_a_success(literal)),
        _ => Err(no_success_code(literal)),
    }
}

pub(super) fn without_codes(option: &Ident) -> Diagnostic {
    let message = "`success_codes` takes statuses in parentheses";
    Diagnostic::new("attribute/without_codes", option, message)
        .help("write `success_codes(404)`, and return `Result<Option<T>>`")
}

fn already_a_success(literal: &LitInt) -> Diagnostic {
    let message = format!("`{literal}` is always a success");
    Diagnostic::new("attribute/already_a_success", literal, message)
        .help("remove it; name only `3xx` and `4xx`")
}

fn no_success_code(literal: &LitInt) -> Diagnostic {
    let message = format!("the status `{literal}` cannot be a success code");
    Diagnostic::new("attribute/no_success_code", literal, message).help(
        "name statuses from 300 to 499, except 401, 407, 408 and 429, which the client acts on",
    )
}
