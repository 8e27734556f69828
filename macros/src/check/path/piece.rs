//! The pieces of the path: its characters, and its placeholders.

use super::{Path, is_name};
use crate::diagnostics::Diagnostic;
use crate::names;
use crate::template::{Kind, Piece, Segment};

impl Path {
    pub(super) fn piece(&self, piece: &Piece) -> Option<Diagnostic> {
        match piece.kind {
            Kind::Literal => self.invalid_character(piece).or_else(|| self.bad_escape(piece)),
            Kind::Placeholder => self.placeholder_name(piece),
            Kind::Unclosed => Some(self.unclosed_placeholder(piece)),
            Kind::Nested => Some(self.nested_placeholder(piece)),
            Kind::Stray => Some(self.stray_bracket(piece)),
            Kind::Foreign => None,
        }
    }

    fn invalid_character(&self, piece: &Piece) -> Option<Diagnostic> {
        let (at, bad) = piece.text.char_indices().find(|(_, c)| !is_path_character(*c))?;
        let start = piece.range.start + at;
        let shown = if bad == '\\' { bad.to_string() } else { bad.escape_debug().to_string() };
        let message = match lookalike(bad) {
            Some(_) => {
                format!("invalid character `{shown}` (U+{:04X}) in the path", u32::from(bad))
            }
            None => format!("invalid character `{shown}` in the path"),
        };
        let range = start..start + bad.len_utf8();
        let diagnostic = self.diagnostic("path/invalid_character", &message, &range);
        Some(match bad {
            c if lookalike(c).is_some() => diagnostic.help(lookalike(c).unwrap_or_default()),
            '\\' => diagnostic.help("segments are separated by `/`"),
            '{' | '}' | '[' | ']' => diagnostic.help("a placeholder is written `<id>`"),
            '"' => diagnostic.help("remove the inner quotes"),
            c if c.is_whitespace() && !piece.text.trim().contains(c) => {
                diagnostic.help("remove it")
            }
            c => diagnostic.help(format!("percent-encode it: `{}`", percent_encoded(c))),
        })
    }

    fn bad_escape(&self, piece: &Piece) -> Option<Diagnostic> {
        let is_escape = |at: usize| {
            let digits = piece.text.as_bytes().get(at + 1..at + 3);
            digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
        };
        let (at, _) = piece.text.match_indices('%').find(|(at, _)| !is_escape(*at))?;
        let end = (at + 3..=piece.text.len()).find(|end| piece.text.is_char_boundary(*end));
        let end = end.unwrap_or(piece.text.len());
        let message = format!("`{}` is not a percent-encoded byte", &piece.text[at..end]);
        let range = piece.range.start + at..piece.range.start + end;
        let fix = "write two hexadecimal digits after `%`; a `%` itself is `%25`";
        Some(self.diagnostic("path/bad_escape", &message, &range).help(fix))
    }

    /// `<type>` takes the parameter `r#type`.
    fn without_raw(name: &str) -> Option<&str> {
        name.strip_prefix("r#").filter(|name| is_name(name))
    }

    fn placeholder_name(&self, piece: &Piece) -> Option<Diagnostic> {
        let name = piece.text.as_str();
        if is_name(name) {
            return None;
        }
        let foreign_letter = name.chars().find(|c| c.is_alphabetic() && !c.is_ascii());
        let message = match (name, foreign_letter) {
            ("", _) => "the placeholder `<>` has no name".to_owned(),
            (name, Some(c)) => format!(
                "`{name}` is not a valid placeholder name: its `{c}` is U+{:04X}, not ASCII",
                u32::from(c)
            ),
            (name, None) if name.ends_with('?') => {
                format!("the placeholder `<{name}>` cannot be optional")
            }
            (name, None) => format!("`{name}` is not a valid placeholder name"),
        };
        let diagnostic = self.diagnostic("path/placeholder_name", &message, &piece.range);
        let meant = Self::without_raw(name).unwrap_or_else(|| self.name_of(piece));
        Some(match (is_name(meant) && meant != "name", name.ends_with('?')) {
            (true, true) => diagnostic.help(format!(
                "write `<{meant}>`, and declare a second operation for the path without it"
            )),
            (true, false) => diagnostic.help(format!("write `<{meant}>`")),
            (false, _) => diagnostic.help("name it for its parameter: `<callId>` takes `call_id`"),
        })
    }

    fn unclosed_placeholder(&self, piece: &Piece) -> Diagnostic {
        let message = format!("placeholder `<{}` is not closed", piece.text);
        let name: String =
            piece.text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        self.diagnostic("path/unclosed_placeholder", &message, &piece.range)
            .help(format!("write `<{}>`", if name.is_empty() { "id" } else { &name }))
    }

    fn nested_placeholder(&self, piece: &Piece) -> Diagnostic {
        let text = &self.template.text[piece.range.clone()];
        let outer = piece.text.split('<').next().unwrap_or_default();
        let outer = if outer.is_empty() { piece.text.trim_matches(['<', '>']) } else { outer };
        self.diagnostic("path/nested_placeholder", "placeholders cannot nest", &piece.range)
            .help(format!("write `<{outer}>` instead of `{text}`"))
    }

    fn stray_bracket(&self, piece: &Piece) -> Diagnostic {
        self.diagnostic("path/stray_bracket", "`>` without a matching `<`", &piece.range)
            .help("remove it, or write a placeholder as `<id>`")
    }

    /// The boundary between the two values would be ambiguous.
    pub(super) fn adjacent_placeholders(&self, segment: &Segment) -> Option<Diagnostic> {
        let is_placeholder =
            |piece: &Piece| piece.kind == Kind::Placeholder && is_name(&piece.text);
        let pair = segment.pieces.windows(2).find(|pair| pair.iter().all(is_placeholder))?;
        let [first, second] = pair else {
            return None;
        };
        let message = format!("nothing separates `<{}>` from `<{}>`", first.text, second.text);
        let range = first.range.start..second.range.end;
        Some(
            self.diagnostic("path/adjacent_placeholders", &message, &range)
                .help(format!("separate them, as in `<{}>/<{}>`", first.text, second.text)),
        )
    }

    pub(super) fn placeholder_twice(&self) -> Vec<Diagnostic> {
        let named = self.pieces().filter(|piece| piece.kind == Kind::Placeholder);
        let (mut seen, mut diagnostics): (Vec<&Piece>, _) = (Vec::new(), Vec::new());
        for piece in named.filter(|piece| is_name(&piece.text)) {
            match seen.iter().find(|first| names::same(&first.text, &piece.text)) {
                Some(first) => diagnostics.push(self.twice(first, piece)),
                None => seen.push(piece),
            }
        }
        diagnostics
    }

    fn twice(&self, first: &Piece, second: &Piece) -> Diagnostic {
        let message = match first.text == second.text {
            true => format!("placeholder `<{}>` appears twice", second.text),
            false => {
                format!(
                    "placeholders `<{}>` and `<{}>` have the same name",
                    first.text, second.text
                )
            }
        };
        self.diagnostic("path/placeholder_twice", &message, &second.range)
            .help("give the second a name of its own, and a parameter")
    }
}

/// RFC 3986, section 3.3: `pchar`, and `%`, which has a rule of its own.
fn is_path_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@%".contains(c)
}

/// The intended character for one that looks like another or is invisible.
fn lookalike(c: char) -> Option<&'static str> {
    Some(match c {
        '‹' | '›' | '«' | '»' | '〈' | '〉' | '⟨' | '⟩' | '＜' | '＞' => {
            "a placeholder is written `<id>`, with the signs for less and greater"
        }
        '∕' | '⁄' | '／' => "write `/`",
        '‐'..='―' | '−' => "write `-`",
        '“' | '”' | '„' | '‘' | '’' | '`' => "remove it",
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => "remove it",
        _ => return None,
    })
}

fn percent_encoded(c: char) -> String {
    let mut buffer = [0; 4];
    c.encode_utf8(&mut buffer).bytes().map(|byte| format!("%{byte:02X}")).collect()
}
