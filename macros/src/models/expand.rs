//! Converts models into tokens. It cannot fail: all rules are in `structs`, `texts` and `unions`.

pub(super) mod check;
mod constructors;
pub(super) mod derives;
mod deserialize;
mod detached;
mod query;
mod serialize;
mod text;
mod union;
mod versions;

pub(super) use detached::detached;
pub(super) use text::of_text;
pub(super) use union::of_union;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::ItemStruct;

use self::check::{Check, CheckedField, Use};
use self::constructors::allow_deprecated;
use super::field_type::{FieldType, is_of_times};
use super::structs::{Field, Implementation, Struct};
use super::{attrs, rename};
use crate::model::ValueStyle;

/// The struct, its constructor and setters, and serde's implementations.
pub(super) fn of_struct(model: &Struct<'_>) -> TokenStream {
    let check = check_of(model);
    let item = item(model, &check);
    let constructors = constructors::of(model, &check);
    let versions = versions_of(model);
    let serialize = match model.serialize {
        Implementation::Generated => serialize::of(model, &check),
        _ => TokenStream::new(),
    };
    let deserialize = match model.deserialize {
        Implementation::Generated => deserialize::of(model, &check),
        _ => TokenStream::new(),
    };
    let query = model.options.query.map(|_| query::of(model, &check));
    let constant = check.constant(&model.item.ident, false, allow_deprecated(model).as_ref());
    quote!(#item #constant #constructors #versions #serialize #deserialize #query)
}

/// The struct with its derives, and the attributes that serde's own derives need.
fn item(model: &Struct<'_>, check: &Check) -> TokenStream {
    let mut item = model.item.clone();
    item.ident = generated(&item.ident);
    let (mut derives, implemented) = derives::split(&model.derives, check);
    let implemented = derives::of_struct(
        &model.item.ident,
        &model.item.fields,
        &implemented,
        check,
        allow_deprecated(model).as_ref(),
    );
    if has_default(model, check) {
        derives.push("Default");
    }
    let derives = attrs::derive(&derives, &model.derives);
    let serde = with_serde(model, &mut item);
    let implements_default = model.derives.iter().any(|derive| derive == "Default");
    let default =
        (!implements_default && needs_default(model, check)).then(|| default_by_new(model));
    quote!(#derives #serde #[non_exhaustive] #item #implemented #default)
}

/// Whether no field is required, and every field starts with the default of its type.
fn has_default(model: &Struct<'_>, check: &Check) -> bool {
    let from_path = |field: &Field| matches!(field.default, Some(Some(_)));
    let is_checked = |field: &Field| is_default_checked(field, check);
    !model.fields.iter().any(|field| field.is_required() || from_path(field) || is_checked(field))
}

/// Whether the default of the field's type is required by the check, and so by nothing else.
fn is_default_checked(field: &Field, check: &Check) -> bool {
    let is_of_type = matches!((&field.kind, &field.default), (FieldType::Required(_), Some(None)));
    is_of_type && !check.is_empty() && !check::is_known(&field.ty)
}

/// The default of the field's type.
fn default_of(field: &Field, check: &Check) -> TokenStream {
    let function = quote!(::core::default::Default::default);
    if is_default_checked(field, check) { check.checked(function) } else { function }
}

/// What is required of the types of the fields. serde's derives require more by themselves.
fn check_of(model: &Struct<'_>) -> Check {
    let mut check = Check::new(model.options);
    let by_us = |one| matches!(one, Implementation::Generated | Implementation::Absent);
    if !check::is_checkable(&model.item.generics)
        || ![model.serialize, model.deserialize].into_iter().all(by_us)
    {
        return check;
    }
    let fields: Vec<_> = model.fields.iter().map(|field| checked_field(field, model)).collect();
    let pattern = fields.iter().filter(|field| !check::is_known(field.ty)).map(|field| {
        let CheckedField { ident, conditions, .. } = field;
        quote!(#(#conditions)* #ident,)
    });
    check.add(&quote!(Self { #(#pattern)* .. }), &fields);
    check
}

fn checked_field<'a>(field: &'a Field, model: &Struct<'_>) -> CheckedField<'a> {
    CheckedField {
        ident: &field.ident,
        ty: &field.ty,
        conditions: &field.conditions,
        usage: match field.style == ValueStyle::default() {
            true => Use::of(model.options),
            false => Use::Formatted,
        },
        needs_default: matches!(
            (&field.kind, &field.default),
            (FieldType::Required(_), Some(None))
        ),
    }
}

/// Whether no field is required, and a field starts with a value of its own.
fn needs_default(model: &Struct<'_>, check: &Check) -> bool {
    !model.fields.iter().any(Field::is_required) && !has_default(model, check)
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
    let has_own = field.attributes.iter().any(attrs::is_with);
    if is_of_times(&field.ty) && !has_own {
        let (write, read) = (format!("{private}::write_times"), format!("{private}::read_times"));
        attributes.push(syn::parse_quote! {
            #[serde(serialize_with = #write, deserialize_with = #read)]
        });
    } else if matches!(field.kind, FieldType::Nullable(_)) {
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

/// The name of the item with a generated span: otherwise rustc suggests `struct Name<Unknown>` for an
/// unknown type, and reports the type again, without that suggestion, where it stands a second time.
pub(super) fn generated(name: &Ident) -> Ident {
    let mut generated = name.clone();
    generated.set_span(Span::call_site().located_at(name.span()));
    generated
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
