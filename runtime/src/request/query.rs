//! Writes the query of the request target.

use super::argument::Argument;
use super::path::encode;

/// Appends `?api-version=…` and the declared parameters, in their order.
pub(super) fn write(target: &mut String, api_version: &str, arguments: &[Argument<'_>]) {
    target.push_str("?api-version=");
    // Letters, digits and `-_.` only, as checked when it was set.
    target.push_str(api_version);
    for argument in arguments {
        let Argument::Query(name, value) = argument else {
            continue;
        };
        for text in value.query_texts().as_slice() {
            target.push('&');
            encode(target, name);
            target.push('=');
            encode(target, text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::argument::query;
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
}
