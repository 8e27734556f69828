//! The limits on the resources of clients.

use std::time::Duration;

/// Limits on time and memory, which apply before authentication.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// How many connections are open at the same time.
    pub(crate) connections: usize,
    /// How long the head of a request, or a TLS handshake, may take to arrive. A connection that is
    /// kept alive is closed when the next request does not come within this time.
    pub(crate) head_timeout: Duration,
    /// How long a body may take to arrive.
    pub(crate) body_timeout: Duration,
    /// The bytes of one body.
    pub(crate) body_bytes: usize,
    /// The bytes of all bodies that are arriving or being processed.
    pub(crate) all_bodies_bytes: usize,
    /// The bytes of all requests that are kept for tests.
    pub(crate) recorded_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        const MIB: usize = 1024 * 1024;
        Self {
            connections: 4096,
            head_timeout: Duration::from_secs(20),
            body_timeout: Duration::from_secs(20),
            body_bytes: MIB,
            all_bodies_bytes: 256 * MIB,
            recorded_bytes: 64 * MIB,
        }
    }
}
