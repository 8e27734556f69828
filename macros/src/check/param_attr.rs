//! The attribute of a parameter: `#[path]`, `#[query]`, `#[header]`, `#[body]` or `#[url]`.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, Lit, LitStr, Meta};

use super::param::wire_name;
use super::param_kind::ParamKind;
use super::{headers, value_style};
use crate::diagnostics::{Diagnostic, Diagnostics, ErrorGuaranteed};
use crate::model::ValueStyle;
use crate::names;
use crate::syntax::{Argument, Arguments, Parameter, text};

/// One of our attributes.
pub(super) struct ParamAttr<'a> {
    pub(super) kind: ParamKind,
    /// The name in parentheses; of a body, the content type.
    pub(super) text: Option<LitStr>,
    pub(super) style: ValueStyle,
    pub(super) attribute: &'a Attribute,
}

/// Whether the attribute is not one of ours, nor similar to one: the compiler judges it.
pub(super) fn is_foreign(attribute: &Attribute) -> bool {
    kind_of(attribute).is_none() && conditional(attribute).is_none() && !is_since(attribute)
}

fn is_since(attribute: &Attribute) -> bool {
    attribute.path().is_ident("since")
}

/// The kind that the attribute is, or was probably meant to be.
pub(super) fn kind_of(attribute: &Attribute) -> Option<ParamKind> {
    ParamKind::of(attribute).or_else(|| ParamKind::meant(attribute))
}

pub(super) fn attr<'a>(
    parameter: &'a Parameter,
    diagnostics: &Diagnostics,
) -> Result<Option<ParamAttr<'a>>, ErrorGuaranteed> {
    let mut found = Ok(None);
    for attribute in &parameter.attributes {
        let parsed = match (ParamKind::of(attribute), ParamKind::meant(attribute)) {
            (Some(_), _) if matches!(found, Ok(Some(_))) => Err(two_attributes(attribute)),
            (Some(kind), _) => parse_attr(kind, attribute, parameter),
            (None, Some(meant)) => Err(unknown_attribute(attribute, meant, parameter)),
            (None, None) if is_since(attribute) => Err(since_on_a_parameter(attribute)),
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

/// The arguments of `#[query(..)]` on a field of a struct of parameters.
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
    let message = format!("`{}` comes after `format` or `list`", text(argument));
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

fn since_on_a_parameter(attribute: &Attribute) -> Diagnostic {
    let message = "a parameter does not raise the api-version";
    Diagnostic::new("parameter/since_on_a_parameter", attribute, message)
        .help("move it above the method, or to a field of the body")
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
    let mistake = Diagnostic::new("parameter/mark_arguments", attribute, message);
    let has =
        |word: &str| arguments.list.iter().any(|one| named(one).is_some_and(|own| own == word));
    if has("flatten") {
        return mistake.help(format!(
            "write `#[{kind}]`: the fields of a struct, or the entries of a map, are parameters"
        ));
    }
    if has("default") {
        return mistake.help("write `Option<..>` and pass `None`: the service has the default");
    }
    mistake.help(format!("write `#[{kind}(\"{name}\")]`"))
}

fn named(argument: &Argument) -> Option<&syn::Ident> {
    match argument {
        Argument::Word(name) | Argument::Setting { name, .. } => Some(name),
        _ => None,
    }
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
