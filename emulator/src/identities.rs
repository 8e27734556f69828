//! The users that were created here.

use std::collections::BTreeMap;

use crate::error::{ServiceError, shown};
use crate::jwt::Claims;

/// The number of token revocations of each user created here, by raw id.
#[derive(Debug, Default)]
pub(crate) struct Identities(BTreeMap<String, u32>);

impl Identities {
    pub(crate) fn add(&mut self, id: &str) {
        self.0.insert(id.to_owned(), 0);
    }

    /// Keeps the revision of a user who is known already.
    pub(crate) fn add_if_absent(&mut self, id: &str) {
        self.0.entry(id.to_owned()).or_default();
    }

    pub(crate) fn delete(&mut self, id: &str) -> Result<(), ServiceError> {
        self.0.remove(id).map(drop).ok_or_else(|| no_identity(id))
    }

    /// The revision for a new token.
    pub(crate) fn revision(&self, id: &str) -> Result<u32, ServiceError> {
        self.0.get(id).copied().ok_or_else(|| no_identity(id))
    }

    pub(crate) fn revoke_tokens(&mut self, id: &str) -> Result<(), ServiceError> {
        let revision = self.0.get_mut(id).ok_or_else(|| no_identity(id))?;
        *revision = revision.wrapping_add(1);
        Ok(())
    }

    /// Checks that a valid token was not revoked and its user not deleted.
    pub(crate) fn accept(&self, claims: &Claims) -> Result<(), ServiceError> {
        match self.0.get(&claims.user()) {
            Some(&revision) if revision == claims.revision => Ok(()),
            _ => Err(ServiceError::denied("the bearer token was revoked, or its user deleted")),
        }
    }
}

fn no_identity(id: &str) -> ServiceError {
    ServiceError::not_found(format!("no identity is named `{}`", shown(id))).about("id")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn revoking_ends_the_tokens_of_one_user() {
        let mut identities = Identities::default();
        identities.add("8:acs:a");
        let revision = identities.revision("8:acs:a").unwrap();
        let claims = Claims {
            skypeid: "acs:a".to_owned(),
            acs_scope: String::new(),
            iat: 0,
            exp: 1,
            revision,
        };
        assert!(identities.accept(&claims).is_ok());
        identities.revoke_tokens("8:acs:a").unwrap();
        assert_eq!(identities.accept(&claims).unwrap_err().status, 401);
    }
}
