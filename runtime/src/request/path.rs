//! Writes the path of the request target from a declared path and its arguments.

use std::borrow::Cow;

use percent_encoding::percent_encode_byte;

use crate::ascii::all_bytes;
use crate::error::Error;
use crate::operation::PathPiece;

/// Writes `path`, whose literals the macro has checked, and replaces its placeholders by the
/// arguments.
pub(super) fn write<'a>(
    target: &mut String,
    path: &[PathPiece],
    mut arguments: impl Iterator<Item = Cow<'a, str>>,
) -> Result<(), Error> {
    for piece in path {
        match piece {
            PathPiece::Literal(text) => target.push_str(text),
            PathPiece::Placeholder(name) => {
                let argument = arguments.next().unwrap_or_default();
                check(name, &argument)?;
                encode(target, &argument);
            }
        }
    }
    Ok(())
}

/// Appends `text`, with all characters except unreserved ones percent-encoded.
pub(super) fn encode(target: &mut String, text: &str) {
    if all_bytes(text, is_unreserved) {
        // Ids usually need no encoding.
        return target.push_str(text);
    }
    for byte in text.bytes() {
        match is_unreserved(byte) {
            true => target.push(char::from(byte)),
            false => target.push_str(percent_encode_byte(byte)),
        }
    }
}

/// Whether a byte is sent unchanged: the unreserved characters of RFC 3986, section 2.3. An
/// argument can therefore never end its segment, start a query, or be read in two ways.
fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.' || byte == b'_' || byte == b'~'
}

/// Refuses an argument that would address another resource although it is encoded: URL libraries
/// and servers remove dot segments, and an empty argument joins its neighbours.
fn check(placeholder: &str, argument: &str) -> Result<(), Error> {
    if argument.is_empty() {
        return Err(Error::argument(format!(
            "`{placeholder}` is empty; pass the id that it stands for"
        )));
    }
    if is_dot_segment(argument.as_bytes()) {
        return Err(Error::argument(format!(
            "`{placeholder}` is a dot segment, which would address another resource"
        )));
    }
    Ok(())
}

/// Whether `.` or `..` remains after percent-encoding of any depth, and the characters that URL
/// parsers drop (WHATWG URL, section 4.4: tab, CR, LF), are removed.
fn is_dot_segment(mut text: &[u8]) -> bool {
    let mut dots = 0;
    while let Some((first, rest)) = text.split_first() {
        text = match first {
            b'\t' | b'\r' | b'\n' => rest,
            b'.' => {
                dots += 1;
                rest
            }
            b'%' => match after_encoded_dot(rest) {
                Some(rest) => {
                    dots += 1;
                    rest
                }
                None => return false,
            },
            _ => return false,
        };
        if dots > 2 {
            return false;
        }
    }
    true
}

/// Returns the text after `2e`, `252e`, `25252e`, …
fn after_encoded_dot(mut text: &[u8]) -> Option<&[u8]> {
    while let Some(rest) = text.strip_prefix(b"25") {
        text = rest;
    }
    text.strip_prefix(b"2e").or_else(|| text.strip_prefix(b"2E"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::PathPiece::{Literal, Placeholder};
    use super::*;

    fn written(path: &[PathPiece], arguments: &[&str]) -> Result<String, Error> {
        let mut target = String::new();
        write(&mut target, path, arguments.iter().map(|&text| text.into()))?;
        Ok(target)
    }

    #[test]
    fn literals_go_out_as_declared() {
        let path = written(&[Literal("/calls/"), Placeholder("id"), Literal(":terminate")], &["a"])
            .unwrap();
        assert_eq!(path, "/calls/a:terminate");
        assert_eq!(written(&[Literal("/calls:answer")], &[]).unwrap(), "/calls:answer");
        let pair =
            [Literal("/a/"), Placeholder("x"), Literal("-"), Placeholder("y"), Literal("/z")];
        assert_eq!(written(&pair, &["1", "2"]).unwrap(), "/a/1-2/z");
    }

    #[test]
    fn arguments_stay_in_their_segment() {
        for (argument, segment) in [
            ("a/b", "a%2Fb"),
            ("a?x=1#f", "a%3Fx%3D1%23f"),
            ("a\\b", "a%5Cb"),
            ("4:+1555", "4%3A%2B1555"),
            ("日本", "%E6%97%A5%E6%9C%AC"),
            ("a b", "a%20b"),
            ("...", "..."),
            ("..a", "..a"),
            ("rec==", "rec%3D%3D"),
        ] {
            assert_eq!(
                written(&[Literal("/"), Placeholder("id")], &[argument]).unwrap(),
                format!("/{segment}")
            );
        }
    }

    #[test]
    fn dot_segments_are_refused_in_every_encoding() {
        for argument in
            ["", ".", "..", "%2e", "%2E.", "%2e%2e", "%252e%252E", ".\t.", "\n.", "..\r", "\t"]
        {
            let error = written(&[Literal("/"), Placeholder("id")], &[argument]).unwrap_err();
            assert!(error.to_string().contains("`id`"), "{argument:?}: {error}");
        }
    }

    proptest! {
        #[test]
        fn an_argument_decodes_to_itself_or_is_refused(argument in any::<String>()) {
            if let Ok(path) = written(&[Literal("/"), Placeholder("id")], &[&argument]) {
                let segment = path.strip_prefix('/').unwrap();
                prop_assert!(segment.bytes().all(
                    |byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte)));
                let decoded = percent_encoding::percent_decode_str(segment).decode_utf8().unwrap();
                prop_assert_eq!(decoded, argument);
            }
        }
    }
}
