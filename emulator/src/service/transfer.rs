//! Transfers a call.

use http::StatusCode;

use super::{Handler, HandlerContext, echo};
use crate::error::ServiceError;
use crate::identifier::Identifier;
use crate::network::{Network, Participant};
use crate::response::Response;
use crate::state::State;

pub(super) const HANDLERS: &[(&str, Handler)] =
    &[("CallConnection_TransferToParticipant", Handler(transfer))];

/// The transferee leaves for a call with the target that is not the application's, once the target
/// has answered.
fn transfer(state: &mut State, context: &HandlerContext<'_>) -> Result<Response, ServiceError> {
    let target = context.required_identifier("targetParticipant")?;
    target.check_dialable("targetParticipant")?;
    let connection = context.connection();
    let transferee = match context.identifier("transferee")? {
        Some(transferee) => transferee,
        None => the_only_other(&state.network, connection)?,
    };
    state.network.transfer(connection, transferee, target, context.reply_to()?)?;
    Ok(echo(StatusCode::ACCEPTED, context))
}

fn the_only_other(network: &Network, connection: &str) -> Result<Identifier, ServiceError> {
    let application = network.established(connection)?.application_id();
    let participants = network.call_of(connection)?.participants().iter();
    let mut others =
        participants.filter(|participant: &&Participant| Some(participant.raw_id()) != application);
    match (others.next(), others.next()) {
        (Some(other), None) => Ok(other.identifier.clone()),
        _ => Err(ServiceError::bad_request(
            "transferee",
            "`transferee` is required, unless there is exactly one other in the call",
        )),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::{ALICE, BOB, Client, PHONE};

    #[test]
    fn of_two_the_other_is_handed_over_and_the_call_ends() {
        let client = Client::new();
        let body = json!({
            "targets": [{ "rawId": BOB }], "source": { "id": ALICE }, "callbackUri": "https://a/",
        });
        let created = client.calling("POST", "", &body).json();
        let call = format!("/{}", created["callConnectionId"].as_str().unwrap());
        let transfer = json!({ "targetParticipant": { "rawId": PHONE }, "operationContext": "a" });
        let path = format!("{call}:transferToParticipant");
        let response = client.calling("POST", &path, &transfer);
        assert_eq!((response.status(), response.json()), (202, json!({ "operationContext": "a" })));
        assert_eq!(client.calling("GET", &call, &Value::Null).status(), 404);
        assert_eq!(client.calling("POST", &path, &transfer).status(), 404);
    }

    #[test]
    fn of_many_the_transferee_is_named_and_in_the_call() {
        let client = Client::new();
        let call = client.call(&[ALICE, PHONE]);
        let transfer = |transferee: Value| {
            let target = json!({ "rawId": BOB });
            let body = json!({ "targetParticipant": target, "transferee": transferee });
            client.calling("POST", &format!("{call}:transferToParticipant"), &body).status()
        };
        assert_eq!(transfer(Value::Null), 400);
        assert_eq!(transfer(json!({ "rawId": BOB })), 404);
        assert_eq!(client.participants(&call), [ALICE, PHONE]);
        assert_eq!(transfer(json!({ "rawId": PHONE })), 202);
        assert_eq!(client.participants(&call), [ALICE]);
    }
}
