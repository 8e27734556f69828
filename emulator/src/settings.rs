//! The settings of an emulator, which do not change while it runs.

use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::json;
use uuid::Uuid;

use crate::access_key::AccessKey;
use crate::clock::unix_seconds;
use crate::error::ServiceError;
use crate::identifier::Identifier;
use crate::jwt::{Claims, Tokens};
use crate::seeds::Seeds;

/// The settings of an emulator.
#[derive(Debug)]
pub(crate) struct Settings {
    /// Without a trailing slash.
    pub(crate) endpoint: String,
    pub(crate) page_size: usize,
    pub(crate) access_key: AccessKey,
    pub(crate) tokens: Tokens,
    /// Part of every user's id.
    pub(crate) resource_id: Uuid,
    pub(crate) seeds: Seeds,
}

impl Settings {
    pub(crate) fn new_user_id(&self) -> String {
        self.user_id(Uuid::new_v4())
    }

    pub(crate) fn user_id(&self, user: Uuid) -> String {
        format!("8:acs:{}_{user}", self.resource_id)
    }

    /// An application without a user of its own acts as a new one.
    pub(crate) fn new_user(&self) -> Result<Identifier, ServiceError> {
        Identifier::read(&json!({ "rawId": self.new_user_id() }), "source")
    }

    /// In base64, as the service has it: with `/`, `+` and `=`, at times.
    pub(crate) fn server_call_id(&self, kind: &str, id: &str) -> String {
        BASE64_STANDARD.encode(format!("{}/{kind}/{id}", self.endpoint))
    }

    pub(crate) fn issue_token(
        &self,
        user: &str,
        scopes: &str,
        revision: u32,
        now: SystemTime,
        lifetime: Duration,
    ) -> String {
        let iat = unix_seconds(now);
        self.tokens.sign(&Claims {
            skypeid: user.trim_start_matches("8:").to_owned(),
            acs_scope: scopes.to_owned(),
            iat,
            exp: iat.saturating_add(lifetime.as_secs()),
            revision,
        })
    }
}
