//! Slips that rustc reports by itself and then passes on to us: read as they were meant, so that
//! nothing is said twice.

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};
use proc_macro2::{Punct, Span};

/// The trait, with its body set right.
pub(super) fn item(item: TokenStream) -> TokenStream {
    let mut tokens: Vec<_> = item.into_iter().collect();
    if let Some(TokenTree::Group(body)) = tokens.last_mut() {
        *body = regrouped(body, trait_body(body.stream()));
    }
    tokens.into_iter().collect()
}

fn trait_body(body: TokenStream) -> TokenStream {
    let mut tokens: Vec<_> = body.into_iter().map(parameters).collect();
    trailing_documentation(&mut tokens);
    last_semicolon(&mut tokens);
    tokens.into_iter().collect()
}

/// `/// …` with nothing below.
fn trailing_documentation(tokens: &mut Vec<TokenTree>) {
    while let [.., TokenTree::Punct(hash), TokenTree::Group(group)] = &tokens[..]
        && hash.as_char() == '#'
        && group.delimiter() == Delimiter::Bracket
    {
        tokens.truncate(tokens.len() - 2);
    }
}

/// `async fn name(&self) -> Result<T>` with no `;` behind.
fn last_semicolon(tokens: &mut Vec<TokenTree>) {
    let complete = match tokens.last() {
        Some(TokenTree::Punct(punct)) => punct.as_char() == ';',
        Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Brace,
        _ => false,
    };
    if !complete {
        let mut semicolon = Punct::new(';', Spacing::Alone);
        semicolon.set_span(tokens.last().map_or_else(Span::call_site, TokenTree::span));
        tokens.push(semicolon.into());
    }
}

/// `top: u32 = 10`, as Python has it.
fn parameters(token: TokenTree) -> TokenTree {
    let TokenTree::Group(group) = &token else {
        return token;
    };
    if group.delimiter() != Delimiter::Parenthesis {
        return token;
    }
    let mut kept: Vec<TokenTree> = Vec::new();
    for inner in group.stream() {
        let after_equals =
            matches!(kept.last(), Some(TokenTree::Punct(punct)) if punct.as_char() == '=');
        if after_equals && matches!(inner, TokenTree::Literal(_)) {
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
