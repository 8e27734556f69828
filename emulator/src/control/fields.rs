//! The fields of a JSON object that the control API receives.

use std::time::Duration;

use serde_json::Value;

use crate::error::{ServiceError, shown};

/// The longest time that a field states: about 31 years.
const LONGEST_MILLIS: u64 = 1_000_000_000_000;

/// Refuses a value that is not an object, and fields other than the `known` ones. `null` is an
/// object without fields, and `what` names it in an error.
pub(super) fn check(value: &Value, what: &str, known: &[&str]) -> Result<(), ServiceError> {
    let wrong = |message: String| Err(ServiceError::bad_request("body", message));
    let fields = match value {
        Value::Null => return Ok(()),
        Value::Object(fields) => fields,
        _ => return wrong(format!("{what} is not a JSON object")),
    };
    match fields.keys().find(|field| !known.contains(&field.as_str())) {
        None => Ok(()),
        Some(field) if known.is_empty() => {
            wrong(format!("`{}` is not known; {what} has no fields", shown(field)))
        }
        Some(field) => {
            let known = known.join("`, `");
            wrong(format!("`{}` is not known; the fields of {what} are `{known}`", shown(field)))
        }
    }
}

/// A text that may be absent.
pub(super) fn text<'a>(value: &'a Value, field: &str) -> Result<Option<&'a str>, ServiceError> {
    match &value[field] {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text)),
        _ => Err(ServiceError::bad_request(field, format!("`{field}` is not a string"))),
    }
}

/// A text that must be there.
pub(super) fn required_text<'a>(value: &'a Value, field: &str) -> Result<&'a str, ServiceError> {
    text(value, field)?.ok_or_else(|| missing(field))
}

/// A list of texts; an absent one is empty.
pub(super) fn texts(value: &Value, field: &str) -> Result<Vec<String>, ServiceError> {
    let texts = match &value[field] {
        Value::Null => Some(Vec::new()),
        Value::Array(texts) => {
            texts.iter().map(|text| text.as_str().map(ToOwned::to_owned)).collect()
        }
        _ => None,
    };
    texts.ok_or_else(|| {
        ServiceError::bad_request(field, format!("`{field}` is not a list of strings"))
    })
}

/// A number of milliseconds that may be absent.
pub(super) fn millis(value: &Value, field: &str) -> Result<Option<Duration>, ServiceError> {
    if value[field].is_null() {
        return Ok(None);
    }
    let millis = value[field].as_u64().filter(|millis| *millis <= LONGEST_MILLIS);
    let millis = millis.ok_or_else(|| {
        let message =
            format!("`{field}` is not a whole number of milliseconds up to {LONGEST_MILLIS}");
        ServiceError::bad_request(field, message)
    })?;
    Ok(Some(Duration::from_millis(millis)))
}

pub(super) fn missing(field: &str) -> ServiceError {
    ServiceError::bad_request(field, format!("`{field}` is required"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn unknown_fields_and_other_values_are_refused() {
        assert!(check(&json!({ "a": 1 }), "a fault", &["a", "b"]).is_ok());
        assert!(check(&Value::Null, "a fault", &[]).is_ok());
        for (value, known, message) in [
            (json!([]), &["a"][..], "a fault is not a JSON object"),
            (json!({ "c": 1 }), &["a", "b"], "the fields of a fault are `a`, `b`"),
            (json!({ "c": 1 }), &[], "`c` is not known; a fault has no fields"),
            (json!({ "c".repeat(1_000): 1 }), &[], "c…` is not known"),
        ] {
            let error = check(&value, "a fault", known).unwrap_err();
            assert!(error.message.contains(message), "{}", error.message);
        }
    }

    #[test]
    fn a_field_of_another_type_is_named() {
        let value = json!({ "text": 5, "texts": ["a", 5], "ms": 1.5, "huge": u64::MAX });
        assert_eq!(text(&value, "absent").unwrap(), None);
        assert!(text(&value, "text").unwrap_err().message.contains("`text` is not a string"));
        assert!(texts(&value, "texts").is_err() && texts(&value, "text").is_err());
        assert!(millis(&value, "ms").is_err() && millis(&value, "huge").is_err());
        assert_eq!(millis(&json!({ "ms": 5 }), "ms").unwrap(), Some(Duration::from_millis(5)));
    }
}
