//! The Teams users and resource accounts that are assigned to a resource.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::error::{ServiceError, shown};

/// A principal of Microsoft Entra ID.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Principal {
    pub(crate) tenant_id: String,
    pub(crate) object_id: String,
}

/// The assignments of Teams phone extensibility, each a `TeamsExtensionAssignmentResponse`.
#[derive(Debug, Default)]
pub(crate) struct Assignments(BTreeMap<Principal, Value>);

impl Assignments {
    /// Returns whether the principal had no assignment before.
    pub(crate) fn put(&mut self, principal: Principal, assignment: Value) -> bool {
        self.0.insert(principal, assignment).is_none()
    }

    pub(crate) fn find(&self, principal: &Principal) -> Result<&Value, ServiceError> {
        self.0.get(principal).ok_or_else(|| not_assigned(principal))
    }

    pub(crate) fn remove(&mut self, principal: &Principal) -> Result<(), ServiceError> {
        self.0.remove(principal).map(drop).ok_or_else(|| not_assigned(principal))
    }
}

fn not_assigned(principal: &Principal) -> ServiceError {
    let (object, tenant) = (shown(&principal.object_id), shown(&principal.tenant_id));
    let message = format!("`{object}` of the tenant `{tenant}` has no assignment to this resource");
    ServiceError::not_found(message).about("objectId")
}
