//! The arguments of `#[acs_operation(..)]`, one after the other: which is the method, which the path.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Ident, Lit, LitStr};

use super::http_method;
use super::option_spec;
use super::path_argument::{
    missing_path, path_beside_a_url, path_no_literal, path_not_plain, second_path,
};
use super::route::{
    expected_comma, is_route_name, named_argument, no_arguments, option_first, parentheses_twice,
};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::model::Method;
use crate::syntax::{Argument, Arguments, text, unquoted};

/// The arguments, as far as they have been seen.
pub(super) struct ArgumentParser<'a> {
    diagnostics: &'a Diagnostics,
    pub(super) method: Option<Method>,
    pub(super) path: Option<LitStr>,
    /// The position of the method, valid or not: an invalid one is not reported as missing as well.
    seen_method: Option<Span>,
    seen_path: bool,
    pub(super) options: Vec<&'a Argument>,
    early_option: Option<&'a Argument>,
    named: Option<&'a Ident>,
    /// Whether a parameter replaces the path.
    has_url: bool,
}

impl<'a> ArgumentParser<'a> {
    pub(super) fn new(has_url: bool, diagnostics: &'a Diagnostics) -> Self {
        Self {
            diagnostics,
            method: None,
            path: None,
            seen_method: None,
            seen_path: false,
            options: Vec::new(),
            early_option: None,
            named: None,
            has_url,
        }
    }

    pub(super) fn argument(&mut self, argument: &'a Argument) {
        match argument {
            Argument::Literal(Lit::Str(text)) if text.suffix().is_empty() => self.text(text),
            Argument::Literal(literal) => self.literal(literal),
            Argument::Word(name) => self.word(name, argument),
            Argument::Setting { name, value } if is_route_name(name) => self.named(name, value),
            Argument::Setting { name, value }
                if self.seen_method.is_none()
                    && http_method::named(&name.to_string()).is_some() =>
            {
                self.method_with_value(name, value);
            }
            Argument::Setting { .. } => self.option(argument),
            Argument::Call { name, inside } => self.call(name, inside, argument),
            Argument::Other(tokens) => self.other(tokens, argument),
        }
    }

    fn text(&mut self, text: &LitStr) {
        let value = text.value();
        if self.seen_path {
            self.diagnostics.report(second_path(text));
        } else if self.seen_method.is_some() {
            self.set_path(text.clone());
        } else if let Some(method) = http_method::named(&value) {
            self.set_method(Some(method), text.span());
            self.diagnostics.report(http_method::quoted_method(text, method));
        } else if let Some((method, path)) = http_method::split(&value) {
            self.set_method(Some(method), text.span());
            self.set_path(LitStr::new(path, text.span()));
            self.diagnostics.report(http_method::method_in_the_path(text, method, path));
        } else if http_method::all_named(text.to_token_stream()).len() > 1 && !value.contains("/<")
        {
            self.set_method(None, text.span());
            self.diagnostics.report(http_method::several_methods(&text.to_token_stream()));
        } else {
            self.set_path(text.clone());
        }
    }

    fn literal(&mut self, literal: &Lit) {
        let is_text = matches!(literal, Lit::Str(_) | Lit::ByteStr(_) | Lit::CStr(_));
        self.diagnostics.report(match (self.seen_path, is_text) {
            (true, _) => second_path(literal),
            (false, true) => path_not_plain(literal),
            (false, false) => path_no_literal(literal, self.method),
        });
        self.seen_path = true;
    }

    fn word(&mut self, name: &Ident, argument: &'a Argument) {
        let text = name.to_string();
        let is_method = http_method::is_known(&text);
        if option_spec::named(&text).is_some() {
            self.option(argument);
        } else if self.seen_method.is_none() && (is_method || !self.seen_path) {
            self.method(name);
        } else if self.seen_method.is_some() && is_method {
            self.diagnostics.report(http_method::second_method(name));
        } else if !self.seen_path && option_spec::nearest(&text).is_none() {
            self.seen_path = true;
            self.diagnostics.report(path_no_literal(name, self.method));
        } else {
            self.option(argument);
        }
    }

    fn method(&mut self, name: &Ident) {
        let (method, diagnostic) = http_method::parse(name);
        self.set_method(method, name.span());
        match (method, diagnostic) {
            (_, Some(diagnostic)) => {
                self.diagnostics.report(diagnostic);
            }
            (Some(method), None) if self.seen_path => {
                let path = self.path.as_ref();
                self.diagnostics.report(http_method::method_after_the_path(name, method, path));
            }
            _ => {}
        }
    }

    /// `method = "GET"` and `path = "/path"`.
    fn named(&mut self, name: &'a Ident, value: &TokenStream) {
        self.named.get_or_insert(name);
        let text = unquoted(value);
        if ["method", "methods", "verb"].iter().any(|known| name == known) {
            self.set_method(http_method::named(&text), value.span());
        } else {
            self.set_path(LitStr::new(&text, value.span()));
        }
    }

    fn call(&mut self, name: &Ident, inside: &TokenStream, argument: &'a Argument) {
        match http_method::named(&name.to_string()) {
            Some(method) if self.seen_method.is_none() => {
                self.set_method(Some(method), name.span());
                self.set_path(LitStr::new(&unquoted(inside), inside.span()));
                self.diagnostics.report(http_method::method_with_parentheses(name, method, inside));
            }
            _ => self.option(argument),
        }
    }

    /// `GET => "/path"` or `GET = "/path"`.
    fn method_with_value(&mut self, name: &Ident, value: &TokenStream) {
        let path = value.clone().into_iter().last().and_then(|last| syn::parse2(last.into()).ok());
        let path = path.unwrap_or_else(|| LitStr::new("/path", value.span()));
        self.diagnostics.report(http_method::method_with_value(name, &path));
        self.set_method(http_method::named(&name.to_string()), name.span());
        self.set_path(path);
    }

    fn other(&mut self, tokens: &TokenStream, argument: &'a Argument) {
        let methods = http_method::all_named(tokens.clone());
        if let Some(reported) = self.route_in_parentheses(tokens) {
            self.diagnostics.report_all(reported);
            return;
        }
        match methods[..] {
            [_, _, ..] if self.seen_method.is_none() => {
                self.set_method(None, tokens.span());
                self.diagnostics.report(http_method::several_methods(tokens));
            }
            [method] if self.seen_method.is_none() && has_text(tokens) => {
                self.set_method(Some(method), tokens.span());
                self.seen_path = true;
                self.diagnostics.report(expected_comma(tokens, method));
            }
            [method] if self.seen_method.is_none() => {
                self.set_method(Some(method), tokens.span());
                self.diagnostics.report(http_method::qualified_method(tokens, method));
            }
            _ if is_star(tokens) && self.seen_method.is_none() => {
                self.set_method(None, tokens.span());
                self.diagnostics.report(http_method::several_methods(tokens));
            }
            _ if !self.seen_path && (self.seen_method.is_some() || starts_with_text(tokens)) => {
                self.seen_path = true;
                if !is_lexical_error(tokens) {
                    self.diagnostics.report(path_no_literal(tokens, self.method));
                }
            }
            _ => self.option(argument),
        }
    }

    /// `#[acs_operation((GET, "/path"))]`
    fn route_in_parentheses(&mut self, tokens: &TokenStream) -> Option<Option<Diagnostic>> {
        let mut all = tokens.clone().into_iter();
        let (Some(TokenTree::Group(group)), None) = (all.next(), all.next()) else {
            return None;
        };
        let inside = Arguments::of_group(&group);
        let [method, path, ..] = &inside.list[..] else {
            return None;
        };
        let (Argument::Word(method), Argument::Literal(Lit::Str(path))) = (method, path) else {
            return None;
        };
        let method = http_method::named(&method.to_string())?;
        let is_first = self.seen_method.is_none() && !self.seen_path;
        self.set_method(Some(method), group.span());
        self.set_path(path.clone());
        Some(is_first.then(|| parentheses_twice(&group)))
    }

    fn option(&mut self, argument: &'a Argument) {
        if self.seen_method.is_none() && !self.seen_path {
            self.early_option.get_or_insert(argument);
        }
        self.options.push(argument);
    }

    fn set_method(&mut self, method: Option<Method>, span: Span) {
        (self.method, self.seen_method) = (method, Some(span));
    }

    fn set_path(&mut self, path: LitStr) {
        (self.path, self.seen_path) = (Some(path), true);
    }

    /// Reports the errors that depend on all arguments.
    pub(super) fn finish(&mut self, arguments: &Arguments) {
        let path = self.path.as_ref();
        if let Some(name) = self.named {
            self.diagnostics.report(named_argument(name, self.method, path));
        }
        let diagnostic = match (self.seen_method, self.seen_path, self.early_option) {
            (None, false, _) => {
                self.options.retain(|option| !matches!(option, Argument::Other(_)));
                no_arguments(arguments, self.has_url)
            }
            (None, true, _) => http_method::missing_method(path, arguments),
            (Some(_), false, _) if self.has_url => return,
            (Some(_), true, _) if self.has_url => path_beside_a_url(arguments, path),
            (Some(span), false, _) => missing_path(self.method, span),
            (Some(_), true, Some(option)) => option_first(option),
            (Some(_), true, None) => return,
        };
        self.diagnostics.report(diagnostic);
    }
}

/// `""/calls""`, in which rustc has reported the prefix `calls` of a literal.
fn is_lexical_error(tokens: &TokenStream) -> bool {
    let tokens: Vec<_> = tokens.clone().into_iter().collect();
    tokens.windows(2).any(|pair| matches!(pair, [TokenTree::Ident(_), TokenTree::Literal(_)]))
}

fn is_star(tokens: &TokenStream) -> bool {
    text(tokens) == "*"
}

fn has_text(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| starts_with_text(&token.into()))
}

fn starts_with_text(tokens: &TokenStream) -> bool {
    let first = tokens.clone().into_iter().next().map(TokenStream::from);
    first.is_some_and(|first| syn::parse2::<LitStr>(first).is_ok())
}
