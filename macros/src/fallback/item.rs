//! What is no declaration stays as the user wrote it.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{ImplItem, ItemImpl, TraitItemFn};

use super::return_something;
use crate::diagnostics::Diagnostic;
use crate::syntax::Method;

/// What is no declaration stays as the user wrote it, without our attributes inside.
pub(crate) fn item(item: TokenStream, mistake: &Diagnostic) -> TokenStream {
    let error = mistake.to_compile_error();
    let item = strip(item);
    let item = match syn::parse2::<ItemImpl>(item.clone()) {
        Ok(item) => with_bodies(item),
        Err(_) => item,
    };
    quote!(#item #error)
}

/// A function by itself: in a trait, or one that ought to be.
pub(crate) fn function(method: Method, mistake: &Diagnostic) -> TokenStream {
    let Method { visibility, mut function, .. } = method;
    if function.default.is_none() && function.sig.receiver().is_none() {
        function.default = Some(syn::parse_quote!({ ::core::unimplemented!() }));
        function.semi_token = None;
        function.attrs.push(syn::parse_quote!(#[allow(unused_variables)]));
    } else if function.default.is_none() {
        return_something(&mut function.sig, &quote!(::acs_rest));
    }
    let (attributes, signature, body) = (&function.attrs, &function.sig, &function.default);
    let (end, error) = (function.semi_token, mistake.to_compile_error());
    quote!(#(#attributes)* #visibility #signature #body #end #error)
}

fn with_bodies(mut item: ItemImpl) -> TokenStream {
    for item in &mut item.items {
        let ImplItem::Verbatim(tokens) = item else {
            continue;
        };
        if let Ok(mut function) = syn::parse2::<TraitItemFn>(tokens.clone()) {
            function.default = Some(syn::parse_quote!({ ::core::unimplemented!() }));
            *item = ImplItem::Verbatim(quote!(#[allow(unused_variables)] #function));
        }
    }
    item.to_token_stream()
}

/// Takes our attributes out of tokens that need not parse.
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
    const OURS: [&str; 6] = ["acs_operation", "acs_operations", "path", "query", "header", "body"];
    let hash = matches!(before, Some(TokenTree::Punct(punct)) if punct.as_char() == '#');
    let tokens = group.stream().into_iter();
    let last = tokens.take_while(|token| !matches!(token, TokenTree::Group(_))).last();
    let ours = matches!(last, Some(TokenTree::Ident(name)) if OURS.iter().any(|our| name == our));
    hash && group.delimiter() == Delimiter::Bracket && ours
}
