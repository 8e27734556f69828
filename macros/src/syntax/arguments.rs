//! The arguments in an attribute's parentheses: words, literals and settings, separated by commas.

use std::iter::Peekable;
use std::vec::IntoIter;

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Lit, Meta};

use crate::diagnostics::SpanRange;

/// The arguments of one attribute.
pub(crate) struct Arguments {
    /// The whole attribute.
    pub(crate) span: SpanRange,
    pub(crate) list: Vec<Argument>,
    /// Where a comma is missing or out of place.
    pub(crate) separator_errors: Vec<SeparatorError>,
}

/// One argument.
pub(crate) enum Argument {
    /// `repeatable`
    Word(Ident),
    /// `"/path"`
    Literal(Lit),
    /// `timeout = "30s"`
    Setting { name: Ident, value: TokenStream },
    /// `timeout("30s")`
    Call { name: Ident, inside: TokenStream },
    /// Anything else, up to the next comma.
    Other(TokenStream),
}

/// An error between two arguments.
pub(crate) enum SeparatorError {
    /// No comma before this argument.
    Missing(SpanRange, String),
    /// A comma with nothing before it.
    Stray(Span),
    /// A semicolon instead of a comma.
    Semicolon(Span),
}

type Tokens = Peekable<IntoIter<TokenTree>>;

impl Arguments {
    /// Parses the arguments of the attribute that is being expanded.
    pub(super) fn parse(attribute: Span, tokens: TokenStream) -> Self {
        Self::parse_at(attribute.into(), tokens)
    }

    /// Parses the arguments of an attribute inside the trait.
    pub(crate) fn of(attribute: &syn::Attribute) -> Self {
        match &attribute.meta {
            Meta::Path(_) => Self::parse_at(attribute.into(), TokenStream::new()),
            Meta::List(list) => Self::parse_at(attribute.into(), list.tokens.clone()),
            Meta::NameValue(pair) => Self::parse_at(attribute.into(), pair.value.to_token_stream()),
        }
    }

    /// Parses the contents of a group.
    pub(crate) fn of_group(group: &Group) -> Self {
        Self::parse_at(group.span().into(), group.stream())
    }

    fn parse_at(span: SpanRange, tokens: TokenStream) -> Self {
        let mut this = Self { span, list: Vec::new(), separator_errors: Vec::new() };
        let mut tokens = flatten(tokens).into_iter().peekable();
        let mut after_comma = true;
        while let Some(next) = tokens.peek() {
            let span = next.span();
            if is_semicolon(next) {
                this.separator_errors.push(SeparatorError::Semicolon(span));
            }
            if is_comma(next) {
                if after_comma {
                    this.separator_errors.push(SeparatorError::Stray(span));
                }
                after_comma = true;
                tokens.next();
                continue;
            }
            let argument = Argument::parse(&mut tokens);
            if !after_comma {
                this.separator_errors.push(SeparatorError::Missing(
                    SpanRange::of(&argument),
                    argument.to_token_stream().to_string(),
                ));
            }
            after_comma = false;
            this.list.push(argument);
        }
        this
    }
}

impl Argument {
    /// Takes at least one token; the caller has checked that the next one exists and is not a
    /// comma.
    fn parse(tokens: &mut Tokens) -> Self {
        match tokens.next() {
            Some(TokenTree::Literal(literal)) => match tokens.peek() {
                Some(next) if starts_suffix(next) => {
                    Self::Other(until_comma(Some(literal.into()), tokens))
                }
                _ => Self::Literal(Lit::new(literal)),
            },
            Some(TokenTree::Ident(name)) => Self::after_name(name, tokens),
            first => Self::Other(until_comma(first, tokens)),
        }
    }

    fn after_name(name: Ident, tokens: &mut Tokens) -> Self {
        match tokens.peek() {
            Some(TokenTree::Punct(punct)) if punct.as_char() == '=' => {
                tokens.next();
                Self::Setting { name, value: value(tokens) }
            }
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => {
                let inside = group.stream();
                tokens.next();
                Self::Call { name, inside }
            }
            Some(TokenTree::Punct(punct)) if !matches!(punct.as_char(), ',' | ';') => {
                Self::Other(until_comma(Some(name.into()), tokens))
            }
            // `GET or POST`
            Some(TokenTree::Ident(word)) if word == "or" || word == "and" => {
                Self::Other(until_comma(Some(name.into()), tokens))
            }
            _ => Self::Word(name),
        }
    }
}

/// The tokens that a message about the argument points at: a name without its value.
impl ToTokens for Argument {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Word(name) | Self::Setting { name, .. } | Self::Call { name, .. } => {
                name.to_tokens(tokens);
            }
            Self::Literal(literal) => literal.to_tokens(tokens),
            Self::Other(other) => other.to_tokens(tokens),
        }
    }
}

/// A value ends at a comma, or where a literal is followed by a word: there the comma is missing.
fn value(tokens: &mut Tokens) -> TokenStream {
    let mut value = Vec::new();
    while let Some(next) = tokens.peek() {
        let complete = matches!(value.last(), Some(TokenTree::Literal(_)));
        if is_comma(next) || (complete && matches!(next, TokenTree::Ident(_))) {
            break;
        }
        value.extend(tokens.next());
    }
    value.into_iter().collect()
}

fn until_comma(first: Option<TokenTree>, tokens: &mut Tokens) -> TokenStream {
    let mut taken = Vec::from_iter(first);
    while let Some(token) = tokens.next_if(|token| !is_comma(token)) {
        taken.push(token);
    }
    taken.into_iter().collect()
}

/// Whether the literal before `token` is only the start of an expression: `"/a".to_string()`.
fn starts_suffix(token: &TokenTree) -> bool {
    match token {
        TokenTree::Punct(punct) => !matches!(punct.as_char(), ',' | ';'),
        TokenTree::Ident(word) => word == "as",
        TokenTree::Literal(_) => true,
        TokenTree::Group(_) => false,
    }
}

/// Whether an argument ends here; a semicolon counts as a comma.
fn is_comma(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',') || is_semicolon(token)
}

fn is_semicolon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ';')
}

/// Opens the invisible groups in which `macro_rules!` hands over `$path:literal`.
fn flatten(tokens: TokenStream) -> Vec<TokenTree> {
    let open = |token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => flatten(group.stream()),
        token => vec![token],
    };
    tokens.into_iter().flat_map(open).collect()
}
