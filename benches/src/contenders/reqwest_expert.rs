//! reqwest, as an expert would write it: nothing parsed, formatted or loaded twice.

use std::error::Error;

use reqwest::{Client, Method, Request, Url, redirect, retry};

use super::contender::Contender;
use super::headers::Headers;
use super::reqwest_plain::{MuteRequest, MuteResult, request};
use crate::unit::Variant;

pub(crate) struct ReqwestExpert {
    client: Client,
    endpoint: Url,
    host: String,
    headers: Headers,
}

impl ReqwestExpert {
    async fn mute(
        &self,
        call: &str,
        request: &MuteRequest,
    ) -> Result<MuteResult, Box<dyn Error + Send + Sync>> {
        let mut target = String::with_capacity(128);
        for piece in ["/calling/callConnections/", call, "/participants:mute"] {
            target.push_str(piece);
        }
        let mut url = self.endpoint.clone();
        url.set_path(&target);
        url.set_query(Some("api-version=2024-09-15"));
        target.push_str("?api-version=2024-09-15");
        let body = serde_json::to_vec(request)?;
        let mut sent = Request::new(Method::POST, url);
        *sent.headers_mut() = self.headers.of(&target, &self.host, &body);
        *sent.body_mut() = Some(body.into());
        let answer = self.client.execute(sent).await?.error_for_status()?;
        Ok(serde_json::from_slice(&answer.bytes().await?)?)
    }
}

impl Contender for ReqwestExpert {
    type Request = MuteRequest;
    type Answer = MuteResult;
    type Error = Box<dyn Error + Send + Sync>;

    fn new(endpoint: &str, variant: Variant) -> Self {
        let client = Client::builder()
            .redirect(redirect::Policy::none())
            .retry(retry::never().max_retries_per_request(0))
            .referer(false)
            .no_proxy()
            .build();
        let endpoint = Url::parse(endpoint).expect("the endpoint is a URL");
        Self {
            client: client.expect("the trust store can be read"),
            host: endpoint.authority().to_owned(),
            endpoint,
            headers: Headers::new(variant),
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
