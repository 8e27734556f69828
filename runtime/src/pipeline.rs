//! The loop that makes attempts until one succeeds or the call has failed.

use std::future::ready;
use std::pin::{Pin, pin};

use tokio::time::{Instant, sleep};
use tracing::Instrument;

use crate::attempt::{Attempt, CallContext};
use crate::call::{Call, PreparedCall, refused};
use crate::error::Result;
use crate::response::raw::{RawResponse, ResponseMode};
use crate::retry::{RetryState, ShouldRetry};
use crate::telemetry;

/// The maximum number of redirects of a call between the storage hosts of the service.
const MAX_REDIRECTS: u32 = 3;

/// The future of one call, the same for every operation.
pub(crate) type ResponseFuture = Pin<Box<dyn Future<Output = Result<RawResponse>> + Send>>;

/// Executes a call. Returns one response or one error, after one or more attempts.
pub(crate) fn run(call: Call, mode: ResponseMode) -> ResponseFuture {
    let Call { operation, prepared } = call;
    let PreparedCall { client, mut request } = match prepared {
        Ok(prepared) => prepared,
        Err(error) => return Box::pin(ready(Err(error))),
    };
    Box::pin(async move {
        let started = Instant::now();
        let mut redirects = 0;
        loop {
            let location = {
                let call = CallContext::start(&client, operation, &request, mode, started)
                    .map_err(|error| refused(error, &client, operation, request.resumes()))?;
                match traced(&call).await {
                    Err(error) if redirects < MAX_REDIRECTS => call.redirect(error)?,
                    result => return result,
                }
            };
            request = request.redirected(location);
            redirects += 1;
        }
    })
}

async fn traced(call: &CallContext<'_>) -> Result<RawResponse> {
    let span = telemetry::span(call.operation, call.endpoint(), call.client_request_id);
    let mut running = pin!(attempts(call).instrument(span));
    let result = running.as_mut().await;
    telemetry::ended(running.span(), &result);
    result
}

async fn attempts(call: &CallContext<'_>) -> Result<RawResponse> {
    let client = call.client.inner();
    let mut state =
        RetryState::new(&client.retry_policy, &client.retry_budget, call.operation, call.resumes());
    let mut started = call.started;
    loop {
        let failed = match Attempt::new(call, state.attempts() + 1, started).run().await {
            Ok(response) => {
                state.on_success();
                return Ok(response);
            }
            Err(failed) => failed,
        };
        let random = client.random_source.random();
        let decision = state.on_failure(failed.for_retry(call), random);
        let ShouldRetry::After(delay) = decision else {
            return Err(failed.into_error(call, &state, decision == ShouldRetry::NoTime));
        };
        telemetry::retrying(&failed.error, state.attempts(), delay);
        sleep(delay).await;
        started = Instant::now();
    }
}
