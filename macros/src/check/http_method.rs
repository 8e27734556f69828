//! The HTTP method in an attribute: `POST`.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Ident, LitStr};

use crate::diagnostics::{Diagnostic, SpanRange};
use crate::model::Method;
use crate::names;
use crate::syntax::{Arguments, text, unquoted};

/// The method that `text` names, ignoring case.
pub(super) fn named(text: &str) -> Option<Method> {
    Method::ALL.into_iter().find(|method| method.name().eq_ignore_ascii_case(text))
}

/// Whether `text` names an HTTP method, including those that operations do not support.
pub(super) fn is_known(text: &str) -> bool {
    const UNUSED: [&str; 4] = ["OPTIONS", "TRACE", "CONNECT", "QUERY"];
    named(text).is_some() || UNUSED.contains(&text)
}

/// The method that a word probably means, and the error if it is written wrong.
pub(super) fn parse(name: &Ident) -> (Option<Method>, Option<Diagnostic>) {
    let text = name.to_string();
    let exact = Method::ALL.into_iter().find(|method| method.name() == text);
    let meant = exact.or_else(|| named(&text)).or_else(|| nearest(&text));
    let diagnostic = match (exact, named(&text)) {
        (Some(_), _) => None,
        (None, Some(method)) => Some(method_case(name, method)),
        (None, None) => Some(unknown_method(name, meant)),
    };
    (meant, diagnostic)
}

fn nearest(text: &str) -> Option<Method> {
    names::nearest(text, Method::ALL.map(Method::name)).and_then(named)
}

/// `"POST /path"` in its two parts.
pub(super) fn split(text: &str) -> Option<(Method, &str)> {
    let (method, path) = text.trim().split_once(char::is_whitespace)?;
    Some((named(method)?, path.trim()))
}

/// Every method that is named in the tokens.
pub(super) fn all_named(tokens: TokenStream) -> Vec<Method> {
    let named = |token: TokenTree| match token {
        TokenTree::Group(group) => all_named(group.stream()),
        TokenTree::Ident(word) => Vec::from_iter(named(&word.to_string())),
        TokenTree::Literal(literal) => {
            let literal = TokenStream::from(TokenTree::from(literal));
            unquoted(&literal).split(|c: char| !c.is_ascii_alphabetic()).filter_map(named).collect()
        }
        TokenTree::Punct(_) => Vec::new(),
    };
    tokens.into_iter().flat_map(named).collect()
}

/// The name to show for a method that may be missing.
pub(super) fn or_get(method: Option<Method>) -> &'static str {
    method.map_or("GET", Method::name)
}

fn unknown_method(name: &Ident, meant: Option<Method>) -> Diagnostic {
    let message = format!("unknown HTTP method `{name}`");
    let diagnostic = Diagnostic::new("attribute/unknown_method", name, message);
    match meant {
        Some(method) => diagnostic.help(format!("did you mean `{}`?", method.name())),
        None => {
            let all = names::list(Method::ALL.map(Method::name), "or");
            diagnostic.help(format!("an operation starts with {all}"))
        }
    }
}

fn method_case(name: &Ident, method: Method) -> Diagnostic {
    let message = format!("HTTP methods are upper case, not `{name}`");
    Diagnostic::new("attribute/method_case", name, message)
        .help(format!("write `{}`", method.name()))
}

pub(super) fn missing_method(path: Option<&LitStr>, arguments: &Arguments) -> Diagnostic {
    let span = path.map_or(arguments.span, SpanRange::of);
    let path = path.map_or_else(|| "/path".to_owned(), LitStr::value);
    Diagnostic::new("attribute/missing_method", span, "missing the HTTP method before the path")
        .help(format!("`GET, \"{path}\"`"))
}

pub(super) fn quoted_method(text: &LitStr, method: Method) -> Diagnostic {
    let message = format!("write the method without quotes: `{}`", method.name());
    Diagnostic::new("attribute/quoted_method", text, message)
        .help(format!("write `{}`", method.name()))
}

pub(super) fn qualified_method(tokens: &TokenStream, method: Method) -> Diagnostic {
    let message = format!("write the method by its name alone, not as `{}`", text(tokens));
    Diagnostic::new("attribute/qualified_method", tokens, message)
        .help(format!("write `{}`", method.name()))
}

/// `GET | POST` and `[GET, POST]`.
pub(super) fn several_methods(tokens: &TokenStream) -> Diagnostic {
    let message = format!("an operation has one HTTP method, found `{}`", text(tokens));
    Diagnostic::new("attribute/several_methods", tokens, message)
        .help("write one of them, and declare an operation for each of the others")
}

pub(super) fn method_in_the_path(text: &LitStr, method: Method, path: &str) -> Diagnostic {
    let message = "the method and the path are two arguments";
    Diagnostic::new("attribute/method_in_the_path", text, message)
        .help(format!("`{}, \"{path}\"`", method.name()))
}

/// `post("/path")`, as Rocket writes it.
pub(super) fn method_with_parentheses(
    name: &Ident,
    method: Method,
    inside: &TokenStream,
) -> Diagnostic {
    let message = format!("`{name}` takes no parentheses: the path is an argument of its own");
    Diagnostic::new("attribute/method_with_parentheses", name, message).help(format!(
        "`{}, \"{}\"`",
        method.name(),
        unquoted(inside)
    ))
}

/// `GET => "/path"`.
pub(super) fn method_with_value(name: &Ident, path: &LitStr) -> Diagnostic {
    let message = format!("expected `,` between `{name}` and the path");
    let method = or_get(named(&name.to_string()));
    Diagnostic::new("attribute/method_with_value", name, message)
        .help(format!("`{method}, \"{}\"`", path.value()))
}

pub(super) fn method_after_the_path(
    name: &Ident,
    method: Method,
    path: Option<&LitStr>,
) -> Diagnostic {
    let path = path.map_or_else(|| "/path".to_owned(), LitStr::value);
    let message = format!("the method `{name}` comes before the path");
    Diagnostic::new("attribute/method_after_the_path", name, message)
        .help(format!("`{}, \"{path}\"`", method.name()))
}

pub(super) fn second_method(name: &Ident) -> Diagnostic {
    let message = format!("an operation has one HTTP method; `{name}` is a second");
    Diagnostic::new("attribute/second_method", name, message)
        .help(format!("remove `{name}`, or declare a second operation"))
}
