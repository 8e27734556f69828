//! A. What is said about the method and the path in the attribute.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::{Ident, LitStr};

use super::{names, types};
use crate::errors::{Mistake, Place};
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

pub(super) fn no_arguments(arguments: &Arguments) -> Mistake {
    Mistake::new("attribute/no_arguments", arguments.place, "expected a method and a path")
        .help("`#[acs_operation(POST, \"/path\")]`")
}

pub(super) fn missing_method(path: Option<&LitStr>, arguments: &Arguments) -> Mistake {
    let place = path.map_or(arguments.place, Place::of);
    let path = path.map_or_else(|| "/path".to_owned(), LitStr::value);
    Mistake::new("attribute/missing_method", place, "missing the HTTP method before the path")
        .help(format!("`GET, \"{path}\"`"))
}

pub(super) fn missing_path(method: Option<Method>, span: Span) -> Mistake {
    let method = shown(method);
    let says = format!("missing the path after `{method}`");
    Mistake::new("attribute/missing_path", Place::after(span), says)
        .help(format!("`{method}, \"/path\"`"))
}

pub(super) fn unknown_method(name: &Ident, meant: Option<Method>) -> Mistake {
    let says = format!("unknown HTTP method `{name}`");
    let mistake = Mistake::new("attribute/unknown_method", name, says);
    match meant {
        Some(method) => mistake.help(format!("did you mean `{}`?", method.name())),
        None => {
            let all = names::list(Method::ALL.map(Method::name), "or");
            mistake.help(format!("an operation starts with {all}"))
        }
    }
}

pub(super) fn method_case(name: &Ident, method: Method) -> Mistake {
    Mistake::new(
        "attribute/method_case",
        name,
        format!("HTTP methods are upper case, not `{name}`"),
    )
    .help(format!("write `{}`", method.name()))
}

pub(super) fn quoted_method(text: &LitStr, method: Method) -> Mistake {
    let says = format!("write the method bare, not in quotes: `{}`", method.name());
    Mistake::new("attribute/quoted_method", text, says)
        .help(format!("`{}, \"/path\"`", method.name()))
}

pub(super) fn qualified_method(tokens: &TokenStream, method: Method) -> Mistake {
    let says = format!("write the method bare, not as `{}`", types::text(tokens));
    Mistake::new("attribute/qualified_method", tokens, says)
        .help(format!("`{}, \"/path\"`", method.name()))
}

pub(super) fn method_in_the_path(text: &LitStr, method: Method, path: &str) -> Mistake {
    let says = "the method and the path are two arguments";
    Mistake::new("attribute/method_in_the_path", text, says)
        .help(format!("`{}, \"{path}\"`", method.name()))
}

pub(super) fn method_with_parentheses(
    name: &Ident,
    method: Method,
    inside: &TokenStream,
) -> Mistake {
    let says = format!("`{name}` takes no parentheses: the path is an argument beside it");
    Mistake::new("attribute/method_with_parentheses", name, says).help(format!(
        "`{}, \"{}\"`",
        method.name(),
        unquoted(inside)
    ))
}

/// `GET => "/path"`.
pub(super) fn method_with_value(name: &Ident, path: &LitStr) -> Mistake {
    let says = format!("expected `,` between `{name}` and the path");
    let method = shown(method_named(&name.to_string()));
    Mistake::new("attribute/method_with_value", name, says)
        .help(format!("`{method}, \"{}\"`", path.value()))
}

pub(super) fn method_after_the_path(name: &Ident, method: Method) -> Mistake {
    let says = format!("the method `{name}` comes before the path");
    Mistake::new("attribute/method_after_the_path", name, says)
        .help(format!("`{}, \"/path\"`", method.name()))
}

pub(super) fn second_method(name: &Ident) -> Mistake {
    let says = format!("an operation has one method; `{name}` is a second");
    Mistake::new("attribute/second_method", name, says)
        .help(format!("remove `{name}`, or declare a second operation"))
}

pub(super) fn named_argument(
    name: &Ident,
    method: Option<Method>,
    path: Option<&LitStr>,
) -> Mistake {
    let path = path.map_or_else(|| "/path".to_owned(), LitStr::value);
    let says = format!("`{name}` is written without a name: the method, then the path");
    Mistake::new("attribute/named_argument", name, says)
        .help(format!("`{}, \"{path}\"`", shown(method)))
}

pub(super) fn path_no_literal(tokens: &impl ToTokens, method: Option<Method>) -> Mistake {
    let says = format!(
        "the path must be a string literal, so that it can be checked; found `{}`",
        types::text(tokens)
    );
    let method = shown(method);
    Mistake::new("attribute/path_no_literal", tokens, says).help(format!("`{method}, \"/path\"`"))
}

pub(super) fn path_not_plain(literal: &impl ToTokens) -> Mistake {
    let says = format!("expected a plain string literal, found `{}`", types::text(literal));
    Mistake::new("attribute/path_not_plain", literal, says)
        .help("`\"/path\"`, without prefix or suffix")
}

pub(super) fn second_path(literal: &impl ToTokens) -> Mistake {
    let says = format!("an operation has one path; `{}` is a second", types::text(literal));
    Mistake::new("attribute/second_path", literal, says)
        .help("remove it; an option is written `name = \"value\"`")
}

pub(super) fn option_first(option: &Argument) -> Mistake {
    let says = format!("`{}` stands before the method and the path", types::text(option));
    Mistake::new("attribute/option_first", option, says)
        .help("options come last: `POST, \"/path\", repeatable`")
}

pub(super) fn on_the_group(first: &Argument, route: &[&Argument]) -> Mistake {
    let only_path = matches!(route, [Argument::Literal(_)]).then_some("GET".to_owned());
    let route = only_path.into_iter().chain(route.iter().map(types::text));
    let route = route.collect::<Vec<_>>().join(", ");
    let says = "the method and the path belong to each method of the trait, not to the group";
    Mistake::new("attribute/route_on_the_group", first, says)
        .help(format!("write `#[acs_operation({route})]` on the method"))
}

pub(super) fn missing_comma(place: Place, next: &str) -> Mistake {
    Mistake::new("attribute/missing_comma", place, format!("expected `,` before `{next}`"))
        .help("arguments are separated by commas: `POST, \"/path\", repeatable`")
}

pub(super) fn stray_comma(span: Span) -> Mistake {
    Mistake::new("attribute/stray_comma", span, "expected an argument before `,`")
        .help("remove this comma")
}

pub(super) fn semicolon(span: Span) -> Mistake {
    Mistake::new("attribute/semicolon", span, "expected `,`, found `;`")
        .help("arguments are separated by commas: `POST, \"/path\", repeatable`")
}
