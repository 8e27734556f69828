//! A string enum: its values and its rules.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::{Attribute, Expr, ItemEnum, LitStr, Variant};

use super::attrs::{self, Serde};
use super::options::Options;
use super::rename::RenameRule;
use crate::check::take_since;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::syntax;

/// A string enum.
pub(super) struct TextEnum<'a> {
    pub(super) options: &'a Options,
    /// Without our attributes and serde's.
    pub(super) item: ItemEnum,
    pub(super) derives: Vec<String>,
    pub(super) values: Vec<TextValue>,
}

pub(super) struct TextValue {
    pub(super) ident: Ident,
    pub(super) text: String,
    pub(super) aliases: Vec<String>,
    pub(super) since: Option<LitStr>,
    pub(super) conditions: Vec<Attribute>,
}

/// The variant that holds an unknown string.
pub(super) const UNKNOWN: &str = "UnknownValue";

/// Reads an enum; one that cannot be a model stays as it is.
pub(super) fn read<'a>(
    mut item: ItemEnum,
    options: &'a Options,
    diagnostics: &Diagnostics,
) -> Result<TextEnum<'a>, TokenStream> {
    options.refuse_query(diagnostics);
    options.refuse_tag(diagnostics);
    if item.variants.is_empty() {
        diagnostics.report(enum_without_variants(&item.ident));
        return Err(item.into_token_stream());
    }
    if item.generics.lt_token.is_some() {
        diagnostics.report(generic_texts(&item));
        item.generics = syn::Generics::default();
    }
    status_outside_answers(&mut item, diagnostics);
    let serde = Serde::read(&item.attrs);
    for (_, span) in &serde.derived {
        diagnostics.report(serde_on_a_text(*span));
    }
    let rule = serde.rename_all.unwrap_or(RenameRule::Camel);
    item.attrs.retain(|attribute| !attribute.path().is_ident("serde"));
    let values: Vec<_> =
        item.variants.iter_mut().map(|variant| value(variant, rule, diagnostics)).collect();
    text_twice(&values, diagnostics);
    let derives = attrs::derives(&item.attrs);
    remove_reserved(&mut item, diagnostics);
    let values = values.into_iter().filter(|value| value.ident != UNKNOWN).collect();
    Ok(TextEnum { options, item, derives, values })
}

fn value(variant: &mut Variant, rule: RenameRule, diagnostics: &Diagnostics) -> TextValue {
    let since = take_since(&mut variant.attrs, diagnostics);
    let serde = Serde::read(&variant.attrs);
    for (_, span) in &serde.derived {
        diagnostics.report(serde_on_a_text(*span));
    }
    variant.attrs.retain(|attribute| !attribute.path().is_ident("serde"));
    if let Some((_, value)) = variant.discriminant.take() {
        diagnostics.report(number_for_a_text(&value));
    }
    let text = serde.rename.as_ref().map(LitStr::value);
    TextValue {
        text: text.unwrap_or_else(|| rule.variant(&variant.ident.to_string())),
        aliases: serde.aliases.iter().map(LitStr::value).collect(),
        conditions: attrs::conditions(&variant.attrs),
        ident: variant.ident.clone(),
        since,
    }
}

/// Reports two values with the same string: the second would never be read.
fn text_twice(values: &[TextValue], diagnostics: &Diagnostics) {
    let mut seen: Vec<String> = Vec::new();
    for value in values.iter().filter(|value| value.conditions.is_empty()) {
        for text in value.aliases.iter().chain([&value.text]) {
            let key = text.to_ascii_lowercase();
            if seen.contains(&key) {
                let message =
                    format!("another variant is also read from `{text}`, since case is ignored");
                let mistake = Diagnostic::new("model/text_twice", &value.ident, message);
                diagnostics.report(
                    mistake.help("remove it, or give it another `#[serde(rename = \"..\")]`"),
                );
            }
            seen.push(key);
        }
    }
}

/// Reports and removes `#[status(..)]` on the variants of an enum that is not one of answers.
pub(super) fn status_outside_answers(item: &mut ItemEnum, diagnostics: &Diagnostics) {
    let is_status = |attribute: &Attribute| attrs::is_one_of(attribute, &["status"]);
    let mut attributes = item.variants.iter().flat_map(|variant| &variant.attrs);
    if let Some(attribute) = attributes.find(|attribute| is_status(attribute)) {
        let message = "`#[status(..)]` is for an enum by status";
        let mistake = Diagnostic::new("model/status_outside_answers", attribute, message);
        diagnostics.report(mistake.help("write `#[acs_model(by_status)]` above the enum"));
    }
    for variant in &mut item.variants {
        variant.attrs.retain(|attribute| !is_status(attribute));
    }
}

/// The name of the variant that is added.
fn remove_reserved(item: &mut ItemEnum, diagnostics: &Diagnostics) {
    if let Some(variant) = item.variants.iter().find(|variant| variant.ident == UNKNOWN) {
        diagnostics.report(reserved_variant(&variant.ident));
        let kept = item.variants.iter().filter(|variant| variant.ident != UNKNOWN).cloned();
        item.variants = kept.collect();
    }
}

pub(super) fn reserved_variant(ident: &Ident) -> Diagnostic {
    let message =
        format!("`{ident}` is the variant that keeps unknown values; it is added automatically");
    Diagnostic::new("model/reserved_variant", ident, message)
        .help("remove it, or give it another name and write `#[serde(rename = \"..\")]`")
}

fn enum_without_variants(ident: &Ident) -> Diagnostic {
    Diagnostic::new("model/enum_without_variants", ident, "the enum has no variant")
        .help("add the values that the service documents")
}

fn generic_texts(item: &ItemEnum) -> Diagnostic {
    Diagnostic::new("model/generic_texts", &item.generics, "a string enum takes no generics")
        .help("remove them")
}

fn number_for_a_text(value: &Expr) -> Diagnostic {
    let text = syntax::text(value).replace('"', "");
    let message = "the values of this enum are strings, which `rename` sets";
    Diagnostic::new("model/number_for_a_text", value, message)
        .help(format!("write `#[serde(rename = \"{text}\")]` above the variant"))
}

fn serde_on_a_text(span: proc_macro2::Span) -> Diagnostic {
    let message = "a string enum takes `rename`, `alias` and `rename_all` of serde's attributes";
    Diagnostic::new("model/serde_on_a_text", span, message).help("remove the others")
}
