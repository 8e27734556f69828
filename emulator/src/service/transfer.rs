//! Handing a call to somebody else.

use axum::http::StatusCode;

use super::{Handler, HandlerContext, echo};
use crate::answer::Answer;
use crate::calls;
use crate::error::ServiceError;
use crate::state::State;

pub(super) const HANDLERS: &[(&str, Handler)] =
    &[("CallConnection_TransferToParticipant", Handler(transfer))];

/// The transferee leaves at once, for a call with the target that is not the application's. What is
/// left without anybody else in it has ended.
fn transfer(state: &mut State, context: &HandlerContext<'_>) -> Result<Answer, ServiceError> {
    context.required_identifier("targetParticipant")?;
    let transferee = context.identifier("transferee")?;
    let id = context.argument("callConnectionId");
    let application_id = state.calls.connection(id)?.application_id.clone();
    let found = state.calls.find(id)?;
    let leaving = match &transferee {
        Some(transferee) => found.participant(transferee.raw_id())?.raw_id().to_owned(),
        None => the_only_other(found, application_id.as_deref())?,
    };
    found.leave(&leaving);
    if others(found, application_id.as_deref()).next().is_none() {
        state.calls.terminate(id)?;
    }
    Ok(echo(StatusCode::ACCEPTED, context))
}

fn the_only_other(
    call: &calls::Call,
    application_id: Option<&str>,
) -> Result<String, ServiceError> {
    let mut others = others(call, application_id);
    match (others.next(), others.next()) {
        (Some(other), None) => Ok(other.to_owned()),
        _ => Err(ServiceError::bad_request(
            "transferee",
            "`transferee` is required, unless there is exactly one other in the call",
        )),
    }
}

/// The raw ids of all but the application itself.
fn others<'a>(
    call: &'a calls::Call,
    application_id: Option<&'a str>,
) -> impl Iterator<Item = &'a str> {
    let raw_ids = call.participants().iter().map(calls::Participant::raw_id);
    raw_ids.filter(move |raw_id| Some(*raw_id) != application_id)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::{ALICE, BOB, Client, PHONE};

    #[test]
    fn of_two_the_other_is_handed_over_and_the_call_ends() {
        let client = Client::new();
        let body = json!({
            "targets": [{ "rawId": PHONE }], "source": { "id": ALICE }, "callbackUri": "https://a/",
        });
        let created = client.calling("POST", "", &body).json();
        let call = format!("/{}", created["callConnectionId"].as_str().unwrap());
        let transfer = json!({ "targetParticipant": { "rawId": BOB }, "operationContext": "a" });
        let path = format!("{call}:transferToParticipant");
        let answer = client.calling("POST", &path, &transfer);
        assert_eq!((answer.status(), answer.json()), (202, json!({ "operationContext": "a" })));
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
