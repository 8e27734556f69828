//! Compares the requests and events with the expectations of a test.

use http::StatusCode;
use serde_json::{Value, json};

use super::{Control, fields, ok};
use crate::error::ServiceError;
use crate::response::Response;

impl Control<'_> {
    /// `{"requests": [{…}], "events": [{…}]}`: every pattern of a list must match at least one
    /// entry, or exactly `count`. A pattern names fields and, for objects in them, fields again.
    pub(super) fn check_assertions(&self, body: &Value) -> Result<Response, ServiceError> {
        let lists = ["requests", "events"];
        fields::check(body, "an assertion", &lists)?;
        if lists.iter().all(|list| body[*list].is_null()) {
            let message = "an assertion has `requests` or `events`, each a list of patterns";
            return Err(ServiceError::bad_request("body", message));
        }
        let attempts = self.delivery.activity.to_vec();
        let events: Vec<Value> = attempts.iter().map(|attempt| attempt.to_json()).collect();
        let requests = (self.requests)();
        let mut missed = Vec::new();
        for (list, entries) in [("requests", requests), ("events", events)] {
            for pattern in patterns(body, list)? {
                let found = entries.iter().filter(|entry| is_met(pattern, entry)).count();
                let wanted = wanted(pattern)?;
                if wanted.map_or(found == 0, |wanted| found != wanted) {
                    missed.push(json!({ "in": list, "pattern": pattern, "found": found }));
                }
            }
        }
        if missed.is_empty() {
            return Ok(ok(&json!({ "isMet": true })));
        }
        Ok(Response::json(StatusCode::CONFLICT, &json!({ "isMet": false, "missed": missed })))
    }
}

fn patterns<'a>(body: &'a Value, list: &str) -> Result<&'a [Value], ServiceError> {
    match &body[list] {
        Value::Null => Ok(&[]),
        Value::Array(patterns) if patterns.iter().all(Value::is_object) => Ok(patterns),
        _ => {
            let message = format!("`{list}` is not a list of objects");
            Err(ServiceError::bad_request(list, message))
        }
    }
}

/// The number of entries that a pattern must match, if it states one.
fn wanted(pattern: &Value) -> Result<Option<usize>, ServiceError> {
    let field = "count";
    if pattern[field].is_null() {
        return Ok(None);
    }
    let count = pattern[field].as_u64().and_then(|count| usize::try_from(count).ok());
    let wrong = || ServiceError::bad_request(field, "`count` is not a whole number");
    count.map(Some).ok_or_else(wrong)
}

/// Whether `entry` has every field of `pattern`, with its value.
fn is_met(pattern: &Value, entry: &Value) -> bool {
    match (pattern, entry) {
        (Value::Object(pattern), Value::Object(entry)) => pattern
            .iter()
            .filter(|(name, _)| *name != "count")
            .all(|(name, value)| entry.get(name).is_some_and(|found| is_met(value, found))),
        (Value::Array(patterns), Value::Array(entries)) => {
            patterns.len() == entries.len()
                && patterns.iter().zip(entries).all(|(pattern, entry)| is_met(pattern, entry))
        }
        _ => pattern == entry,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_ignores_other_fields() {
        let entry = json!({ "status": 200, "body": { "a": 1, "b": [{ "c": 2, "d": 3 }] } });
        for (pattern, met) in [
            (json!({}), true),
            (json!({ "status": 200, "count": 7 }), true),
            (json!({ "body": { "b": [{ "c": 2 }] } }), true),
            (json!({ "status": 201 }), false),
            (json!({ "body": { "z": null } }), false),
            (json!({ "body": { "b": [] } }), false),
        ] {
            assert_eq!(is_met(&pattern, &entry), met, "{pattern}");
        }
    }
}
