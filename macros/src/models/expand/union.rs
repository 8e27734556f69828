//! An enum of alternatives: the kind, and what an object of that kind has.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Attribute, Type};

use super::super::attrs;
use super::super::field_type::{FieldType, converted, parameter};
use super::super::unions::{Alternative, Content, UNKNOWN, Union, UnionField};
use super::serialize::bounded;
use super::{local, pattern, snake_ident, versions};
use crate::syntax::types::{is_named, last_segment};

pub(crate) fn of_union(model: &Union<'_>) -> TokenStream {
    let (item, constructors) = (item(model), constructors(model));
    let conversions = conversions(model);
    if model.by_serde {
        let versions = versions_of(model);
        return quote!(#item #constructors #conversions #versions);
    }
    let is_written = |derive: &str| model.derives.iter().any(|written| written == derive);
    let serialize = (model.options.serialize && !is_written("Serialize")).then(|| serialize(model));
    let deserialize =
        (model.options.deserialize && !is_written("Deserialize")).then(|| deserialize(model));
    quote!(#item #constructors #conversions #serialize #deserialize)
}

fn item(model: &Union<'_>) -> TokenStream {
    let derives = attrs::derive(&["Clone", "Debug", "PartialEq"], &model.derives);
    let mut item = model.item.clone();
    if model.by_serde {
        let serde = by_serde(model, &mut item);
        return quote!(#derives #serde #[non_exhaustive] #item);
    }
    let (root, unknown) = (&model.options.root, format_ident!("{UNKNOWN}"));
    item.variants.push(syn::parse_quote! {
        /// An object of a kind that is not known here, as the service wrote it.
        #unknown(#root::UnknownKind<Self>)
    });
    quote!(#derives #[non_exhaustive] #item)
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

/// The functions that note the versions of an enum that serde's derives write.
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

/// A function for each variant that holds something.
fn constructors(model: &Union<'_>) -> TokenStream {
    let (name, visibility) = (&model.item.ident, &model.item.vis);
    let (parameters, arguments, clause) = model.item.generics.split_for_impl();
    let functions = model.variants.iter().filter_map(|variant| constructor(variant, visibility));
    let functions: Vec<_> = functions.collect();
    if functions.is_empty() {
        return TokenStream::new();
    }
    quote! {
        impl #parameters #name #arguments #clause {
            #(#functions)*
        }
    }
}

fn constructor(variant: &Alternative, visibility: &syn::Visibility) -> Option<TokenStream> {
    let (ident, function) = (&variant.ident, snake_ident(&variant.ident));
    let attributes = attrs::of_a_function(&variant.attributes);
    let (parameters, value) = match &variant.content {
        Content::Nothing => return None,
        Content::Property { ty, .. } | Content::Flat { ty } => {
            let (parameter, value) = (parameter(ty), converted(ty, &function));
            (quote!(#function: #parameter), quote!(Self::#ident(#value)))
        }
        Content::Fields(fields) => {
            let parameters = fields.iter().filter(|field| is_required(field)).map(|field| {
                let (ident, parameter) = (&field.ident, parameter(&field.ty));
                quote!(#ident: #parameter)
            });
            let values = fields.iter().map(|field| {
                let ident = &field.ident;
                match is_required(field) {
                    true => converted(&field.ty, ident),
                    false => quote!(::core::option::Option::None),
                }
            });
            let idents = fields.iter().map(|field| &field.ident);
            (quote!(#(#parameters),*), quote!(Self::#ident { #(#idents: #values),* }))
        }
    };
    Some(quote! {
        #(#attributes)*
        #[must_use]
        #visibility fn #function(#parameters) -> Self {
            #value
        }
    })
}

fn is_required(field: &UnionField) -> bool {
    matches!(field.kind, FieldType::Required(_))
}

/// `From` of each model that one variant alone holds.
fn conversions(model: &Union<'_>) -> TokenStream {
    if model.item.generics.lt_token.is_some() {
        return TokenStream::new();
    }
    let types: Vec<_> = model.variants.iter().filter_map(held).collect();
    let texts: Vec<_> = types.iter().map(|(_, ty)| ty.to_token_stream().to_string()).collect();
    let is_alone = |text: &String| texts.iter().filter(|other| *other == text).count() == 1;
    let alone = types.iter().zip(&texts).filter(|(_, text)| is_alone(text)).map(|(held, _)| held);
    let name = &model.item.ident;
    let conversions = alone.map(|(variant, ty)| {
        let (ident, conditions) = (&variant.ident, attrs::conditions(&variant.attributes));
        quote! {
            #(#conditions)*
            impl ::core::convert::From<#ty> for #name {
                fn from(value: #ty) -> Self {
                    Self::#ident(value)
                }
            }
        }
    });
    conversions.collect()
}

/// The type that the variant holds, if it may be a model.
fn held(variant: &Alternative) -> Option<(&Alternative, &Type)> {
    match &variant.content {
        Content::Property { ty, .. } | Content::Flat { ty } => {
            let is_model = last_segment(ty).is_some_and(|segment| segment.arguments.is_none())
                && !is_named(
                    ty,
                    &["String", "bool", "u8", "u16", "u32", "u64", "i32", "i64", "f64"],
                );
            is_model.then_some((variant, ty))
        }
        _ => None,
    }
}

fn serialize(model: &Union<'_>) -> TokenStream {
    let (private, name) = (model.options.private(), &model.item.ident);
    let generics = bounded(&model.item.generics, &quote!(#private::serde::Serialize));
    let (parameters, arguments, clause) = generics.split_for_impl();
    let (serializer, unknown) = (local("serializer"), format_ident!("{UNKNOWN}"));
    let arms = model.variants.iter().map(|variant| written(variant, model, &serializer));
    quote! {
        #[automatically_derived]
        impl #parameters #private::serde::Serialize for #name #arguments #clause {
            fn serialize<__S: #private::serde::Serializer>(
                &self,
                #serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                match self {
                    #(#arms)*
                    Self::#unknown(object) => {
                        #private::serde::Serialize::serialize(object, #serializer)
                    }
                }
            }
        }
    }
}

fn written(variant: &Alternative, model: &Union<'_>, serializer: &Ident) -> TokenStream {
    let (private, tag, name) = (model.options.private(), &model.tag, model.item.ident.to_string());
    let Alternative { ident, kind, .. } = variant;
    let conditions = attrs::conditions(&variant.attributes);
    let since = variant.since.as_ref().map(|version| quote!(#private::needs_version(#version);));
    let (object, value) = (local("object"), local("value"));
    let (pattern, len, fields) = match &variant.content {
        Content::Flat { ty } => {
            let value_ref = quote_spanned!(ty.span()=> #value);
            return quote! {
                #(#conditions)*
                Self::#ident(#value) => {
                    #since
                    #private::write_flat(#serializer, #tag, #kind, #value_ref)
                }
            };
        }
        Content::Nothing => (quote!(), quote!(1), quote!()),
        Content::Property { ty, wire_name } => {
            let value_ref = quote_spanned!(ty.span()=> #value);
            (quote!((#value)), quote!(2), quote!(#object.field(#wire_name, #value_ref)?;))
        }
        Content::Fields(fields) => {
            let idents = fields.iter().map(|field| &field.ident);
            let written = fields.iter().map(|field| written_field(field, &object));
            (quote!({ #(#idents),* }), len(fields), quote!(#(#written)*))
        }
    };
    quote! {
        #(#conditions)*
        Self::#ident #pattern => {
            #since
            let mut #object = #private::write_object(#serializer, #name, #len)?;
            #object.field(#tag, #kind)?;
            #fields
            #object.end()
        }
    }
}

fn len(fields: &[UnionField]) -> TokenStream {
    let required = fields.iter().filter(|field| is_required(field)).count();
    let required = Literal::usize_unsuffixed(1 + required);
    let optional = fields.iter().filter(|field| !is_required(field)).map(|field| &field.ident);
    quote!(#required #(+ usize::from(#optional.is_some()))*)
}

fn written_field(field: &UnionField, object: &Ident) -> TokenStream {
    let UnionField { ident, wire_name, since, .. } = field;
    let value = quote_spanned!(field.ty.span()=> #ident);
    match (is_required(field), since) {
        (true, _) => quote!(#object.field(#wire_name, #value)?;),
        (false, Some(version)) => quote!(#object.optional_since(#version, #wire_name, #value)?;),
        (false, None) => quote!(#object.optional(#wire_name, #value)?;),
    }
}

fn deserialize(model: &Union<'_>) -> TokenStream {
    let (private, name, tag) = (model.options.private(), &model.item.ident, &model.tag);
    let mut generics =
        bounded(&model.item.generics, &quote!(#private::serde::de::DeserializeOwned));
    let (_, arguments, _) = model.item.generics.split_for_impl();
    generics.params.insert(0, syn::parse_quote!('de));
    let (parameters, _, clause) = generics.split_for_impl();
    let (object, unknown) = (local("object"), format_ident!("{UNKNOWN}"));
    let kinds = model.variants.iter().flat_map(kinds);
    let arms = model.variants.iter().map(|variant| arm(variant, &object));
    let takes = |variant: &Alternative| {
        matches!(variant.content, Content::Property { .. } | Content::Fields(_))
    };
    let mutable = model.variants.iter().any(takes).then(|| quote!(mut));
    quote! {
        #[automatically_derived]
        impl #parameters #private::serde::Deserialize<'de> for #name #arguments #clause {
            fn deserialize<__D: #private::serde::Deserializer<'de>>(
                deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                let #mutable #object = #private::read_alternative(deserializer, #tag, &[#(#kinds),*])?;
                match #object.kind() {
                    #(#arms)*
                    _ => ::core::result::Result::Ok(Self::#unknown(#object.unknown())),
                }
            }
        }
    }
}

/// The kind, and the fields by which it is known where the kind is absent.
fn kinds(variant: &Alternative) -> Vec<TokenStream> {
    let fields = match &variant.content {
        Content::Nothing | Content::Flat { .. } => Vec::new(),
        Content::Property { wire_name, .. } => vec![wire_name],
        Content::Fields(fields) => {
            let required = fields.iter().filter(|field| is_required(field));
            required.map(|field| &field.wire_name).collect()
        }
    };
    let conditions: Vec<Attribute> = attrs::conditions(&variant.attributes);
    let kinds = std::iter::once(&variant.kind).chain(&variant.aliases);
    kinds.map(|kind| quote!(#(#conditions)* (#kind, &[#(#fields),*]))).collect()
}

fn arm(variant: &Alternative, object: &Ident) -> TokenStream {
    let ident = &variant.ident;
    let conditions = attrs::conditions(&variant.attributes);
    let pattern = pattern(&variant.kind, &variant.aliases);
    let value = match &variant.content {
        Content::Flat { .. } => {
            return quote!(#(#conditions)* #pattern => #object.flat().map(Self::#ident),);
        }
        Content::Nothing => quote!(Self::#ident),
        Content::Property { ty, wire_name } => {
            let take = quote_spanned!(ty.span()=> #object.take(#wire_name)?);
            quote!(Self::#ident(#take))
        }
        Content::Fields(fields) => {
            let fields = fields.iter().map(|field| {
                let UnionField { ident, wire_name, ty, .. } = field;
                let take = match &field.kind {
                    FieldType::Required(_) => quote_spanned!(ty.span()=> #object.take(#wire_name)?),
                    _ => quote_spanned!(ty.span()=> #object.take_optional(#wire_name)?),
                };
                quote!(#ident: #take)
            });
            quote!(Self::#ident { #(#fields),* })
        }
    };
    quote!(#(#conditions)* #pattern => ::core::result::Result::Ok(#value),)
}
