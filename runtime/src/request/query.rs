//! Writes the query of the request target.

use super::argument::Argument;
use super::path::encode;

/// Appends `?api-version=…` and the declared parameters, in their order.
pub(super) fn write(target: &mut String, api_version: &str, arguments: &[Argument<'_>]) {
    target.push_str("?api-version=");
    // Letters, digits and `-_.` only, as checked when it was set.
    target.push_str(api_version);
    write_arguments(target, arguments);
}

/// Appends the same to a target that may already have a query with an api-version.
pub(super) fn extend(target: &mut String, api_version: &str, arguments: &[Argument<'_>]) {
    let query = target.split_once('?').map(|(_, query)| query);
    let mut names = query.into_iter().flat_map(|query| query.split('&'));
    if !names.any(|pair| pair.split('=').next() == Some("api-version")) {
        target.push(if query.is_some() { '&' } else { '?' });
        target.push_str("api-version=");
        target.push_str(api_version);
    }
    write_arguments(target, arguments);
}

fn write_arguments(target: &mut String, arguments: &[Argument<'_>]) {
    for argument in arguments {
        if let Argument::Query(name, value) = argument {
            value.write_query(name, &mut QueryWriter::new(target));
        }
    }
}

/// Writes query parameters into a target.
#[derive(Debug)]
pub struct QueryWriter<'a> {
    target: &'a mut String,
    list: List,
}

/// How the values of a list are separated.
#[derive(Clone, Copy, Debug, PartialEq)]
enum List {
    /// Each with its name.
    Repeated,
    /// With commas; the first value has not been written yet.
    CommaFirst,
    CommaNext,
}

impl<'a> QueryWriter<'a> {
    pub(super) fn new(target: &'a mut String) -> Self {
        Self { target, list: List::Repeated }
    }

    /// Appends `&name=text`, percent-encoded.
    pub(super) fn value(&mut self, name: &str, text: &str) {
        if self.list == List::CommaNext {
            self.target.push(',');
        } else {
            self.target.push('&');
            encode(self.target, name);
            self.target.push('=');
        }
        if self.list == List::CommaFirst {
            self.list = List::CommaNext;
        }
        encode(self.target, text);
    }

    /// Writes the values of one list, separated by commas; a comma in a value is encoded.
    pub(super) fn comma_separated(&mut self, write: impl FnOnce(&mut Self)) {
        self.list = List::CommaFirst;
        write(self);
        self.list = List::Repeated;
    }
}

#[cfg(test)]
mod tests {
    use super::super::argument::query;
    use super::super::query_argument::comma_separated;
    use super::*;

    fn written(arguments: &[Argument<'_>]) -> String {
        let mut target = String::new();
        write(&mut target, "2024-09-15", arguments);
        target
    }

    #[test]
    fn values_are_encoded() {
        for (value, encoded) in
            [("a&b=c", "a%26b%3Dc"), ("a+b", "a%2Bb"), ("a b", "a%20b"), ("ü", "%C3%BC"), ("", "")]
        {
            let expected = format!("?api-version=2024-09-15&q={encoded}");
            assert_eq!(written(&[query("q", &value)]), expected);
        }
    }

    #[test]
    fn options_are_left_out_and_lists_repeat_their_key() {
        let tags = vec!["a", "b"];
        let arguments = [
            query("top", &Some(3)),
            query("skip", &None::<u32>),
            query("tag", &tags),
            query("flag", &true),
        ];
        assert_eq!(written(&arguments), "?api-version=2024-09-15&top=3&tag=a&tag=b&flag=true");
    }

    #[test]
    fn a_list_can_have_commas_between() {
        let (tags, none) = (vec!["a,b", "c"], Vec::<u8>::new());
        let (tags, none) = (comma_separated(&tags), comma_separated(&none));
        let arguments = [query("tag", &tags), query("none", &none), query("top", &1)];
        assert_eq!(written(&arguments), "?api-version=2024-09-15&tag=a%2Cb,c&top=1");
    }

    #[test]
    fn a_map_has_names_of_its_own() {
        let map = std::collections::BTreeMap::from([("$top", "1"), ("a b", "2")]);
        assert_eq!(written(&[query("map", &&map)]), "?api-version=2024-09-15&%24top=1&a%20b=2");
    }
}
