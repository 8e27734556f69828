//! Parameters: each one goes into the path, the query, a header or the body.

mod mistakes;

use syn::{Ident, LitStr, Type};

use super::attrs::{Kind, ParsedParam};
use super::path::Path;
use super::{headers, names, placeholders, types};
use crate::diagnostics::{Diagnostic, Diagnostics, ErrorGuaranteed};
use crate::model::{Body, Location, Method, Parameter};
use crate::syntax;

/// A method's parameters, sorted.
pub(super) struct Parameters {
    pub(super) list: Vec<Parameter>,
    pub(super) body: Option<Body>,
}

/// Without a method or a path, what depends on them is not judged: that is reported already.
pub(super) fn check(
    method: Option<Method>,
    path: Option<&Path>,
    written: &syntax::Method,
    diagnostics: &Diagnostics,
) -> Result<Parameters, ErrorGuaranteed> {
    let read = |parameter| ParsedParam::read(parameter, diagnostics);
    let receiver = usize::from(super::signature::has_client_for_self(&written.function.sig));
    let params: Vec<_> = written.parameters.iter().skip(receiver).map(read).collect();
    let mut locator = ParamLocator {
        method,
        params: &params,
        diagnostics,
        keys: Vec::new(),
        headers: Vec::new(),
        body: None,
        sound: Ok(()),
    };
    locator.names_and_types();
    locator.locate(path, &written.function.sig.ident)
}

struct ParamLocator<'a> {
    method: Option<Method>,
    params: &'a [ParsedParam<'a>],
    diagnostics: &'a Diagnostics,
    /// What is sent already, and by which parameter.
    keys: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    body: Option<(usize, Option<Body>)>,
    sound: Result<(), ErrorGuaranteed>,
}

impl<'a> ParamLocator<'a> {
    fn report(&mut self, mistake: Diagnostic) -> ErrorGuaranteed {
        let reported = self.diagnostics.report(mistake);
        self.sound = Err(reported);
        reported
    }

    fn names_and_types(&mut self) {
        let mut seen = Vec::new();
        for param in self.params {
            match &param.name {
                Ok(name) if seen.contains(&name) => {
                    self.report(mistakes::parameter_twice(name));
                }
                Ok(name) => seen.push(name),
                Err(reported) => self.sound = Err(*reported),
            }
            if let Err(reported) = param.mark {
                self.sound = Err(reported);
            }
            if let Some(mistake) = type_mistake(param) {
                self.report(mistake);
            }
            if let Some(doc) = param.doc() {
                self.report(mistakes::documented(doc));
            }
        }
    }

    fn locate(
        mut self,
        path: Option<&Path>,
        function: &Ident,
    ) -> Result<Parameters, ErrorGuaranteed> {
        let matches = path.map(|path| {
            placeholders::match_placeholders(path, self.params, function, self.diagnostics)
        });
        let taken = matches.as_ref().map_or(&[][..], |matches| &matches.taken);
        let explicit = self.params.iter().position(|param| param.kind() == Some(Kind::Body));
        if let Some(at) = explicit.filter(|at| !taken.contains(at)) {
            self.body(at);
        }
        let mut list = Vec::new();
        for (at, param) in self.params.iter().enumerate() {
            let is_body = self.body.as_ref().is_some_and(|(body, _)| *body == at);
            if !taken.contains(&at) && !is_body && param.mark.is_ok() && param.name.is_ok() {
                list.extend(self.span(at, path.is_some()));
            }
        }
        if let Some(matches) = matches {
            matches.sound?;
            let path = matches.order.iter().filter_map(|at| self.parameter(*at, Location::Path));
            list = path.chain(list).collect();
        }
        self.sound?;
        Ok(Parameters { list, body: self.body.and_then(|(_, body)| body) })
    }

    fn parameter(&self, at: usize, location: Location) -> Option<Parameter> {
        let param = &self.params[at];
        let name = param.name.clone().ok()?;
        Some(Parameter { name, ty: param.ty().clone(), cfg: param.cfg(), location })
    }

    fn span(&mut self, at: usize, path_is_known: bool) -> Option<Parameter> {
        let param = &self.params[at];
        match param.kind() {
            Some(Kind::Query) => self.query(at),
            Some(Kind::Header) => self.header(at),
            Some(Kind::Path) => None,
            Some(Kind::Body) => {
                self.body(at);
                None
            }
            None => {
                self.unmarked(at, path_is_known);
                None
            }
        }
    }

    /// The one inference: what is not a scalar is the body.
    fn unmarked(&mut self, at: usize, path_is_known: bool) {
        let param = &self.params[at];
        let scalar = types::is_scalar(param.ty());
        match self.method {
            _ if types::is_unit(param.ty()) => {
                self.report(mistakes::unit_argument(param));
            }
            Some(_) if !scalar => self.body(at),
            _ if path_is_known && scalar => {
                let body = self.method.is_some_and(Method::has_body) && self.body.is_none();
                self.report(mistakes::unmarked(param, body));
            }
            _ => {}
        }
    }

    fn query(&mut self, at: usize) -> Option<Parameter> {
        let param = &self.params[at];
        let own = param.plain()?;
        let key = match param.text() {
            Some(text) => headers::query_key(text),
            None if names::same(&own, "api-version") => {
                Err(headers::api_version_as_query(&param.parameter.typed.pat))
            }
            None => Ok(names::camel(&own)),
        };
        let key = key.map_err(|mistake| self.report(mistake)).ok()?;
        if let Some((_, first)) = self.keys.iter().find(|(known, _)| *known == key) {
            let mistake = mistakes::query_key_twice(param, &key, first);
            self.report(mistake);
            return None;
        }
        self.keys.push((key.clone(), own));
        self.parameter(at, Location::Query(key))
    }

    fn header(&mut self, at: usize) -> Option<Parameter> {
        let param = &self.params[at];
        let name = headers::header(param.text()?).map_err(|mistake| self.report(mistake)).ok()?;
        let lower = name.to_ascii_lowercase();
        if let Some((_, first)) = self.headers.iter().find(|(known, _)| *known == lower) {
            let mistake = mistakes::header_twice(param, &name, first);
            self.report(mistake);
            return None;
        }
        self.headers.push((lower, param.plain()?));
        self.parameter(at, Location::Header(name))
    }

    fn body(&mut self, at: usize) {
        let param = &self.params[at];
        let mistake = match (&self.body, self.method) {
            (Some((first, _)), _) => Some(mistakes::second_body(param, &self.params[*first])),
            (None, Some(method)) if !method.has_body() => {
                Some(mistakes::body_not_allowed(param, method))
            }
            (None, _) => param.cfg().first().map(mistakes::conditional_body),
        };
        if let Some(mistake) = mistake {
            self.report(mistake);
        }
        let body = param.name.clone().ok().map(|name| body(name, param));
        self.body.get_or_insert((at, body));
    }
}

fn body(name: Ident, param: &ParsedParam<'_>) -> Body {
    let inner = types::optional(param.ty());
    Body {
        name,
        ty: inner.unwrap_or(param.ty()).clone(),
        optional: inner.is_some(),
        content_type: param.text().map(LitStr::value),
    }
}

fn type_mistake(param: &ParsedParam<'_>) -> Option<Diagnostic> {
    let ty = param.ty();
    match types::bare(ty) {
        Type::Reference(reference) if reference.mutability.is_some() => {
            Some(mistakes::mutable_reference(ty, &reference.elem))
        }
        _ if types::has_impl(ty) || types::is_unshared_dyn(ty) => Some(mistakes::impl_argument(ty)),
        _ if types::infers(ty) => Some(mistakes::inferred_argument(ty)),
        _ if types::optional(ty).is_some_and(types::is_mutable) => {
            Some(mistakes::mutable_option(ty))
        }
        _ => {
            let option = types::borrowed_option(ty)?;
            (param.kind() != Some(Kind::Path)).then(|| mistakes::borrowed_option(ty, option))
        }
    }
}
