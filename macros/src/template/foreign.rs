//! Placeholders in the syntax of other languages and frameworks.

/// The placeholder that a text starts with.
#[derive(Debug, PartialEq)]
pub(super) struct Foreign {
    pub(super) length: usize,
    /// The name in it, or nothing: `%s`.
    pub(super) name: String,
}

/// The placeholder of another syntax that `text` starts with. `at_start` is whether a segment
/// starts here.
pub(super) fn read(text: &str, at_start: bool) -> Option<Foreign> {
    escaped(text)
        .or_else(|| braced(text))
        .or_else(|| group(text))
        .or_else(|| brackets(text))
        .or_else(|| class(text))
        .or_else(|| format(text))
        .or_else(|| if at_start { prefixed(text) } else { None })
}

/// `&lt;id&gt;`, `%3Cid%3E` and `%7Bid%7D`.
fn escaped(text: &str) -> Option<Foreign> {
    const PAIRS: [(&str, &str); 3] = [("&lt;", "&gt;"), ("%3c", "%3e"), ("%7b", "%7d")];
    let lower = text.to_ascii_lowercase();
    let (open, close) = PAIRS.into_iter().find(|(open, _)| lower.starts_with(open))?;
    let end = open.len() + lower[open.len()..].find(close)?;
    Some(Foreign { length: end + close.len(), name: name(&text[open.len()..end]) })
}

/// `{id}`, `${id}`, `#{id}`, `%{id}`, `@{id}`, `{{id}}`, `{id:[0-9]+}`, `{/id}`, or `{id` as far as
/// the segment goes.
fn braced(text: &str) -> Option<Foreign> {
    let open = text.find('{')?;
    if open > 1 || !matches!(&text[..open], "" | "$" | "#" | "%" | "@" | "*") {
        return None;
    }
    let length = match balanced(&text[open..], '{', '}') {
        Some(length) => open + length,
        None => text[open..].find('/').map_or(text.len(), |length| open + length),
    };
    Some(Foreign {
        length,
        name: name(text[..length].trim_matches(['$', '#', '%', '@', '*', '{', '}'])),
    })
}

/// `(?P<id>[^/]+)`, `(?<id>.*)` and `(\d+)`. Other parentheses are literal.
fn group(text: &str) -> Option<Foreign> {
    let length = if text.starts_with('(') { balanced(text, '(', ')')? } else { return None };
    let inside = &text[1..length - 1];
    let is_pattern = inside.starts_with('?') || inside.contains(['\\', '[', '*', '+', '|']);
    let named = inside.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    let name = named.map_or_else(String::new, |(inner, _)| name(inner));
    is_pattern.then(|| Foreign { length: length + quantifier(&text[length..]), name })
}

/// `[id]`, `[...id]` and `[^/]+`.
fn brackets(text: &str) -> Option<Foreign> {
    let length = if text.starts_with('[') { balanced(text, '[', ']')? } else { return None };
    let inside = text[1..length - 1].trim_matches(['[', ']', '.']);
    let is_pattern = inside.contains(['^', '-', '\\']);
    let name = if is_pattern { String::new() } else { name(inside) };
    Some(Foreign { length: length + quantifier(&text[length..]), name })
}

/// `\d+` and the like.
fn class(text: &str) -> Option<Foreign> {
    let rest = text.strip_prefix('\\')?;
    let repeats = rest.get(1..).map_or(0, quantifier);
    (rest.starts_with(['d', 'w', 's', 'D', 'W', 'S']) && repeats > 0)
        .then(|| Foreign { length: 2 + repeats, name: String::new() })
}

/// `%s`, `%d`, `%1$s` and `%(id)s`; `%d3` is a percent-encoded byte.
fn format(text: &str) -> Option<Foreign> {
    let rest = text.strip_prefix('%')?;
    if rest.len() >= 2 && rest.bytes().take(2).all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let named = rest.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    let flags =
        rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '$').len();
    let (name, length) = match named {
        Some((inside, _)) => (name(inside), inside.len() + 2),
        None => (String::new(), flags),
    };
    let letter = rest[length..].starts_with(['s', 'd', 'i', 'u', 'f', 'v', 'q', '@']);
    letter.then(|| Foreign { length: 1 + length + 1, name })
}

/// `$id` and `*id` as a whole segment. `/$batch` and others are OData's.
fn prefixed(text: &str) -> Option<Foreign> {
    const ODATA: [&str; 8] =
        ["all", "apply", "batch", "count", "metadata", "ref", "search", "value"];
    let inside = text.strip_prefix(['$', '*'])?;
    let length = inside.find('/').unwrap_or(inside.len());
    let inside = &inside[..length];
    let is_name = inside.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && inside.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    (is_name && !(text.starts_with('$') && ODATA.contains(&inside)))
        .then(|| Foreign { length: 1 + length, name: name(inside) })
}

/// The name among operators, types and patterns: `*id`, `id:int`, `int:id`, `id?`.
pub(crate) fn name(inside: &str) -> String {
    let mut words = inside.split([':', '?', '=', '|', ',']).map(str::trim);
    let first = words.find(|word| !word.is_empty()).unwrap_or_default();
    let word = match words.next() {
        Some(second) if is_converter(first) && second.chars().all(char::is_alphanumeric) => second,
        _ => first,
    };
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '_');
    let separated = |c: char| !c.is_alphanumeric() && c != '_';
    match word.contains(separated) {
        true => crate::names::camel(&word.replace(separated, "-")),
        false => word.to_owned(),
    }
}

/// The converters that Flask, Django and Rocket write before the name.
fn is_converter(word: &str) -> bool {
    const CONVERTERS: [&str; 12] = [
        "any", "bool", "default", "float", "guid", "int", "integer", "path", "slug", "str",
        "string", "uuid",
    ];
    CONVERTERS.contains(&word.to_ascii_lowercase().as_str())
}

fn quantifier(text: &str) -> usize {
    match text.as_bytes().first() {
        Some(b'+' | b'*' | b'?') => 1,
        Some(b'{') => text.find('}').map_or(0, |end| end + 1),
        _ => 0,
    }
}

/// The length up to where the bracket that `text` starts with is closed.
fn balanced(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0_i32;
    for (at, c) in text.char_indices() {
        depth += i32::from(c == open) - i32::from(c == close);
        if depth == 0 {
            return Some(at + c.len_utf8());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_syntaxes_are_recognised() {
        for (text, length, name) in [
            ("{id}", 4, "id"),
            ("${callId}/x", 9, "callId"),
            ("#{id}", 5, "id"),
            ("{{id}}", 6, "id"),
            ("{id:[0-9]{4}}", 13, "id"),
            ("{*rest}", 7, "rest"),
            ("{+path}", 7, "path"),
            ("{call-id}", 9, "callId"),
            ("{0}", 3, "0"),
            ("{}", 2, ""),
            ("{id/x", 3, "id"),
            ("[id]", 4, "id"),
            ("[...slug]", 9, "slug"),
            ("[^/]+/x", 5, ""),
            ("(?P<id>[^/]+)/x", 13, "id"),
            ("(\\d+)", 5, ""),
            ("\\d+", 3, ""),
            ("%s", 2, ""),
            ("%1$s", 4, ""),
            ("%(id)s", 6, "id"),
            ("&lt;id&gt;x", 10, "id"),
            ("%3Cid%3E", 8, "id"),
            ("$id", 3, "id"),
            ("*rest", 5, "rest"),
        ] {
            let expected = Foreign { length, name: name.to_owned() };
            assert_eq!(read(text, true), Some(expected), "{text}");
        }
        for literal in ["%d3", "%20", "$batch", "(1)", "&a", "a{", "*", "\\calling"] {
            assert_eq!(read(literal, true), None, "{literal}");
        }
        assert_eq!(read("$id", false), None);
    }

    #[test]
    fn a_name_is_found_among_types() {
        assert_eq!(name("int:id"), "id");
        assert_eq!(name("id:int"), "id");
        assert_eq!(name("id?"), "id");
        assert_eq!(name("path:rest"), "rest");
    }
}
