//! Incoming calls that wait for a decision.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use http::StatusCode;
use serde_json::json;
use uuid::Uuid;

use super::dial::RING;
use super::{GridEvent, IncomingCall, Network, NewIncomingCall};
use crate::clock::rfc3339_ticks;
use crate::error::ServiceError;

impl Network {
    /// Starts an incoming call, which rings for 30 seconds, and returns its `incomingCallContext`.
    pub(crate) fn ring(&mut self, new: NewIncomingCall, server_call_id: String) -> String {
        let correlation_id = Uuid::new_v4().to_string();
        let context = context(&new, &correlation_id);
        self.grid_event(GridEvent {
            id: Uuid::new_v4().to_string(),
            kind: "IncomingCall",
            subject: format!("/caller/{}/recipient/{}", new.from.raw_id(), new.to.raw_id()),
            time: rfc3339_ticks(self.now),
            data: json!({
                "to": new.to.to_json(),
                "from": new.from.to_json(),
                "serverCallId": server_call_id,
                "callerDisplayName": new.caller_display_name,
                "incomingCallContext": context,
                "correlationId": correlation_id,
                "customContext": new.custom_context,
            }),
        });
        let NewIncomingCall { from, to, .. } = new;
        let call = IncomingCall { from, to, server_call_id, correlation_id };
        self.incoming.insert(context.clone(), call);
        let ringing = context.clone();
        self.after_timeout(RING, move |network| drop(network.incoming.remove(&ringing)));
        context
    }

    /// Takes the call with this context, which stops ringing.
    pub(crate) fn take_incoming(&mut self, context: &str) -> Result<IncomingCall, ServiceError> {
        self.incoming.remove(context).ok_or_else(unknown)
    }

    pub(crate) fn incoming_calls(&self) -> impl Iterator<Item = (&str, &IncomingCall)> {
        self.incoming.iter().map(|(context, call)| (context.as_str(), call))
    }

    /// The caller gives up before the application has decided.
    pub(crate) fn caller_gives_up(&mut self, server_call: &str) -> bool {
        let before = self.incoming.len();
        self.incoming.retain(|_, call| call.server_call_id != server_call);
        self.incoming.len() < before
    }
}

/// As long as that of the service, to reveal programs that cannot store it.
fn context(new: &NewIncomingCall, correlation_id: &str) -> String {
    let header = json!({ "alg": "none", "typ": "JWT" }).to_string();
    let payload = json!({
        "cc": correlation_id,
        "from": new.from.raw_id(),
        "to": new.to.raw_id(),
        "padding": "0".repeat(800),
    });
    let encode = |text: &str| BASE64_URL_SAFE_NO_PAD.encode(text);
    format!("{}.{}.{}", encode(&header), encode(&payload.to_string()), Uuid::new_v4().simple())
}

/// The code is the live service's. The context is not shown: its holder can answer the call.
fn unknown() -> ServiceError {
    let message = "no call rings with this `incomingCallContext`: it was used, or the \
                   caller gave up";
    ServiceError::new(StatusCode::NOT_FOUND, "8522", message).about("incomingCallContext")
}
