//! The request of an attempt, before it is authorized.

use http::header::{ACCEPT, CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderValue};

use super::context::CallContext;
use crate::headers::{
    CLIENT_REQUEST_ID, REPEATABILITY_FIRST_SENT, REPEATABILITY_REQUEST_ID, RETURN_CLIENT_REQUEST_ID,
};
use crate::operation::RequestIdForm;
use crate::response::raw::ResponseMode;
use crate::transport::Request;

const TRUE: HeaderValue = HeaderValue::from_static("true");
/// The headers of an authorized request with a body and a repeatability pair.
const HEADER_CAPACITY: usize = 12;

/// Builds the request of an attempt from the parts that all attempts share.
pub(super) fn build_request<'a>(call: &'a CallContext<'_>) -> Request<'a> {
    let (operation, parts) = (call.operation, call.request);
    let mut headers = HeaderMap::with_capacity(HEADER_CAPACITY);
    headers.insert(ACCEPT, accept(call));
    headers.insert(USER_AGENT, call.client.inner().user_agent.clone());
    headers.insert(CLIENT_REQUEST_ID, call.client_request_id.header_value());
    headers.insert(RETURN_CLIENT_REQUEST_ID, TRUE);
    if let Some(pair) = &call.repeatability {
        let [request_id, first_sent] = pair.header_values();
        headers.insert(REPEATABILITY_REQUEST_ID, request_id);
        if operation.request_id_form() != Some(RequestIdForm::RequestIdHeader) {
            headers.insert(REPEATABILITY_FIRST_SENT, first_sent);
        }
    }
    for (name, value) in &parts.headers {
        // A declaration may state another `Accept`.
        if name == ACCEPT {
            headers.insert(name.clone(), value.clone());
        } else {
            headers.append(name.clone(), value.clone());
        }
    }
    if parts.body.is_some() {
        headers.insert(CONTENT_TYPE, operation.body_type());
    }
    let body = parts.body.clone().unwrap_or_default();
    Request::new(operation.method.clone(), call.endpoint(), &parts.target, headers, body)
}

fn accept(call: &CallContext<'_>) -> HeaderValue {
    const JSON: HeaderValue = HeaderValue::from_static("application/json");
    const ANYTHING: HeaderValue = HeaderValue::from_static("*/*");
    match call.mode {
        // Microsoft's SDKs send `Accept: application/json` to the storage hosts too, for any file.
        ResponseMode::Streaming if call.request.endpoint_override().is_none() => ANYTHING,
        _ => JSON,
    }
}
