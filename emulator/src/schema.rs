//! Bodies, checked against the models of the specification.
//!
//! Unknown fields pass, since newer SDKs send more, and so do unknown values of enums, which are
//! all extensible. A `null` counts as left out.

use serde_json::Value;

use crate::error::ServiceError;
use crate::request::Request;
use crate::spec::{Operation, Spec, Type};

/// The body of a request, `Null` where none is needed and none is sent.
pub(crate) fn body(
    spec: &Spec,
    operation: &Operation,
    request: &Request,
) -> Result<Value, ServiceError> {
    let Some(expected) = &operation.body else { return Ok(Value::Null) };
    if request.body.is_empty() && !expected.required {
        return Ok(Value::Null);
    }
    check_content_type(request)?;
    let body = serde_json::from_slice(&request.body).map_err(|error| {
        ServiceError::bad_request("body", format!("the body is not JSON: {error}"))
    })?;
    check_model(spec, &expected.model, &body, "")?;
    Ok(body)
}

fn check_content_type(request: &Request) -> Result<(), ServiceError> {
    let content_type = request.header("content-type").unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/json") {
        return Ok(());
    }
    Err(ServiceError::bad_request("Content-Type", "`Content-Type` is not `application/json`"))
}

fn check_model(spec: &Spec, model: &str, value: &Value, path: &str) -> Result<(), ServiceError> {
    let Value::Object(object) = value else { return Err(wrong_type(path, "an object")) };
    for (name, field) in spec.models.get(model).into_iter().flatten() {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        match object.get(name) {
            None | Some(Value::Null) if field.required => {
                return Err(ServiceError::bad_request(&path, format!("`{path}` is required")));
            }
            None | Some(Value::Null) => {}
            Some(value) => check_type(spec, &field.kind, value, &path)?,
        }
    }
    Ok(())
}

fn check_type(spec: &Spec, kind: &Type, value: &Value, path: &str) -> Result<(), ServiceError> {
    match (kind, value) {
        (Type::Named(name), value) => check_named(spec, name, value, path),
        (Type::List([item]), Value::Array(values)) => {
            values.iter().enumerate().try_for_each(|(index, value)| {
                check_type(spec, item, value, &format!("{path}[{index}]"))
            })
        }
        (Type::List(_), _) => Err(wrong_type(path, "an array")),
        (Type::Map { string: item }, Value::Object(entries)) => entries
            .iter()
            .try_for_each(|(key, value)| check_type(spec, item, value, &format!("{path}.{key}"))),
        (Type::Map { .. }, _) => Err(wrong_type(path, "an object")),
    }
}

fn check_named(spec: &Spec, name: &str, value: &Value, path: &str) -> Result<(), ServiceError> {
    if spec.models.contains_key(name) {
        return check_model(spec, name, value, path);
    }
    let (fits, wanted) = match name {
        "boolean" => (value.is_boolean(), "`true` or `false`"),
        "int32" => (value.as_i64().is_some_and(|n| i32::try_from(n).is_ok()), "a 32-bit integer"),
        "int64" => (value.is_i64(), "a 64-bit integer"),
        "double" => (value.is_number(), "a number"),
        // Enums, and the formats of strings, which the service does not check either.
        _ => (value.is_string(), "a string"),
    };
    if fits { Ok(()) } else { Err(wrong_type(path, wanted)) }
}

fn wrong_type(path: &str, wanted: &str) -> ServiceError {
    let path = if path.is_empty() { "body" } else { path };
    ServiceError::bad_request(path, format!("`{path}` is not {wanted}"))
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue, Method};
    use hyper::body::Bytes;
    use serde_json::json;

    use super::*;
    use crate::error::shown;
    use crate::request::Scheme;
    use crate::spec::SERVICES;

    /// The target of the error, if it is refused.
    fn check(operation: &str, body: &Value) -> Option<String> {
        check_text(operation, "application/json", &body.to_string())
    }

    fn check_text(operation: &str, content_type: &str, text: &str) -> Option<String> {
        let mut operations = SERVICES.iter().flat_map(|s| s.operations.iter().map(move |o| (s, o)));
        let (spec, operation) = operations.find(|(_, o)| o.id == operation).unwrap();
        let mut request = Request {
            scheme: Scheme::Http,
            method: Method::POST,
            target: String::new(),
            headers: HeaderMap::new(),
            body: Bytes::from(text.to_owned()),
        };
        request.headers.insert("content-type", HeaderValue::from_str(content_type).unwrap());
        let error = body(spec, operation, &request).err()?;
        assert_eq!(error.status, 400);
        Some(error.message.split('`').nth(1).map_or(shown(&error.message), str::to_owned))
    }

    #[test]
    fn what_the_pages_show_passes() {
        let user = json!({ "communicationUser": { "id": "8:acs:a" } });
        assert_eq!(check("CallConnection_Mute", &json!({ "targetParticipants": [user] })), None);
        let call = json!({
            "targets": [user],
            "callbackUri": "https://app.contoso.com/callback",
            "operationContext": null,
            "aFieldOfALaterVersion": 1,
        });
        assert_eq!(check("CreateCall", &call), None);
        assert_eq!(check_text("CommunicationIdentity_Create", "", ""), None);
    }

    #[test]
    fn a_wrong_field_is_named_by_its_path() {
        let user = json!({ "kind": "new kind", "communicationUser": { "id": 1 } });
        for (body, target) in [
            (json!([]), "body"),
            (json!("text"), "body"),
            (json!({}), "targetParticipants"),
            (json!({ "targetParticipants": null }), "targetParticipants"),
            (json!({ "targetParticipants": {} }), "targetParticipants"),
            (json!({ "targetParticipants": [1] }), "targetParticipants[0]"),
            (
                json!({ "targetParticipants": [{}, user] }),
                "targetParticipants[1].communicationUser.id",
            ),
            (json!({ "targetParticipants": [], "operationContext": 1 }), "operationContext"),
        ] {
            assert_eq!(check("CallConnection_Mute", &body).as_deref(), Some(target), "{body}");
        }
    }

    #[test]
    fn numbers_and_maps_have_their_types() {
        let with = |field: &str, value: Value| {
            let mut body = json!({ "participantToAdd": { "rawId": "4:+1" } });
            body[field] = value;
            check("CallConnection_AddParticipant", &body)
        };
        assert_eq!(with("invitationTimeoutInSeconds", json!(30)), None);
        assert_eq!(with("customCallingContext", json!({ "sipHeaders": { "a": "b" } })), None);
        for wrong in [json!(2_147_483_648_u32), json!(1.5), json!("1")] {
            assert!(with("invitationTimeoutInSeconds", wrong).is_some());
        }
        let headers = json!({ "sipHeaders": { "a": 1 } });
        let target = with("customCallingContext", headers);
        assert_eq!(target.as_deref(), Some("customCallingContext.sipHeaders.a"));
    }

    #[test]
    fn what_is_not_json_is_refused() {
        for text in ["", "{", "{} {}", "\u{feff}{}", &"[".repeat(100_000)] {
            assert!(check_text("CreateCall", "application/json", text).is_some());
        }
        for content_type in
            ["", "text/json", "application/jsonp", "application/x-www-form-urlencoded"]
        {
            let target = check_text("CreateCall", content_type, "{}");
            assert_eq!(target.as_deref(), Some("Content-Type"));
        }
        let target = check_text("CreateCall", "Application/JSON; charset=utf-8", "{}");
        assert_eq!(target.as_deref(), Some("callbackUri"));
    }
}
