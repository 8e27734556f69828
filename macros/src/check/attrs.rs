//! What stands before a parameter: `#[path]`, `#[query]`, `#[header]`, `#[body]`.

mod mistakes;

use proc_macro2::Ident;
use syn::{Attribute, Lit, LitStr, Meta, Pat, Type};

use super::names;
use crate::diagnostics::{Diagnostic, Diagnostics, ErrorGuaranteed, SpanRange};
use crate::syntax::{Argument, Arguments, Parameter};

/// A parameter whose attributes are read. What is an `Err` is reported.
pub(super) struct ParsedParam<'a> {
    pub(super) parameter: &'a Parameter,
    pub(super) name: Result<Ident, ErrorGuaranteed>,
    pub(super) mark: Result<Option<ParamAttr<'a>>, ErrorGuaranteed>,
}

/// One of our attributes.
pub(super) struct ParamAttr<'a> {
    pub(super) kind: Kind,
    /// The name in parentheses; of a body, the content type.
    pub(super) text: Option<LitStr>,
    pub(super) attribute: &'a Attribute,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    Path,
    Query,
    Header,
    Body,
}

const NAMES: [&str; 4] = ["path", "query", "header", "body"];

/// What other libraries call them.
const ELSEWHERE: [(&str, Kind); 21] = [
    ("param", Kind::Query),
    ("params", Kind::Query),
    ("query_param", Kind::Query),
    ("query_params", Kind::Query),
    ("query_map", Kind::Query),
    ("alias_as", Kind::Query),
    ("request_param", Kind::Query),
    ("path_param", Kind::Path),
    ("path_variable", Kind::Path),
    ("segment", Kind::Path),
    ("headers", Kind::Header),
    ("request_header", Kind::Header),
    ("json", Kind::Body),
    ("request_body", Kind::Body),
    ("payload", Kind::Body),
    ("data", Kind::Body),
    ("form", Kind::Body),
    ("field", Kind::Body),
    ("part", Kind::Body),
    ("multipart", Kind::Body),
    ("cookie", Kind::Header),
];

impl Kind {
    const ALL: [Self; 4] = [Self::Path, Self::Query, Self::Header, Self::Body];

    pub(super) fn name(self) -> &'static str {
        NAMES[self as usize]
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The kind that an attribute of another name probably means.
    fn meant(attribute: &Attribute) -> Option<Self> {
        let name = attribute.path().segments.last()?.ident.to_string();
        let known = ELSEWHERE.into_iter().find(|(elsewhere, _)| names::same(elsewhere, &name));
        let known = known.map(|(_, kind)| kind);
        known.or_else(|| names::nearest(&name, NAMES).and_then(Self::named))
    }

    fn of(attribute: &Attribute) -> Option<Self> {
        attribute.path().get_ident().and_then(|name| Self::named(&name.to_string()))
    }
}

/// Whether the attribute is none of ours, and nothing like one.
pub(super) fn is_foreign(attribute: &Attribute) -> bool {
    Kind::of(attribute).is_none() && Kind::meant(attribute).is_none()
}

impl<'a> ParsedParam<'a> {
    pub(super) fn read(parameter: &'a Parameter, diagnostics: &Diagnostics) -> Self {
        let name = name(parameter).map_err(|mistake| diagnostics.report(mistake));
        let mark = mark(parameter, diagnostics);
        Self { parameter, name, mark }
    }

    pub(super) fn ty(&self) -> &Type {
        &self.parameter.typed.ty
    }

    /// The name as it goes over the wire, before any change of case.
    pub(super) fn plain(&self) -> Option<String> {
        self.name.as_ref().ok().map(names::plain)
    }

    /// The readable mark.
    pub(super) fn kind(&self) -> Option<Kind> {
        self.mark.as_ref().ok()?.as_ref().map(|mark| mark.kind)
    }

    pub(super) fn text(&self) -> Option<&LitStr> {
        self.mark.as_ref().ok()?.as_ref()?.text.as_ref()
    }

    /// Whether an attribute that cannot be read is meant for the path.
    pub(super) fn may_mean_path(&self) -> bool {
        let meant = |attribute| Kind::of(attribute).or_else(|| Kind::meant(attribute));
        let mut marks = self.parameter.marks.iter();
        self.mark.is_err() && marks.any(|mark| meant(mark) == Some(Kind::Path))
    }

    pub(super) fn has_no_attr(&self) -> bool {
        matches!(self.mark, Ok(None))
    }

    /// The attribute and the name behind it.
    pub(super) fn attributed_span(&self) -> SpanRange {
        let mark = self.mark.as_ref().ok().and_then(Option::as_ref);
        mark.map_or_else(
            || SpanRange::of(&self.parameter.typed.pat),
            |mark| SpanRange::of(mark.attribute).to(&self.parameter.typed.pat),
        )
    }

    pub(super) fn doc(&self) -> Option<&Attribute> {
        self.parameter.typed.attrs.iter().find(|attribute| attribute.path().is_ident("doc"))
    }

    pub(super) fn cfg(&self) -> Vec<Attribute> {
        let attributes = self.parameter.typed.attrs.iter();
        attributes.filter(|attribute| attribute.path().is_ident("cfg")).cloned().collect()
    }
}

fn name(parameter: &Parameter) -> Result<Ident, Diagnostic> {
    match &*parameter.typed.pat {
        Pat::Ident(pat) if pat.by_ref.is_none() && pat.subpat.is_none() => match &pat.mutability {
            Some(mutability) => Err(mistakes::mut_parameter(mutability, &pat.ident)),
            None => Ok(pat.ident.clone()),
        },
        pat => Err(mistakes::unnamed_parameter(pat)),
    }
}

fn mark<'a>(
    parameter: &'a Parameter,
    diagnostics: &Diagnostics,
) -> Result<Option<ParamAttr<'a>>, ErrorGuaranteed> {
    let (mut found, mut sound) = (None, Ok(()));
    for attribute in &parameter.marks {
        let read = match (Kind::of(attribute), Kind::meant(attribute)) {
            (Some(_), _) if found.is_some() => Err(mistakes::two_marks(attribute)),
            (Some(kind), _) => read(kind, attribute, parameter).map(|mark| found = Some(mark)),
            (None, Some(meant)) => Err(mistakes::unknown_mark(attribute, meant)),
            (None, None) => Ok(()),
        };
        if let Err(mistake) = read {
            sound = Err(diagnostics.report(mistake));
        }
    }
    sound.map(|()| found)
}

fn read<'a>(
    kind: Kind,
    attribute: &'a Attribute,
    parameter: &Parameter,
) -> Result<ParamAttr<'a>, Diagnostic> {
    let arguments = Arguments::of(attribute);
    let listed = matches!(attribute.meta, Meta::List(_)) && arguments.separator_errors.is_empty();
    let bare = matches!(attribute.meta, Meta::Path(_));
    let text = match &arguments.list[..] {
        [] if bare && kind != Kind::Header => None,
        [Argument::Literal(Lit::Str(text))] if listed && kind != Kind::Body => Some(text.clone()),
        [Argument::Setting { name, value }]
            if listed && kind == Kind::Body && name == "content_type" =>
        {
            Some(content_type(attribute, value)?)
        }
        _ if kind == Kind::Body => return Err(mistakes::body_arguments(attribute)),
        [] if kind == Kind::Header => {
            return Err(mistakes::header_without_name(attribute, parameter));
        }
        _ => {
            return Err(mistakes::mark_arguments(attribute, kind, parameter, &arguments));
        }
    };
    match text {
        Some(text) if text.value().is_empty() => Err(mistakes::empty_name(&text, kind, parameter)),
        text => Ok(ParamAttr { kind, text, attribute }),
    }
}

fn content_type(
    attribute: &Attribute,
    value: &proc_macro2::TokenStream,
) -> Result<LitStr, Diagnostic> {
    let text: LitStr =
        syn::parse2(value.clone()).map_err(|_| mistakes::body_arguments(attribute))?;
    let media_type = text.value();
    let token = |part: &str| !part.is_empty() && part.chars().all(super::headers::is_token);
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let whole = essence.split_once('/').is_some_and(|(kind, sub)| token(kind) && token(sub));
    let printable = media_type.chars().all(|c| c == ' ' || c.is_ascii_graphic());
    if whole && printable { Ok(text) } else { Err(mistakes::no_content_type(&text)) }
}
