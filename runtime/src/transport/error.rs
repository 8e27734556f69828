//! The error of a transport.

use std::error::Error as StdError;
use std::fmt;

/// The error of a request that received no response, or of a body that could not be read to its
/// end.
#[derive(Debug)]
pub struct TransportError {
    nothing_sent: bool,
    source: Box<dyn StdError + Send + Sync>,
}

impl TransportError {
    /// Creates the error of a request of which nothing was sent. It is safe to send the request
    /// again.
    pub fn connect(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { nothing_sent: true, source: source.into() }
    }

    /// Creates the error of a connection that broke. The service may have received the request.
    pub fn interrupted(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { nothing_sent: false, source: source.into() }
    }

    pub(crate) fn nothing_sent(&self) -> bool {
        self.nothing_sent
    }

    /// Whether client and server cannot agree on TLS.
    pub(crate) fn is_tls_refused(&self) -> bool {
        #[cfg(any(feature = "reqwest", feature = "hyper"))]
        return super::tls::is_refused(&*self.source);
        #[cfg(not(any(feature = "reqwest", feature = "hyper")))]
        return false;
    }

    /// The cause, which the error of a call reports instead of this one.
    pub(crate) fn into_source(self) -> Box<dyn StdError + Send + Sync> {
        self.source
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.nothing_sent {
            true => "could not connect",
            false => "the connection broke",
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}
