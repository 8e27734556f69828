//! The headers that make a request repeatable (OASIS Repeatable Requests 1.0).

use std::time::{Duration, SystemTime};

use http::{Method, StatusCode};
use uuid::Uuid;

use crate::clock::{distance, imf_fixdate};
use crate::error::ServiceError;
use crate::request::Request;
use crate::response::Response;
use crate::spec::Operation;

/// The largest difference between `Repeatability-First-Sent` and now, and how long an id is
/// remembered.
pub(crate) const WINDOW: Duration = Duration::from_secs(5 * 60);

const REQUEST_ID: &str = "repeatability-request-id";
const FIRST_SENT: &str = "repeatability-first-sent";

/// `Repeatability-Request-ID` and `Repeatability-First-Sent`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RepeatabilityHeaders {
    pub(crate) id: Uuid,
    pub(crate) first_sent: SystemTime,
}

impl RepeatabilityHeaders {
    /// The pair of a request that has one. GET and HEAD ignore it (section 5 of the standard).
    pub(crate) fn of(
        request: &Request,
        operation: &Operation,
        now: SystemTime,
    ) -> Result<Option<Self>, ServiceError> {
        let sent = |name| request.headers.contains_key(name);
        if request.method == Method::GET || !(sent(REQUEST_ID) || sent(FIRST_SENT)) {
            return Ok(None);
        }
        let pair = Self::read(request)?;
        if !operation.repeatable {
            return Err(not_repeatable(&operation.id));
        }
        if distance(pair.first_sent, now) > WINDOW {
            return Err(outside_the_window());
        }
        Ok(Some(pair))
    }

    fn read(request: &Request) -> Result<Self, ServiceError> {
        // Other spellings of a UUID are optional in the standard; 36 characters are not.
        let id = request.header(REQUEST_ID).filter(|id| id.len() == 36);
        let id = id.and_then(|id| Uuid::try_parse(id).ok());
        let first_sent = request.header(FIRST_SENT).and_then(imf_fixdate);
        Ok(Self {
            id: id.ok_or_else(|| malformed("Repeatability-Request-ID", "a UUID"))?,
            first_sent: first_sent.ok_or_else(|| {
                malformed(
                    "Repeatability-First-Sent",
                    "a date such as `Sun, 06 Nov 1994 08:49:37 GMT`",
                )
            })?,
        })
    }
}

/// The value of `Repeatability-Result`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum RepeatabilityResult {
    /// The ids were accepted; the status is the result of the request.
    Accepted,
    /// The request was not executed, and the id is not remembered.
    Rejected,
}

impl RepeatabilityResult {
    /// Adds this result to `response`.
    pub(crate) fn on(self, response: impl Into<Response>) -> Response {
        let mut response = response.into();
        let text = match self {
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
        };
        response.add_header("repeatability-result", text);
        response
    }
}

fn malformed(name: &str, wanted: &str) -> ServiceError {
    ServiceError::bad_request(
        name,
        format!("`{name}` is missing or not {wanted}; both headers go together"),
    )
}

fn not_repeatable(operation: &str) -> ServiceError {
    let message =
        format!("`{operation}` is not repeatable; send it without the repeatability headers");
    ServiceError::new(StatusCode::NOT_IMPLEMENTED, "RepeatabilityNotSupported", message)
}

fn outside_the_window() -> ServiceError {
    ServiceError::new(
        StatusCode::PRECONDITION_FAILED,
        "PreconditionFailed",
        "`Repeatability-First-Sent` is not within the 5 minute window; check the client's clock",
    )
    .about("Repeatability-First-Sent")
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue};
    use hyper::body::Bytes;

    use super::*;
    use crate::request::Scheme;
    use crate::spec::SERVICES;

    const ID: &str = "3adcd3d2-aa70-4dce-97ca-8ff222115975";
    const DATE: &str = "Mon, 23 Nov 2026 07:06:37 GMT";

    fn read(
        operation: &str,
        headers: &[(&'static str, &str)],
    ) -> Result<Option<RepeatabilityHeaders>, u16> {
        read_at(imf_fixdate(DATE).unwrap(), operation, headers)
    }

    fn read_at(
        now: SystemTime,
        operation: &str,
        headers: &[(&'static str, &str)],
    ) -> Result<Option<RepeatabilityHeaders>, u16> {
        let operation = SERVICES[0].operations.iter().find(|o| o.id == operation).unwrap();
        let mut request = Request {
            scheme: Scheme::Http,
            method: operation.method.parse().unwrap(),
            target: operation.path.clone(),
            headers: HeaderMap::new(),
            body: Bytes::new(),
        };
        for (name, value) in headers {
            request.headers.append(*name, HeaderValue::from_str(value).unwrap());
        }
        RepeatabilityHeaders::of(&request, operation, now).map_err(|error| error.status.as_u16())
    }

    #[test]
    fn a_pair_is_optional() {
        let both = [(REQUEST_ID, ID), (FIRST_SENT, DATE)];
        assert!(read("CreateCall", &both).unwrap().is_some());
        assert!(read("CreateCall", &[(REQUEST_ID, &ID.to_uppercase()), both[1]]).is_ok());
        assert!(read("CreateCall", &[]).unwrap().is_none());
        assert!(read("CallConnection_GetCall", &both).unwrap().is_none());
    }

    #[test]
    fn half_a_pair_or_a_malformed_one_is_refused() {
        let (id, date) = ((REQUEST_ID, ID), (FIRST_SENT, DATE));
        for headers in [
            &[id][..],
            &[date],
            &[id, id, date],
            &[id, date, date],
            &[(REQUEST_ID, "3adcd3d2aa704dce97ca8ff222115975"), date],
            &[(REQUEST_ID, "{3adcd3d2-aa70-4dce-97ca-8ff222115975}"), date],
            &[(REQUEST_ID, "3adcd3d2-aa70-4dce-97ca-8ff22211597x"), date],
            &[(REQUEST_ID, ""), date],
            &[id, (FIRST_SENT, "2026-11-23T07:06:37Z")],
            &[id, (FIRST_SENT, "Monday, 23-Nov-26 07:06:37 GMT")],
            &[id, (FIRST_SENT, "")],
        ] {
            assert_eq!(read("CreateCall", headers).err(), Some(400), "{headers:?}");
        }
    }

    #[test]
    fn first_sent_lies_within_five_minutes_of_now() {
        let both = [(REQUEST_ID, ID), (FIRST_SENT, DATE)];
        let (date, second) = (imf_fixdate(DATE).unwrap(), Duration::from_secs(1));
        for now in [date + WINDOW, date - WINDOW] {
            assert!(read_at(now, "CreateCall", &both).is_ok());
        }
        for now in [date + WINDOW + second, date - WINDOW - second] {
            assert_eq!(read_at(now, "CreateCall", &both).err(), Some(412));
        }
    }

    #[test]
    fn an_operation_that_is_not_repeatable_refuses_a_pair() {
        let both = [(REQUEST_ID, ID), (FIRST_SENT, DATE)];
        assert_eq!(read("CallMedia_Play", &both).err(), Some(501));
    }
}
