//! The question that a subscription begins with.

use serde::Deserialize;

use crate::Secret;

/// Event Grid asks whether the events are wanted here: nothing else comes until it is answered.
///
/// Only Event Grid's own schema has it. Source:
/// <https://learn.microsoft.com/azure/event-grid/end-point-validation-event-grid-events-schema>.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
#[non_exhaustive]
pub struct SubscriptionValidation {
    /// What the answer has to say.
    pub validation_code: Secret,
    /// A URL that does in place of an answer, for whoever opens it within five minutes.
    pub validation_url: Option<Secret>,
}

impl SubscriptionValidation {
    /// The body that says yes, of an answer with status 200 and content type `application/json`.
    #[must_use]
    pub fn response_body(&self) -> String {
        let code = self.validation_code.secret();
        serde_json::json!({ "validationResponse": code }).to_string()
    }
}
