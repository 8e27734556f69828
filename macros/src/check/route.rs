//! What is said about the method and the path in the attribute.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::{Ident, LitStr};

use super::{names, types};
use crate::diagnostics::{Diagnostic, SpanRange};
use crate::model::Method;
use crate::syntax::{Argument, Arguments};

/// The method that `text` names in whatever case.
pub(super) fn method_named(text: &str) -> Option<Method> {
    Method::ALL.into_iter().find(|method| method.name().eq_ignore_ascii_case(text))
}

pub(super) fn is_method(text: &str) -> bool {
    const UNUSED: [&str; 4] = ["OPTIONS", "TRACE", "CONNECT", "QUERY"];
    method_named(text).is_some() || UNUSED.contains(&text)
}

/// The method that was probably meant.
pub(super) fn nearest(text: &str) -> Option<Method> {
    names::nearest(text, Method::ALL.map(Method::name)).and_then(method_named)
}

/// `"POST /path"` in its two parts.
pub(super) fn split(text: &str) -> Option<(Method, &str)> {
    let (method, path) = text.trim().split_once(char::is_whitespace)?;
    Some((method_named(method)?, path.trim()))
}

/// The text of a literal, or of other tokens as they are.
pub(super) fn unquoted(tokens: &TokenStream) -> String {
    match syn::parse2::<LitStr>(tokens.clone()) {
        Ok(text) => text.value(),
        Err(_) => types::text(tokens),
    }
}

fn shown(method: Option<Method>) -> &'static str {
    method.map_or("GET", Method::name)
}

pub(super) fn no_arguments(arguments: &Arguments) -> Diagnostic {
    Diagnostic::new("attribute/no_arguments", arguments.span, "expected a method and a path")
        .help("`#[acs_operation(POST, \"/path\")]`")
}

pub(super) fn missing_method(path: Option<&LitStr>, arguments: &Arguments) -> Diagnostic {
    let span = path.map_or(arguments.span, SpanRange::of);
    let path = path.map_or_else(|| "/path".to_owned(), LitStr::value);
    Diagnostic::new("attribute/missing_method", span, "missing the HTTP method before the path")
        .help(format!("`GET, \"{path}\"`"))
}

pub(super) fn missing_path(method: Option<Method>, span: Span) -> Diagnostic {
    let method = shown(method);
    let message = format!("missing the path after `{method}`");
    Diagnostic::new("attribute/missing_path", SpanRange::after(span), message)
        .help(format!("`{method}, \"/path\"`"))
}

pub(super) fn unknown_method(name: &Ident, meant: Option<Method>) -> Diagnostic {
    let message = format!("unknown HTTP method `{name}`");
    let mistake = Diagnostic::new("attribute/unknown_method", name, message);
    match meant {
        Some(method) => mistake.help(format!("did you mean `{}`?", method.name())),
        None => {
            let all = names::list(Method::ALL.map(Method::name), "or");
            mistake.help(format!("an operation starts with {all}"))
        }
    }
}

pub(super) fn method_case(name: &Ident, method: Method) -> Diagnostic {
    Diagnostic::new(
        "attribute/method_case",
        name,
        format!("HTTP methods are upper case, not `{name}`"),
    )
    .help(format!("write `{}`", method.name()))
}

pub(super) fn quoted_method(text: &LitStr, method: Method) -> Diagnostic {
    let message = format!("write the method bare, not in quotes: `{}`", method.name());
    Diagnostic::new("attribute/quoted_method", text, message)
        .help(format!("`{}, \"/path\"`", method.name()))
}

pub(super) fn qualified_method(tokens: &TokenStream, method: Method) -> Diagnostic {
    let message = format!("write the method bare, not as `{}`", types::text(tokens));
    Diagnostic::new("attribute/qualified_method", tokens, message)
        .help(format!("`{}, \"/path\"`", method.name()))
}

pub(super) fn method_in_the_path(text: &LitStr, method: Method, path: &str) -> Diagnostic {
    let message = "the method and the path are two arguments";
    Diagnostic::new("attribute/method_in_the_path", text, message)
        .help(format!("`{}, \"{path}\"`", method.name()))
}

pub(super) fn method_with_parentheses(
    name: &Ident,
    method: Method,
    inside: &TokenStream,
) -> Diagnostic {
    let message = format!("`{name}` takes no parentheses: the path is an argument beside it");
    Diagnostic::new("attribute/method_with_parentheses", name, message).help(format!(
        "`{}, \"{}\"`",
        method.name(),
        unquoted(inside)
    ))
}

/// `GET => "/path"`.
pub(super) fn method_with_value(name: &Ident, path: &LitStr) -> Diagnostic {
    let message = format!("expected `,` between `{name}` and the path");
    let method = shown(method_named(&name.to_string()));
    Diagnostic::new("attribute/method_with_value", name, message)
        .help(format!("`{method}, \"{}\"`", path.value()))
}

pub(super) fn method_after_the_path(name: &Ident, method: Method) -> Diagnostic {
    let message = format!("the method `{name}` comes before the path");
    Diagnostic::new("attribute/method_after_the_path", name, message)
        .help(format!("`{}, \"/path\"`", method.name()))
}

pub(super) fn second_method(name: &Ident) -> Diagnostic {
    let message = format!("an operation has one method; `{name}` is a second");
    Diagnostic::new("attribute/second_method", name, message)
        .help(format!("remove `{name}`, or declare a second operation"))
}

pub(super) fn named_argument(
    name: &Ident,
    method: Option<Method>,
    path: Option<&LitStr>,
) -> Diagnostic {
    let path = path.map_or_else(|| "/path".to_owned(), LitStr::value);
    let message = format!("`{name}` is written without a name: the method, then the path");
    Diagnostic::new("attribute/named_argument", name, message)
        .help(format!("`{}, \"{path}\"`", shown(method)))
}

pub(super) fn path_no_literal(tokens: &impl ToTokens, method: Option<Method>) -> Diagnostic {
    let message = format!(
        "the path must be a string literal, so that it can be checked; found `{}`",
        types::text(tokens)
    );
    let method = shown(method);
    Diagnostic::new("attribute/path_no_literal", tokens, message)
        .help(format!("`{method}, \"/path\"`"))
}

pub(super) fn path_not_plain(literal: &impl ToTokens) -> Diagnostic {
    let message = format!("expected a plain string literal, found `{}`", types::text(literal));
    Diagnostic::new("attribute/path_not_plain", literal, message)
        .help("`\"/path\"`, without prefix or suffix")
}

pub(super) fn second_path(literal: &impl ToTokens) -> Diagnostic {
    let message = format!("an operation has one path; `{}` is a second", types::text(literal));
    Diagnostic::new("attribute/second_path", literal, message)
        .help("remove it; an option is written `name = \"value\"`")
}

pub(super) fn option_first(option: &Argument) -> Diagnostic {
    let message = format!("`{}` stands before the method and the path", types::text(option));
    Diagnostic::new("attribute/option_first", option, message)
        .help("options come last: `POST, \"/path\", repeatable`")
}

pub(super) fn on_the_group(first: &Argument, route: &[&Argument]) -> Diagnostic {
    let only_path = matches!(route, [Argument::Literal(_)]).then_some("GET".to_owned());
    let route = only_path.into_iter().chain(route.iter().map(types::text));
    let route = route.collect::<Vec<_>>().join(", ");
    let message = "the method and the path belong to each method of the trait, not to the group";
    Diagnostic::new("attribute/route_on_the_group", first, message)
        .help(format!("write `#[acs_operation({route})]` on the method"))
}

pub(super) fn missing_comma(span: SpanRange, next: &str) -> Diagnostic {
    Diagnostic::new("attribute/missing_comma", span, format!("expected `,` before `{next}`"))
        .help("arguments are separated by commas: `POST, \"/path\", repeatable`")
}

pub(super) fn stray_comma(span: Span) -> Diagnostic {
    Diagnostic::new("attribute/stray_comma", span, "expected an argument before `,`")
        .help("remove this comma")
}

pub(super) fn semicolon(span: Span) -> Diagnostic {
    Diagnostic::new("attribute/semicolon", span, "expected `,`, found `;`")
        .help("arguments are separated by commas: `POST, \"/path\", repeatable`")
}
