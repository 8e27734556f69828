//! F. Parameters: each one goes into the path, the query, a header or the body.

mod mistakes;

use syn::{Ident, LitStr, Type};

use super::marks::{Draft, Kind};
use super::path::Path;
use super::{headers, names, placeholders, types};
use crate::errors::{Errors, Known, Mistake, Reported};
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
    errors: &Errors,
) -> Known<Parameters> {
    let read = |parameter| Draft::read(parameter, errors);
    let receiver = usize::from(super::signature::has_client_for_self(&written.function.sig));
    let drafts: Vec<_> = written.parameters.iter().skip(receiver).map(read).collect();
    let mut sorter = Sorter {
        method,
        drafts: &drafts,
        errors,
        keys: Vec::new(),
        headers: Vec::new(),
        body: None,
        sound: Ok(()),
    };
    sorter.names_and_types();
    sorter.sort(path, &written.function.sig.ident)
}

struct Sorter<'a> {
    method: Option<Method>,
    drafts: &'a [Draft<'a>],
    errors: &'a Errors,
    /// What is sent already, and by which parameter.
    keys: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    body: Option<(usize, Option<Body>)>,
    sound: Known<()>,
}

impl<'a> Sorter<'a> {
    fn report(&mut self, mistake: Mistake) -> Reported {
        let reported = self.errors.report(mistake);
        self.sound = Err(reported);
        reported
    }

    fn names_and_types(&mut self) {
        let mut seen = Vec::new();
        for draft in self.drafts {
            match &draft.name {
                Ok(name) if seen.contains(&name) => {
                    self.report(mistakes::parameter_twice(name));
                }
                Ok(name) => seen.push(name),
                Err(reported) => self.sound = Err(*reported),
            }
            if let Err(reported) = draft.mark {
                self.sound = Err(reported);
            }
            if let Some(mistake) = type_mistake(draft) {
                self.report(mistake);
            }
            if let Some(doc) = draft.doc() {
                self.report(mistakes::documented(doc));
            }
        }
    }

    fn sort(mut self, path: Option<&Path>, function: &Ident) -> Known<Parameters> {
        let filled = path.map(|path| placeholders::fill(path, self.drafts, function, self.errors));
        let taken = filled.as_ref().map_or(&[][..], |filled| &filled.taken);
        let explicit = self.drafts.iter().position(|draft| draft.kind() == Some(Kind::Body));
        if let Some(at) = explicit.filter(|at| !taken.contains(at)) {
            self.body(at);
        }
        let mut list = Vec::new();
        for (at, draft) in self.drafts.iter().enumerate() {
            let is_body = self.body.as_ref().is_some_and(|(body, _)| *body == at);
            if !taken.contains(&at) && !is_body && draft.mark.is_ok() && draft.name.is_ok() {
                list.extend(self.place(at, path.is_some()));
            }
        }
        if let Some(filled) = filled {
            filled.sound?;
            let path = filled.order.iter().filter_map(|at| self.parameter(*at, Location::Path));
            list = path.chain(list).collect();
        }
        self.sound?;
        Ok(Parameters { list, body: self.body.and_then(|(_, body)| body) })
    }

    fn parameter(&self, at: usize, location: Location) -> Option<Parameter> {
        let draft = &self.drafts[at];
        let name = draft.name.clone().ok()?;
        Some(Parameter { name, ty: draft.ty().clone(), cfg: draft.cfg(), location })
    }

    fn place(&mut self, at: usize, path_is_known: bool) -> Option<Parameter> {
        let draft = &self.drafts[at];
        match draft.kind() {
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
        let draft = &self.drafts[at];
        let scalar = types::is_scalar(draft.ty());
        match self.method {
            _ if types::is_unit(draft.ty()) => {
                self.report(mistakes::unit_argument(draft));
            }
            Some(_) if !scalar => self.body(at),
            _ if path_is_known && scalar => {
                let body = self.method.is_some_and(Method::has_body) && self.body.is_none();
                self.report(mistakes::unmarked(draft, body));
            }
            _ => {}
        }
    }

    fn query(&mut self, at: usize) -> Option<Parameter> {
        let draft = &self.drafts[at];
        let own = draft.plain()?;
        let key = match draft.text() {
            Some(text) => headers::query_key(text),
            None if names::same(&own, "api-version") => {
                Err(headers::api_version_as_query(&draft.parameter.typed.pat))
            }
            None => Ok(names::camel(&own)),
        };
        let key = key.map_err(|mistake| self.report(mistake)).ok()?;
        if let Some((_, first)) = self.keys.iter().find(|(known, _)| *known == key) {
            let mistake = mistakes::query_key_twice(draft, &key, first);
            self.report(mistake);
            return None;
        }
        self.keys.push((key.clone(), own));
        self.parameter(at, Location::Query(key))
    }

    fn header(&mut self, at: usize) -> Option<Parameter> {
        let draft = &self.drafts[at];
        let name = headers::header(draft.text()?).map_err(|mistake| self.report(mistake)).ok()?;
        let lower = name.to_ascii_lowercase();
        if let Some((_, first)) = self.headers.iter().find(|(known, _)| *known == lower) {
            let mistake = mistakes::header_twice(draft, &name, first);
            self.report(mistake);
            return None;
        }
        self.headers.push((lower, draft.plain()?));
        self.parameter(at, Location::Header(name))
    }

    fn body(&mut self, at: usize) {
        let draft = &self.drafts[at];
        let mistake = match (&self.body, self.method) {
            (Some((first, _)), _) => Some(mistakes::second_body(draft, &self.drafts[*first])),
            (None, Some(method)) if !method.has_body() => {
                Some(mistakes::body_not_allowed(draft, method))
            }
            (None, _) => draft.cfg().first().map(mistakes::conditional_body),
        };
        if let Some(mistake) = mistake {
            self.report(mistake);
        }
        let body = draft.name.clone().ok().map(|name| body(name, draft));
        self.body.get_or_insert((at, body));
    }
}

fn body(name: Ident, draft: &Draft<'_>) -> Body {
    let inner = types::optional(draft.ty());
    Body {
        name,
        ty: inner.unwrap_or(draft.ty()).clone(),
        optional: inner.is_some(),
        content_type: draft.text().map(LitStr::value),
    }
}

fn type_mistake(draft: &Draft<'_>) -> Option<Mistake> {
    let ty = draft.ty();
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
            (draft.kind() != Some(Kind::Path)).then(|| mistakes::borrowed_option(ty, option))
        }
    }
}
