//! `new`, which takes the required fields, and a setter for each of the others.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt;

use super::super::attrs;
use super::super::field_type::{FieldType, converted, parameter};
use super::super::structs::{Field, Struct};
use super::check::Check;
use super::default_of;

pub(super) fn of(model: &Struct<'_>, check: &Check) -> TokenStream {
    let name = &model.item.ident;
    let (parameters, arguments, clause) = model.item.generics.split_for_impl();
    let allow = allow_deprecated(model);
    let new = new(model, check);
    // One of that name is reported.
    let has_setter = |field: &&Field| !field.is_required() && field.ident != "new";
    let setters = model.fields.iter().filter(has_setter);
    let setters = setters.map(|field| setter(field, model));
    quote! {
        #allow
        impl #parameters #name #arguments #clause {
            #new
            #(#setters)*
        }
    }
}

/// Generated code uses the fields that users should not.
pub(super) fn allow_deprecated(model: &Struct<'_>) -> Option<TokenStream> {
    let is_deprecated = |field: &Field| {
        field.attributes.iter().any(|attribute| attribute.path().is_ident("deprecated"))
    };
    model.fields.iter().any(is_deprecated).then(|| quote!(#[allow(deprecated)]))
}

fn new(model: &Struct<'_>, check: &Check) -> TokenStream {
    let required: Vec<_> = model.fields.iter().filter(|field| field.is_required()).collect();
    let about = match required.len() {
        0 => " Creates a value without any field.",
        _ => " Creates a value from its required fields.",
    };
    let visibility = &model.item.vis;
    let parameters = required.iter().map(|field| {
        let Field { ident, ty, conditions, .. } = field;
        let parameter = parameter(ty);
        quote!(#(#conditions)* #ident: #parameter)
    });
    let many = (required.len() > 7).then(|| quote!(#[allow(clippy::too_many_arguments)]));
    let fields = model.fields.iter().map(|field| {
        let (ident, conditions, value) = (&field.ident, &field.conditions, initial(field, check));
        quote!(#(#conditions)* #ident: #value)
    });
    quote! {
        #[doc = #about]
        #[must_use]
        #many
        #visibility fn new(#(#parameters),*) -> Self {
            Self { #(#fields),* }
        }
    }
}

/// The initial value of a field.
fn initial(field: &Field, check: &Check) -> TokenStream {
    match (&field.kind, &field.default) {
        (FieldType::Required(_), Some(None)) => {
            let default = default_of(field, check);
            quote!(#default())
        }
        (FieldType::Required(ty), None) => converted(ty, &field.ident),
        (_, Some(Some(path))) => quote!(#path()),
        _ => quote!(::core::option::Option::None),
    }
}

fn setter(field: &Field, model: &Struct<'_>) -> TokenStream {
    let Field { ident, kind, .. } = field;
    let visibility = &model.item.vis;
    let attributes = attrs::of_a_function(&field.attributes);
    let about = (!attrs::has_docs(&field.attributes)).then(|| {
        let about = format!(" Sets `{}`.", ident.unraw());
        quote!(#[doc = #about])
    });
    let parameter = parameter(kind.value());
    let value = converted(kind.value(), ident);
    let root = &model.options.root;
    let value = match kind {
        FieldType::Required(_) => value,
        FieldType::Optional(_) => quote!(::core::option::Option::Some(#value)),
        FieldType::Nullable(_) => {
            quote!(::core::option::Option::Some(#root::Nullable::Value(#value)))
        }
    };
    let remove = matches!(kind, FieldType::Nullable(_)).then(|| remover(field, model));
    quote! {
        #about
        #(#attributes)*
        #[must_use]
        #visibility fn #ident(mut self, #ident: #parameter) -> Self {
            self.#ident = #value;
            self
        }
        #remove
    }
}

/// The function that sets a field to `null`.
fn remover(field: &Field, model: &Struct<'_>) -> TokenStream {
    let (ident, conditions) = (&field.ident, &field.conditions);
    let (visibility, root) = (&model.item.vis, &model.options.root);
    let name = format_ident!("remove_{}", ident.unraw());
    let about = format!(" Sends `{}` as `null`, which removes the value.", field.wire_name);
    quote! {
        #[doc = #about]
        #(#conditions)*
        #[must_use]
        #visibility fn #name(mut self) -> Self {
            self.#ident = ::core::option::Option::Some(#root::Nullable::Null);
            self
        }
    }
}
