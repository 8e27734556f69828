//! Generates the code that writes a struct of parameters into the query.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;

use super::super::structs::{Field, Struct};
use super::check::Check;
use super::constructors::allow_deprecated;
use super::local;
use super::serialize::bounded;
use crate::expand::styled;

pub(super) fn of(model: &Struct<'_>, check: &Check) -> TokenStream {
    let (private, name) = (model.options.private(), &model.item.ident);
    let generics = bounded(&model.item.generics, &quote!(#private::QueryArgument));
    let (parameters, arguments, clause) = generics.split_for_impl();
    let query = local("query");
    let this = match check.is_empty() {
        true => quote!(self),
        false => local("this").to_token_stream(),
    };
    let allow = allow_deprecated(model);
    let fields = model.fields.iter().map(|field| written(field, &this, &query, &private));
    let checked = check.checked(quote!(self));
    let checked = (!check.is_empty()).then(|| quote!(let #this = #checked;));
    quote! {
        #allow
        #[automatically_derived]
        impl #parameters #private::QueryArgument for #name #arguments #clause {
            fn write_query(&self, _: &::core::primitive::str, #query: &mut #private::QueryWriter<'_>) {
                #checked
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
fn written(field: &Field, this: &TokenStream, query: &Ident, private: &TokenStream) -> TokenStream {
    let Field { ident, wire_name, conditions, style, .. } = field;
    let value = styled(quote_spanned!(field.ty.span()=> &#this.#ident), *style, private);
    quote!(#(#conditions)* #private::QueryArgument::write_query(#value, #wire_name, #query);)
}
