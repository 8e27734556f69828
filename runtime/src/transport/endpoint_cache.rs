//! A value that a transport derives from an endpoint, computed once.

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::endpoint::Endpoint;

/// Caches a value for the first endpoint, which is usually the only one.
#[derive(Clone)]
pub(super) struct EndpointCache<T>(OnceLock<(Endpoint, T)>);

impl<T: Clone> EndpointCache<T> {
    pub(super) const fn new() -> Self {
        Self(OnceLock::new())
    }

    /// Returns the value of this endpoint, never that of another one.
    pub(super) fn get_or_try_init<E>(
        &self,
        endpoint: &Endpoint,
        init: impl FnOnce(&Endpoint) -> Result<T, E>,
    ) -> Result<Cow<'_, T>, E> {
        if let Some((cached, value)) = self.0.get()
            && cached == endpoint
        {
            return Ok(Cow::Borrowed(value));
        }
        let value = init(endpoint)?;
        // The value of another endpoint may have been cached already.
        let _ = self.0.set((endpoint.clone(), value.clone()));
        Ok(Cow::Owned(value))
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    #[test]
    fn each_endpoint_gets_its_own_value() {
        let [one, two] = ["https://one.example", "https://two.example"]
            .map(|endpoint| endpoint.parse::<Endpoint>().unwrap());
        let cache = EndpointCache::new();
        let name = |endpoint: &Endpoint| Ok::<_, Infallible>(endpoint.host().to_owned());
        let first = cache.get_or_try_init(&one, |endpoint| {
            assert_eq!(cache.get_or_try_init(&two, name), Ok(Cow::Owned("two.example".to_owned())));
            name(endpoint)
        });
        let found = |name: &str| Ok(Cow::Owned(name.to_owned()));
        assert_eq!(first, found("one.example"));
        assert_eq!(cache.get_or_try_init(&one, name), found("one.example"));
        let cached = cache.get_or_try_init(&two, |_| Err(())).unwrap();
        assert!(matches!(cached, Cow::Borrowed(name) if name == "two.example"));
    }
}
