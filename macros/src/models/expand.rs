//! Converts models into tokens. It cannot fail: all rules are in `structs`, `texts` and `unions`.

mod constructors;
mod deserialize;
mod query;
mod serialize;
mod text;
mod union;
mod versions;

pub(super) use text::of_text;
pub(super) use union::of_union;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::ItemStruct;

use super::field_type::FieldType;
use super::structs::{Field, Implementation, Struct};
use super::{attrs, rename};

/// The struct, its constructor and setters, and serde's implementations.
pub(super) fn of_struct(model: &Struct<'_>) -> TokenStream {
    let item = item(model);
    let constructors = constructors::of(model);
    let versions = versions_of(model);
    let serialize = match model.serialize {
        Implementation::Generated => serialize::of(model),
        _ => TokenStream::new(),
    };
    let deserialize = match model.deserialize {
        Implementation::Generated => deserialize::of(model),
        _ => TokenStream::new(),
    };
    let query = model.options.query.map(|_| query::of(model));
    quote!(#item #constructors #versions #serialize #deserialize #query)
}

/// The struct with its derives, and the attributes that serde's own derives need.
fn item(model: &Struct<'_>) -> TokenStream {
    let mut item = model.item.clone();
    let mut derives = vec!["Clone", "Debug", "PartialEq"];
    if has_default(model) {
        derives.push("Default");
    }
    let derives = attrs::derive(&derives, &model.derives);
    let serde = with_serde(model, &mut item);
    let implements_default = model.derives.iter().any(|derive| derive == "Default");
    let default = (!implements_default && needs_default(model)).then(|| default_by_new(model));
    quote!(#derives #serde #[non_exhaustive] #item #default)
}

/// Whether no field is required, and every field starts with the default of its type.
fn has_default(model: &Struct<'_>) -> bool {
    let from_path = |field: &Field| matches!(field.default, Some(Some(_)));
    !model.fields.iter().any(|field| field.is_required() || from_path(field))
}

/// Whether no field is required, and a field starts with a value of its own.
fn needs_default(model: &Struct<'_>) -> bool {
    !model.fields.iter().any(Field::is_required) && !has_default(model)
}

fn default_by_new(model: &Struct<'_>) -> TokenStream {
    let name = &model.item.ident;
    let (parameters, arguments, clause) = model.item.generics.split_for_impl();
    quote! {
        impl #parameters ::core::default::Default for #name #arguments #clause {
            fn default() -> Self {
                Self::new()
            }
        }
    }
}

/// serde's derives, if they are needed; otherwise its attributes are removed.
fn with_serde(model: &Struct<'_>, item: &mut ItemStruct) -> TokenStream {
    let directions = [model.serialize, model.deserialize];
    let is_derived =
        |one: &Implementation| matches!(one, Implementation::Derived | Implementation::Written);
    if !directions.iter().any(is_derived) {
        item.attrs.retain(|attribute| !attribute.path().is_ident("serde"));
        for field in &mut item.fields {
            field.attrs.retain(|attribute| !attribute.path().is_ident("serde"));
        }
        return TokenStream::new();
    }
    for (written, field) in item.fields.iter_mut().zip(&model.fields) {
        written.attrs.extend(for_derive(field, model));
    }
    let private = model.options.private();
    let paths = ["Serialize", "Deserialize"].into_iter().zip(directions);
    let paths: Vec<_> = paths
        .filter(|(_, by)| *by == Implementation::Derived)
        .map(|(name, _)| format_ident!("{name}"))
        .map(|name| quote!(#private::serde::#name))
        .collect();
    let rename =
        model.serde.rename_all.is_none().then(|| quote!(#[serde(rename_all = "camelCase")]));
    let crate_path = private.to_string().replace(' ', "") + "::serde";
    let derive =
        (!paths.is_empty()).then(|| quote!(#[derive(#(#paths),*)] #[serde(crate = #crate_path)]));
    quote!(#derive #rename)
}

/// The attributes that serde's derives need for an optional field.
fn for_derive(field: &Field, model: &Struct<'_>) -> Vec<syn::Attribute> {
    let private = model.options.private().to_string().replace(' ', "");
    let mut attributes = Vec::new();
    if !matches!(field.kind, FieldType::Required(_)) {
        if field.skip_serializing_if.is_none() {
            let path = match &field.since {
                Some(version) => format!("Self::{}", versions::unset_since(&version.value())),
                None => "::core::option::Option::is_none".to_owned(),
            };
            attributes.push(syn::parse_quote!(#[serde(skip_serializing_if = #path)]));
        }
        if field.default.is_none() {
            attributes.push(syn::parse_quote!(#[serde(default)]));
        }
    }
    if matches!(field.kind, FieldType::Nullable(_)) {
        let path = format!("{private}::read_some");
        attributes.push(syn::parse_quote!(#[serde(deserialize_with = #path)]));
    }
    attributes
}

/// For serde's derive: the functions that record the versions of fields.
fn versions_of(model: &Struct<'_>) -> TokenStream {
    if !matches!(model.serialize, Implementation::Derived | Implementation::Written) {
        return TokenStream::new();
    }
    let versions = model.fields.iter().filter_map(|field| field.since.as_ref()).collect();
    let functions = versions::functions_for_fields(versions, model.options);
    versions::implementation(&model.item.ident, &model.item.generics, &[functions])
}

/// A local name that no name of the user can collide with.
fn local(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

/// The names on the wire by which a field or a kind is read, as a pattern.
fn pattern(name: &str, aliases: &[String]) -> TokenStream {
    let names = aliases.iter().map(String::as_str);
    let names = std::iter::once(name).chain(names).map(ToTokens::to_token_stream);
    quote!(#(#names)|*)
}

/// A name in `snake_case`, which may be a keyword.
fn snake_ident(name: &Ident) -> Ident {
    let snake = rename::snake(&name.to_string());
    let mut ident =
        syn::parse_str::<Ident>(&snake).unwrap_or_else(|_| Ident::new_raw(&snake, name.span()));
    ident.set_span(name.span());
    ident
}
