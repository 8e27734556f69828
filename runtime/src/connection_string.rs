//! A connection string, `endpoint=…;accesskey=…`, as the Azure portal shows it.

use crate::credential::AccessKey;
use crate::endpoint::Endpoint;
use crate::error::{Error, Result};

/// The longest connection string, in bytes.
const MAX_LENGTH: usize = 8 * 1024;

/// Parses a connection string. Keys can be in any case and order; a value starts after the first
/// `=`.
pub(crate) fn parse(text: &str) -> Result<(Endpoint, AccessKey)> {
    if text.len() > MAX_LENGTH {
        return Err(invalid("it is longer than 8 KiB"));
    }
    // Text from a shell or a `.env` file may still have its quotes or a byte order mark.
    let text = text.trim_start_matches('\u{feff}').trim();
    if let Some(quote) = text.chars().next().filter(|quote| "\"'`“‘".contains(*quote)) {
        return Err(invalid(&format!("it starts with `{quote}`; remove the quotes around it")));
    }
    let (mut endpoint, mut access_key) = (None, None);
    for part in text.split(';').filter(|part| !part.trim().is_empty()) {
        let Some((key, value)) = part.split_once('=') else {
            return Err(invalid("a part of it has no `=`"));
        };
        let slot = match key.trim() {
            key if key.eq_ignore_ascii_case("endpoint") => &mut endpoint,
            key if key.eq_ignore_ascii_case("accesskey") => &mut access_key,
            // Later versions may add keys. A misspelt key is reported as missing below.
            _ => continue,
        };
        if slot.replace(value.trim()).is_some() {
            return Err(invalid("it gives `endpoint` or `accesskey` twice"));
        }
    }
    let endpoint = endpoint.ok_or_else(|| invalid("it has no `endpoint`"))?;
    let access_key = access_key.ok_or_else(|| invalid("it has no `accesskey`"))?;
    Ok((endpoint.parse()?, AccessKey::new(access_key)?))
}

/// Returns an error, which never shows the value, since it contains the key.
fn invalid(reason: &str) -> Error {
    Error::configuration(format!(
        "connection string: {reason}; expected `endpoint=https://…;accesskey=…`"
    ))
}

#[cfg(test)]
#[cfg(any(feature = "aws-lc-rs", feature = "ring"))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn keys_come_in_any_case_and_order() {
        for text in [
            "endpoint=https://h/;accesskey=AAA==",
            "AccessKey=AAA==;Endpoint=https://h/;",
            " endpoint = https://h ; accesskey = AAAA ;; other=1",
            "\u{feff}endpoint=https://h/;accesskey=AAAA\n",
        ] {
            let (endpoint, _) = parse(text).unwrap();
            assert_eq!(endpoint.as_ref(), "https://h", "{text}");
        }
    }

    #[test]
    fn an_error_names_the_missing_part_and_never_the_key() {
        for (text, named) in [
            ("", "`endpoint`"),
            (";;;", "`endpoint`"),
            ("accesskey=U0VDUkVU", "`endpoint`"),
            ("endpoint=https://h/", "`accesskey`"),
            ("endpoint=https://h/;accesskey=", "access key"),
            ("endpoint=https://h/;accesskey=U0VDUkVU;accesskey=U0VDUkVU", "twice"),
            ("endpoint=https://h/;U0VDUkVU", "no `=`"),
            ("endpoint=https://h/;accesskey=U0VDUkVU!", "access key"),
            ("endpoint=ftp://h/;accesskey=U0VDUkVU", "`ftp://h`"),
            ("\"endpoint=https://h/;accesskey=U0VDUkVU\"", "quotes"),
            ("'endpoint=https://h/;accesskey=U0VDUkVU'", "quotes"),
        ] {
            let error = parse(text).unwrap_err().to_string();
            assert!(error.contains(named) && !error.contains("U0VDUkVU"), "{text}: {error}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in any::<String>()) {
            let _ = parse(&text);
        }
    }
}
