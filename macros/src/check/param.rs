//! One parameter: its name, its type and its attribute.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{Attribute, LitStr, Pat, Type};

use super::param_attr::{ParamAttr, attr, kind_of};
use super::param_kind::ParamKind;
use crate::diagnostics::{Diagnostic, Diagnostics, ErrorGuaranteed, SpanRange};
use crate::model::Argument as SentArgument;
use crate::names;
use crate::syntax::{Parameter, text};

/// A parameter whose attributes are read.
pub(super) struct ParsedParam<'a> {
    pub(super) parameter: &'a Parameter,
    pub(super) name: Result<Ident, ErrorGuaranteed>,
    pub(super) attr: Result<Option<ParamAttr<'a>>, ErrorGuaranteed>,
    /// Whether its type can be used in generated code.
    pub(super) has_valid_type: bool,
}

/// Whether the parameter is the whole URL.
pub(super) fn is_url(parameter: &Parameter) -> bool {
    parameter.attributes.iter().any(|one| ParamKind::of(one) == Some(ParamKind::Url))
}

impl<'a> ParsedParam<'a> {
    pub(super) fn parse(parameter: &'a Parameter, diagnostics: &Diagnostics) -> Self {
        let name = name(parameter).map_err(|diagnostic| diagnostics.report(diagnostic));
        let attr = attr(parameter, diagnostics);
        Self { parameter, name, attr, has_valid_type: true }
    }

    pub(super) fn ty(&self) -> &'a Type {
        &self.parameter.typed.ty
    }

    /// The name as it is written, without `r#`.
    pub(super) fn plain_name(&self) -> String {
        plain_name(self.parameter)
    }

    pub(super) fn is_named_like(&self, name: &str) -> bool {
        self.name.is_ok() && names::same(&self.plain_name(), name)
    }

    /// The attribute, if it could be read.
    pub(super) fn kind(&self) -> Option<ParamKind> {
        self.attr.as_ref().ok()?.as_ref().map(|attr| attr.kind)
    }

    /// The text in the attribute's parentheses.
    pub(super) fn text(&self) -> Option<&LitStr> {
        self.attr.as_ref().ok()?.as_ref()?.text.as_ref()
    }

    pub(super) fn has_no_attr(&self) -> bool {
        matches!(self.attr, Ok(None))
    }

    /// Whether an attribute that cannot be read is meant for the path.
    pub(super) fn may_mean_path(&self) -> bool {
        let mut attributes = self.parameter.attributes.iter();
        self.attr.is_err() && attributes.any(|one| kind_of(one) == Some(ParamKind::Path))
    }

    /// From the attribute, if there is one, to the name.
    pub(super) fn name_span(&self) -> SpanRange {
        let pattern = &self.parameter.typed.pat;
        match &self.attr {
            Ok(Some(attr)) => SpanRange::of(attr.attribute).to(pattern),
            _ => SpanRange::of(pattern),
        }
    }

    /// From the attribute, if there is one, to the type.
    pub(super) fn span(&self) -> SpanRange {
        self.name_span().to(self.ty())
    }

    /// The name on the wire: the text of the attribute, or the parameter's own name.
    pub(super) fn wire_span(&self) -> SpanRange {
        self.text().map_or_else(|| SpanRange::of(&self.parameter.typed.pat), SpanRange::of)
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&'a Attribute> {
        self.parameter.typed.attrs.iter().find(|attribute| attribute.path().is_ident(name))
    }

    /// The argument that generated code sends.
    pub(super) fn argument(
        &self,
        kind: ParamKind,
        wire_name: Option<String>,
    ) -> Option<SentArgument> {
        let cfg = self.parameter.typed.attrs.iter().filter(|one| one.path().is_ident("cfg"));
        Some(SentArgument {
            name: self.name.clone().ok().filter(|_| self.has_valid_type)?,
            ty: self.ty().clone(),
            cfg: cfg.cloned().collect(),
            function: kind.name(),
            wire_name,
            style: self
                .attr
                .as_ref()
                .ok()
                .and_then(Option::as_ref)
                .map(|attr| attr.style)
                .unwrap_or_default(),
        })
    }
}

/// The parameter's name, or an empty text.
fn plain_name(parameter: &Parameter) -> String {
    match &*parameter.typed.pat {
        Pat::Ident(pat) => names::plain(&pat.ident),
        _ => "name".to_owned(),
    }
}

/// How the parameter is sent, unless its attribute has another name.
pub(super) fn wire_name(kind: ParamKind, parameter: &Parameter) -> String {
    kind.wire_name(&plain_name(parameter))
}

fn name(parameter: &Parameter) -> Result<Ident, Diagnostic> {
    match &*parameter.typed.pat {
        Pat::Ident(pat) if pat.by_ref.is_none() && pat.subpat.is_none() => match &pat.mutability {
            Some(mutability) => Err(mut_parameter(mutability, &pat.ident)),
            None => Ok(pat.ident.clone()),
        },
        pat => Err(unnamed_parameter(pat)),
    }
}

fn mut_parameter(mutability: &impl ToTokens, name: &Ident) -> Diagnostic {
    let message = "`mut` has no meaning on a parameter of an operation";
    Diagnostic::new("signature/mut_parameter", mutability, message).help(format!("write `{name}`"))
}

fn unnamed_parameter(pat: &Pat) -> Diagnostic {
    let message = format!("parameters must be named, found `{}`", text(pat));
    Diagnostic::new("signature/unnamed_parameter", pat, message)
        .help("give it a name: the name decides where the value goes")
}
