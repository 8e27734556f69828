//! `#[since("..")]` on operations, fields and variants: the api-version that introduced them.

use syn::{Attribute, LitStr};

use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::{names, syntax};

/// Removes `#[since("..")]`, and returns the api-version.
pub(crate) fn take_since(
    attributes: &mut Vec<Attribute>,
    diagnostics: &Diagnostics,
) -> Option<LitStr> {
    let mut since = None;
    attributes.retain(|attribute| {
        let name = attribute.path().get_ident().map(ToString::to_string).unwrap_or_default();
        if name == "since" {
            match version(attribute) {
                Ok(version) if since.is_none() => since = Some(version),
                Ok(_) => drop(diagnostics.report(since_twice(attribute))),
                Err(mistake) => drop(diagnostics.report(mistake)),
            }
        } else if names::nearest(&name, ["since"]).is_some() {
            diagnostics.report(misspelt_since(attribute));
        } else {
            return true;
        }
        false
    });
    if let Some(version) = &since {
        attributes.extend(since_docs(version));
    }
    since
}

fn version(attribute: &Attribute) -> Result<LitStr, Diagnostic> {
    let version = attribute.parse_args::<LitStr>().map_err(|_| since_version(attribute))?;
    is_version(&version.value()).then_some(version).ok_or_else(|| since_version(attribute))
}

/// `2025-05-15`, or `2025-08-15-preview`.
fn is_version(text: &str) -> bool {
    let date = text.strip_suffix("-preview").unwrap_or(text);
    let numbers: Vec<_> = date.split('-').collect();
    let is_number = |text: &&str| text.bytes().all(|byte| byte.is_ascii_digit());
    numbers.iter().all(is_number)
        && matches!(&numbers[..], [year, month, day]
            if year.len() == 4 && ("01"..="12").contains(month) && ("01"..="31").contains(day))
}

/// The line in the docs.
fn since_docs(version: &LitStr) -> [Attribute; 2] {
    let line = format!(" Since api-version {}.", version.value());
    [syn::parse_quote!(#[doc = ""]), syn::parse_quote!(#[doc = #line])]
}

fn since_version(attribute: &Attribute) -> Diagnostic {
    let message = "`since` takes an api-version: a date";
    let written: String = syntax::text(attribute).chars().filter(|c| !c.is_whitespace()).collect();
    let is_part = |c: char| c.is_ascii_digit() || c == '-';
    let parts = written.split(|c: char| !is_part(c));
    let version = parts.into_iter().find(|part| is_version(part)).unwrap_or("2025-05-15");
    Diagnostic::new("model/since_version", attribute, message)
        .help(format!("write `#[since(\"{version}\")]`"))
}

/// Reports and removes `#[since(..)]` where nothing has a version of its own.
pub(crate) fn misplaced_since(attributes: &mut Vec<Attribute>, diagnostics: &Diagnostics) {
    attributes.retain(|attribute| {
        let is_since = attribute.path().is_ident("since");
        if is_since {
            let message = "`#[since(..)]` stands above an operation, a field or a variant";
            let mistake = Diagnostic::new("model/misplaced_since", attribute, message);
            diagnostics.report(mistake.help("move it to each of those that need the version"));
        }
        !is_since
    });
}

fn since_twice(attribute: &Attribute) -> Diagnostic {
    Diagnostic::new("model/since_twice", attribute, "`since` is given twice")
        .help("remove one of the two")
}

fn misspelt_since(attribute: &Attribute) -> Diagnostic {
    let message = format!("unknown attribute `#[{}]`", syntax::text(attribute.path()));
    Diagnostic::new("model/misspelt_since", attribute.path(), message)
        .help("did you mean `#[since(\"2025-05-15\")]`?")
}
