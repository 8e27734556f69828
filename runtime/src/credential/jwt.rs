//! The one claim that is read of a JWT: when it expires. Nothing is verified; the service does.

use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use zeroize::Zeroizing;

#[derive(Deserialize)]
struct Claims {
    /// Seconds since 1970, possibly with a fraction (RFC 7519, section 2, NumericDate).
    exp: f64,
}

/// The expiry of `token`, if it is a JWT with a sane `exp` claim.
pub(super) fn expiry(token: &str) -> Option<SystemTime> {
    let mut parts = token.split('.');
    let (Some(_), Some(payload), Some(_), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    let claims = Zeroizing::new(URL_SAFE_NO_PAD.decode(payload.trim_end_matches('=')).ok()?);
    let claims: Claims = serde_json::from_slice(&claims).ok()?;
    let since_epoch = Duration::try_from_secs_f64(claims.exp).ok()?;
    SystemTime::UNIX_EPOCH.checked_add(since_epoch)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn token(claims: &str) -> String {
        format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims))
    }

    #[test]
    fn the_expiry_of_a_jwt() {
        let at = |seconds| Some(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds));
        assert_eq!(expiry(&token(r#"{"exp":1800000000,"skypeid":"x"}"#)), at(1_800_000_000));
        assert_eq!(expiry(&token(r#"{"exp":1800000000.0}"#)), at(1_800_000_000));
    }

    #[test]
    fn anything_else_has_none() {
        for claims in [
            "",
            "{}",
            "[]",
            r#"{"exp":"1"}"#,
            r#"{"exp":-1}"#,
            r#"{"exp":1e300}"#,
            r#"{"exp":null}"#,
        ] {
            assert_eq!(expiry(&token(claims)), None, "{claims}");
        }
        for text in ["", "a.b", "a.b.c", "a.b.c.d", "....", "a.!.c"] {
            assert_eq!(expiry(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in any::<String>(), claims in any::<String>()) {
            expiry(&text);
            expiry(&token(&claims));
        }
    }
}
