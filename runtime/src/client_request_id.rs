//! The id that a client assigns to a call and to all its attempts, `x-ms-client-request-id`.

use std::fmt;

use http::HeaderValue;
use uuid::fmt::Hyphenated;

use crate::headers::{shared_value, uuid_text};
use crate::sources::{self, RandomSource};

/// The id as text, which every attempt sends and which is compared with every echo.
#[derive(Clone, Copy)]
pub(crate) struct ClientRequestId([u8; Hyphenated::LENGTH]);

impl ClientRequestId {
    pub(crate) fn random(random: &dyn RandomSource) -> Self {
        Self(uuid_text(sources::uuid(random)))
    }

    pub(crate) fn header_value(self) -> HeaderValue {
        shared_value(self.0)
    }

    /// Whether `echo` is this id, ignoring case.
    pub(crate) fn matches(self, echo: &HeaderValue) -> bool {
        // The exact comparison is the usual case and the cheaper one.
        echo.as_bytes() == self.0 || echo.as_bytes().eq_ignore_ascii_case(&self.0)
    }
}

impl fmt::Display for ClientRequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from_utf8_lossy(&self.0))
    }
}

impl fmt::Debug for ClientRequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ClientRequestId({self})")
    }
}
