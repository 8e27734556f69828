//! The fields of a struct of query parameters.

use syn::LitStr;

use super::attrs;
use crate::check::query_field;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::model::ValueStyle;

/// Removes `#[query("name", format = "..")]`, and returns its arguments.
pub(super) fn take_attribute(
    field: &mut syn::Field,
    diagnostics: &Diagnostics,
) -> (Option<String>, ValueStyle) {
    let is_query = |attribute: &syn::Attribute| attrs::is_one_of(attribute, &["query"]);
    let Some(at) = field.attrs.iter().position(is_query) else {
        return Default::default();
    };
    let attribute = field.attrs.remove(at);
    let read = query_field(&attribute, field);
    read.unwrap_or_else(|diagnostic| {
        diagnostics.report(diagnostic);
        Default::default()
    })
}

pub(super) fn since_in_a_query(version: &LitStr) -> Diagnostic {
    let message = "a parameter of the query does not raise the api-version";
    Diagnostic::new("model/since_in_a_query", version, message)
        .help("remove it, and write `#[since(\"..\")]` above the operation")
}
