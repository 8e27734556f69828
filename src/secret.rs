//! Text that must not be seen.

use std::fmt;

use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

/// Text that lets whoever has it do something, such as an access token. `Debug` does not show it,
/// and it is wiped when it is dropped.
///
/// ```
/// use acs_rest::Secret;
///
/// let token = Secret::from("eyJhbGciOi…");
/// assert_eq!(format!("{token:?}"), "Secret");
/// assert_eq!(token.secret(), "eyJhbGciOi…");
/// ```
#[derive(Clone, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The text itself.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.0
    }
}

impl PartialEq for Secret {
    /// In a time that depends on the lengths alone.
    fn eq(&self, other: &Self) -> bool {
        let differing = self.0.bytes().zip(other.0.bytes()).fold(0, |all, (a, b)| all | (a ^ b));
        self.0.len() == other.0.len() && differing == 0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}
