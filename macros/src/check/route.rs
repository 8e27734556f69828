//! The method and the path among the arguments of an attribute: where they stand, and where they do not.

use proc_macro2::{Group, Ident, TokenStream};
use syn::LitStr;

use super::http_method::or_get;
use super::path_argument::quoted_inside;
use crate::diagnostics::Diagnostic;
use crate::model::Method;
use crate::syntax::{Argument, Arguments, text};

pub(super) fn is_route_name(name: &Ident) -> bool {
    ["method", "methods", "verb", "path", "url", "uri", "route"].iter().any(|known| name == known)
}

pub(super) fn no_arguments(arguments: &Arguments, has_url: bool) -> Diagnostic {
    let (message, fix) = match has_url {
        true => ("expected a method", "`#[acs_operation(GET)]`"),
        false => ("expected a method and a path", "`#[acs_operation(POST, \"/path\")]`"),
    };
    Diagnostic::new("attribute/no_arguments", arguments.span, message).help(fix)
}

pub(super) fn parentheses_twice(group: &Group) -> Diagnostic {
    let message = "the arguments are in parentheses twice";
    Diagnostic::new("attribute/parentheses_twice", group, message)
        .help(format!("write `#[acs_operation({})]`", text(&group.stream())))
}

pub(super) fn named_argument(
    name: &Ident,
    method: Option<Method>,
    path: Option<&LitStr>,
) -> Diagnostic {
    let path = path.map_or_else(|| "/path".to_owned(), LitStr::value);
    let message = format!("`{name}` takes no name: write the method, then the path");
    Diagnostic::new("attribute/named_argument", name, message)
        .help(format!("`{}, \"{path}\"`", or_get(method)))
}

pub(super) fn option_first(option: &Argument) -> Diagnostic {
    let message = format!("`{}` comes before the method and the path", text(option));
    Diagnostic::new("attribute/option_first", option, message)
        .help("options come last: `POST, \"/path\", repeatable`")
}

/// `GET: "/path"`
pub(super) fn expected_comma(tokens: &TokenStream, method: Method) -> Diagnostic {
    let path = quoted_inside(&text(tokens)).unwrap_or_else(|| "/path".to_owned());
    let message = format!("expected `,` between `{}` and the path", method.name());
    Diagnostic::new("attribute/method_with_value", tokens, message)
        .help(format!("`{}, \"{path}\"`", method.name()))
}
