//! The HTTP/2 settings that both built-in transports share (RFC 9113).

use std::time::Duration;

use h2::{Error, Reason};

/// The number of bytes of one response that the server may send before they are read.
pub(super) const STREAM_WINDOW: u32 = 1024 * 1024;
/// The same limit for all responses of a connection together: up to seven stalled readers do not
/// block the others.
pub(super) const CONNECTION_WINDOW: u32 = 8 * 1024 * 1024;
/// The largest header section of a response, uncompressed, as section 6.5.2 counts it.
pub(super) const MAX_HEADER_LIST: u32 = 32 * 1024;
/// How often a `PING` is sent while requests are open.
pub(super) const PING_INTERVAL: Duration = Duration::from_secs(10);
/// How long the peer may take to answer a `PING` before the connection is closed.
pub(super) const PING_TIMEOUT: Duration = Duration::from_secs(10);

/// Whether the server has reported that it did not process the request (section 8.7): it refused
/// the stream, or it sent `GOAWAY` and the stream is above the last one that it accepted. h2
/// reports the `GOAWAY` of the server on such streams only.
pub(super) fn is_unprocessed(error: &Error) -> bool {
    let is_refused = error.is_reset() && error.reason() == Some(Reason::REFUSED_STREAM);
    error.is_remote() && (is_refused || error.is_go_away())
}
