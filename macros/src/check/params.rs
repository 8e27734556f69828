//! The parameters of a method: each one goes into the path, the query, a header or the body.

use super::param::ParsedParam;
use super::param_kind::ParamKind;
use super::path::Path;
use super::{body, headers, param_type, placeholders};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::model::{Argument, Arguments, Method};
use crate::names;
use crate::syntax::{self, types};

/// Reads the parameters of a method, and reports the errors of each parameter separately.
pub(super) fn parse<'a>(
    written: &'a syntax::Method,
    diagnostics: &Diagnostics,
) -> Vec<ParsedParam<'a>> {
    let receiver = usize::from(super::signature::has_client_for_self(&written.function.sig));
    let mut params: Vec<ParsedParam<'_>> = Vec::new();
    for parameter in written.parameters.iter().skip(receiver) {
        let mut param = ParsedParam::parse(parameter, diagnostics);
        let same = |other: &ParsedParam<'_>| matches!((&other.name, &param.name), (Ok(a), Ok(b)) if a == b);
        if params.iter().any(same) {
            param.name = Err(diagnostics.report(parameter_twice(&param)));
        }
        if let Some(diagnostic) = param_type::check(&param) {
            diagnostics.report(diagnostic);
            param.has_valid_type = false;
        }
        if let Some(doc) = param.attribute("doc") {
            diagnostics.report(documented(doc));
        }
        params.push(param);
    }
    params
}

/// Decides where each parameter goes. Without a method or a path, which was reported, rules that
/// depend on them are skipped.
pub(super) fn locate(
    method: Option<Method>,
    path: Option<&Path>,
    params: &[ParsedParam<'_>],
    function: &syn::Ident,
    diagnostics: &Diagnostics,
) -> Arguments {
    let mut unclaimed: Vec<_> = params.iter().collect();
    let mut list = match path {
        Some(path) => {
            placeholders::match_params(path, &mut unclaimed, params, function, diagnostics)
        }
        None => Vec::new(),
    };
    let mut locator = Locator {
        method,
        has_path: path.is_some_and(|path| !path.template.text.is_empty()),
        diagnostics,
        sent: Vec::new(),
        body: None,
    };
    let body = |param: &&&ParsedParam<'_>| param.kind() == Some(ParamKind::Body);
    if let Some(param) = unclaimed.iter().find(body) {
        locator.body(param);
    }
    list.extend(unclaimed.iter().filter_map(|param| locator.locate(param)));
    let mut urls = unclaimed.iter().filter(|param| param.kind() == Some(ParamKind::Url));
    let url = urls.next().and_then(|param| param.argument(ParamKind::Url, None));
    diagnostics.report_all(urls.map(|param| second_url(param)));
    let body = locator.body.and_then(|param| Some((param.argument(ParamKind::Body, None)?, param)));
    Arguments { list, url, body: body.map(|(argument, param)| body::of(argument, param)) }
}

struct Locator<'a> {
    method: Option<Method>,
    has_path: bool,
    diagnostics: &'a Diagnostics,
    /// Query keys and headers, each with the parameter that sends it.
    sent: Vec<(ParamKind, String, String)>,
    body: Option<&'a ParsedParam<'a>>,
}

impl<'a> Locator<'a> {
    fn locate(&mut self, param: &'a ParsedParam<'a>) -> Option<Argument> {
        let is_body = self.body.is_some_and(|body| std::ptr::eq(body, param));
        if is_body || param.attr.is_err() || param.name.is_err() {
            return None;
        }
        match param.kind() {
            Some(ParamKind::Query) => self.sent_by_name(ParamKind::Query, query_key(param), param),
            Some(ParamKind::Header) => self.sent_by_name(ParamKind::Header, header(param), param),
            Some(ParamKind::Path | ParamKind::Url) => None,
            Some(ParamKind::Body) => {
                self.body(param);
                None
            }
            None => {
                self.without_attr(param);
                None
            }
        }
    }

    fn sent_by_name(
        &mut self,
        kind: ParamKind,
        name: Result<String, Diagnostic>,
        param: &ParsedParam<'_>,
    ) -> Option<Argument> {
        let report = |diagnostic| self.diagnostics.report(diagnostic);
        let name = name.map_err(report).ok()?;
        let key = if kind == ParamKind::Header { name.to_ascii_lowercase() } else { name.clone() };
        let known = self.sent.iter().find(|(other, sent, _)| *other == kind && *sent == key);
        if let Some((_, _, first)) = known {
            self.diagnostics.report(sent_twice(kind, param, &name, first));
            return None;
        }
        self.sent.push((kind, key, param.plain_name()));
        param.argument(kind, Some(name))
    }

    /// The one inference: a parameter that is not a scalar is the body.
    fn without_attr(&mut self, param: &'a ParsedParam<'a>) {
        let is_scalar = types::is_scalar(param.ty());
        if types::is_unit(param.ty()) {
            self.diagnostics.report(unit_argument(param));
        } else if types::without_size(param.ty()).is_some() {
            // The type was reported, and the place depends on it.
        } else if !is_scalar && self.method.is_some() {
            self.body(param);
        } else if is_scalar && self.has_path {
            let may_be_body = self.method.is_some_and(Method::has_body) && self.body.is_none();
            self.diagnostics.report(unmarked(param, may_be_body));
        }
    }

    fn body(&mut self, param: &'a ParsedParam<'a>) {
        let diagnostic = match (self.body, self.method) {
            (Some(first), _) => Some(second_body(param, first)),
            (None, Some(method)) if !method.has_body() => Some(body_not_allowed(param, method)),
            (None, method) => {
                let mistake = body::check(param, method).filter(|_| param.has_valid_type);
                self.diagnostics.report_all(mistake);
                param.attribute("cfg").map(conditional_body)
            }
        };
        self.diagnostics.report_all(diagnostic);
        self.body.get_or_insert(param);
    }
}

fn query_key(param: &ParsedParam<'_>) -> Result<String, Diagnostic> {
    let own = param.plain_name();
    match param.text() {
        Some(text) => headers::query_key(text),
        None if names::same(&own, "api-version") => {
            Err(headers::api_version_as_query(&param.parameter.typed.pat))
        }
        None => Ok(ParamKind::Query.wire_name(&own)),
    }
}

fn header(param: &ParsedParam<'_>) -> Result<String, Diagnostic> {
    let own = ParamKind::Header.wire_name(&param.plain_name());
    param.text().map_or(Ok(own.clone()), |text| headers::header(text, &own))
}

fn parameter_twice(param: &ParsedParam<'_>) -> Diagnostic {
    let message = format!("a parameter named `{}` exists already", param.plain_name());
    Diagnostic::new("parameter/parameter_twice", &param.parameter.typed.pat, message)
        .help("give one of the two another name")
}

fn documented(doc: &syn::Attribute) -> Diagnostic {
    let message = "a parameter has no documentation of its own";
    Diagnostic::new("parameter/documented", doc, message)
        .help("describe it in the documentation of the method, or write `//`")
}

fn unit_argument(param: &ParsedParam<'_>) -> Diagnostic {
    let own = param.plain_name();
    let message = "`()` carries no value to send";
    Diagnostic::new("parameter/unit_argument", &param.parameter.typed, message)
        .help(format!("remove `{own}`, or write `#[body] {own}: ()` to send `null`"))
}

fn unmarked(param: &ParsedParam<'_>, may_be_body: bool) -> Diagnostic {
    let own = param.plain_name();
    let body = if may_be_body { " or `#[body]`" } else { "" };
    let comma = if may_be_body { "," } else { " or" };
    let header = names::header(&own);
    let message = format!("`{own}` is not in the path and has no attribute");
    Diagnostic::new("parameter/unmarked", &param.parameter.typed, message)
        .help(format!("add `#[query]`{comma} `#[header(\"{header}\")]`{body}"))
        .help(format!("or write `<{}>` in the path", names::camel(&own)))
}

fn body_not_allowed(param: &ParsedParam<'_>, method: Method) -> Diagnostic {
    let (own, method) = (param.plain_name(), method.name());
    let message = format!("`{method}` cannot carry a body, which `{own}` would be");
    Diagnostic::new("parameter/body_not_allowed", param.span(), message)
        .help(format!("write `#[query] {own}`, or make the operation a `POST`"))
}

fn second_body(param: &ParsedParam<'_>, first: &ParsedParam<'_>) -> Diagnostic {
    let (own, first) = (param.plain_name(), first.plain_name());
    let message = format!("`{own}` would be a second body: the body is already `{first}`");
    Diagnostic::new("parameter/second_body", param.span(), message)
        .help("add `#[query]` or `#[header(\"..\")]`, or send one type that holds both")
}

fn second_url(param: &ParsedParam<'_>) -> Diagnostic {
    let message = format!("`{}` would be a second URL", param.plain_name());
    Diagnostic::new("parameter/second_url", param.span(), message).help("keep one of the two")
}

fn conditional_body(cfg: &syn::Attribute) -> Diagnostic {
    Diagnostic::new("parameter/conditional_body", cfg, "the body cannot be conditional")
        .help("put the `#[cfg(..)]` on the method, and declare it twice")
}

fn sent_twice(kind: ParamKind, param: &ParsedParam<'_>, name: &str, first: &str) -> Diagnostic {
    match kind {
        ParamKind::Header => {
            let message = format!("header `{name}` is already sent by `{first}`");
            Diagnostic::new("parameter/header_twice", param.wire_span(), message)
                .help("remove one of the two")
        }
        _ => {
            let message = format!("query key `{name}` is already sent by `{first}`");
            Diagnostic::new("parameter/query_key_twice", param.wire_span(), message)
                .help("remove one of the two; several values of one key are a list: `&[..]`")
        }
    }
}
