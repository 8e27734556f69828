//! Formats tokens in the usual spacing, for messages.

use std::fmt::Write;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::LitStr;

/// The tokens in the usual spacing.
pub(crate) fn text(tokens: &impl ToTokens) -> String {
    let mut printer = Printer { text: String::new(), last: Last::Start };
    printer.stream(tokens.to_token_stream());
    printer.text
}

/// The text inside a string literal, or other tokens as they are.
pub(crate) fn unquoted(tokens: &TokenStream) -> String {
    match syn::parse2::<LitStr>(tokens.clone()) {
        Ok(literal) => literal.value(),
        Err(_) => text(tokens),
    }
}

/// The end of the text so far.
#[derive(Clone, Copy, PartialEq)]
enum Last {
    Start,
    Word,
    /// `,`, `;`, a single `:`, `=` and the like: a space follows.
    Spaced,
    Punct,
}

struct Printer {
    text: String,
    last: Last,
}

impl Printer {
    fn stream(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Group(group) => self.group(group.delimiter(), group.stream()),
                TokenTree::Punct(punct) => {
                    let next = tokens.peek().map(ToString::to_string).unwrap_or_default();
                    self.punct(punct.as_char(), &next);
                }
                word => self.word(&word.to_string()),
            }
        }
    }

    fn group(&mut self, delimiter: Delimiter, inside: TokenStream) {
        let (open, close) = match delimiter {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Brace => ("{ ", " }"),
            Delimiter::None => return self.stream(inside),
        };
        if self.last == Last::Spaced || (self.last == Last::Word && delimiter == Delimiter::Brace) {
            self.text.push(' ');
        }
        self.text += open;
        self.last = Last::Start;
        self.stream(inside);
        self.text += close;
        self.last = Last::Punct;
    }

    fn word(&mut self, word: &str) {
        let follows_bracket = self.last == Last::Punct && self.text.ends_with(['>', ')', ']']);
        if matches!(self.last, Last::Word | Last::Spaced) || follows_bracket {
            self.text.push(' ');
        }
        self.text += word;
        self.last = Last::Word;
    }

    fn punct(&mut self, punct: char, next: &str) {
        let is_path = self.text.ends_with("::") || (punct == ':' && next == ":");
        let is_arrow = punct == '>' && self.text.ends_with(['-', '=']);
        let starts_arrow = matches!(punct, '-' | '=') && next == ">";
        let spaced = matches!(punct, '=' | '+' | '|') && !is_arrow || starts_arrow;
        let closes_double = punct == '|' && self.text.ends_with('|');
        if self.last == Last::Spaced && !closes_double
            || (spaced && !closes_double && self.last != Last::Start)
        {
            self.text.push(' ');
        }
        let _ = self.text.write_char(punct);
        let ends_path = punct == ':' && self.text.ends_with("::");
        self.last = match punct {
            ',' | ';' => Last::Spaced,
            ':' if !is_path && !ends_path => Last::Spaced,
            _ if starts_arrow => Last::Punct,
            '=' | '+' | '|' => {
                if next == "|" && punct == '|' {
                    Last::Punct
                } else {
                    Last::Spaced
                }
            }
            '>' if is_arrow => Last::Spaced,
            _ => Last::Punct,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_spaced_as_usual() {
        for source in [
            "&'a mut str",
            "Option<&[Vec<u8>]>",
            "std::result::Result<(), Box<dyn Error + Send>>",
            "[u8; 4]",
            "dyn Fn(u8, &str) -> u8",
            "#[path(\"id\")]",
            "pub(crate)",
            "id: &str",
            "2024-09-15",
            "timeout = \"30s\"",
            "GET | POST",
            "GET || POST",
            "\"/a\" + B",
            "\"/a\".to_string()",
            "GET => \"/a\"",
            "::acs_rest::Client",
            "concat!(\"/a\", B)",
            "where T: Copy",
        ] {
            let tokens: TokenStream = source.parse().expect("tokens");
            assert_eq!(text(&tokens), source);
        }
    }
}
