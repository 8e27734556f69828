//! A tagged union: the kind, and the fields of an object of that kind.

mod constructors;
mod deserialize;
mod serialize;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use self::constructors::{constructors, conversions};
use super::super::attrs;
use super::super::field_type::FieldType;
use super::super::unions::{Content, UNKNOWN, Union, UnionField};
use super::check::{self, Check, Use};
use super::{derives, generated, versions};

pub(crate) fn of_union(model: &Union<'_>) -> TokenStream {
    let check = check_of(model);
    let (item, constructors) = (item(model, &check), constructors(model));
    let conversions = conversions(model);
    if model.by_serde {
        let versions = versions_of(model);
        return quote!(#item #constructors #conversions #versions);
    }
    let is_written = |derive: &str| model.derives.iter().any(|written| written == derive);
    let serialize =
        (model.options.serialize && !is_written("Serialize")).then(|| serialize::of(model, &check));
    let deserialize = (model.options.deserialize && !is_written("Deserialize"))
        .then(|| deserialize::of(model, &check));
    let allow = attrs::allow_deprecated(&model.item);
    let constant = check.constant(&model.item.ident, true, allow.as_ref());
    quote!(#item #constant #constructors #conversions #serialize #deserialize)
}

/// What is required of the types of the variants. serde's derives require it by themselves.
fn check_of(model: &Union<'_>) -> Check {
    let mut check = Check::new(model.options);
    let is_written = |name| model.derives.iter().any(|written| written == name);
    if !check::is_checkable(&model.item.generics)
        || model.by_serde
        || is_written("Serialize")
        || is_written("Deserialize")
    {
        return check;
    }
    for variant in &model.item.variants {
        check.add_variant(variant, Use::of(model.options));
    }
    check
}

fn item(model: &Union<'_>, check: &Check) -> TokenStream {
    let (derives, implemented) = derives::split(&model.derives, check);
    let derives = attrs::derive(&derives, &model.derives);
    let mut item = model.item.clone();
    item.ident = generated(&item.ident);
    if model.by_serde {
        let serde = by_serde(model, &mut item);
        return quote!(#derives #serde #[non_exhaustive] #item);
    }
    let (root, unknown) = (&model.options.root, format_ident!("{UNKNOWN}"));
    item.variants.push(syn::parse_quote! {
        /// An object of an unknown kind, as the service wrote it.
        #unknown(#root::UnknownKind<Self>)
    });
    let implemented = derives::of_enum(
        &model.item.ident,
        &item.variants,
        &implemented,
        check,
        attrs::allow_deprecated(&model.item).as_ref(),
    );
    quote!(#derives #[non_exhaustive] #item #implemented)
}

/// serde's derives, with the representation that the user asked for.
fn by_serde(model: &Union<'_>, item: &mut syn::ItemEnum) -> TokenStream {
    let name = &model.item.ident;
    for (written, variant) in item.variants.iter_mut().zip(&model.variants) {
        if let (Some(version), Some(first)) = (&variant.since, written.fields.iter_mut().next()) {
            let path = format!("{name}::{}", versions::written_since(&version.value()));
            first.attrs.push(syn::parse_quote!(#[serde(serialize_with = #path)]));
        }
        let Content::Fields(fields) = &variant.content else { continue };
        for (written, field) in written.fields.iter_mut().zip(fields) {
            if !is_required(field) {
                let path = match &field.since {
                    Some(version) => format!("{name}::{}", versions::unset_since(&version.value())),
                    None => "::core::option::Option::is_none".to_owned(),
                };
                written.attrs.push(syn::parse_quote! {
                    #[serde(default, skip_serializing_if = #path)]
                });
            }
        }
    }
    let private = model.options.private();
    let wanted =
        [("Serialize", model.options.serialize), ("Deserialize", model.options.deserialize)];
    let wanted = wanted
        .iter()
        .filter(|(name, wanted)| *wanted && !model.derives.iter().any(|written| written == name));
    let paths: Vec<_> = wanted
        .map(|(name, _)| format_ident!("{name}"))
        .map(|name| quote!(#private::serde::#name))
        .collect();
    let crate_path = private.to_string().replace(' ', "") + "::serde";
    quote! {
        #[derive(#(#paths),*)]
        #[serde(crate = #crate_path, rename_all = "camelCase", rename_all_fields = "camelCase")]
    }
}

/// The functions that record the versions of an enum that serde's derives write.
fn versions_of(model: &Union<'_>) -> TokenStream {
    let fields = model.variants.iter().flat_map(|variant| match &variant.content {
        Content::Fields(fields) => &fields[..],
        _ => &[],
    });
    let fields = fields.filter_map(|field| field.since.as_ref()).collect();
    let variants = model.variants.iter().filter_map(|variant| variant.since.as_ref()).collect();
    let functions = [
        versions::functions_for_fields(fields, model.options),
        versions::functions_for_variants(variants, model.options),
    ];
    versions::implementation(&model.item.ident, &model.item.generics, &functions)
}

fn is_required(field: &UnionField) -> bool {
    matches!(field.kind, FieldType::Required(_))
}
