//! Reads the progress of a long-running operation from a response. This module sends nothing and
//! reads no clock.

use http::{HeaderMap, Method, StatusCode};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::PollerStatus;
use super::continuation::{Monitor, ResultLocation};

/// The progress that a response reports.
#[derive(Debug, PartialEq)]
pub(super) struct Progress {
    pub(super) status: PollerStatus,
    /// The location of the next status, as the service wrote it.
    pub(super) next_link: Option<String>,
    pub(super) monitor: Monitor,
    pub(super) result: ResultLocation,
}

/// The fields of a body that describe the progress; all others are ignored.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct StatusBody {
    status: Lenient<String>,
    provisioning_state: Lenient<String>,
    properties: Lenient<Properties>,
    resource_location: Lenient<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Properties {
    provisioning_state: Lenient<String>,
}

/// A value, or a value of another type, which is ignored.
#[derive(Deserialize)]
#[serde(untagged)]
enum Lenient<T> {
    Value(T),
    Other(IgnoredAny),
}

impl<T> Default for Lenient<T> {
    fn default() -> Self {
        Self::Other(IgnoredAny)
    }
}

impl<T> Lenient<T> {
    fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Other(_) => None,
        }
    }
}

/// Reads the response to the request that starts the operation. `own_target` is the target of that
/// request.
///
/// # Errors
/// If the operation has not ended and the location of its status is not stated.
pub(super) fn of_start(
    method: &Method,
    own_target: &str,
    status_code: StatusCode,
    headers: &HeaderMap,
    body: &str,
) -> Result<Progress, &'static str> {
    let (status, _) = read_body(body);
    let location = text(headers, "location");
    let replaces = *method == Method::PUT || *method == Method::PATCH;
    if let Some(next_link) = operation_location(headers) {
        let result = match location {
            Some(location) => ResultLocation::Link(location),
            None if replaces => ResultLocation::Link(own_target.to_owned()),
            None => ResultLocation::LastResponse,
        };
        let status = status.filter(|status| !status.is_terminal());
        let status = status.unwrap_or(PollerStatus::InProgress);
        return Ok(Progress { status, next_link: Some(next_link), monitor: Monitor::Body, result });
    }
    let result = ResultLocation::LastResponse;
    if let (Some(location), StatusCode::ACCEPTED) = (location, status_code) {
        let (status, monitor) = (PollerStatus::InProgress, Monitor::StatusCode);
        return Ok(Progress { status, next_link: Some(location), monitor, result });
    }
    let has_ended = status_code != StatusCode::ACCEPTED;
    match status {
        Some(status) if status.is_terminal() => Ok(ended(status)),
        Some(status) if replaces => {
            let next_link = Some(own_target.to_owned());
            Ok(Progress { status, next_link, monitor: Monitor::Body, result })
        }
        Some(PollerStatus::InProgress) => Err(NO_LOCATION),
        _ if has_ended => Ok(ended(PollerStatus::Succeeded)),
        _ => Err(NO_LOCATION),
    }
}

const NO_LOCATION: &str =
    "the operation was accepted, but the response has neither `Operation-Location` nor `Location`";

fn ended(status: PollerStatus) -> Progress {
    let (monitor, result) = (Monitor::Body, ResultLocation::LastResponse);
    Progress { status, next_link: None, monitor, result }
}

/// Reads a response from the location of the status.
///
/// # Errors
/// If it has no status.
pub(super) fn of_poll(
    monitor: Monitor,
    result: &ResultLocation,
    status_code: StatusCode,
    headers: &HeaderMap,
    body: &str,
) -> Result<Progress, &'static str> {
    let is_accepted = status_code == StatusCode::ACCEPTED;
    let (status, next_link, result) = match monitor {
        Monitor::StatusCode => {
            let (link, status) = match is_accepted {
                true => (text(headers, "location"), PollerStatus::InProgress),
                false => (None, PollerStatus::Succeeded),
            };
            (status, link, result.clone())
        }
        Monitor::Body => {
            let (status, resource_location) = read_body(body);
            let status = match status {
                Some(status) => status,
                None if is_accepted => PollerStatus::InProgress,
                None if status_code == StatusCode::NO_CONTENT => PollerStatus::Succeeded,
                None => return Err("the response does not state the `status` of the operation"),
            };
            let result = match (result, resource_location) {
                (ResultLocation::Nowhere, _) | (_, None) => result.clone(),
                (_, Some(link)) => ResultLocation::Link(link),
            };
            (status, operation_location(headers), result)
        }
    };
    Ok(Progress { status, next_link, monitor, result })
}

fn operation_location(headers: &HeaderMap) -> Option<String> {
    text(headers, "operation-location").or_else(|| text(headers, "azure-asyncoperation"))
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    let text = headers.get(name)?.to_str().ok()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The status in a body, and its `resourceLocation`.
fn read_body(body: &str) -> (Option<PollerStatus>, Option<String>) {
    let body: StatusBody = serde_json::from_str(body).unwrap_or_default();
    let properties = body.properties.value().unwrap_or_default();
    let texts = [body.status, properties.provisioning_state, body.provisioning_state];
    let status = texts.into_iter().find_map(Lenient::value).map(|text| text.as_str().into());
    let resource_location = body.resource_location.value().filter(|link| !link.is_empty());
    (status, resource_location)
}

#[cfg(test)]
mod tests {
    use http::{HeaderName, HeaderValue};
    use proptest::prelude::*;

    use super::*;

    fn headers(fields: &[(&'static str, &'static str)]) -> HeaderMap {
        let field =
            |&(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value));
        fields.iter().map(field).collect()
    }

    fn start(
        method: Method,
        code: u16,
        fields: &[(&'static str, &'static str)],
        body: &str,
    ) -> Result<Progress, &'static str> {
        let code = StatusCode::from_u16(code).unwrap();
        of_start(&method, "/own", code, &headers(fields), body)
    }

    fn poll(
        monitor: Monitor,
        code: u16,
        body: &str,
    ) -> Result<(PollerStatus, ResultLocation), &'static str> {
        let code = StatusCode::from_u16(code).unwrap();
        let progress =
            of_poll(monitor, &ResultLocation::LastResponse, code, &HeaderMap::new(), body)?;
        Ok((progress.status, progress.result))
    }

    #[test]
    fn a_start_says_where_the_status_and_the_result_are() {
        let both = [("operation-location", "/status"), ("location", "/result")];
        let at = |link: &str| ResultLocation::Link(link.to_owned());
        for (method, fields, result) in [
            (Method::POST, &both[..1], ResultLocation::LastResponse),
            (Method::POST, &both[..], at("/result")),
            (Method::PUT, &both[..1], at("/own")),
            (Method::DELETE, &both[..1], ResultLocation::LastResponse),
        ] {
            let progress = start(method, 202, fields, r#"{"status":"Running"}"#).unwrap();
            assert_eq!(progress.next_link.as_deref(), Some("/status"));
            assert_eq!((progress.result, progress.monitor), (result, Monitor::Body));
        }
        let located = start(Method::POST, 202, &both[1..], "").unwrap();
        assert_eq!(located.next_link.as_deref(), Some("/result"));
        assert_eq!(located.monitor, Monitor::StatusCode);
    }

    #[test]
    fn a_start_without_a_location_has_ended_or_is_an_error() {
        let ended = |code, body| start(Method::POST, code, &[], body).map(|start| start.status);
        assert_eq!(ended(200, r#"{"id":7}"#), Ok(PollerStatus::Succeeded));
        assert_eq!(ended(204, ""), Ok(PollerStatus::Succeeded));
        assert_eq!(ended(202, r#"{"status":"Failed"}"#), Ok(PollerStatus::Failed));
        assert!(ended(202, "").is_err() && ended(200, r#"{"status":"Running"}"#).is_err());
        let created = start(Method::POST, 201, &[("location", "/rooms/7")], "{}").unwrap();
        assert_eq!((created.status, created.next_link), (PollerStatus::Succeeded, None));
        let body = r#"{"properties":{"provisioningState":"Creating"}}"#;
        let put = start(Method::PUT, 201, &[], body).unwrap();
        assert_eq!(put.next_link.as_deref(), Some("/own"));
    }

    #[test]
    fn a_poll_says_how_the_operation_fares() {
        use PollerStatus::{Canceled, InProgress, Succeeded};
        let status = |monitor, code, body| poll(monitor, code, body).map(|(status, _)| status);
        assert_eq!(status(Monitor::Body, 200, r#"{"status":"succeeded"}"#), Ok(Succeeded));
        assert_eq!(status(Monitor::Body, 200, r#"{"status":"Cancelled"}"#), Ok(Canceled));
        assert_eq!(status(Monitor::Body, 202, ""), Ok(InProgress));
        assert_eq!(status(Monitor::Body, 204, ""), Ok(Succeeded));
        for body in ["", "{}", "[]", "garbage", r#"{"status":7}"#, r#"{"status":null}"#] {
            assert!(status(Monitor::Body, 200, body).is_err(), "{body}");
        }
        assert_eq!(status(Monitor::StatusCode, 202, r#"{"status":"Failed"}"#), Ok(InProgress));
        assert_eq!(status(Monitor::StatusCode, 200, ""), Ok(Succeeded));
        let body = r#"{"status":"Succeeded","resourceLocation":"/done"}"#;
        let (_, result) = poll(Monitor::Body, 200, body).unwrap();
        assert_eq!(result, ResultLocation::Link("/done".to_owned()));
    }

    proptest! {
        #[test]
        fn no_body_panics(body in "\\PC{0,60}", code in 200u16..300) {
            let code = StatusCode::from_u16(code).unwrap();
            let _ = of_start(&Method::POST, "/own", code, &HeaderMap::new(), &body);
        }
    }
}
