//! A tagged union, an object with a field for its kind: its variants and its rules.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::{Attribute, Fields, Generics, ItemEnum, LitStr, Type, Variant};

use super::attrs::{self, Serde};
use super::field_type::FieldType;
use super::options::Options;
use super::rename::RenameRule;
use super::texts::{reserved_variant, status_outside_answers};
use super::value_type;
use crate::check::take_since;
use crate::diagnostics::{Diagnostic, Diagnostics, SpanRange};

/// A tagged union.
pub(super) struct Union<'a> {
    pub(super) options: &'a Options,
    /// Without our attributes; with serde's, if its derives are needed.
    pub(super) item: ItemEnum,
    pub(super) derives: Vec<String>,
    pub(super) variants: Vec<Alternative>,
    /// The field that names the kind.
    pub(super) tag: String,
    /// serde's own representation was asked for, such as `untagged`.
    pub(super) by_serde: bool,
}

pub(super) struct Alternative {
    pub(super) ident: Ident,
    pub(super) kind: String,
    pub(super) aliases: Vec<String>,
    pub(super) since: Option<LitStr>,
    pub(super) attributes: Vec<Attribute>,
    pub(super) content: Content,
}

/// The fields of an object beside its kind.
pub(super) enum Content {
    /// `Name`: nothing.
    Nothing,
    /// `Name(T)`: one field, with the name of the kind.
    Property { ty: Type, wire_name: String },
    /// `Name(#[serde(flatten)] T)`: the fields of a model.
    Flat { ty: Type },
    /// `Name { field: T }`: those fields.
    Fields(Vec<UnionField>),
}

pub(super) struct UnionField {
    pub(super) ident: Ident,
    pub(super) ty: Type,
    pub(super) kind: FieldType,
    pub(super) wire_name: String,
    pub(super) since: Option<LitStr>,
}

/// The variant that holds an object of an unknown kind.
pub(super) const UNKNOWN: &str = "UnknownKind";

/// Reads an enum; one that cannot be a model stays as it is.
pub(super) fn read<'a>(
    mut item: ItemEnum,
    options: &'a Options,
    diagnostics: &Diagnostics,
) -> Result<Union<'a>, TokenStream> {
    options.refuse_query(diagnostics);
    let serde = Serde::read(&item.attrs);
    let by_serde = !serde.derived.is_empty();
    let rule = serde.rename_all.unwrap_or(RenameRule::Camel);
    if by_serde {
        options.refuse_tag(diagnostics);
    }
    let reserved = item.variants.iter().find(|variant| !by_serde && variant.ident == UNKNOWN);
    if let Some(variant) = reserved {
        diagnostics.report(reserved_variant(&variant.ident));
        return Err(item.into_token_stream());
    }
    status_outside_answers(&mut item, diagnostics);
    let generics = item.generics.clone();
    let read = |variant| alternative(variant, rule, by_serde, &generics, options, diagnostics);
    let variants: Option<Vec<_>> = item.variants.iter_mut().map(read).collect();
    let Some(variants) = variants else { return Err(without_serde(item).into_token_stream()) };
    kind_twice(&variants, diagnostics);
    let derives = attrs::derives(&item.attrs);
    let tag = options.tag.as_ref().map_or_else(|| "kind".to_owned(), |(tag, _)| tag.clone());
    let item = if by_serde { item } else { without_serde(item) };
    Ok(Union { options, item, derives, variants, tag, by_serde })
}

fn without_serde(mut item: ItemEnum) -> ItemEnum {
    let is_other = |attribute: &Attribute| !attribute.path().is_ident("serde");
    item.attrs.retain(is_other);
    for variant in &mut item.variants {
        variant.attrs.retain(is_other);
        variant.fields.iter_mut().for_each(|field| field.attrs.retain(is_other));
    }
    item
}

/// The variant, unless its shape is invalid.
fn alternative(
    variant: &mut Variant,
    rule: RenameRule,
    by_serde: bool,
    generics: &Generics,
    options: &Options,
    diagnostics: &Diagnostics,
) -> Option<Alternative> {
    let is_single = variant.fields.len() == 1;
    let since = take_since(&mut variant.attrs, diagnostics);
    let serde = Serde::read(&variant.attrs);
    let name = variant.ident.to_string();
    let kind = serde.rename.as_ref().map_or_else(|| rule.variant(&name), LitStr::value);
    let content = match &mut variant.fields {
        Fields::Unit => Content::Nothing,
        Fields::Named(fields) => {
            let fields = fields.named.iter_mut();
            let field = |field| union_field(field, by_serde, generics, options, diagnostics);
            Content::Fields(fields.map(field).collect())
        }
        Fields::Unnamed(fields) => match fields.unnamed.first_mut() {
            Some(field) if is_single => {
                value_type::check(&mut field.ty, &field.attrs, generics, options, diagnostics);
                property(field, kind.clone(), by_serde, diagnostics)
            }
            _ => {
                diagnostics.report(several_values(variant));
                return None;
            }
        },
    };
    Some(Alternative {
        ident: variant.ident.clone(),
        kind,
        aliases: serde.aliases.iter().map(LitStr::value).collect(),
        since,
        attributes: variant.attrs.clone(),
        content,
    })
}

fn property(
    field: &syn::Field,
    name: String,
    by_serde: bool,
    diagnostics: &Diagnostics,
) -> Content {
    let serde = Serde::read(&field.attrs);
    let ty = field.ty.clone();
    if serde.flatten.is_some() || by_serde {
        return Content::Flat { ty };
    }
    for (_, span) in &serde.derived {
        diagnostics.report(serde_in_a_union(*span));
    }
    Content::Property { ty, wire_name: serde.rename.map_or(name, |name| name.value()) }
}

fn union_field(
    field: &mut syn::Field,
    by_serde: bool,
    generics: &Generics,
    options: &Options,
    diagnostics: &Diagnostics,
) -> UnionField {
    let since = take_since(&mut field.attrs, diagnostics);
    let serde = Serde::read(&field.attrs);
    if !by_serde {
        for (_, span) in &serde.derived {
            diagnostics.report(serde_in_a_union(*span));
        }
    }
    value_type::check(&mut field.ty, &field.attrs, generics, options, diagnostics);
    diagnostics.report_all(
        field.attrs.iter().find(|one| one.path().is_ident("cfg")).map(conditional_field),
    );
    field.attrs.retain(|attribute| !attribute.path().is_ident("cfg"));
    let ident = field.ident.clone().expect("it is one of `Fields::Named`");
    let name = syn::ext::IdentExt::unraw(&ident).to_string();
    UnionField {
        wire_name: serde.rename.map_or_else(|| RenameRule::Camel.field(&name), |name| name.value()),
        ty: field.ty.clone(),
        kind: FieldType::of(&field.ty),
        ident,
        since,
    }
}

fn kind_twice(variants: &[Alternative], diagnostics: &Diagnostics) {
    let mut seen: Vec<String> = Vec::new();
    let is_free = |variant: &&Alternative| attrs::conditions(&variant.attributes).is_empty();
    for variant in variants.iter().filter(is_free) {
        for kind in variant.aliases.iter().chain([&variant.kind]) {
            let key = kind.to_ascii_lowercase();
            if seen.contains(&key) {
                let message = format!("another variant also has the kind `{kind}`");
                let mistake = Diagnostic::new("model/kind_twice", &variant.ident, message);
                diagnostics.report(mistake.help("give it another `#[serde(rename = \"..\")]`"));
            }
            seen.push(key);
        }
    }
}

fn several_values(variant: &Variant) -> Diagnostic {
    let name = &variant.ident;
    let (message, fix) = match variant.fields.len() {
        0 => ("a variant without a value has no parentheses", format!("{name}")),
        _ => (
            "a variant holds one property, or fields with names",
            format!("{name} {{ first: A, second: B }}"),
        ),
    };
    Diagnostic::new(
        "model/several_values",
        SpanRange::of(&variant.ident).to(&variant.fields),
        message,
    )
    .help(format!("write `{fix}`"))
}

fn conditional_field(condition: &Attribute) -> Diagnostic {
    let message = "a field of a variant cannot be conditional";
    Diagnostic::new("model/conditional_field", condition, message)
        .help("declare a model with these fields, and write `Name(#[serde(flatten)] Model)`")
}

fn serde_in_a_union(span: proc_macro2::Span) -> Diagnostic {
    let message = "a variant takes `rename` of serde's attributes, and `flatten` on its only value";
    Diagnostic::new("model/serde_in_a_union", span, message)
        .help("declare a model with these fields, and write `Name(#[serde(flatten)] Model)`")
}
