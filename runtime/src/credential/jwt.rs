//! Reads the expiry of a JWT. The service verifies the token.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use time::OffsetDateTime;
use zeroize::Zeroizing;

#[derive(Deserialize)]
struct Claims {
    /// Seconds since 1970, possibly with a fraction (RFC 7519, section 2, NumericDate).
    exp: f64,
}

/// Larger values are read as milliseconds, which some token servers write: as seconds, they would
/// be later than the year 5138.
const MAX_SECONDS: f64 = 1e11;

/// Returns the expiry of `token`, if it is a JWT with an `exp` claim. A negative claim is a date
/// before 1970; a date out of range becomes the nearest in range.
pub(super) fn expiry(token: &str) -> Option<OffsetDateTime> {
    let mut parts = token.split('.');
    let (Some(_), Some(payload), Some(_), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    let claims = Zeroizing::new(URL_SAFE_NO_PAD.decode(payload.trim_end_matches('=')).ok()?);
    let Claims { exp } = serde_json::from_slice(&claims).ok()?;
    let seconds = if exp.abs() < MAX_SECONDS { exp } else { exp / 1000.0 };
    // The cast saturates, and rounds down to the second in which the token is still valid.
    let since_epoch = time::Duration::seconds(seconds.floor() as i64);
    Some(OffsetDateTime::UNIX_EPOCH.saturating_add(since_epoch))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn token(claims: &str) -> String {
        format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims))
    }

    fn at(seconds: i64) -> Option<OffsetDateTime> {
        Some(OffsetDateTime::from_unix_timestamp(seconds).unwrap())
    }

    #[test]
    fn the_expiry_of_a_jwt() {
        for (claims, expected) in [
            (r#"{"exp":1800000000,"skypeid":"x"}"#, 1_800_000_000),
            (r#"{"exp":1800000000.7}"#, 1_800_000_000),
            (r#"{"exp":1800000000000}"#, 1_800_000_000),
            (r#"{"exp":-1}"#, -1),
            (r#"{"exp":0}"#, 0),
        ] {
            assert_eq!(expiry(&token(claims)), at(expected), "{claims}");
        }
        assert_eq!(expiry(&token(r#"{"exp":1e300}"#)).unwrap().year(), 9999);
        assert_eq!(expiry(&token(r#"{"exp":-1e300}"#)).unwrap().year(), -9999);
    }

    #[test]
    fn other_text_has_no_expiry() {
        for claims in ["", "{}", "[]", r#"{"exp":"1"}"#, r#"{"exp":null}"#] {
            assert_eq!(expiry(&token(claims)), None, "{claims}");
        }
        for text in ["", "a.b", "a.b.c", "a.b.c.d", "....", "a.!.c"] {
            assert_eq!(expiry(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_causes_a_panic(text in any::<String>(), claims in any::<String>()) {
            expiry(&text);
            expiry(&token(&claims));
        }
    }
}
