//! Converts names between camelCase, snake_case and header case, and finds the most similar name.

use proc_macro2::Ident;
use syn::ext::IdentExt;

/// `callConnectionId` → `call_connection_id`
pub(crate) fn snake(name: &str) -> String {
    let mut snake = String::new();
    let mut before_is_lower = false;
    for c in name.chars() {
        if c.is_uppercase() && before_is_lower {
            snake.push('_');
        }
        before_is_lower = c.is_lowercase() || c.is_ascii_digit();
        snake.extend(c.to_lowercase());
    }
    snake
}

/// `call_connection_id` → `callConnectionId`
pub(crate) fn camel(name: &str) -> String {
    let mut words = name.split(['_', '-', '.', ' ']).filter(|word| !word.is_empty());
    let mut camel = words.next().unwrap_or_default().to_owned();
    for word in words {
        camel.push_str(&capitalized(word));
    }
    camel
}

/// `if_match` → `If-Match`
pub(crate) fn header(name: &str) -> String {
    name.split('_').map(capitalized).collect::<Vec<_>>().join("-")
}

pub(crate) fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The identifier without `r#`.
pub(crate) fn plain(name: &Ident) -> String {
    name.unraw().to_string()
}

/// Whether both spell the same words: `callConnectionId` and `call_connection_id`.
pub(crate) fn same(one: &str, other: &str) -> bool {
    key(one) == key(other)
}

fn key(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-')).flat_map(char::to_lowercase).collect()
}

/// Whether `text` holds the words of `name`.
pub(crate) fn contains(text: &str, name: &str) -> bool {
    key(text).contains(&key(name))
}

/// Whether the names share a word: `id` and `callConnectionId`.
pub(crate) fn share_a_word(one: &str, other: &str) -> bool {
    let (one, other) = (snake(one), snake(other));
    one.split('_').any(|word| !word.is_empty() && other.split('_').any(|known| known == word))
}

/// The candidate that was probably meant, if one is near enough.
pub(crate) fn nearest<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let name = key(name);
    let limit = (name.chars().count() / 3).max(1);
    let measured =
        candidates.into_iter().map(|candidate| (distance(&name, &key(candidate)), candidate));
    measured.filter(|(distance, _)| *distance <= limit).min().map(|(_, candidate)| candidate)
}

/// Damerau–Levenshtein (optimal string alignment): a swap of neighbours is one edit.
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=other.len()).collect()];
    for i in 1..=one.len() {
        let mut row = vec![i];
        for j in 1..=other.len() {
            let changed = usize::from(one[i - 1] != other[j - 1]);
            let mut best =
                (row[j - 1] + 1).min(rows[i - 1][j] + 1).min(rows[i - 1][j - 1] + changed);
            if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[one.len()][other.len()]
}

/// Names in a sentence: `a`, `b` or `c`.
pub(crate) fn list<'a>(names: impl IntoIterator<Item = &'a str>, last: &str) -> String {
    let mut names: Vec<_> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match names.pop() {
        Some(only) if names.is_empty() => only,
        Some(end) => format!("{} {last} {end}", names.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_change_case() {
        assert_eq!(snake("callConnectionId"), "call_connection_id");
        assert_eq!(snake("participantRawID"), "participant_raw_id");
        assert_eq!(camel("call_connection_id"), "callConnectionId");
        assert_eq!(camel("call-id"), "callId");
        assert_eq!(header("if_match"), "If-Match");
    }

    #[test]
    fn the_nearest_name_is_suggested() {
        assert_eq!(nearest("timout", ["timeout", "items"]), Some("timeout"));
        assert_eq!(nearest("PSOT", ["PUT", "POST"]), Some("POST"));
        assert_eq!(nearest("participent_id", ["participantId"]), Some("participantId"));
        assert_eq!(nearest("colour", ["timeout", "items"]), None);
    }
}
