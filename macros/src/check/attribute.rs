//! The attribute's arguments, sorted into method, path and options, whatever their order.

use proc_macro2::{Span, TokenStream};
use syn::spanned::Spanned;
use syn::{Ident, Lit, LitStr};

use super::options::{self, Options};
use super::{names, route};
use crate::diagnostics::{Diagnostic, Diagnostics, ErrorGuaranteed};
use crate::model::Method;
use crate::syntax::{Argument, Arguments, SeparatorError};

/// An attribute's arguments, sorted. Method and path may be known although they were written wrong.
pub(super) struct OperationArgs {
    pub(super) method: Result<Method, ErrorGuaranteed>,
    pub(super) path: Result<LitStr, ErrorGuaranteed>,
    pub(super) options: Result<Options, ErrorGuaranteed>,
    pub(super) sound: Result<(), ErrorGuaranteed>,
}

/// The arguments of `#[acs_operation(METHOD, "path", options…)]`.
pub(super) fn operation(arguments: &Arguments, diagnostics: &Diagnostics) -> OperationArgs {
    let mut parser =
        ArgParser { sound: commas(arguments, diagnostics), ..ArgParser::new(diagnostics) };
    for argument in &arguments.list {
        parser.argument(argument);
    }
    parser.finish(arguments);
    let missing = |sound: Result<(), ErrorGuaranteed>| match sound {
        Err(reported) => reported,
        Ok(()) => diagnostics.report(route::no_arguments(arguments)),
    };
    OperationArgs {
        method: parser.method.ok_or_else(|| missing(parser.sound)),
        path: parser.path.ok_or_else(|| missing(parser.sound)),
        options: options::read(&parser.options, diagnostics),
        sound: parser.sound,
    }
}

/// The arguments of `#[acs_operations(options…)]`.
pub(super) fn defaults(
    arguments: &Arguments,
    diagnostics: &Diagnostics,
) -> Result<Options, ErrorGuaranteed> {
    let commas = commas(arguments, diagnostics);
    let (route, options): (Vec<_>, Vec<_>) = arguments.list.iter().partition(|one| is_route(one));
    let route = match route.first() {
        Some(first) => Err(diagnostics.report(route::on_the_group(first, &route))),
        None => Ok(()),
    };
    let options = options::read(&options, diagnostics);
    commas.and(route).and(options)
}

/// Whether the method and the path stand on the group.
pub(super) fn is_routed(arguments: &Arguments) -> bool {
    arguments.list.iter().any(is_route)
}

fn is_route(argument: &Argument) -> bool {
    match argument {
        Argument::Literal(_) => true,
        Argument::Word(name) | Argument::Call { name, .. } => route::is_method(&name.to_string()),
        Argument::Setting { name, .. } => is_route_name(name),
        Argument::Other(_) => false,
    }
}

fn is_route_name(name: &Ident) -> bool {
    ["method", "verb", "path", "url", "uri", "route"].iter().any(|known| name == known)
}

fn is_verb(name: &Ident) -> bool {
    route::method_named(&name.to_string()).is_some()
}

fn commas(arguments: &Arguments, diagnostics: &Diagnostics) -> Result<(), ErrorGuaranteed> {
    let mut sound = Ok(());
    for error in &arguments.separator_errors {
        sound = Err(diagnostics.report(match error {
            SeparatorError::Missing(span, next) => route::missing_comma(*span, next),
            SeparatorError::Stray(span) => route::stray_comma(*span),
            SeparatorError::Semicolon(span) => route::semicolon(*span),
        }));
    }
    sound
}

struct ArgParser<'a> {
    diagnostics: &'a Diagnostics,
    sound: Result<(), ErrorGuaranteed>,
    method: Option<Method>,
    path: Option<LitStr>,
    /// Where the method stood, right or wrong: a wrong one is not missing as well.
    seen_method: Option<Span>,
    seen_path: bool,
    options: Vec<&'a Argument>,
    early: Option<&'a Argument>,
    named: Vec<(&'a Ident, &'a TokenStream)>,
}

impl<'a> ArgParser<'a> {
    fn new(diagnostics: &'a Diagnostics) -> Self {
        Self {
            diagnostics,
            sound: Ok(()),
            method: None,
            path: None,
            seen_method: None,
            seen_path: false,
            options: Vec::new(),
            early: None,
            named: Vec::new(),
        }
    }

    fn report(&mut self, mistake: Diagnostic) {
        let reported: ErrorGuaranteed = self.diagnostics.report(mistake);
        self.sound = Err(reported);
    }

    fn argument(&mut self, argument: &'a Argument) {
        match argument {
            Argument::Literal(Lit::Str(text)) if text.suffix().is_empty() => self.text(text),
            Argument::Literal(literal) => self.literal(literal),
            Argument::Word(name) => self.word(name, argument),
            Argument::Setting { name, value } if is_route_name(name) => self.named(name, value),
            Argument::Setting { name, value } if self.seen_method.is_none() && is_verb(name) => {
                self.with_value(name, value);
            }
            Argument::Setting { .. } => self.option(argument),
            Argument::Call { name, inside } => self.call(name, inside, argument),
            Argument::Other(tokens) => self.other(tokens, argument),
        }
    }

    fn text(&mut self, text: &LitStr) {
        let value = text.value();
        if self.seen_path {
            return self.report(route::second_path(text));
        }
        if self.seen_method.is_some() {
            return self.set_path(text.clone());
        }
        if let Some(method) = route::method_named(&value) {
            self.set_method(Some(method), text.span());
            return self.report(route::quoted_method(text, method));
        }
        if let Some((method, path)) = route::split(&value) {
            self.set_method(Some(method), text.span());
            self.set_path(LitStr::new(path, text.span()));
            return self.report(route::method_in_the_path(text, method, path));
        }
        self.set_path(text.clone());
    }

    fn literal(&mut self, literal: &Lit) {
        let is_text = matches!(literal, Lit::Str(_) | Lit::ByteStr(_) | Lit::CStr(_));
        let mistake = match (self.seen_path, is_text) {
            (true, _) => route::second_path(literal),
            (false, true) => route::path_not_plain(literal),
            (false, false) => route::path_no_literal(literal, self.method),
        };
        self.seen_path = true;
        self.report(mistake);
    }

    fn word(&mut self, name: &Ident, argument: &'a Argument) {
        let text = name.to_string();
        let is_method = route::is_method(&text);
        if options::NAMES.contains(&text.as_str()) {
            return self.option(argument);
        }
        if self.seen_method.is_none() && (is_method || !self.seen_path) {
            return self.method(name);
        }
        if self.seen_method.is_some() && is_method {
            return self.report(route::second_method(name));
        }
        if !self.seen_path && names::nearest(&text, options::NAMES).is_none() {
            self.seen_path = true;
            return self.report(route::path_no_literal(name, self.method));
        }
        self.option(argument);
    }

    fn method(&mut self, name: &Ident) {
        let text = name.to_string();
        let exact = Method::ALL.into_iter().find(|method| method.name() == text);
        let meant = exact.or_else(|| route::method_named(&text));
        self.set_method(meant.or_else(|| route::nearest(&text)), name.span());
        match (exact, meant) {
            (Some(method), _) if self.seen_path => {
                self.report(route::method_after_the_path(name, method));
            }
            (Some(_), _) => {}
            (None, Some(method)) => self.report(route::method_case(name, method)),
            (None, None) => self.report(route::unknown_method(name, self.method)),
        }
    }

    fn named(&mut self, name: &'a Ident, value: &'a TokenStream) {
        self.named.push((name, value));
        let text = route::unquoted(value);
        if name == "method" || name == "verb" {
            self.set_method(route::method_named(&text), value.span());
        } else {
            self.set_path(LitStr::new(&text, value.span()));
        }
    }

    /// `post("/path")`, as Rocket writes it.
    fn call(&mut self, name: &Ident, inside: &TokenStream, argument: &'a Argument) {
        match route::method_named(&name.to_string()) {
            Some(method) if self.seen_method.is_none() => {
                self.set_method(Some(method), name.span());
                self.set_path(LitStr::new(&route::unquoted(inside), inside.span()));
                self.report(route::method_with_parentheses(name, method, inside));
            }
            _ => self.option(argument),
        }
    }

    /// `GET => "/path"` or `GET = "/path"`.
    fn with_value(&mut self, name: &Ident, value: &TokenStream) {
        let path = value.clone().into_iter().last().and_then(|last| syn::parse2(last.into()).ok());
        let path = path.unwrap_or_else(|| LitStr::new("/path", value.span()));
        self.report(route::method_with_value(name, &path));
        self.set_method(route::method_named(&name.to_string()), name.span());
        self.set_path(path);
    }

    fn other(&mut self, tokens: &TokenStream, argument: &'a Argument) {
        let last = tokens.clone().into_iter().last().map(|token| token.to_string());
        match last.as_deref().and_then(route::method_named) {
            Some(method) if self.seen_method.is_none() => {
                self.set_method(Some(method), tokens.span());
                self.report(route::qualified_method(tokens, method));
            }
            _ if self.seen_method.is_some() && !self.seen_path => {
                self.seen_path = true;
                self.report(route::path_no_literal(tokens, self.method));
            }
            _ => self.option(argument),
        }
    }

    fn option(&mut self, argument: &'a Argument) {
        if self.seen_method.is_none() && !self.seen_path {
            self.early.get_or_insert(argument);
        }
        self.options.push(argument);
    }

    fn set_method(&mut self, method: Option<Method>, span: Span) {
        (self.method, self.seen_method) = (method, Some(span));
    }

    fn set_path(&mut self, path: LitStr) {
        (self.path, self.seen_path) = (Some(path), true);
    }

    /// What only shows when every argument has been seen.
    fn finish(&mut self, arguments: &Arguments) {
        let path = self.path.clone();
        if let Some((name, _)) = self.named.first() {
            self.report(route::named_argument(name, self.method, path.as_ref()));
        }
        match (self.seen_method, self.seen_path, self.early) {
            (None, false, _) => {
                self.options.retain(|option| !matches!(option, Argument::Other(_)));
                self.report(route::no_arguments(arguments));
            }
            (None, true, _) => self.report(route::missing_method(path.as_ref(), arguments)),
            (Some(span), false, _) => self.report(route::missing_path(self.method, span)),
            (Some(_), true, Some(option)) => self.report(route::option_first(option)),
            (Some(_), true, None) => {}
        }
    }
}
