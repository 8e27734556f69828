//! A struct or an enum with a syntax error. rustc reports it before it calls a macro, and so it is not
//! reported again; the fields that can be read are kept.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;
use syn::parse::{ParseStream, Parser};
use syn::{Field, ItemEnum, ItemStruct, Token, Variant};

/// The item without what cannot be read, unless it is something else.
pub(super) fn item(tokens: &TokenStream) -> Option<TokenStream> {
    let mut tokens: Vec<_> = tokens.clone().into_iter().collect();
    let at = tokens.iter().rposition(
        |token| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace),
    )?;
    let TokenTree::Group(body) = &tokens[at] else { return None };
    let is = |word: &str| {
        tokens.iter().any(|token| matches!(token, TokenTree::Ident(one) if one == word))
    };
    let kept = match (is("struct"), is("enum")) {
        (true, _) => {
            let fields = parts(body.stream(), Field::parse_named);
            quote!(#(#fields),*)
        }
        (_, true) => {
            let variants = parts(body.stream(), <Variant as syn::parse::Parse>::parse);
            quote!(#(#variants),*)
        }
        _ => return None,
    };
    tokens[at] = Group::new(Delimiter::Brace, kept).into();
    tokens.truncate(at + 1);
    let item: TokenStream = tokens.into_iter().collect();
    let is_readable = syn::parse2::<ItemStruct>(item.clone()).is_ok()
        || syn::parse2::<ItemEnum>(item.clone()).is_ok();
    is_readable.then_some(item)
}

/// Those that can be read, up to the next comma each.
fn parts<T>(body: TokenStream, parse: fn(ParseStream<'_>) -> syn::Result<T>) -> Vec<T> {
    let all = |input: ParseStream<'_>| {
        let mut parts = Vec::new();
        while !input.is_empty() {
            let fork = input.fork();
            match parse(&fork) {
                Ok(_) => parts.push(parse(input)?),
                Err(_) => skip(input)?,
            }
            while input.peek(Token![,]) {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(parts)
    };
    all.parse2(body).unwrap_or_default()
}

fn skip(input: ParseStream<'_>) -> syn::Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<TokenTree>()?;
    }
    Ok(())
}
