//! The id that a client gives a call, `x-ms-client-request-id`: one for all its tries.

use std::fmt;

use http::{HeaderName, HeaderValue};
use uuid::fmt::Hyphenated;

use crate::clock::{self, Clock};
use crate::request::header_value::{from_text, uuid_text};

pub(crate) const CLIENT_REQUEST_ID: HeaderName = HeaderName::from_static("x-ms-client-request-id");

/// As text, which each try sends and each answer is held against.
#[derive(Clone, Copy)]
pub(crate) struct ClientRequestId([u8; Hyphenated::LENGTH]);

impl ClientRequestId {
    pub(crate) fn made_by(clock: &dyn Clock) -> Self {
        Self(uuid_text(clock::uuid(clock)))
    }

    pub(crate) fn header_value(self) -> HeaderValue {
        from_text(self.0)
    }

    /// Whether the service sent this id back, in whatever case.
    pub(crate) fn is(self, echo: &HeaderValue) -> bool {
        // Nearly always letter for letter, which is quickly seen.
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
