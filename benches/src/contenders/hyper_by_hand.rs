//! hyper-util by hand, the lower bound: no URL, borrowed strings, and no layer between the call and
//! HTTP.

use std::error::Error;

use bytes::Bytes;
use http::header::HOST;
use http::uri::{Authority, Parts, PathAndQuery, Scheme};
use http::{HeaderValue, Method, Request, Uri};
use http_body_util::{BodyExt, Full};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use rustls_platform_verifier::ConfigVerifierExt;
use serde::{Deserialize, Serialize};

use super::contender::Contender;
use super::headers::Headers;
use crate::unit::{self, Variant};

pub(crate) struct HyperByHand {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    scheme: Scheme,
    authority: Authority,
    /// Otherwise hyper-util would format it for each call.
    host: HeaderValue,
    headers: Headers,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MuteRequest {
    target_participants: [Participant; 1],
    operation_context: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Participant {
    kind: &'static str,
    communication_user: User,
}

#[derive(Serialize)]
struct User {
    id: &'static str,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MuteResult {
    operation_context: Option<String>,
}

impl HyperByHand {
    async fn mute(
        &self,
        call: &str,
        request: &MuteRequest,
    ) -> Result<MuteResult, Box<dyn Error + Send + Sync>> {
        let mut target = String::with_capacity(128);
        for piece in
            ["/calling/callConnections/", call, "/participants:mute?api-version=2024-09-15"]
        {
            target.push_str(piece);
        }
        let mut body = Vec::with_capacity(256);
        serde_json::to_writer(&mut body, request)?;
        let mut headers = self.headers.of(&target, self.authority.as_str(), &body);
        headers.insert(HOST, self.host.clone());
        let mut parts = Parts::default();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = Some(PathAndQuery::from_maybe_shared(Bytes::from(target))?);
        let mut sent = Request::new(Full::from(body));
        *sent.method_mut() = Method::POST;
        *sent.uri_mut() = Uri::from_parts(parts)?;
        *sent.headers_mut() = headers;
        let answer = self.client.request(sent).await?;
        let status = answer.status();
        let body = answer.into_body().collect().await?.to_bytes();
        if !status.is_success() {
            return Err(format!("{status}: {}", body.escape_ascii()).into());
        }
        Ok(serde_json::from_slice(&body)?)
    }
}

impl Contender for HyperByHand {
    type Request = MuteRequest;
    type Answer = MuteResult;
    type Error = Box<dyn Error + Send + Sync>;

    fn new(endpoint: &str, variant: Variant) -> Self {
        let tls = rustls::ClientConfig::with_platform_verifier();
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(tls.expect("the trust store can be read"))
            .https_or_http()
            .enable_all_versions()
            .build();
        let endpoint: Uri = endpoint.parse().expect("the endpoint is a URL");
        let endpoint = endpoint.into_parts();
        let authority = endpoint.authority.expect("the endpoint has a host");
        Self {
            client: Client::builder(TokioExecutor::new()).build(connector),
            scheme: endpoint.scheme.expect("the endpoint has a scheme"),
            host: HeaderValue::from_str(authority.as_str()).expect("a host is a header value"),
            authority,
            headers: Headers::new(variant),
        }
    }

    fn request() -> MuteRequest {
        let user = User { id: unit::PARTICIPANT };
        let participant = Participant { kind: "communicationUser", communication_user: user };
        MuteRequest { target_participants: [participant], operation_context: unit::CONTEXT }
    }

    fn mute(
        &self,
        call: &str,
        request: &MuteRequest,
    ) -> impl Future<Output = Result<MuteResult, Self::Error>> + Send {
        self.mute(call, request)
    }

    fn context(answer: &MuteResult) -> Option<&str> {
        answer.operation_context.as_deref()
    }
}
