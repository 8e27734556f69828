//! Prepares text from outside for errors and logs: truncates it, escapes it and removes secrets.

use std::borrow::Cow;
use std::collections::HashSet;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use zeroize::Zeroizing;

/// The longest text that an error keeps, in bytes.
const TEXT_LIMIT: usize = 2 * 1024;
/// The longest part of an unreadable body that an error quotes, in bytes.
const EXCERPT_LIMIT: usize = 256;
/// Longer words are ids or tokens, which do not help a reader.
const LONGEST_WORD: usize = 40;
/// A text that shares this many consecutive bytes with a secret reveals a part of it.
const WINDOW: usize = 12;
/// Shorter values are too common to be found by value.
const SHORTEST_SECRET: usize = 4;

/// Truncates `text` and escapes control and invisible formatting characters. A server can then
/// neither forge a line of a log, nor clear a terminal, nor reorder the displayed text.
#[must_use]
pub fn escape_bounded(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len().min(TEXT_LIMIT));
    for character in text.chars() {
        let start = escaped.len();
        if is_unprintable(character) {
            escaped.extend(character.escape_default());
        } else {
            escaped.push(character);
        }
        if escaped.len() > TEXT_LIMIT {
            escaped.truncate(start);
            escaped.push('…');
            break;
        }
    }
    escaped
}

/// Quotes the beginning of a body that could not be read, in backticks. Words that look like a
/// token are omitted, since the response may have contained one.
#[must_use]
pub fn excerpt(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(&body[..body.len().min(EXCERPT_LIMIT)]);
    let mut excerpt = String::from("`");
    for word in text.split_inclusive(|character: char| !is_token_character(character)) {
        let token = word.trim_end_matches(|character| !is_token_character(character));
        match token.len() > LONGEST_WORD {
            true => excerpt.push('…'),
            false => excerpt.push_str(&escape_bounded(token)),
        }
        excerpt.push_str(&escape_bounded(&word[token.len()..]));
    }
    excerpt.push('`');
    excerpt
}

/// Tokens, keys and signatures that a client must not show, found by value in any text.
#[derive(Default)]
pub(crate) struct Secrets {
    /// Each secret in each of its encodings.
    forms: Vec<Zeroizing<String>>,
}

impl Secrets {
    /// Adds a secret, and the encodings in which another program may repeat it.
    pub(crate) fn add(&mut self, secret: &str) {
        if secret.len() < SHORTEST_SECRET {
            return;
        }
        self.add_form(secret.to_owned());
        self.add_form(utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string());
        self.add_form(secret.replace('/', "\\/"));
        self.add_form(secret.replace('+', "-").replace('/', "_"));
        self.add_form(secret.bytes().map(|byte| format!("{byte:02x}")).collect());
        // The base64 of a longer text contains the secret at one of three alignments.
        for offset in 0..3 {
            let shifted = Zeroizing::new([&b"\0\0"[..offset], secret.as_bytes()].concat());
            let start = if offset == 0 { 0 } else { 4 };
            self.add_form(STANDARD_NO_PAD.encode(&shifted)[start..].to_owned());
            self.add_form(URL_SAFE_NO_PAD.encode(&shifted)[start..].to_owned());
        }
    }

    fn add_form(&mut self, form: String) {
        let form = Zeroizing::new(form);
        if form.len() >= SHORTEST_SECRET && !self.forms.contains(&form) {
            self.forms.push(form);
        }
    }

    /// Replaces every part of `text` that shows a secret or [`WINDOW`] consecutive bytes of one.
    pub(crate) fn redact<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let marked = self.marked(text.as_bytes());
        if !marked.contains(&true) {
            return Cow::Borrowed(text);
        }
        let mut redacted = String::with_capacity(text.len());
        let mut is_inside = false;
        for (start, character) in text.char_indices() {
            match marked[start] {
                true if !is_inside => redacted.push('…'),
                true => {}
                false => redacted.push(character),
            }
            is_inside = marked[start];
        }
        Cow::Owned(redacted)
    }

    /// Returns which bytes of `text` belong to a secret. Letters match in either case, since
    /// hexadecimal digits and percent encodings are written in both.
    fn marked(&self, text: &[u8]) -> Vec<bool> {
        let mut marked = vec![false; text.len()];
        // No secret contains a space, which excludes most sentences early.
        let longest_word = text.split(|byte| !byte.is_ascii_graphic()).map(<[u8]>::len).max();
        let text = text.to_ascii_lowercase();
        for form in &self.forms {
            let width = form.len().min(WINDOW);
            if longest_word.is_none_or(|longest| longest < width) {
                continue;
            }
            let form = Zeroizing::new(form.to_ascii_lowercase());
            let windows: HashSet<&[u8]> = form.as_bytes().windows(width).collect();
            for (start, window) in text.windows(width).enumerate() {
                if windows.contains(window) {
                    marked[start..start + width].fill(true);
                }
            }
        }
        marked
    }
}

fn is_token_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-_.~+/=".contains(character)
}

/// Control characters, and the formatting ones that reorder or hide text (Unicode TR 36).
fn is_unprintable(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn control_and_bidi_characters_are_escaped() {
        assert_eq!(escape_bounded("a\r\nb\u{1b}[2J\u{202e}c"), "a\\r\\nb\\u{1b}[2J\\u{202e}c");
        assert_eq!(escape_bounded("Grüß 日本 😀"), "Grüß 日本 😀");
    }

    #[test]
    fn an_excerpt_leaves_tokens_out() {
        let body = format!("{{\"token\":\"eyJ{}\",\n\"x\":1}}", "a".repeat(60));
        assert_eq!(excerpt(body.as_bytes()), "`{\"token\":\"…\",\\n\"x\":1}`");
    }

    #[test]
    fn a_secret_is_redacted_in_every_encoding_and_in_part() {
        const SECRET: &str = "q+Z/9mTkP2vXw8LrB5nHs3dJf7aQe1yU==";
        let mut secrets = Secrets::default();
        secrets.add(SECRET);
        secrets.add("no");
        let hex: String = SECRET.bytes().map(|byte| format!("{byte:02X}")).collect();
        for shown in [
            SECRET.to_owned(),
            SECRET.to_lowercase(),
            SECRET.trim_end_matches('=').to_owned(),
            SECRET.replace('+', "%2b").replace('/', "%2f").replace('=', "%3D"),
            SECRET.replace('/', "\\/"),
            SECRET.replace('+', "-").replace('/', "_"),
            base64::engine::general_purpose::STANDARD.encode(SECRET),
            hex,
            SECRET[..20].to_owned(),
            SECRET[12..].to_owned(),
        ] {
            let redacted = secrets.redact(&shown).into_owned();
            let kept = redacted.replace('…', "").trim_matches('=').len();
            assert!(redacted.starts_with('…') && kept < 12, "{shown}: {redacted}");
        }
        assert_eq!(secrets.redact("there is no secret in it"), "there is no secret in it");
    }

    #[test]
    fn the_text_around_a_secret_is_kept() {
        let mut secrets = Secrets::default();
        secrets.add("S3CRET");
        assert_eq!(secrets.redact("é token S3CRET, again s3cret日"), "é token …, again …日");
    }

    proptest! {
        #[test]
        fn escaped_text_is_bounded(text in "[\\PC\n]{0,4000}") {
            let escaped = escape_bounded(&text);
            prop_assert!(escaped.len() <= TEXT_LIMIT + '…'.len_utf8());
            prop_assert!(!escaped.contains('\n'));
        }

        #[test]
        fn no_secret_survives(before in "\\PC{0,9}", secret in "[!-~]{4,60}", after in "\\PC{0,9}") {
            let mut secrets = Secrets::default();
            secrets.add(&secret);
            let text = format!("{before}{secret}{after}");
            prop_assert!(!secrets.redact(&text).contains(&secret));
        }
    }
}
