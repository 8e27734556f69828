//! One parameter: its name, and its attribute `#[path]`, `#[query]`, `#[header]` or `#[body]`.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Lit, LitStr, Meta, Pat, Type};

use super::param_kind::ParamKind;
use super::{headers, value_style};
use crate::diagnostics::{Diagnostic, Diagnostics, ErrorGuaranteed, SpanRange};
use crate::model::{Argument as SentArgument, ValueStyle};
use crate::names;
use crate::syntax::{Argument, Arguments, Parameter, text};

/// A parameter whose attributes are read.
pub(super) struct ParsedParam<'a> {
    pub(super) parameter: &'a Parameter,
    pub(super) name: Result<Ident, ErrorGuaranteed>,
    pub(super) attr: Result<Option<ParamAttr<'a>>, ErrorGuaranteed>,
    /// Whether its type can be used in generated code.
    pub(super) has_valid_type: bool,
}

/// One of our attributes.
pub(super) struct ParamAttr<'a> {
    pub(super) kind: ParamKind,
    /// The name in parentheses; of a body, the content type.
    pub(super) text: Option<LitStr>,
    pub(super) style: ValueStyle,
    pub(super) attribute: &'a Attribute,
}

/// Whether the attribute is neither ours nor like one of ours: the compiler judges it.
pub(super) fn is_foreign(attribute: &Attribute) -> bool {
    kind_of(attribute).is_none() && conditional(attribute).is_none()
}

/// Whether the parameter is the whole URL.
pub(super) fn is_url(parameter: &Parameter) -> bool {
    parameter.attributes.iter().any(|one| ParamKind::of(one) == Some(ParamKind::Url))
}

/// The kind that the attribute is, or was probably meant to be.
fn kind_of(attribute: &Attribute) -> Option<ParamKind> {
    ParamKind::of(attribute).or_else(|| ParamKind::meant(attribute))
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

    /// What stands in the attribute's parentheses.
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

    /// The name that goes over the wire: the text of the attribute, or the parameter's own.
    pub(super) fn wire_span(&self) -> SpanRange {
        self.text().map_or_else(|| SpanRange::of(&self.parameter.typed.pat), SpanRange::of)
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&'a Attribute> {
        self.parameter.typed.attrs.iter().find(|attribute| attribute.path().is_ident(name))
    }

    /// What generated code sends.
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

/// The parameter's name, as far as there is one.
fn plain_name(parameter: &Parameter) -> String {
    match &*parameter.typed.pat {
        Pat::Ident(pat) => names::plain(&pat.ident),
        _ => "name".to_owned(),
    }
}

fn wire_name(kind: ParamKind, parameter: &Parameter) -> String {
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

fn attr<'a>(
    parameter: &'a Parameter,
    diagnostics: &Diagnostics,
) -> Result<Option<ParamAttr<'a>>, ErrorGuaranteed> {
    let mut found = Ok(None);
    for attribute in &parameter.attributes {
        let parsed = match (ParamKind::of(attribute), ParamKind::meant(attribute)) {
            (Some(_), _) if matches!(found, Ok(Some(_))) => Err(two_attributes(attribute)),
            (Some(kind), _) => parse_attr(kind, attribute, parameter),
            (None, Some(meant)) => Err(unknown_attribute(attribute, meant, parameter)),
            (None, None) => match conditional(attribute) {
                Some(inner) => Err(conditional_attribute(attribute, &inner)),
                None => continue,
            },
        };
        found = parsed.map(Some).map_err(|diagnostic| diagnostics.report(diagnostic));
    }
    found
}

fn two_attributes(attribute: &Attribute) -> Diagnostic {
    let kinds = names::list(
        ParamKind::ALL.map(|kind| format!("#[{}]", kind.name())).iter().map(String::as_str),
        "or",
    );
    let message = format!("a parameter takes one of {kinds}; `{}` is a second", text(attribute));
    Diagnostic::new("parameter/two_marks", attribute, message)
        .help("keep one of the two attributes")
}

fn unknown_attribute(attribute: &Attribute, meant: ParamKind, parameter: &Parameter) -> Diagnostic {
    let written = text(attribute.path());
    let name = Arguments::of(attribute).list.iter().find_map(argument_text);
    let name = name.filter(|name| name != meant.name());
    let fix = match (meant, name) {
        (ParamKind::Body, _) => "body".to_owned(),
        (ParamKind::Url, _) => "url".to_owned(),
        (kind, Some(name)) => format!("{}(\"{name}\")", kind.name()),
        (ParamKind::Header, None) => format!("header(\"{}\")", wire_name(meant, parameter)),
        (kind, None) => kind.name().to_owned(),
    };
    let message = format!("unknown parameter attribute `#[{written}]`");
    let diagnostic = Diagnostic::new("parameter/unknown_mark", attribute.path(), message);
    match written.to_ascii_lowercase().as_str() {
        "form" | "field" | "part" | "multipart" => {
            diagnostic.help("forms are not supported; a body is sent as JSON: `#[body]`")
        }
        "auth" | "bearer" | "bearer_auth" | "basic_auth" => diagnostic
            .help("the credential of the client authorizes each call; remove the parameter"),
        "base_url" | "endpoint" => {
            diagnostic.help("the endpoint comes from the client; remove the parameter")
        }
        "cookie" => diagnostic.help("cookies are not supported; remove the parameter"),
        _ => diagnostic.help(format!("did you mean `#[{fix}]`?")),
    }
}

/// The attribute of ours in `#[cfg_attr(.., query)]`.
fn conditional(attribute: &Attribute) -> Option<String> {
    let Meta::List(list) = &attribute.meta else {
        return None;
    };
    let words = list.tokens.clone().into_iter().filter_map(|token| match token {
        TokenTree::Ident(word) => Some(word.to_string()),
        _ => None,
    });
    let mut ours =
        words.skip(1).filter(|word| ParamKind::ALL.iter().any(|kind| kind.name() == word));
    attribute.path().is_ident("cfg_attr").then(|| ours.next()).flatten()
}

fn conditional_attribute(attribute: &Attribute, inner: &str) -> Diagnostic {
    let message = format!("`#[{inner}]` cannot be conditional");
    Diagnostic::new("parameter/conditional_attribute", attribute, message)
        .help("write it without `cfg_attr`; declare the method twice, each with a `#[cfg(..)]`")
}

fn parse_attr<'a>(
    kind: ParamKind,
    attribute: &'a Attribute,
    parameter: &Parameter,
) -> Result<ParamAttr<'a>, Diagnostic> {
    let arguments = Arguments::of(attribute);
    let listed = matches!(attribute.meta, Meta::List(_)) && arguments.separator_errors.is_empty();
    let bare = matches!(attribute.meta, Meta::Path(_));
    let is_value = matches!(kind, ParamKind::Query | ParamKind::Header);
    let is_style = |one: &Argument| is_value && listed && value_style::is_style(one);
    let names = arguments.list.iter().take_while(|one| !is_style(one)).count();
    let (names, styles) = arguments.list.split_at(names);
    if let Some(other) = styles.iter().find(|one| !is_style(one)) {
        return Err(name_after_the_style(other));
    }
    let text = match names {
        [] if !styles.is_empty() && kind == ParamKind::Query => None,
        [] if bare && kind != ParamKind::Header => None,
        [Argument::Literal(Lit::Str(text))]
            if listed && !matches!(kind, ParamKind::Body | ParamKind::Url) =>
        {
            Some(text.clone())
        }
        [Argument::Setting { name, value }]
            if listed && kind == ParamKind::Body && name == "content_type" =>
        {
            Some(content_type(attribute, value)?)
        }
        _ if kind == ParamKind::Body => return Err(body_arguments(attribute)),
        _ if kind == ParamKind::Url => return Err(url_arguments(attribute)),
        [] if kind == ParamKind::Header => return Err(header_without_name(attribute, parameter)),
        _ => return Err(attribute_arguments(attribute, kind, parameter, &arguments)),
    };
    match text {
        Some(text) if text.value().is_empty() => Err(empty_name(&text, kind, parameter)),
        text => Ok(ParamAttr { kind, text, style: value_style::parse(kind, styles)?, attribute }),
    }
}

/// What `#[query(..)]` says on the field of a struct of parameters.
pub(crate) fn query_field(
    attribute: &Attribute,
    field: &syn::Field,
) -> Result<(Option<String>, ValueStyle), Diagnostic> {
    let ident = &field.ident;
    let ty = &field.ty;
    let typed = syn::parse_quote!(#ident: #ty);
    let parameter = Parameter { attributes: Vec::new(), typed };
    let attr = parse_attr(ParamKind::Query, attribute, &parameter)?;
    let name = attr.text.as_ref().map(headers::query_key).transpose()?;
    Ok((name, attr.style))
}

fn name_after_the_style(argument: &Argument) -> Diagnostic {
    let message = format!("`{}` stands behind what says how the value is written", text(argument));
    Diagnostic::new("parameter/name_after_the_style", argument, message)
        .help("the name comes first: `#[query(\"top\", list = \"comma\")]`")
}

fn content_type(attribute: &Attribute, value: &TokenStream) -> Result<LitStr, Diagnostic> {
    let text: LitStr = syn::parse2(value.clone()).map_err(|_| body_arguments(attribute))?;
    let media_type = text.value();
    let token = |part: &str| !part.is_empty() && part.chars().all(headers::is_token);
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let whole = essence.split_once('/').is_some_and(|(kind, sub)| token(kind) && token(sub));
    let printable = media_type.chars().all(|c| c == ' ' || c.is_ascii_graphic());
    if whole && printable { Ok(text) } else { Err(no_content_type(&text)) }
}

fn body_arguments(attribute: &Attribute) -> Diagnostic {
    let message = "`#[body]` takes only a content type";
    Diagnostic::new("parameter/body_arguments", attribute, message)
        .help("`#[body]`, or `#[body(content_type = \"application/merge-patch+json\")]`")
}

fn url_arguments(attribute: &Attribute) -> Diagnostic {
    let message = "`#[url]` takes no arguments: the parameter is the whole URL";
    Diagnostic::new("parameter/url_arguments", attribute, message).help("write `#[url]`")
}

fn no_content_type(text: &LitStr) -> Diagnostic {
    let message = format!("`{}` is not a content type", text.value().escape_debug());
    Diagnostic::new("parameter/no_content_type", text, message)
        .help("write, for example, `content_type = \"application/merge-patch+json\"`")
}

fn header_without_name(attribute: &Attribute, parameter: &Parameter) -> Diagnostic {
    let name = wire_name(ParamKind::Header, parameter);
    Diagnostic::new("parameter/header_without_name", attribute, "a header needs its name")
        .help(format!("write `#[header(\"{name}\")]`"))
}

fn attribute_arguments(
    attribute: &Attribute,
    kind: ParamKind,
    parameter: &Parameter,
    arguments: &Arguments,
) -> Diagnostic {
    let own = wire_name(kind, parameter);
    let name = arguments.list.iter().find_map(argument_text);
    let name = name.filter(|name| !names::same(name, &own)).unwrap_or(own);
    let kind = kind.name();
    let message = format!("`#[{kind}]` takes one name in quotes and parentheses");
    Diagnostic::new("parameter/mark_arguments", attribute, message)
        .help(format!("write `#[{kind}(\"{name}\")]`"))
}

/// The name that is meant by `"top"`, `name = "top"`, `top` or `If-Match`.
fn argument_text(argument: &Argument) -> Option<String> {
    match argument {
        Argument::Literal(Lit::Str(text)) => Some(text.value()),
        Argument::Setting { value, .. } => {
            syn::parse2(value.clone()).ok().map(|text: LitStr| text.value())
        }
        Argument::Word(word) => Some(word.to_string()),
        Argument::Other(tokens) => {
            Some(text(tokens)).filter(|text| text.chars().all(headers::is_token))
        }
        _ => None,
    }
}

fn empty_name(text: &LitStr, kind: ParamKind, parameter: &Parameter) -> Diagnostic {
    let (what, name) = (kind.text(), wire_name(kind, parameter));
    Diagnostic::new("parameter/empty_name", text, format!("the {what} is empty"))
        .help(format!("write `\"{name}\"`"))
}
