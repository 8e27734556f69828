//! Keeps items other than a trait as the user wrote them, beside the error.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{ImplItem, ItemImpl, TraitItemFn};

use crate::check;
use crate::crate_name;
use crate::diagnostics::Diagnostic;
use crate::expand::returns_to_caller;
use crate::syntax::{Form, Method};

/// Returns the item, without our attributes inside, and the error.
pub(crate) fn fallback(form: Form, item: &TokenStream) -> TokenStream {
    match syn::parse2::<Method>(item.clone()) {
        Ok(method) if form == Form::Single && method.function.sig.receiver().is_some() => {
            function(method, &check::stands_alone(item))
        }
        Ok(method) => function(method, &check::goes_on_a_trait(form, item)),
        Err(_) => other(item, &check::goes_on_a_trait(form, item)),
    }
}

fn other(item: &TokenStream, diagnostic: &Diagnostic) -> TokenStream {
    let error = diagnostic.to_item();
    let item = strip(item.clone());
    let item = match syn::parse2::<ItemImpl>(item.clone()) {
        Ok(item) => with_bodies(item),
        Err(_) => item,
    };
    quote!(#item #error)
}

/// Returns the function that the attribute is written on, with a body if it cannot do without one.
fn function(method: Method, diagnostic: &Diagnostic) -> TokenStream {
    let Method { visibility, mut function, .. } = method;
    if function.default.is_none() && function.sig.receiver().is_none() {
        function.default = Some(syn::parse_quote!({ ::core::unreachable!() }));
        function.semi_token = None;
        function.attrs.push(syn::parse_quote!(#[allow(unused_variables)]));
    } else if function.default.is_none() {
        let path = crate_name::path();
        returns_to_caller(&mut function.sig, &quote!(#path::__private));
    }
    let (attributes, signature, body) = (&function.attrs, &function.sig, &function.default);
    let (end, error) = (function.semi_token, diagnostic.to_compile_error());
    quote!(#(#attributes)* #visibility #signature #body #end #error)
}

fn with_bodies(mut item: ItemImpl) -> TokenStream {
    for item in &mut item.items {
        let ImplItem::Verbatim(tokens) = item else {
            continue;
        };
        if let Ok(mut function) = syn::parse2::<TraitItemFn>(tokens.clone()) {
            function.default = Some(syn::parse_quote!({ ::core::unreachable!() }));
            *item = ImplItem::Verbatim(quote!(#[allow(unused_variables)] #function));
        }
    }
    item.to_token_stream()
}

/// Removes our attributes from tokens that need not parse.
fn strip(tokens: TokenStream) -> TokenStream {
    let mut kept: Vec<TokenTree> = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) if is_our_attribute(kept.last(), &group) => {
                kept.pop();
            }
            TokenTree::Group(group) => {
                let mut clean = Group::new(group.delimiter(), strip(group.stream()));
                clean.set_span(group.span());
                kept.push(clean.into());
            }
            token => kept.push(token),
        }
    }
    kept.into_iter().collect()
}

fn is_our_attribute(before: Option<&TokenTree>, group: &Group) -> bool {
    const OURS: [&str; 7] =
        ["acs_operation", "acs_operations", "path", "query", "header", "body", "url"];
    let hash = matches!(before, Some(TokenTree::Punct(punct)) if punct.as_char() == '#');
    let tokens = group.stream().into_iter();
    let last = tokens.take_while(|token| !matches!(token, TokenTree::Group(_))).last();
    let ours = matches!(last, Some(TokenTree::Ident(name)) if OURS.iter().any(|our| name == our));
    hash && group.delimiter() == Delimiter::Bracket && ours
}
