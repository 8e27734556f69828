//! A model in a crate where the path of `acs_rest` is unknown: the type, and the constructors of a struct.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Attribute, Item};

use super::super::attrs;
use super::super::field_type::FieldType;
use super::super::options::Options;
use super::super::structs;
use super::check::Check;
use super::{constructors, derives};
use crate::diagnostics::Diagnostics;

pub(crate) fn detached(item: TokenStream, options: &Options) -> TokenStream {
    let mut item = match syn::parse2::<Item>(item.clone()) {
        Ok(item) => item,
        Err(_) => return item,
    };
    let constructors = constructors_of(&item, options);
    let written = match &mut item {
        Item::Struct(item) => {
            item.fields.iter_mut().for_each(|field| strip(&mut field.attrs));
            strip(&mut item.attrs);
            attrs::derives(&item.attrs)
        }
        Item::Enum(item) => {
            for variant in &mut item.variants {
                strip(&mut variant.attrs);
                variant.fields.iter_mut().for_each(|field| strip(&mut field.attrs));
            }
            strip(&mut item.attrs);
            attrs::derives(&item.attrs)
        }
        item => return item.to_token_stream(),
    };
    let derives = attrs::derive(&derives::DERIVED, &written);
    quote!(#derives #item #constructors)
}

/// Those of a struct, unless they name a type of the unknown crate.
fn constructors_of(item: &Item, options: &Options) -> Option<TokenStream> {
    let Item::Struct(item) = item else { return None };
    // A second mistake is reported once the path is known.
    let diagnostics = Diagnostics::new();
    let model = structs::read(item.clone(), options, &diagnostics);
    diagnostics.finish();
    let model = model.ok()?;
    let is_nullable = |field: &structs::Field| matches!(field.kind, FieldType::Nullable(_));
    let is_possible = !model.fields.iter().any(is_nullable);
    is_possible.then(|| constructors::of(&model, &Check::new(options)))
}

fn strip(attributes: &mut Vec<Attribute>) {
    const OURS: [&str; 4] = ["serde", "since", "query", "status"];
    attributes.retain(|attribute| !attrs::is_one_of(attribute, &OURS));
}
