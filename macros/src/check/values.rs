//! The values of the options.

use proc_macro2::TokenStream;
use syn::{LitStr, Path};

use super::headers;
use crate::diagnostics::Diagnostic;
use crate::model::{OptionSetter, OptionValue};
use crate::syntax::{text, unquoted};

const DAY: u64 = 24 * 60 * 60 * 1000;

/// `repeatable = "request-id"`, for services whose repeatable requests have another form.
pub(super) fn repeatable(form: &LitStr) -> Result<OptionSetter, Diagnostic> {
    let name = match form.value().as_str() {
        "request-id" => "repeatable_request_id",
        "body" => "repeatable_body",
        "unconfirmed" => "repeatable_unconfirmed",
        _ => return Err(unknown_form(form)),
    };
    Ok(OptionSetter { name, value: OptionValue::Flag })
}

fn unknown_form(form: &LitStr) -> Diagnostic {
    let message = format!("`repeatable` does not have the form `{}`", form.value());
    Diagnostic::new("attribute/unknown_form", form, message).help(
        "`repeatable` sends both headers, `\"request-id\"` sends `Repeatability-Request-ID` alone, \
         `\"body\"` has both in the body, `\"unconfirmed\"` relies on them once a response confirms them",
    )
}

/// `idempotent = "Operation-Id"`: a call that has this header.
pub(super) fn idempotent(header: &LitStr) -> Result<OptionSetter, Diagnostic> {
    let text = header.value();
    match !text.is_empty() && text.chars().all(headers::is_token) {
        true => Ok(OptionSetter { name: "idempotent_with", value: OptionValue::Text(text) }),
        false => Err(no_header_name(header)),
    }
}

fn no_header_name(header: &LitStr) -> Diagnostic {
    let message = format!("`{}` is not the name of a header", header.value());
    Diagnostic::new("attribute/no_header_name", header, message)
        .help("write `idempotent`, or `idempotent = \"Operation-Id\"` for calls with this header")
}

/// `timeout = "30s"`, in milliseconds.
pub(super) fn timeout(value: &TokenStream) -> Result<OptionValue, Diagnostic> {
    let literal: LitStr = syn::parse2(value.clone()).map_err(|_| no_duration(value))?;
    let text = literal.value();
    let millis = match text.strip_suffix("ms") {
        Some(number) => whole(number),
        None => text.strip_suffix('s').and_then(whole).and_then(|n| n.checked_mul(1000)),
    };
    match millis {
        Some(0) => Err(zero_timeout(&literal)),
        Some(millis) if millis > DAY => Err(endless_timeout(&literal)),
        Some(millis) => Ok(OptionValue::Millis(millis)),
        None => Err(no_duration(value)),
    }
}

fn whole(number: &str) -> Option<u64> {
    let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    // A number that overflows is longer than any timeout.
    digits.then(|| number.parse().unwrap_or(u64::MAX / 1000))
}

fn no_duration(value: &TokenStream) -> Diagnostic {
    let message = "`timeout` expects a duration such as `\"30s\"` or `\"500ms\"`";
    let fix = meant_millis(&unquoted(value)).map(written);
    let fix = fix.unwrap_or_else(|| "30s".to_owned());
    Diagnostic::new("attribute/no_duration", value, message)
        .help(format!("write `timeout = \"{fix}\"`"))
}

/// What `1h`, `1.5s`, `2m30s`, `30` or `Duration::from_secs(30)` probably means.
fn meant_millis(text: &str) -> Option<u64> {
    let text = text.to_lowercase().replace('_', "");
    let written = match text.strip_prefix("duration::from") {
        Some(call) => {
            let (unit, number) = call.split_once('(')?;
            format!("{}{unit}", number.trim_end_matches(')'))
        }
        None => text,
    };
    let (mut millis, mut rest) = (0.0, written.trim().trim_start_matches('-'));
    while !rest.is_empty() {
        let digits = |c: char| c.is_ascii_digit() || c == '.';
        let (number, tail) = rest.split_at(rest.find(|c| !digits(c)).unwrap_or(rest.len()));
        let (unit, tail) = tail.split_at(tail.find(digits).unwrap_or(tail.len()));
        let number: f64 = number.parse().ok()?;
        millis += number * factor(unit.trim(), number)?;
        rest = tail;
    }
    let millis = f64::round(millis);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked here")]
    (1.0..=86_400_000.0).contains(&millis).then_some(millis as u64)
}

/// The milliseconds of one `unit`; a large number without a unit is of milliseconds.
fn factor(unit: &str, number: f64) -> Option<f64> {
    match unit {
        "" if number >= 1000.0 => Some(1.0),
        "ms" | "milli" | "millis" | "milliseconds" => Some(1.0),
        "" | "s" | "sec" | "secs" | "second" | "seconds" => Some(1000.0),
        "m" | "min" | "mins" | "minute" | "minutes" => Some(60_000.0),
        "h" | "hour" | "hours" => Some(3_600_000.0),
        _ => None,
    }
}

fn written(millis: u64) -> String {
    if millis.is_multiple_of(1000) { format!("{}s", millis / 1000) } else { format!("{millis}ms") }
}

fn zero_timeout(literal: &LitStr) -> Diagnostic {
    Diagnostic::new("attribute/zero_timeout", literal, "a zero timeout always fails")
        .help("write `timeout = \"30s\"`, or leave the option out")
}

fn endless_timeout(literal: &LitStr) -> Diagnostic {
    let message = format!("a timeout of `{}` is longer than a day", literal.value());
    Diagnostic::new("attribute/endless_timeout", literal, message)
        .help("write `timeout = \"30s\"`, or leave the option out")
}

/// `api_version = "2024-09-15"`, or `"2024-09-15-preview"`.
pub(super) fn api_version(value: &TokenStream) -> Result<OptionValue, Diagnostic> {
    let literal: LitStr = syn::parse2(value.clone()).map_err(|_| no_api_version(value))?;
    let text = literal.value();
    if is_version(&text) { Ok(OptionValue::Text(text)) } else { Err(no_api_version(value)) }
}

fn is_version(text: &str) -> bool {
    let date = text.get(..10).and_then(date_in);
    let rest = text.get(10..).unwrap_or_default();
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    let preview = rest.is_empty() || (rest.len() > 1 && rest.starts_with('-'));
    date.is_some() && date.as_deref() == text.get(..10) && preview && rest.chars().all(word)
}

/// The date that `2024-9-15`, `2024/09/15` or `20240915` probably means.
fn date_in(text: &str) -> Option<String> {
    let compact = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = match compact {
        true => vec![&text[..4], &text[4..6], &text[6..]],
        false => text.split(['-', '/', '.', '_', ' ']).filter(|part| !part.is_empty()).collect(),
    };
    let numbers: Vec<u32> = parts.iter().map_while(|part| part.parse().ok()).collect();
    let [year, month, day] = numbers[..] else {
        return None;
    };
    let days = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let real =
        (2000..=2999).contains(&year) && (1..=12).contains(&month) && (1..=days).contains(&day);
    real.then(|| format!("{year}-{month:02}-{day:02}"))
}

/// The version that `2024-9-15`, `v2024-09-15` or `2024-09-15preview` probably means.
pub(super) fn meant_version(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches(['v', 'V']).trim_end_matches(['Z', 'z']);
    let end = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let date = date_in(text[..end].trim_end_matches(['-', '.', '_', ' ']))?;
    let label: String = text[end..].chars().filter(|c| !c.is_whitespace()).collect();
    let version = match label.to_ascii_lowercase() {
        label if label.is_empty() || label.starts_with('t') => date,
        label => format!("{date}-{label}"),
    };
    is_version(&version).then_some(version)
}

fn no_api_version(value: &TokenStream) -> Diagnostic {
    let version = meant_version(&unquoted(value)).unwrap_or_else(|| "2024-09-15".to_owned());
    let message = "`api_version` expects a date in quotes, such as `\"2024-09-15\"`";
    Diagnostic::new("attribute/no_api_version", value, message)
        .help(format!("write `api_version = \"{version}\"`"))
}

/// `items = "value"`: the field of a page that holds its items.
pub(super) fn items(value: &TokenStream) -> Result<OptionValue, Diagnostic> {
    let literal: LitStr = syn::parse2(value.clone()).map_err(|_| no_field(value))?;
    let text = literal.value();
    let fits = !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || c.is_control());
    if fits { Ok(OptionValue::Text(text)) } else { Err(no_field(value)) }
}

fn no_field(value: &TokenStream) -> Diagnostic {
    let message = "`items` expects the name of the page's field that holds the items, in quotes";
    Diagnostic::new("attribute/no_field", value, message).help("write `items = \"value\"`")
}

/// `crate = my_crate::acs_rest`
pub(super) fn runtime(value: &TokenStream) -> Result<Path, Diagnostic> {
    let path = syn::parse2::<Path>(value.clone()).ok();
    let plain = path.filter(|path| path.segments.iter().all(|segment| segment.arguments.is_none()));
    plain.ok_or_else(|| no_crate_path(value))
}

fn no_crate_path(value: &TokenStream) -> Diagnostic {
    let written = unquoted(value);
    let fix = match syn::parse_str::<Path>(&written) {
        Ok(path) if !written.contains('<') => text(&path),
        _ => "my_crate::acs_rest".to_owned(),
    };
    Diagnostic::new(
        "attribute/no_crate_path",
        value,
        "expected a path such as `crate = my_crate::acs_rest`",
    )
    .help(format!("write `crate = {fix}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_duration_is_guessed() {
        let guesses = [
            ("30", Some(30_000)),
            ("1h", Some(3_600_000)),
            ("1.5s", Some(1500)),
            ("5 min", Some(300_000)),
            ("2m30s", Some(150_000)),
            ("30_000", Some(30_000)),
            ("500us", None),
            ("Duration::from_secs(30)", Some(30_000)),
            ("Duration::from_millis(500)", Some(500)),
            ("soon", None),
        ];
        for (text, millis) in guesses {
            assert_eq!(meant_millis(text), millis, "{text}");
        }
    }

    #[test]
    fn a_wrong_version_is_guessed() {
        for (text, version) in [
            ("2024-9-15", Some("2024-09-15")),
            ("20240915", Some("2024-09-15")),
            ("2024-09-15preview", Some("2024-09-15-preview")),
            ("2024-09-15-Preview", Some("2024-09-15-preview")),
            ("2025-03-15 preview.2", Some("2025-03-15-preview.2")),
            ("v2024-09-15", Some("2024-09-15")),
            ("2024-09-15T00:00:00Z", Some("2024-09-15")),
            ("latest", None),
        ] {
            assert_eq!(meant_version(text).as_deref(), version, "{text}");
        }
    }

    #[test]
    fn a_version_is_a_real_date() {
        assert!(is_version("2024-09-15") && is_version("2024-01-22-preview"));
        for wrong in
            ["2024-9-15", "2024-13-01", "2024-02-30", "latest", "2024-09-15 ", "", "é2024-09"]
        {
            assert!(!is_version(wrong), "{wrong}");
        }
    }
}
