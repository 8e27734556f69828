//! `Serialize` of an enum of alternatives.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::super::super::attrs;
use super::super::super::field_type::is_of_times;
use super::super::super::unions::{Alternative, Content, UNKNOWN, Union, UnionField};
use super::super::check::Check;
use super::super::local;
use super::super::serialize::bounded;
use super::is_required;

pub(super) fn of(model: &Union<'_>, check: &Check) -> TokenStream {
    let (private, name) = (model.options.private(), &model.item.ident);
    let generics = bounded(&model.item.generics, &quote!(#private::serde::Serialize));
    let (parameters, arguments, clause) = generics.split_for_impl();
    let (serializer, unknown) = (local("serializer"), format_ident!("{UNKNOWN}"));
    let arms = model.variants.iter().map(|variant| written(variant, model, &serializer, check));
    let allow = attrs::allow_deprecated(&model.item);
    let serialized = model.options.serialized();
    quote! {
        #allow
        #[automatically_derived]
        impl #parameters #private::serde::Serialize for #name #arguments #clause {
            fn serialize<__S: #private::serde::Serializer>(
                &self,
                #serializer: __S,
            ) -> #serialized {
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

fn written(
    variant: &Alternative,
    model: &Union<'_>,
    serializer: &Ident,
    check: &Check,
) -> TokenStream {
    let (private, tag, name) = (model.options.private(), &model.tag, model.item.ident.to_string());
    let Alternative { ident, kind, .. } = variant;
    let conditions = attrs::conditions(&variant.attributes);
    let since = variant.since.as_ref().map(|version| quote!(#private::needs_version(#version);));
    let (object, value) = (local("object"), local("value"));
    let (pattern, len, fields) = match &variant.content {
        Content::Flat { ty } => {
            let value_ref = check.checked_if(ty, quote_spanned!(ty.span()=> #value));
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
            let value_ref = match is_of_times(ty) {
                true => quote!(&#private::times(#value)),
                false => quote_spanned!(ty.span()=> #value),
            };
            (quote!((#value)), quote!(2), quote!(#object.field(#wire_name, #value_ref)?;))
        }
        Content::Fields(fields) => {
            let idents = fields.iter().map(|field| &field.ident);
            let written = fields.iter().map(|field| written_field(field, &object, &private));
            (quote!({ #(#idents),* }), len(fields), quote!(#(#written)*))
        }
    };
    let writer = quote!(#private::write_object(#serializer, #name, #len)?);
    let writer = match &variant.content {
        Content::Nothing => writer,
        _ => check.checked(writer),
    };
    quote! {
        #(#conditions)*
        Self::#ident #pattern => {
            #since
            let mut #object = #writer;
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

fn written_field(field: &UnionField, object: &Ident, private: &TokenStream) -> TokenStream {
    let UnionField { ident, wire_name, since, .. } = field;
    let value = match (is_of_times(&field.ty), is_required(field)) {
        (false, _) => quote_spanned!(field.ty.span()=> #ident),
        (true, true) => quote!(&#private::times(#ident)),
        (true, false) => quote!(&#ident.as_ref().map(#private::times)),
    };
    match (is_required(field), since) {
        (true, _) => quote!(#object.field(#wire_name, #value)?;),
        (false, Some(version)) => quote!(#object.optional_since(#version, #wire_name, #value)?;),
        (false, None) => quote!(#object.optional(#wire_name, #value)?;),
    }
}
