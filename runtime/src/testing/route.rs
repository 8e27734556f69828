//! An operation of the stub's table.

use std::collections::VecDeque;
use std::fmt;

use http::Method;

use super::Reply;

/// An operation and its replies.
pub(super) struct Route {
    method: Method,
    template: String,
    replies: VecDeque<Reply>,
}

impl Route {
    /// Parses `POST /rooms/<roomId>`.
    pub(super) fn parse(operation: &str) -> Self {
        let parsed = operation.split_once(' ').and_then(|(method, template)| {
            let method = method.parse().ok().filter(|_| template.starts_with('/'))?;
            Some(Self { method, template: template.to_owned(), replies: VecDeque::new() })
        });
        let form = "a method, a space and a path, such as `GET /rooms/<roomId>`";
        parsed.unwrap_or_else(|| panic!("`{operation}` is not an operation; write {form}"))
    }

    pub(super) fn with_reply(mut self, reply: Reply) -> Self {
        self.push(reply);
        self
    }

    pub(super) fn push(&mut self, reply: Reply) {
        self.replies.push_back(reply);
    }

    pub(super) fn is_same(&self, other: &Self) -> bool {
        (&self.method, &self.template) == (&other.method, &other.template)
    }

    pub(super) fn matches(&self, method: &Method, path: &str) -> bool {
        self.method == *method && matches(&self.template, path)
    }

    /// The next reply; the last one is kept.
    pub(super) fn reply(&mut self) -> Option<Reply> {
        match self.replies.len() {
            1 => self.replies.front().cloned(),
            _ => self.replies.pop_front(),
        }
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.template)
    }
}

/// Whether `path` is the template with each placeholder replaced by text.
fn matches(template: &str, path: &str) -> bool {
    let Some((literal, rest)) = template.split_once('<') else {
        return template == path;
    };
    let (_, rest) = rest.split_once('>').unwrap_or_default();
    let Some(path) = path.strip_prefix(literal) else {
        return false;
    };
    let segment = path.split('/').next().unwrap_or_default();
    let mut ends = segment.char_indices().map(|(at, c)| at + c.len_utf8());
    ends.any(|end| matches(rest, &path[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_placeholder_is_a_text_inside_one_segment() {
        for (template, path, expected) in [
            ("/rooms", "/rooms", true),
            ("/rooms", "/rooms/7", false),
            ("/rooms/<id>", "/rooms/7", true),
            ("/rooms/<id>", "/rooms/", false),
            ("/rooms/<id>", "/rooms/7/participants", false),
            ("/rooms/<id>/participants", "/rooms/7/participants", true),
            ("/calls/<id>:mute", "/calls/a:b:mute", true),
            ("/calls/<id>:mute", "/calls/:mute", false),
            ("/<a>-<b>", "/x-y", true),
        ] {
            assert_eq!(matches(template, path), expected, "{template} {path}");
        }
    }

    #[test]
    #[should_panic(expected = "`/rooms` is not an operation; write a method")]
    fn an_operation_has_a_method() {
        Route::parse("/rooms");
    }
}
