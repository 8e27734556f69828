//! Which field of a JSON text something is in.

use std::fmt::Write;
use std::ops::Range;

/// What has been opened and not closed, from outside in.
enum Open {
    /// An object, and the name of the field that has begun.
    Object(Option<Range<usize>>),
    /// A list, and the index of the item that has begun.
    List(usize),
}

/// The path of the field that the beginning of a JSON text ends in, such as `data.tones[1]`.
pub(super) fn path(json: &[u8]) -> String {
    let (mut open, mut string) = (Vec::new(), 0..0);
    let mut at = 0;
    while let Some(byte) = json.get(at) {
        match (byte, open.last_mut()) {
            (b'"', _) => {
                string = at + 1..end_of_string(json, at + 1);
                at = string.end;
            }
            (b'{', _) => open.push(Open::Object(None)),
            (b'[', _) => open.push(Open::List(0)),
            (b'}' | b']', _) => drop(open.pop()),
            (b':', Some(Open::Object(name))) => *name = Some(string.clone()),
            (b',', Some(Open::Object(name))) => *name = None,
            (b',', Some(Open::List(index))) => *index += 1,
            _ => {}
        }
        at += 1;
    }
    written(json, &open)
}

/// Where the quotation mark is that ends the string, or else the text.
fn end_of_string(json: &[u8], mut at: usize) -> usize {
    while let Some(byte) = json.get(at) {
        match byte {
            b'"' => return at,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    json.len()
}

fn written(json: &[u8], open: &[Open]) -> String {
    let mut path = String::new();
    for part in open {
        match part {
            Open::Object(None) => {}
            Open::Object(Some(name)) => {
                let dot = if path.is_empty() { "" } else { "." };
                let _ = write!(path, "{dot}{}", String::from_utf8_lossy(&json[name.clone()]));
            }
            Open::List(index) => {
                let _ = write!(path, "[{index}]");
            }
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_text_ends() {
        for (json, expected) in [
            ("", ""),
            ("5", ""),
            ("{", ""),
            ("{\"a", ""),
            ("{\"a\": ", "a"),
            ("{\"a\": {\"b\": [1, {\"c\": tru", "a.b[1].c"),
            ("{\"a\": {\"b\": 1}", "a"),
            ("{\"a\": 1, \"b\": \"{[,:\\\"", "b"),
            ("{\"a\\\"\": [[], [\"", "a\\\"[1][0]"),
            ("{\"a\": \"\\", "a"),
            ("]}{:,", ""),
        ] {
            assert_eq!(path(json.as_bytes()), expected, "{json}");
        }
    }
}
