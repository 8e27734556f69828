//! What one emulator holds in memory: identities, calls, and what was carried out.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::error::{Refusal, shown};
use crate::identifier::Identifier;
use crate::jwt::Claims;

#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) calls: Calls,
    pub(crate) identities: Identities,
    /// How often each operation succeeded, by its id.
    pub(crate) executions: BTreeMap<String, u64>,
}

/// The calls that are connected, by `callConnectionId`.
#[derive(Debug, Default)]
pub(crate) struct Calls(BTreeMap<String, Call>);

impl Calls {
    pub(crate) fn find(&mut self, id: &str) -> Result<&mut Call, Refusal> {
        self.0.get_mut(id).ok_or_else(|| no_call(id))
    }

    pub(crate) fn add(&mut self, id: String, call: Call) {
        self.0.insert(id, call);
    }

    pub(crate) fn end(&mut self, id: &str) -> Result<(), Refusal> {
        self.0.remove(id).map(drop).ok_or_else(|| no_call(id))
    }
}

#[derive(Debug)]
pub(crate) struct Call {
    /// `CallConnectionProperties`.
    pub(crate) properties: Value,
    /// In the order in which they joined; nobody is in it twice.
    participants: Vec<Participant>,
}

impl Call {
    pub(crate) fn new(properties: Value, joining: impl IntoIterator<Item = Identifier>) -> Self {
        let mut call = Self { properties, participants: Vec::new() };
        for identifier in joining {
            call.join(identifier);
        }
        call
    }

    /// Who takes part.
    pub(crate) fn participants(&self) -> &[Participant] {
        &self.participants
    }

    /// The participant with `identifier`, who joins unless it is here already.
    pub(crate) fn join(&mut self, identifier: Identifier) -> &Participant {
        let raw_id = identifier.raw_id();
        let place = self.participants.iter().position(|p| p.identifier.raw_id() == raw_id);
        let place = place.unwrap_or_else(|| {
            self.participants.push(Participant { identifier, is_muted: false });
            self.participants.len() - 1
        });
        &self.participants[place]
    }

    pub(crate) fn participant(&mut self, raw_id: &str) -> Result<&mut Participant, Refusal> {
        let found = self.participants.iter_mut().find(|p| p.identifier.raw_id() == raw_id);
        found.ok_or_else(|| {
            Refusal::not_found(format!("`{}` takes no part in this call", shown(raw_id)))
        })
    }

    pub(crate) fn leave(&mut self, raw_id: &str) {
        self.participants.retain(|participant| participant.identifier.raw_id() != raw_id);
    }
}

#[derive(Debug)]
pub(crate) struct Participant {
    identifier: Identifier,
    pub(crate) is_muted: bool,
}

impl Participant {
    /// A `CallParticipant`. Nobody is on hold: the emulator has no operation for it.
    pub(crate) fn to_json(&self) -> Value {
        json!({
            "identifier": self.identifier.to_json(), "isMuted": self.is_muted, "isOnHold": false,
        })
    }
}

/// The users made here: how often each one's tokens were revoked, by raw id.
#[derive(Debug, Default)]
pub(crate) struct Identities(BTreeMap<String, u32>);

impl Identities {
    pub(crate) fn add(&mut self, id: &str) {
        self.0.insert(id.to_owned(), 0);
    }

    pub(crate) fn delete(&mut self, id: &str) -> Result<(), Refusal> {
        self.0.remove(id).map(drop).ok_or_else(|| no_identity(id))
    }

    /// The revision that a new token has to bear.
    pub(crate) fn revision(&self, id: &str) -> Result<u32, Refusal> {
        self.0.get(id).copied().ok_or_else(|| no_identity(id))
    }

    pub(crate) fn revoke_tokens(&mut self, id: &str) -> Result<(), Refusal> {
        let revision = self.0.get_mut(id).ok_or_else(|| no_identity(id))?;
        *revision = revision.wrapping_add(1);
        Ok(())
    }

    /// Whether a token, good in itself, still stands for a user.
    pub(crate) fn accept(&self, claims: &Claims) -> Result<(), Refusal> {
        match self.0.get(&claims.user()) {
            Some(&revision) if revision == claims.revision => Ok(()),
            _ => Err(Refusal::denied("the bearer token was revoked, or its user deleted")),
        }
    }
}

fn no_call(id: &str) -> Refusal {
    let message = format!("no call connection is named `{}`, or it has ended", shown(id));
    Refusal::not_found(message).about("callConnectionId")
}

fn no_identity(id: &str) -> Refusal {
    Refusal::not_found(format!("no identity is named `{}`", shown(id))).about("id")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_joins_a_call_twice() {
        let user = |id| Identifier::read(&json!({ "rawId": id }), "").unwrap();
        let (alice, bob) = (user("8:acs:alice"), user("8:acs:bob"));
        let mut call = Call::new(Value::Null, [alice.clone(), bob.clone(), alice.clone()]);
        call.participant("8:acs:bob").unwrap().is_muted = true;
        assert!(call.join(bob).is_muted);
        assert_eq!(call.participants().len(), 2);
        call.leave("8:acs:alice");
        assert_eq!(call.participants().len(), 1);
        assert_eq!(call.participant("8:acs:alice").unwrap_err().status, 404);
    }

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
