//! Generates the code that writes a struct of parameters into the query.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::super::structs::{Field, Struct};
use super::constructors::allow_deprecated;
use super::local;
use super::serialize::bounded;
use crate::expand::styled;

pub(super) fn of(model: &Struct<'_>) -> TokenStream {
    let (private, name) = (model.options.private(), &model.item.ident);
    let generics = bounded(&model.item.generics, &quote!(#private::QueryArgument));
    let (parameters, arguments, clause) = generics.split_for_impl();
    let query = local("query");
    let allow = allow_deprecated(model);
    let fields = model.fields.iter().map(|field| written(field, &query, &private));
    quote! {
        #allow
        #[automatically_derived]
        impl #parameters #private::QueryArgument for #name #arguments #clause {
            fn write_query(&self, _: &::core::primitive::str, #query: &mut #private::QueryWriter<'_>) {
                #(#fields)*
            }
        }
        #[automatically_derived]
        impl #parameters #private::QueryArgument for &#name #arguments #clause {
            fn write_query(
                &self,
                name: &::core::primitive::str,
                query: &mut #private::QueryWriter<'_>,
            ) {
                #private::QueryArgument::write_query(*self, name, query);
            }
        }
    }
}

/// A statement that writes the field. An error about its type must point at the type.
fn written(field: &Field, query: &Ident, private: &TokenStream) -> TokenStream {
    let Field { ident, wire_name, conditions, style, .. } = field;
    let value = styled(quote_spanned!(field.ty.span()=> &self.#ident), *style, private);
    quote!(#(#conditions)* #private::QueryArgument::write_query(#value, #wire_name, #query);)
}
