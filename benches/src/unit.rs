//! The unit of work: the request of every contender, and the response.

use std::sync::LazyLock;

/// The argument of the path.
pub(crate) const CALL: &str = "18dea47f-b081-4107-9a5c-4300819d2c6c";
/// The participant to mute.
pub(crate) const PARTICIPANT: &str =
    "8:acs:b9614373-fd0b-480c-8fd2-cb58b70eab9f_da7be3a9-8788-42a6-85c6-56b2cf784fce";
/// The operation context, which the response repeats.
pub(crate) const CONTEXT: &str = "mute participant";
/// The answer's body, of 39 bytes.
pub(crate) const ANSWER: &str = r#"{"operationContext":"mute participant"}"#;
/// The expected path and query.
pub(crate) const TARGET: &str = "/calling/callConnections/18dea47f-b081-4107-9a5c-4300819d2c6c/participants:mute?api-version=2024-09-15";
/// The `User-Agent` of the hand-written contenders.
pub(crate) const USER_AGENT: &str = "acs-rest-benches/0.1.0";
/// An access key: base64 of 64 bytes, none of them secret.
pub(crate) const ACCESS_KEY: &str =
    "bm90LWEtcmVhbC1hY2Nlc3Mta2V5LTAxMjM0NTY3ODktbm90LWEtcmVhbC1hY2Nlc3Mta2V5LTAxMjM0NTY3ODk=";

/// A user access token of 1,024 characters.
pub(crate) fn token() -> &'static str {
    static TOKEN: LazyLock<String> = LazyLock::new(|| {
        "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9".chars().cycle().take(1024).collect()
    });
    &TOKEN
}

/// The credential of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Variant {
    Bearer,
    AccessKey,
}

impl Variant {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Bearer => "bearer",
            Self::AccessKey => "access-key",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        [Self::Bearer, Self::AccessKey].into_iter().find(|variant| variant.name() == name)
    }
}
