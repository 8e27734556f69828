//! Parses the path into segments of literal and placeholder pieces, each with its position. It
//! never fails: malformed text becomes a piece of its own kind, which `check` reports.

mod foreign;

pub(crate) use foreign::name as foreign_name;

use std::ops::Range;

use crate::model::PathPiece;

/// A path template, taken apart.
#[derive(Debug)]
pub(crate) struct Template {
    pub(crate) text: String,
    pub(crate) segments: Vec<Segment>,
    /// The part from `?` or `#` on, which does not belong to a path.
    pub(crate) tail: Range<usize>,
}

/// The text between two slashes.
#[derive(Debug)]
pub(crate) struct Segment {
    pub(crate) range: Range<usize>,
    pub(crate) pieces: Vec<Piece>,
}

/// A part of a segment.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Piece {
    pub(crate) kind: Kind,
    pub(crate) range: Range<usize>,
    /// The text, without the brackets of a placeholder.
    pub(crate) text: String,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    Literal,
    /// `<id>`
    Placeholder,
    /// A placeholder in another syntax: `{id}`
    Foreign,
    /// `<id` up to the next slash
    Unclosed,
    /// `<a<b>>`
    Nested,
    /// `>` by itself
    Stray,
}

impl Template {
    pub(crate) fn parse(text: &str) -> Self {
        let (mut segments, mut at) = (Vec::new(), usize::from(text.starts_with('/')));
        while at <= text.len() {
            let segment = Segment::parse(text, at);
            let end = segment.range.end;
            segments.push(segment);
            if !text[end..].starts_with('/') {
                return Self { text: text.to_owned(), segments, tail: end..text.len() };
            }
            at = end + 1;
        }
        Self { text: text.to_owned(), segments, tail: text.len()..text.len() }
    }

    /// The path of a well-formed template: neighbouring literals and slashes are one.
    pub(crate) fn path(&self) -> Vec<PathPiece> {
        let (mut path, mut at) = (Vec::new(), 0);
        for piece in self.pieces().filter(|piece| piece.kind == Kind::Placeholder) {
            path.extend(literal(&self.text[at..piece.range.start]));
            path.push(PathPiece::Placeholder(piece.text.clone()));
            at = piece.range.end;
        }
        path.extend(literal(&self.text[at..]));
        path
    }

    pub(crate) fn pieces(&self) -> impl Iterator<Item = &Piece> {
        self.segments.iter().flat_map(|segment| &segment.pieces)
    }
}

impl Segment {
    fn parse(text: &str, start: usize) -> Self {
        let (mut pieces, mut at) = (Vec::new(), start);
        while at < text.len() && !text[at..].starts_with('/') && !starts_tail(&text[at..]) {
            let piece = Piece::parse(text, at, at == start);
            at = piece.range.end;
            pieces.push(piece);
        }
        Self { range: start..at, pieces }
    }
}

impl Piece {
    /// Takes at least one character of `text[at..]`, which is not empty.
    fn parse(text: &str, at: usize, at_start: bool) -> Self {
        let rest = &text[at..];
        match rest.as_bytes().first() {
            Some(b'<') => Self::angled(text, at),
            Some(b'>') => Self { kind: Kind::Stray, range: at..at + 1, text: ">".to_owned() },
            _ => match foreign::read(rest, at_start) {
                Some(foreign) => {
                    Self { kind: Kind::Foreign, range: at..at + foreign.length, text: foreign.name }
                }
                None => Self::literal(text, at),
            },
        }
    }

    fn literal(text: &str, at: usize) -> Self {
        let ends = |at: usize| {
            let rest = &text[at..];
            rest.starts_with(['<', '>', '/'])
                || starts_tail(rest)
                || foreign::read(rest, false).is_some()
        };
        let mut starts = text[at..].char_indices().skip(1).map(|(length, _)| at + length);
        let range = at..starts.find(|at| ends(*at)).unwrap_or(text.len());
        Self { kind: Kind::Literal, text: text[range.clone()].to_owned(), range }
    }

    fn angled(text: &str, at: usize) -> Self {
        let inside = &text[at + 1..];
        let end = inside.find(['<', '>']).unwrap_or(inside.len());
        let slash = inside.find('/').unwrap_or(inside.len());
        let query =
            inside.find('?').filter(|query| inside[*query..end.max(*query)].contains(['=', '&']));
        if let Some(query) = query.filter(|query| *query < end.min(slash)) {
            return Self::unclosed(text, at, query);
        }
        if inside[end..].starts_with('>') {
            return Self::bracketed(Kind::Placeholder, text, at..at + 1 + end + 1);
        }
        if inside[end..].starts_with('<') && end < slash {
            return Self::bracketed(Kind::Nested, text, at..at + balanced(&text[at..]));
        }
        Self::unclosed(text, at, slash.min(end))
    }

    fn unclosed(text: &str, at: usize, length: usize) -> Self {
        let range = at..at + 1 + length;
        Self { kind: Kind::Unclosed, text: text[at + 1..range.end].to_owned(), range }
    }

    fn bracketed(kind: Kind, text: &str, range: Range<usize>) -> Self {
        let inside = &text[range.start + 1..range.end];
        let inside = inside.strip_suffix('>').unwrap_or(inside);
        Self { kind, text: inside.to_owned(), range }
    }
}

fn literal(text: &str) -> Option<PathPiece> {
    (!text.is_empty()).then(|| PathPiece::Literal(text.to_owned()))
}

/// Whether a query or a fragment starts here: `?`, `#`, `{?top}` (RFC 6570), or `&top=`.
fn starts_tail(text: &str) -> bool {
    let pair = text.strip_prefix('&').is_some_and(|rest| {
        let key = rest.len()
            - rest.trim_start_matches(|c: char| c.is_alphanumeric() || "$_-.".contains(c)).len();
        key > 0 && rest[key..].starts_with('=')
    });
    let marker = text.starts_with('?') || (text.starts_with('#') && !text.starts_with("#{"));
    marker || pair || ["{?", "{&", "{#"].iter().any(|start| text.starts_with(start))
}

/// The length of `<a<b>>`, or up to the next slash if the brackets never balance.
fn balanced(text: &str) -> usize {
    let mut depth = 0_i32;
    for (at, c) in text.char_indices() {
        depth += i32::from(c == '<') - i32::from(c == '>');
        if depth == 0 {
            return at + 1;
        }
    }
    text.find('/').unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn kinds(text: &str) -> Vec<Vec<(Kind, String)>> {
        let piece = |piece: &Piece| (piece.kind, piece.text.clone());
        let segment = |segment: &Segment| segment.pieces.iter().map(piece).collect();
        Template::parse(text).segments.iter().map(segment).collect()
    }

    fn one(kind: Kind, text: &str) -> Vec<(Kind, String)> {
        vec![(kind, text.to_owned())]
    }

    fn tail(text: &str) -> &str {
        &text[Template::parse(text).tail]
    }

    #[test]
    fn a_segment_mixes_literals_and_placeholders() {
        assert_eq!(
            kinds("/a/<id>:stop"),
            [
                one(Kind::Literal, "a"),
                [one(Kind::Placeholder, "id"), one(Kind::Literal, ":stop")].concat()
            ]
        );
    }

    #[test]
    fn a_path_is_literals_and_placeholders() {
        let path = |text: &str| Template::parse(text).path();
        let literal = |text: &str| PathPiece::Literal(text.to_owned());
        let placeholder = |name: &str| PathPiece::Placeholder(name.to_owned());
        assert_eq!(path("/a/b"), [literal("/a/b")]);
        assert_eq!(path("/a/<id>:stop"), [literal("/a/"), placeholder("id"), literal(":stop")]);
        assert_eq!(
            path("/<a>-<b>"),
            [literal("/"), placeholder("a"), literal("-"), placeholder("b")]
        );
    }

    #[test]
    fn malformed_text_is_a_piece_of_its_own() {
        assert_eq!(kinds("/{id}"), [one(Kind::Foreign, "id")]);
        assert_eq!(kinds("/<id/b"), [one(Kind::Unclosed, "id"), one(Kind::Literal, "b")]);
        assert_eq!(kinds("/<a<b>>"), [one(Kind::Nested, "a<b>")]);
        assert_eq!(kinds("/<id?>?a=<b>"), [one(Kind::Placeholder, "id?")]);
        assert_eq!(kinds("/<id?a=<b>"), [one(Kind::Unclosed, "id")]);
        assert_eq!(kinds("/>"), [one(Kind::Stray, ">")]);
        assert_eq!(kinds("/<a/b>"), [one(Kind::Placeholder, "a/b")]);
        assert_eq!(kinds("/<a/<b>"), [one(Kind::Unclosed, "a"), one(Kind::Placeholder, "b")]);
        assert_eq!(kinds("/(?P<id>[^/]+)/b"), [one(Kind::Foreign, "id"), one(Kind::Literal, "b")]);
        assert_eq!(
            kinds("/v-{id}"),
            [[one(Kind::Literal, "v-"), one(Kind::Foreign, "id")].concat()]
        );
    }

    #[test]
    fn a_query_is_not_part_of_the_path() {
        assert_eq!(tail("/a?top=1"), "?top=1");
        assert_eq!(tail("/a#b"), "#b");
        assert_eq!(tail("/a/#{b}"), "");
        assert_eq!(tail("/a{?top,skip}"), "{?top,skip}");
        assert_eq!(tail("/a&top=1"), "&top=1");
        assert_eq!(tail("/a&b"), "");
    }

    proptest! {
        #[test]
        fn the_pieces_and_slashes_make_up_the_path(text in "[/a<>{}()\\[\\]\\\\?#%é.&=$*]{0,24}") {
            let template = Template::parse(&text);
            let mut at = usize::from(text.starts_with('/'));
            for segment in &template.segments {
                for piece in &segment.pieces {
                    prop_assert_eq!(piece.range.start, at);
                    prop_assert!(!piece.range.is_empty());
                    at = piece.range.end;
                }
                at += 1;
            }
            prop_assert_eq!(at, template.tail.start + 1);
        }
    }
}
