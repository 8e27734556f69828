//! The default transport, created on first use.

use std::sync::OnceLock;
use std::time::Duration;

#[cfg(all(feature = "hyper", not(feature = "reqwest")))]
use crate::transport::HyperTransport as DefaultTransport;
#[cfg(feature = "reqwest")]
use crate::transport::ReqwestTransport as DefaultTransport;
use crate::transport::{Request, SendFuture, Transport, TransportError};

/// Shorter than the timeout of a fetch: the error then reports that the connection failed.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

#[derive(Debug, Default)]
pub(super) struct LazyTransport(OnceLock<DefaultTransport>);

impl LazyTransport {
    fn get(&self) -> crate::Result<&DefaultTransport> {
        if let Some(made) = self.0.get() {
            return Ok(made);
        }
        let made = DefaultTransport::with_connect_timeout(CONNECT_TIMEOUT)?;
        Ok(self.0.get_or_init(|| made))
    }
}

impl Transport for LazyTransport {
    fn send<'a>(&'a self, request: Request<'a>) -> SendFuture<'a> {
        match self.get() {
            Ok(transport) => transport.send(request),
            Err(error) => Box::pin(async { Err(TransportError::connect(error)) }),
        }
    }
}
