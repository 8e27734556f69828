//! What a transport makes of its client's endpoint, once.

use std::sync::OnceLock;

use crate::endpoint::Endpoint;

/// Remembers it for the first endpoint, which usually is the only one.
#[derive(Clone)]
pub(super) struct Known<T>(OnceLock<(Endpoint, T)>);

impl<T: Clone> Known<T> {
    pub(super) const fn nothing() -> Self {
        Self(OnceLock::new())
    }

    /// What `make` gives for this endpoint, and never what it gave for another.
    pub(super) fn of<E>(
        &self,
        endpoint: &Endpoint,
        make: impl FnOnce(&Endpoint) -> Result<T, E>,
    ) -> Result<T, E> {
        if let Some((known, made)) = self.0.get()
            && known == endpoint
        {
            return Ok(made.clone());
        }
        let made = make(endpoint)?;
        // Another endpoint may have been first.
        let _ = self.0.set((endpoint.clone(), made.clone()));
        Ok(made)
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    #[test]
    fn two_endpoints_that_come_at_once_get_their_own() {
        let [one, two] = ["https://one.example", "https://two.example"]
            .map(|endpoint| endpoint.parse::<Endpoint>().unwrap());
        let known = Known::nothing();
        let name = |endpoint: &Endpoint| Ok::<_, Infallible>(endpoint.host().to_owned());
        let first = known.of(&one, |endpoint| {
            assert_eq!(known.of(&two, name), Ok("two.example".into()));
            name(endpoint)
        });
        assert_eq!(first, Ok("one.example".into()));
        assert_eq!(known.of(&one, name), Ok("one.example".into()));
        assert_eq!(known.of(&two, |_| Err(())), Ok("two.example".into()));
    }
}
