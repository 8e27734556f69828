//! The handshakes that start a subscription, one for each schema.

use http::{HeaderMap, HeaderName, HeaderValue};
use serde::{Deserialize, Serialize};

use crate::Secret;

/// Event Grid's request to confirm a subscription. Event Grid sends no other event until the
/// subscription is confirmed.
///
/// This event belongs to Event Grid's own schema; for CloudEvents, see [`CloudEventsHandshake`].
/// Source:
/// <https://learn.microsoft.com/azure/event-grid/end-point-validation-event-grid-events-schema>.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
#[non_exhaustive]
pub struct SubscriptionValidation {
    /// The code that the response must contain.
    pub validation_code: Secret,
    /// A URL that confirms the subscription if it is opened within five minutes. It is an
    /// alternative to the code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub validation_url: Option<Secret>,
}

impl SubscriptionValidation {
    /// Creates a validation event, for tests.
    pub fn new(validation_code: impl Into<Secret>) -> Self {
        Self { validation_code: validation_code.into(), validation_url: None }
    }

    /// Returns the body that confirms the subscription, for a response with the status 200 and the
    /// content type `application/json`.
    #[must_use]
    pub fn response_body(&self) -> String {
        let code = self.validation_code.secret();
        serde_json::json!({ "validationResponse": code }).to_string()
    }
}

/// The `OPTIONS` request that begins a subscription in the CloudEvents schema.
///
/// Respond with status 200 and the [response headers](Self::response_headers):
///
/// ```
/// use acs_rest::event_grid::CloudEventsHandshake;
/// use acs_rest::http::HeaderMap;
///
/// /// The headers of the answer to a request with the method `OPTIONS`.
/// fn options(headers: &HeaderMap) -> HeaderMap {
///     match CloudEventsHandshake::from_headers(headers) {
///         Some(handshake) if handshake.origin() == "eventgrid.azure.net" => {
///             handshake.response_headers()
///         }
///         _ => HeaderMap::new(),
///     }
/// }
///
/// let mut headers = HeaderMap::new();
/// headers.insert("webhook-request-origin", "eventgrid.azure.net".parse()?);
/// assert_eq!(options(&headers)["webhook-allowed-origin"], "eventgrid.azure.net");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Source: <https://learn.microsoft.com/azure/event-grid/end-point-validation-cloud-events-schema>,
/// and CloudEvents HTTP 1.1 Web Hooks for Event Delivery, section 4.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloudEventsHandshake {
    origin: HeaderValue,
    rate: Option<HeaderValue>,
}

impl CloudEventsHandshake {
    /// Reads the headers of an `OPTIONS` request. Returns `None` if it is not such a handshake.
    #[must_use]
    pub fn from_headers(headers: &HeaderMap) -> Option<Self> {
        let origin = headers.get("webhook-request-origin")?.clone();
        origin.to_str().ok().filter(|origin| !origin.is_empty())?;
        Some(Self { origin, rate: headers.get("webhook-request-rate").cloned() })
    }

    /// Returns the host that wants to send events, such as `eventgrid.azure.net`.
    #[must_use]
    pub fn origin(&self) -> &str {
        self.origin.to_str().unwrap_or_default()
    }

    /// Returns the headers that allow this origin to send events at the requested rate, or at any
    /// rate if the request names none.
    #[must_use]
    pub fn response_headers(&self) -> HeaderMap {
        let rate = self.rate.clone().unwrap_or(HeaderValue::from_static("*"));
        HeaderMap::from_iter([
            (HeaderName::from_static("webhook-allowed-origin"), self.origin.clone()),
            (HeaderName::from_static("webhook-allowed-rate"), rate),
        ])
    }
}
