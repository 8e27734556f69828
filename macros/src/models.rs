//! `#[acs_model]`: turns a struct or an enum into a model.
//!
//! 1. `options`: the arguments of the attribute.
//! 2. `attrs`: the attributes of a field or a variant: `#[serde(..)]`, `#[since(..)]`, docs.
//! 3. `structs`, `texts`, `unions`, `by_status`: the rules for each kind of model, syntax → what `expand`
//!    prints; none of them knows `expand`.
//!    A mistake is reported, and the model is built without it: the output remains usable.
//! 4. `expand`: generates the item, its constructors, and serde's implementations.
//!
//! `recover` reads an item with syntax errors, `value_type` has the rules for the types of fields, and
//! `field_type` and `rename` determine the parameter type of a field and its name on the wire.

mod attrs;
mod by_status;
mod expand;
mod field_type;
mod options;
mod query;
mod recover;
mod rename;
mod structs;
mod texts;
mod unions;
mod value_type;

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Attribute, Fields, Item, ItemEnum};

use self::options::Options;
use crate::check::misplaced_since;
use crate::diagnostics::{Diagnostic, Diagnostics, SpanRange};
use crate::syntax;

/// Generates the model. Even if it contains errors, an item of that name remains.
pub(crate) fn declare(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let diagnostics = Diagnostics::new();
    let arguments = if syntax::is_key_value() { TokenStream::new() } else { arguments };
    let mut options = Options::read(arguments, &diagnostics);
    if let Some(missing) = options.missing.take() {
        diagnostics.report(missing);
        return beside(expand::detached(item, &options), diagnostics);
    }
    let item = without_misplaced(item, &diagnostics);
    let expansion = match syn::parse2::<Item>(item.clone()) {
        Ok(Item::Struct(item)) => {
            structs::read(item, &options, &diagnostics).map(|model| expand::of_struct(&model))
        }
        Ok(Item::Enum(item)) if options.by_status.is_some() => {
            Ok(by_status::read(item, &options, &diagnostics))
        }
        Ok(Item::Enum(item)) if is_text(&item) => {
            texts::read(item, &options, &diagnostics).map(|model| expand::of_text(&model))
        }
        Ok(Item::Enum(item)) => {
            unions::read(item, &options, &diagnostics).map(|model| expand::of_union(&model))
        }
        _ => {
            diagnostics.report(goes_on_a_model(&item));
            Err(item)
        }
    };
    beside(expansion.unwrap_or_else(|item| item), diagnostics)
}

/// The item without syntax errors, which rustc has reported, and without attributes that do not belong
/// above a model.
fn without_misplaced(item: TokenStream, diagnostics: &Diagnostics) -> TokenStream {
    let mut parsed = match syn::parse2::<Item>(item.clone()) {
        Ok(parsed) => parsed,
        Err(_) => match recover::item(&item).map(syn::parse2::<Item>) {
            Some(Ok(parsed)) => parsed,
            _ => return item,
        },
    };
    let attributes = match &mut parsed {
        Item::Struct(item) => &mut item.attrs,
        Item::Enum(item) => &mut item.attrs,
        _ => return item,
    };
    misplaced_since(attributes, diagnostics);
    attributes.retain(|attribute| {
        let is_ours =
            attribute.path().segments.last().is_some_and(|last| last.ident == "acs_model");
        if is_ours {
            diagnostics.report(model_twice(attribute));
        }
        !is_ours
    });
    parsed.into_token_stream()
}

fn model_twice(attribute: &Attribute) -> Diagnostic {
    Diagnostic::new("model/model_twice", attribute, "this attribute is a duplicate")
        .help("write all options in one `#[acs_model(..)]`")
}

/// The errors beside what is left of the model.
fn beside(expansion: TokenStream, diagnostics: Diagnostics) -> TokenStream {
    let mistakes = diagnostics.finish();
    let errors = mistakes.iter().map(Diagnostic::to_compile_error);
    quote!(#expansion #(#errors)*)
}

/// Whether the enum is a string enum: no variant has fields.
fn is_text(item: &ItemEnum) -> bool {
    item.variants.iter().all(|variant| matches!(variant.fields, Fields::Unit))
}

fn goes_on_a_model(item: &TokenStream) -> Diagnostic {
    const KINDS: [&str; 9] =
        ["trait", "fn", "union", "impl", "mod", "type", "static", "const", "use"];
    let words = item.clone().into_iter().filter_map(|token| match token {
        TokenTree::Ident(word) => Some(word),
        _ => None,
    });
    let kind = words.into_iter().find(|word| KINDS.iter().any(|kind| word == kind));
    let message = match &kind {
        Some(word) => format!("`#[acs_model]` goes on a struct or an enum, not on `{word}`"),
        None => "`#[acs_model]` goes on a struct or an enum".to_owned(),
    };
    let span = kind.map_or_else(|| SpanRange::of(item), |word| word.span().into());
    Diagnostic::new("model/goes_on_a_model", span, message)
        .help("declare the model as `pub struct Name { pub field: String }`")
}

#[cfg(test)]
mod golden;
