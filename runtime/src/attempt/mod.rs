//! One attempt of a call: build, authorize, send and read.

mod build;
mod context;
mod error;
mod read;

use http::header::AUTHORIZATION;
use tokio::time::Instant;

use self::build::build_request;
pub(crate) use self::context::CallContext;
pub(crate) use self::error::AttemptError;
use crate::credential::CredentialVersion;
use crate::deadline::{deadline_after, timeout_at};
use crate::response::raw::RawResponse;
use crate::transport::Request;

/// One attempt of a call.
pub(crate) struct Attempt<'a> {
    call: &'a CallContext<'a>,
    /// Counted from 1.
    number: u32,
    deadline: Instant,
}

impl<'a> Attempt<'a> {
    pub(crate) fn new(call: &'a CallContext<'a>, number: u32, started: Instant) -> Self {
        let try_timeout = call.client.inner().try_timeout;
        let deadline = deadline_after(started, try_timeout).min(call.deadline);
        Self { call, number, deadline }
    }

    /// Sends the request and reads its response, within the deadline of the attempt.
    pub(crate) async fn run(&self) -> Result<RawResponse, AttemptError> {
        let (sending, authorization) = {
            let (request, version) = self.authorized_request().await?;
            let authorization = request.headers().get(AUTHORIZATION).cloned();
            (self.send(request, version), authorization)
        };
        match sending.await {
            Ok(response) => Ok(response.authorized_with(authorization)),
            Err(error) => Err(AttemptError { authorization, ..error }),
        }
    }

    async fn authorized_request(&self) -> Result<(Request<'a>, CredentialVersion), AttemptError> {
        let mut request = build_request(self.call);
        let version = self.authorize(&mut request).await?;
        Ok((request, version))
    }

    async fn authorize(
        &self,
        request: &mut Request<'_>,
    ) -> Result<CredentialVersion, AttemptError> {
        let client = self.call.client.inner();
        let authorizing = client.credential.authorize(request, &*client.time_source);
        match timeout_at(self.deadline, authorizing).await {
            Ok(authorized) => authorized.map_err(AttemptError::local),
            Err(_) => Err(AttemptError::no_credential()),
        }
    }

    /// Passes the request to the transport immediately: an `async fn` would store it until the
    /// response is read.
    fn send(
        &self,
        request: Request<'a>,
        version: CredentialVersion,
    ) -> impl Future<Output = Result<RawResponse, AttemptError>> {
        let sending = self.call.client.inner().transport.send(request);
        async move {
            let response = timeout_at(self.deadline, sending).await;
            let (head, body) = response.map_err(|_| AttemptError::no_response())??.into_parts();
            self.read(head, body, version).await
        }
    }
}
