//! A declaration in a crate where the path of `acs_rest` is unknown: the methods can be called, on anything.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::inert::{Returned, implementable, returns_to_caller, tidy};
use super::{passthrough, with_body};
use crate::diagnostics::Diagnostic;
use crate::model::{Item, Trait};

/// The user's trait, an implementation that needs no other crate, and the errors.
pub(crate) fn detached(model: &Trait, diagnostics: &[Diagnostic]) -> TokenStream {
    let item = implementable(model);
    let mut body = TokenStream::new();
    for item in &model.items {
        match item {
            Item::Operation(operation) => body.extend(method(&operation.signature)),
            Item::Inert(inert) => body.extend(method(&inert.signature)),
            Item::Passthrough(item) => passthrough(item, &mut body),
        }
    }
    let trait_decl = with_body(&item, &body);
    let (name, bounds, anything) = (&item.ident, &item.supertraits, format_ident!("__Client"));
    let errors = diagnostics.iter().map(Diagnostic::to_item);
    quote! {
        #[allow(dead_code, unused_variables, async_fn_in_trait)]
        #trait_decl
        impl<#anything: #bounds> #name for #anything {}
        #(#errors)*
    }
}

fn method(signature: &syn::Signature) -> TokenStream {
    let mut signature = signature.clone();
    tidy(&mut signature);
    // Only its `Error` is used, where the return type is wrong.
    let body = match returns_to_caller(&mut signature, &quote!(::core::fmt)) {
        Returned::Future => quote!(::core::future::pending()),
        Returned::Value => quote!(::core::unreachable!()),
    };
    quote!(#signature { #body })
}
