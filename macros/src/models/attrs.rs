//! The attributes of a model, a field or a variant.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::punctuated::Punctuated;
use syn::{Attribute, ExprPath, ItemEnum, LitStr, Meta, Token};

use super::options::text;
use super::rename::RenameRule;
use crate::syntax;

/// The arguments of `#[serde(..)]` that `acs_model` understands.
#[derive(Default)]
pub(super) struct Serde {
    pub(super) rename: Option<LitStr>,
    pub(super) rename_all: Option<RenameRule>,
    pub(super) aliases: Vec<LitStr>,
    /// `default`, or `default = "path"`.
    pub(super) default: Option<Option<ExprPath>>,
    pub(super) skip_serializing_if: Option<ExprPath>,
    pub(super) flatten: Option<Span>,
    /// The arguments that only serde's own derives understand, and the direction that needs them.
    pub(super) derived: Vec<(Direction, Span)>,
}

/// Which of serde's two traits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Direction {
    Serialize,
    Deserialize,
    Both,
}

impl Serde {
    pub(super) fn read(attributes: &[Attribute]) -> Self {
        let mut serde = Self::default();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
            let parser = Punctuated::<Meta, Token![,]>::parse_terminated;
            match attribute.parse_args_with(parser) {
                Ok(metas) => metas.iter().for_each(|meta| serde.read_argument(meta)),
                // serde's derive reports it.
                Err(error) => serde.derived.push((Direction::Both, error.span())),
            }
        }
        serde
    }

    /// Whether serde's derive is needed for one of the two directions.
    pub(super) fn needs_derive(&self, direction: Direction) -> bool {
        self.derived.iter().any(|(needed, _)| *needed == Direction::Both || *needed == direction)
    }

    fn read_argument(&mut self, meta: &Meta) {
        let name = syntax::text(meta.path());
        let literal = match meta {
            Meta::NameValue(setting) => syn::parse2::<LitStr>(setting.value.to_token_stream()).ok(),
            _ => None,
        };
        let path = literal.as_ref().and_then(|text| text.parse::<ExprPath>().ok());
        match (name.as_str(), meta, literal, path) {
            ("rename", _, Some(text), _) => self.rename = Some(text),
            ("alias", _, Some(text), _) => self.aliases.push(text),
            ("default", Meta::Path(_), ..) => self.default = Some(None),
            ("default", _, _, Some(path)) => self.default = Some(Some(path)),
            ("skip_serializing_if", _, _, Some(path)) => self.skip_serializing_if = Some(path),
            ("rename_all", _, Some(text), _) if RenameRule::named(&text.value()).is_some() => {
                self.rename_all = RenameRule::named(&text.value());
            }
            (other, ..) => {
                let span = span_of(meta);
                if other == "flatten" {
                    self.flatten = Some(span);
                }
                self.derived.push((direction(other), span));
            }
        }
    }
}

fn direction(name: &str) -> Direction {
    match name {
        "serialize_with" | "skip_serializing" | "getter" | "into" => Direction::Serialize,
        "deserialize_with"
        | "skip_deserializing"
        | "borrow"
        | "deny_unknown_fields"
        | "from"
        | "try_from"
        | "expecting" => Direction::Deserialize,
        _ => Direction::Both,
    }
}

/// The attributes of a field that its function has too.
pub(super) fn of_a_function(attributes: &[Attribute]) -> Vec<&Attribute> {
    const KEPT: [&str; 3] = ["doc", "cfg", "deprecated"];
    attributes.iter().filter(|attribute| is_one_of(attribute, &KEPT)).collect()
}

pub(super) fn conditions(attributes: &[Attribute]) -> Vec<Attribute> {
    attributes.iter().filter(|attribute| is_one_of(attribute, &["cfg"])).cloned().collect()
}

/// `#[allow(deprecated)]` for generated code, if it uses a variant or a field that users should not.
pub(super) fn allow_deprecated(item: &ItemEnum) -> Option<TokenStream> {
    let is_deprecated = |attribute: &Attribute| is_one_of(attribute, &["deprecated"]);
    let mut variants = item.variants.iter();
    let is_used = variants.any(|variant| {
        let fields = variant.fields.iter().flat_map(|field| &field.attrs);
        variant.attrs.iter().chain(fields).any(is_deprecated)
    });
    is_used.then(|| quote!(#[allow(deprecated)]))
}

pub(super) fn has_docs(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        matches!(&attribute.meta, Meta::NameValue(setting)
            if setting.path.is_ident("doc") && text(&setting.value).is_some_and(|text| !text.is_empty()))
    })
}

/// Whether it names functions that read or write the field: `with`, `serialize_with`, ...
pub(super) fn is_with(attribute: &Attribute) -> bool {
    let Ok(metas) = attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
    else {
        return false;
    };
    const NAMES: [&str; 3] = ["with", "serialize_with", "deserialize_with"];
    is_one_of(attribute, &["serde"])
        && metas.iter().any(|meta| NAMES.iter().any(|name| meta.path().is_ident(name)))
}

pub(super) fn is_one_of(attribute: &Attribute, names: &[&str]) -> bool {
    names.iter().any(|name| attribute.path().is_ident(name))
}

/// The derives that the user wrote.
pub(super) fn derives(attributes: &[Attribute]) -> Vec<String> {
    let lists = attributes.iter().filter(|attribute| attribute.path().is_ident("derive"));
    let parser = Punctuated::<syn::Path, Token![,]>::parse_terminated;
    let paths = lists.filter_map(|list| list.parse_args_with(parser).ok()).flatten();
    paths.filter_map(|path| Some(path.segments.last()?.ident.to_string())).collect()
}

/// `#[derive(..)]` of those that the user did not write.
pub(super) fn derive(wanted: &[&str], written: &[String]) -> TokenStream {
    let missing = wanted.iter().filter(|name| !written.iter().any(|written| written == *name));
    let missing: Vec<_> = missing.map(|name| format_ident!("{name}")).collect();
    if missing.is_empty() { quote!() } else { quote!(#[derive(#(#missing),*)]) }
}

fn span_of(meta: &Meta) -> Span {
    meta.path().segments.first().map_or_else(Span::call_site, |segment| segment.ident.span())
}
