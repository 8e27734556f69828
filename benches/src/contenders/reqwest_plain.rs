//! reqwest, as a user would write it: short, and as the documentation of each crate shows it.

use std::error::Error;
use std::time::SystemTime;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::contender::Contender;
use crate::unit::{self, Variant};

pub(crate) struct ReqwestPlain {
    client: reqwest::Client,
    endpoint: String,
    token: String,
    access_key: String,
    variant: Variant,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MuteRequest {
    target_participants: Vec<Participant>,
    operation_context: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Participant {
    kind: String,
    communication_user: User,
}

#[derive(Serialize)]
struct User {
    id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MuteResult {
    operation_context: Option<String>,
}

impl ReqwestPlain {
    async fn mute(
        &self,
        call: &str,
        request: &MuteRequest,
    ) -> Result<MuteResult, Box<dyn Error + Send + Sync>> {
        let path =
            format!("/calling/callConnections/{call}/participants:mute?api-version=2024-09-15");
        let builder = self
            .client
            .post(format!("{}{path}", self.endpoint))
            .header("Accept", "application/json")
            .header("x-ms-client-request-id", Uuid::new_v4().to_string())
            .header("Repeatability-Request-ID", Uuid::new_v4().to_string())
            .header("Repeatability-First-Sent", httpdate::fmt_http_date(SystemTime::now()));
        let builder = match self.variant {
            Variant::Bearer => builder.bearer_auth(&self.token).json(request),
            Variant::AccessKey => self.signed(builder, &path, serde_json::to_string(request)?)?,
        };
        Ok(builder.send().await?.error_for_status()?.json().await?)
    }

    /// Source: <https://learn.microsoft.com/rest/api/communication/authentication>.
    fn signed(
        &self,
        builder: reqwest::RequestBuilder,
        path: &str,
        body: String,
    ) -> Result<reqwest::RequestBuilder, Box<dyn Error + Send + Sync>> {
        let date = httpdate::fmt_http_date(SystemTime::now());
        let hash = STANDARD.encode(Sha256::digest(&body));
        let host = self.endpoint.trim_start_matches("http://");
        let text = format!("POST\n{path}\n{date};{host};{hash}");
        let mut mac = Hmac::<Sha256>::new_from_slice(&STANDARD.decode(&self.access_key)?)?;
        mac.update(text.as_bytes());
        let signature = STANDARD.encode(mac.finalize().into_bytes());
        let authorization = format!(
            "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature={signature}"
        );
        Ok(builder
            .header("x-ms-date", date)
            .header("x-ms-content-sha256", hash)
            .header("Authorization", authorization)
            .header("Content-Type", "application/json")
            .body(body))
    }
}

impl Contender for ReqwestPlain {
    type Request = MuteRequest;
    type Answer = MuteResult;
    type Error = Box<dyn Error + Send + Sync>;

    fn new(endpoint: &str, variant: Variant) -> Self {
        let client = reqwest::Client::builder().user_agent(unit::USER_AGENT).build();
        Self {
            client: client.expect("the trust store can be read"),
            endpoint: endpoint.into(),
            token: unit::token().into(),
            access_key: unit::ACCESS_KEY.into(),
            variant,
        }
    }

    fn request() -> MuteRequest {
        request()
    }

    fn mute(
        &self,
        call: &str,
        request: &MuteRequest,
    ) -> impl Future<Output = Result<MuteResult, Self::Error>> + Send {
        self.mute(call, request)
    }

    fn context(answer: &MuteResult) -> Option<&str> {
        answer.context()
    }
}

impl MuteResult {
    pub(super) fn context(&self) -> Option<&str> {
        self.operation_context.as_deref()
    }
}

pub(super) fn request() -> MuteRequest {
    let user = User { id: unit::PARTICIPANT.into() };
    MuteRequest {
        target_participants: vec![Participant {
            kind: "communicationUser".into(),
            communication_user: user,
        }],
        operation_context: Some(unit::CONTEXT.into()),
    }
}
