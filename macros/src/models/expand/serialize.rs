//! `Serialize` of a struct.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{GenericParam, Generics};

use super::super::field_type::{FieldType, is_of_times};
use super::super::structs::{Field, Struct};
use super::check::Check;
use super::constructors::allow_deprecated;
use super::local;

pub(super) fn of(model: &Struct<'_>, check: &Check) -> TokenStream {
    let (private, name) = (model.options.private(), &model.item.ident);
    let text = name.to_string();
    let generics = bounded(&model.item.generics, &quote!(#private::serde::Serialize));
    let (parameters, arguments, clause) = generics.split_for_impl();
    let (object, serializer) = (local("object"), local("serializer"));
    let len = len(&model.fields);
    let allow = allow_deprecated(model);
    let fields = model.fields.iter().map(|field| written(field, &object, &private));
    let writer = check.checked(quote!(#private::write_object(#serializer, #text, #len)?));
    let serialized = model.options.serialized();
    quote! {
        #allow
        #[automatically_derived]
        impl #parameters #private::serde::Serialize for #name #arguments #clause {
            fn serialize<__S: #private::serde::Serializer>(
                &self,
                #serializer: __S,
            ) -> #serialized {
                let mut #object = #writer;
                #(#fields)*
                #object.end()
            }
        }
    }
}

/// Adds a bound to every type parameter.
pub(super) fn bounded(generics: &Generics, bound: &TokenStream) -> Generics {
    let mut generics = generics.clone();
    for parameter in &mut generics.params {
        if let GenericParam::Type(ty) = parameter {
            ty.bounds.push(syn::parse_quote!(#bound));
        }
    }
    generics
}

/// How many fields are written.
fn len(fields: &[Field]) -> TokenStream {
    let (free, conditional): (Vec<_>, Vec<_>) =
        fields.iter().partition(|field| field.conditions.is_empty());
    let sure = free.iter().filter(|field| is_always_written(field)).count();
    let sure = proc_macro2::Literal::usize_unsuffixed(sure);
    let others =
        free.iter().filter(|field| !is_always_written(field)).map(|field| is_written(field));
    let len = quote!(#sure #(+ usize::from(#others))*);
    if conditional.is_empty() {
        return len;
    }
    let variable = local("len");
    let more = conditional.iter().map(|field| {
        let (conditions, is_written) = (&field.conditions, is_written(field));
        quote!(#(#conditions)* { #variable += usize::from(#is_written); })
    });
    quote!({
        #[allow(unused_mut)]
        let mut #variable = #len;
        #(#more)*
        #variable
    })
}

fn is_always_written(field: &Field) -> bool {
    matches!(field.kind, FieldType::Required(_)) && field.skip_serializing_if.is_none()
}

fn is_written(field: &Field) -> TokenStream {
    let ident = &field.ident;
    match (&field.skip_serializing_if, &field.kind) {
        (Some(path), _) => quote!(!#path(&self.#ident)),
        (None, FieldType::Required(_)) => quote!(true),
        (None, _) => quote!(self.#ident.is_some()),
    }
}

/// A statement that writes the field. An error about its type must point at the type.
fn written(field: &Field, object: &proc_macro2::Ident, private: &TokenStream) -> TokenStream {
    let Field { ident, wire_name, conditions, .. } = field;
    let value = match (is_of_times(&field.ty), &field.kind) {
        (false, _) => quote_spanned!(field.ty.span()=> &self.#ident),
        (true, FieldType::Required(_)) => {
            quote_spanned!(field.ty.span()=> &#private::times(&self.#ident))
        }
        (true, _) => {
            quote_spanned!(field.ty.span()=> &self.#ident.as_ref().map(#private::times))
        }
    };
    let call = match (&field.kind, &field.since, &field.skip_serializing_if) {
        (FieldType::Required(_), _, None) => quote!(#object.field(#wire_name, #value)?;),
        (_, _, Some(path)) => quote! {
            if !#path(&self.#ident) {
                #object.field(#wire_name, #value)?;
            }
        },
        (_, Some(version), None) => {
            quote!(#object.optional_since(#version, #wire_name, #value)?;)
        }
        (_, None, None) => quote!(#object.optional(#wire_name, #value)?;),
    };
    match &conditions[..] {
        [] => call,
        conditions => quote!(#(#conditions)* { #call }),
    }
}
