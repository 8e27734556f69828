//! The request of an attempt, before it is authorized.

use http::header::{ACCEPT, CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderValue};

use super::CallContext;
use crate::headers::{
    CLIENT_REQUEST_ID, REPEATABILITY_FIRST_SENT, REPEATABILITY_REQUEST_ID, RETURN_CLIENT_REQUEST_ID,
};
use crate::response::ResponseMode;
use crate::transport::Request;

const TRUE: HeaderValue = HeaderValue::from_static("true");
/// The headers of an authorized request with a body and a repeatability pair.
const HEADER_CAPACITY: usize = 12;

impl CallContext<'_> {
    pub(super) fn build_request(&self) -> Request<'_> {
        let mut headers = HeaderMap::with_capacity(HEADER_CAPACITY);
        headers.insert(ACCEPT, self.accept());
        headers.insert(USER_AGENT, self.client.inner().user_agent.clone());
        headers.insert(CLIENT_REQUEST_ID, self.client_request_id.header_value());
        headers.insert(RETURN_CLIENT_REQUEST_ID, TRUE);
        if let Some(pair) = &self.repeatability {
            let [request_id, first_sent] = pair.header_values();
            headers.insert(REPEATABILITY_REQUEST_ID, request_id);
            headers.insert(REPEATABILITY_FIRST_SENT, first_sent);
        }
        for (name, value) in &self.request.headers {
            headers.append(name.clone(), value.clone());
        }
        if self.request.body.is_some() {
            headers.insert(CONTENT_TYPE, self.operation.body_type());
        }
        let method = self.operation.method.clone();
        let body = self.request.body.clone().unwrap_or_default();
        Request::new(method, self.endpoint(), &self.request.target, headers, body)
    }

    fn accept(&self) -> HeaderValue {
        const JSON: HeaderValue = HeaderValue::from_static("application/json");
        const ANYTHING: HeaderValue = HeaderValue::from_static("*/*");
        match self.mode {
            // Microsoft's SDKs ask the storage hosts for JSON too, whatever the file is.
            ResponseMode::Streaming if self.request.endpoint_override.is_none() => ANYTHING,
            _ => JSON,
        }
    }
}
