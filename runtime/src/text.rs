//! Text from elsewhere, made fit to be shown.

/// How much of a server's text an error keeps, in bytes.
const LIMIT: usize = 2 * 1024;
/// How much of an unreadable body is quoted, in bytes.
const EXCERPT: usize = 256;
/// Longer words are ids or tokens, no help to a reader.
const LONGEST_WORD: usize = 40;

/// `text`, bounded, with control and invisible formatting characters escaped: a server cannot
/// forge a log line, clear a terminal or reverse what is read.
#[must_use]
pub fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len().min(LIMIT));
    for character in text.chars() {
        let start = shown.len();
        if is_unprintable(character) {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
        if shown.len() > LIMIT {
            shown.truncate(start);
            shown.push('…');
            break;
        }
    }
    shown
}

/// The beginning of a body that could not be read, quoted. What looks like a token is left out:
/// the answer may have been one.
#[must_use]
pub fn excerpt(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(&body[..body.len().min(EXCERPT)]);
    let mut excerpt = String::from("`");
    for word in text.split_inclusive(|character: char| !is_token_character(character)) {
        let token = word.trim_end_matches(|character| !is_token_character(character));
        match token.len() > LONGEST_WORD {
            true => excerpt.push('…'),
            false => excerpt.push_str(&shown(token)),
        }
        excerpt.push_str(&shown(&word[token.len()..]));
    }
    excerpt.push('`');
    excerpt
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
        assert_eq!(shown("a\r\nb\u{1b}[2J\u{202e}c"), "a\\r\\nb\\u{1b}[2J\\u{202e}c");
        assert_eq!(shown("Grüß 日本 😀"), "Grüß 日本 😀");
    }

    #[test]
    fn an_excerpt_leaves_tokens_out() {
        let body = format!("{{\"token\":\"eyJ{}\",\n\"x\":1}}", "a".repeat(60));
        assert_eq!(excerpt(body.as_bytes()), "`{\"token\":\"…\",\\n\"x\":1}`");
    }

    proptest! {
        #[test]
        fn shown_text_is_bounded(text in "[\\PC\n]{0,4000}") {
            let shown = shown(&text);
            prop_assert!(shown.len() <= LIMIT + '…'.len_utf8());
            prop_assert!(!shown.contains('\n'));
        }
    }
}
