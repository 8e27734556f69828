//! `Deserialize` of an enum of alternatives.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Attribute, Type};

use super::super::super::attrs;
use super::super::super::field_type::{FieldType, is_of_times};
use super::super::super::unions::{Alternative, Content, UNKNOWN, Union, UnionField};
use super::super::check::Check;
use super::super::serialize::bounded;
use super::super::{local, pattern};
use super::is_required;

pub(super) fn of(model: &Union<'_>, check: &Check) -> TokenStream {
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
    let reader =
        check.checked(quote!(#private::read_alternative(deserializer, #tag, &[#(#kinds),*])?));
    let allow = attrs::allow_deprecated(&model.item);
    let deserialized = model.options.deserialized();
    quote! {
        #allow
        #[automatically_derived]
        impl #parameters #private::serde::Deserialize<'de> for #name #arguments #clause {
            fn deserialize<__D: #private::serde::Deserializer<'de>>(
                deserializer: __D,
            ) -> #deserialized {
                let #mutable #object = #reader;
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
            let method = method("take", ty);
            let take = quote_spanned!(ty.span()=> #object.#method(#wire_name)?);
            quote!(Self::#ident(#take))
        }
        Content::Fields(fields) => {
            let fields = fields.iter().map(|field| {
                let UnionField { ident, wire_name, ty, .. } = field;
                let method = match &field.kind {
                    FieldType::Required(_) => method("take", ty),
                    _ => method("take_optional", ty),
                };
                let take = quote_spanned!(ty.span()=> #object.#method(#wire_name)?);
                quote!(#ident: #take)
            });
            quote!(Self::#ident { #(#fields),* })
        }
    };
    quote!(#(#conditions)* #pattern => ::core::result::Result::Ok(#value),)
}

fn method(name: &str, ty: &Type) -> Ident {
    if is_of_times(ty) { format_ident!("{name}_times") } else { format_ident!("{name}") }
}
