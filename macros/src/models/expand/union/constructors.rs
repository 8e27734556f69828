//! A function for each variant of an enum of alternatives, and `From` for the models that it holds.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Type;

use super::super::super::attrs;
use super::super::super::field_type::{converted, parameter};
use super::super::super::unions::{Alternative, Content, Union};
use super::super::snake_ident;
use super::is_required;
use crate::syntax::types::{is_named, last_segment};

/// A constructor for each variant that holds a value.
pub(super) fn constructors(model: &Union<'_>) -> TokenStream {
    let (name, visibility) = (&model.item.ident, &model.item.vis);
    let (parameters, arguments, clause) = model.item.generics.split_for_impl();
    let functions = model.variants.iter().filter_map(|variant| constructor(variant, visibility));
    let functions: Vec<_> = functions.collect();
    if functions.is_empty() {
        return TokenStream::new();
    }
    let allow = attrs::allow_deprecated(&model.item);
    quote! {
        #allow
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

/// `From` of each model that one variant alone holds.
pub(super) fn conversions(model: &Union<'_>) -> TokenStream {
    if model.item.generics.lt_token.is_some() {
        return TokenStream::new();
    }
    let types: Vec<_> = model.variants.iter().filter_map(held).collect();
    let texts: Vec<_> = types.iter().map(|(_, ty)| ty.to_token_stream().to_string()).collect();
    let is_alone = |text: &String| texts.iter().filter(|other| *other == text).count() == 1;
    let alone = types.iter().zip(&texts).filter(|(_, text)| is_alone(text)).map(|(held, _)| held);
    let (name, allow) = (&model.item.ident, attrs::allow_deprecated(&model.item));
    let conversions = alone.map(|(variant, ty)| {
        let (ident, conditions) = (&variant.ident, attrs::conditions(&variant.attributes));
        let allow = &allow;
        quote! {
            #allow
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
