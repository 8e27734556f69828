//! For serde's derives: functions that record the api-version that a written field needs.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::{Generics, LitStr};

use super::super::options::Options;

/// For `skip_serializing_if`: whether a field is left out; if not, records the version.
pub(super) fn unset_since(version: &str) -> Ident {
    format_ident!("is_unset_since_{}", version.replace('-', "_"))
}

/// For `serialize_with`: writes a value and records the version.
pub(super) fn written_since(version: &str) -> Ident {
    format_ident!("write_since_{}", version.replace('-', "_"))
}

pub(super) fn functions_for_fields(versions: Vec<&LitStr>, options: &Options) -> TokenStream {
    let private = options.private();
    let functions = distinct(versions).into_iter().map(|version| {
        let function = unset_since(&version);
        quote! {
            fn #function<__T>(field: &::core::option::Option<__T>) -> bool {
                #private::is_unset_since(#version, field)
            }
        }
    });
    functions.collect()
}

pub(super) fn functions_for_variants(versions: Vec<&LitStr>, options: &Options) -> TokenStream {
    let (private, serialized) = (options.private(), options.serialized());
    let functions = distinct(versions).into_iter().map(|version| {
        let function = written_since(&version);
        quote! {
            fn #function<__T: #private::serde::Serialize, __S: #private::serde::Serializer>(
                value: &__T,
                serializer: __S,
            ) -> #serialized {
                #private::needs_version(#version);
                value.serialize(serializer)
            }
        }
    });
    functions.collect()
}

/// The functions as associated ones of the model, if there are any.
pub(super) fn implementation(
    name: &Ident,
    generics: &Generics,
    functions: &[TokenStream],
) -> TokenStream {
    let (parameters, arguments, clause) = generics.split_for_impl();
    match functions.iter().all(TokenStream::is_empty) {
        true => TokenStream::new(),
        false => quote!(impl #parameters #name #arguments #clause { #(#functions)* }),
    }
}

fn distinct(versions: Vec<&LitStr>) -> Vec<String> {
    let mut versions: Vec<_> = versions.into_iter().map(LitStr::value).collect();
    versions.sort_unstable();
    versions.dedup();
    versions
}
