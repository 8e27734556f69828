//! Sorts the arguments of an attribute into method, path and options, in any order.

use proc_macro2::Span;
use syn::LitStr;

use super::argument_parser::ArgumentParser;
use super::http_method;
use super::options::Options;
use super::route::is_route_name;
use crate::diagnostics::{Diagnostic, Diagnostics, SpanRange};
use crate::model::Method;
use crate::syntax::{Argument, Arguments, SeparatorError, text};

/// The arguments of one operation. Method and path may be known although they are written wrong;
/// whatever is missing was reported.
pub(super) struct OperationArguments {
    pub(super) method: Option<Method>,
    pub(super) path: Option<LitStr>,
    pub(super) options: Options,
}

/// The arguments of `#[acs_operation(METHOD, "path", options…)]`.
pub(super) fn operation(
    arguments: &Arguments,
    has_url: bool,
    diagnostics: &Diagnostics,
) -> OperationArguments {
    separators(arguments, diagnostics);
    let mut parser = ArgumentParser::new(has_url, diagnostics);
    for argument in &arguments.list {
        parser.argument(argument);
    }
    parser.finish(arguments);
    OperationArguments {
        options: Options::parse(&parser.options, diagnostics),
        method: parser.method,
        path: parser.path,
    }
}

/// The arguments of `#[acs_operations(options…)]`.
pub(super) fn defaults(arguments: &Arguments, diagnostics: &Diagnostics) -> Options {
    separators(arguments, diagnostics);
    let (route, options): (Vec<_>, Vec<_>) = arguments.list.iter().partition(|one| is_route(one));
    if let Some(first) = route.first() {
        diagnostics.report(route_on_the_group(first, &route));
    }
    Options::parse(&options, diagnostics)
}

/// Whether the method or the path is among the arguments.
pub(super) fn has_route(arguments: &Arguments) -> bool {
    arguments.list.iter().any(is_route)
}

fn is_route(argument: &Argument) -> bool {
    match argument {
        Argument::Literal(_) => true,
        Argument::Word(name) | Argument::Call { name, .. } => {
            http_method::is_known(&name.to_string())
        }
        Argument::Setting { name, .. } => is_route_name(name),
        Argument::Other(_) => false,
    }
}

fn separators(arguments: &Arguments, diagnostics: &Diagnostics) {
    diagnostics.report_all(arguments.separator_errors.iter().map(|error| match error {
        SeparatorError::Missing(span, next) => missing_comma(*span, next),
        SeparatorError::Stray(span) => stray_comma(*span),
        SeparatorError::Semicolon(span) => semicolon(*span),
    }));
}

fn route_on_the_group(first: &Argument, route: &[&Argument]) -> Diagnostic {
    let only_path = matches!(route, [Argument::Literal(_)]).then_some("GET".to_owned());
    let route = only_path.into_iter().chain(route.iter().map(|one| text(*one)));
    let route = route.collect::<Vec<_>>().join(", ");
    let message = "the method and the path belong to each method of the trait, not to the group";
    Diagnostic::new("attribute/route_on_the_group", first, message)
        .help(format!("write `#[acs_operation({route})]` on the method"))
}

fn missing_comma(span: SpanRange, next: &str) -> Diagnostic {
    Diagnostic::new("attribute/missing_comma", span, format!("expected `,` before `{next}`"))
        .help("arguments are separated by commas: `POST, \"/path\", repeatable`")
}

fn stray_comma(span: Span) -> Diagnostic {
    Diagnostic::new("attribute/stray_comma", span, "expected an argument before `,`")
        .help("remove this comma")
}

fn semicolon(span: Span) -> Diagnostic {
    Diagnostic::new("attribute/semicolon", span, "expected `,`, found `;`")
        .help("arguments are separated by commas: `POST, \"/path\", repeatable`")
}
