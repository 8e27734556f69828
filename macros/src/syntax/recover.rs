//! A trait with syntax errors, read item by item. rustc reports a syntax error before it calls a
//! macro, and so it is not reported again; the readable parts are kept.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::parse::Parser;
use syn::{Attribute, FnArg, ItemTrait, ReturnType, TraitItemFn, Type, Visibility};

use super::item::{Item, Method, Trait};

/// The trait, unless the tokens are something else.
pub(super) fn item(tokens: &TokenStream) -> Option<Trait> {
    let mut tokens: Vec<_> = tokens.clone().into_iter().collect();
    let Some(TokenTree::Group(body)) = tokens.pop() else {
        return None;
    };
    let split = split(body.stream()).into_iter().filter(|item| !item.is_empty());
    let items: Vec<_> = split.map(read).collect();
    tokens.push(regrouped(&body, TokenStream::new()).into());
    let has_unreadable_items = items.iter().any(Option::is_none);
    let items = items.into_iter().flatten().collect();
    Some(Trait { has_unreadable_items, ..Trait::new(head(tokens)?, items) })
}

fn head(tokens: Vec<TokenTree>) -> Option<ItemTrait> {
    syn::parse2(tokens.into_iter().collect()).ok()
}

/// Splits the body of a trait where items end, or where one begins before the last has ended.
fn split(body: TokenStream) -> Vec<Vec<TokenTree>> {
    let (mut items, mut item) = (Vec::new(), Vec::new());
    let mut tokens = body.into_iter().peekable();
    while let Some(token) = tokens.next() {
        if starts_item(&token, tokens.peek(), &item) {
            items.push(std::mem::take(&mut item));
        }
        let ends = is_punct(&token, ';') || is_group(&token, Delimiter::Brace);
        item.push(token);
        if ends {
            items.push(std::mem::take(&mut item));
        }
    }
    items.push(item);
    items
}

/// An attribute, or the keywords of a function, behind the parameters of a method.
fn starts_item(token: &TokenTree, next: Option<&TokenTree>, item: &[TokenTree]) -> bool {
    let has_parameters = item.iter().any(|token| is_group(token, Delimiter::Parenthesis));
    let attribute = is_punct(token, '#')
        && next.is_some_and(|next| is_group(next, Delimiter::Bracket))
        && item.iter().any(|token| matches!(token, TokenTree::Ident(_)));
    let keyword = match (token, next) {
        (TokenTree::Ident(word), Some(TokenTree::Ident(_))) => word == "async" || word == "fn",
        _ => false,
    };
    attribute || (keyword && has_parameters)
}

fn read(tokens: Vec<TokenTree>) -> Option<Item> {
    let tokens: Vec<_> = tokens.into_iter().map(without_defaults).collect();
    let whole: TokenStream = tokens.iter().cloned().collect();
    // `pub fn` is for a rule of ours.
    match syn::parse2(whole.clone()).or_else(|_| syn::parse2(quote!(#whole;))) {
        Ok(item) => Some(Item::new(item)),
        Err(_) => method(&tokens).map(Item::Method),
    }
}

/// A method of which only the name and the parentheses are certain.
fn method(tokens: &[TokenTree]) -> Option<Method> {
    let parameters = |token: &TokenTree| is_group(token, Delimiter::Parenthesis);
    let at = tokens.iter().position(parameters)?;
    let TokenTree::Group(inputs) = &tokens[at] else {
        return None;
    };
    let name = tokens[..at].iter().rev().find_map(|token| match token {
        TokenTree::Ident(name) if syn::parse2::<syn::Ident>(name.to_token_stream()).is_ok() => {
            Some(name.clone())
        }
        _ => None,
    })?;
    let is_async =
        tokens[..at].iter().any(|token| matches!(token, TokenTree::Ident(word) if word == "async"));
    let asyncness = is_async.then(|| quote!(async));
    let (inputs, output) = (inputs_of(inputs), output(&tokens[at + 1..]));
    let mut function: TraitItemFn =
        syn::parse2(quote!(#asyncness fn #name(#(#inputs),*) #output;)).ok()?;
    function.attrs = attributes(&tokens[..at]);
    let mut method = Method::new(Visibility::Inherited, function);
    method.is_malformed = true;
    Some(method)
}

fn attributes(tokens: &[TokenTree]) -> Vec<Attribute> {
    let bracket = |token: &TokenTree| is_group(token, Delimiter::Bracket);
    let end = tokens.iter().rposition(bracket).map_or(0, |at| at + 1);
    let tokens = tokens[..end].iter().cloned().collect();
    Attribute::parse_outer.parse2(tokens).unwrap_or_default()
}

/// The parameters; one that cannot be read is of any type.
fn inputs_of(group: &Group) -> Vec<FnArg> {
    let read = |tokens: TokenStream| {
        let name = tokens.clone().into_iter().find_map(|token| match token {
            TokenTree::Ident(name) if syn::parse2::<syn::Ident>(name.to_token_stream()).is_ok() => {
                Some(name)
            }
            _ => None,
        });
        syn::parse2(tokens).ok().or_else(|| {
            let name = name.map_or_else(|| quote!(_), |name| quote!(#name));
            syn::parse2(quote!(#name: _)).ok()
        })
    };
    let mut inputs: Vec<FnArg> = commas(group.stream()).into_iter().filter_map(read).collect();
    for input in inputs.iter_mut().skip(1) {
        if matches!(input, FnArg::Receiver(_)) {
            *input = syn::parse_quote!(_: _);
        }
    }
    inputs
}

/// Splits at the commas that are outside angle brackets.
fn commas(tokens: TokenStream) -> Vec<TokenStream> {
    let (mut parts, mut depth, mut before) = (vec![TokenStream::new()], 0_i32, ' ');
    for token in tokens {
        let punct = match &token {
            TokenTree::Punct(punct) => punct.as_char(),
            _ => ' ',
        };
        depth += i32::from(punct == '<') - i32::from(punct == '>' && before != '-');
        before = punct;
        match parts.last_mut() {
            Some(last) if punct != ',' || depth > 0 => last.extend([token]),
            _ => parts.push(TokenStream::new()),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// The type after `->`, `=>` or `:`, if it can be read.
fn output(tokens: &[TokenTree]) -> ReturnType {
    let start = tokens.iter().position(|token| !matches!(token, TokenTree::Punct(_)));
    let start = match tokens {
        [TokenTree::Punct(first), ..] if matches!(first.as_char(), '-' | '=' | ':') => start,
        _ => None,
    };
    let ty = start.map(|start| {
        let rest = tokens[start..].iter().take_while(|token| !is_punct(token, ';'));
        let rest: TokenStream = rest.cloned().collect();
        syn::parse2::<Type>(rest).unwrap_or_else(|_| syn::parse_quote!(_))
    });
    ty.map_or(ReturnType::Default, |ty| ReturnType::Type(Default::default(), Box::new(ty)))
}

/// `top: u32 = 10`, as Python has it, without its default.
fn without_defaults(token: TokenTree) -> TokenTree {
    let TokenTree::Group(group) = &token else {
        return token;
    };
    if group.delimiter() != Delimiter::Parenthesis {
        return token;
    }
    let mut kept: Vec<TokenTree> = Vec::new();
    for inner in group.stream() {
        let is_default = kept.last().is_some_and(|before| is_punct(before, '='));
        if is_default && matches!(inner, TokenTree::Literal(_)) {
            kept.pop();
        } else {
            kept.push(inner);
        }
    }
    regrouped(group, kept.into_iter().collect()).into()
}

fn regrouped(group: &Group, stream: TokenStream) -> Group {
    let mut regrouped = Group::new(group.delimiter(), stream);
    regrouped.set_span(group.span());
    regrouped
}

fn is_punct(token: &TokenTree, wanted: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == wanted)
}

fn is_group(token: &TokenTree, delimiter: Delimiter) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == delimiter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(source: &str) -> Vec<(String, usize, bool)> {
        let item = item(&source.parse().expect("tokens")).expect("a trait");
        let method = |method: &Method| {
            let signature = &method.function.sig;
            (signature.ident.to_string(), signature.inputs.len(), method.is_malformed)
        };
        item.methods().map(method).collect()
    }

    #[test]
    fn readable_parts_are_kept() {
        let good = ("good".to_owned(), 1, false);
        for (bad, is_malformed) in [
            ("async fn bad(&self, id:) -> Result<()>;", true),
            ("async fn bad(&self, id &str) -> Result<()>;", true),
            ("async fn bad(&self, id: HashMap<u8, u8) -> Result<()>;", true),
            ("async fn bad(&self, id: &str) -> Result<()>", false),
            ("async fn bad(&self, id: &str) => Result<()>;", true),
            ("async fn bad(&self, id: &str) -> ", true),
            ("async bad(&self, id: &str) -> Result<()>;", true),
            ("async fn bad(&self, id: u8 = 3) -> Result<()>;", false),
        ] {
            let source = format!(
                "trait T {{ async fn good(&self); #[acs_operation(GET, \"/a\")] {bad}
                 #[acs_operation(GET, \"/b\")] async fn good(&self); }}"
            );
            assert_eq!(
                names(&source),
                [good.clone(), ("bad".to_owned(), 2, is_malformed), good.clone()],
                "{bad}"
            );
        }
    }
}
