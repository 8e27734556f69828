//! A call named from outside it: a `CallLocator`.

use serde_json::Value;

use super::HandlerContext;
use crate::error::{ServiceError, shown};
use crate::state::State;

/// Each kind with its property.
const KINDS: [(&str, &str); 3] = [
    ("serverCallLocator", "serverCallId"),
    ("groupCallLocator", "groupCallId"),
    ("roomCallLocator", "roomId"),
];

/// The `serverCallId` of the call that the body locates.
///
/// A group call or a room is there as soon as it is named, with nobody in it: the emulator does not
/// have the services that make them.
pub(super) fn find(
    state: &mut State,
    context: &HandlerContext<'_>,
) -> Result<String, ServiceError> {
    let (property, id) = read(&context.body["callLocator"])?;
    if property == "serverCallId" {
        let found = state.network.call(id).map(|_| id.to_owned());
        return found.ok_or_else(|| no_call(id));
    }
    let server_call = context.settings.server_call_id(property, id);
    state.network.share(&server_call);
    Ok(server_call)
}

/// The property that is set, and the id in it.
fn read(locator: &Value) -> Result<(&'static str, &str), ServiceError> {
    let refuse =
        |why: &str| ServiceError::bad_request("callLocator", format!("`callLocator` {why}"));
    let mut set = KINDS.into_iter().filter(|(_, property)| !locator[property].is_null());
    let (Some((kind, property)), None) = (set.next(), set.next()) else {
        return Err(refuse("has not exactly one of `serverCallId`, `groupCallId` and `roomId`"));
    };
    let id = locator[property].as_str().unwrap_or_default();
    if id.is_empty() {
        return Err(refuse(&format!("has an empty `{property}`")));
    }
    match locator["kind"].as_str() {
        Some(other) if other != kind => {
            Err(refuse(&format!("has the kind `{}`, but `{property}`", shown(other))))
        }
        _ => Ok((property, id)),
    }
}

fn no_call(id: &str) -> ServiceError {
    let message = format!("no call has the `serverCallId` `{}`, or it has ended", shown(id));
    ServiceError::not_found(message).about("callLocator.serverCallId")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_locator_has_one_id_and_its_kind() {
        let server = json!({ "serverCallId": "a", "roomId": null });
        assert_eq!(read(&server).unwrap(), ("serverCallId", "a"));
        let room = json!({ "kind": "roomCallLocator", "roomId": "b" });
        assert_eq!(read(&room).unwrap(), ("roomId", "b"));
        for wrong in [
            json!({}),
            json!({ "kind": "roomCallLocator" }),
            json!({ "roomId": "" }),
            json!({ "roomId": "a", "groupCallId": "b" }),
            json!({ "kind": "groupCallLocator", "roomId": "a" }),
        ] {
            assert_eq!(read(&wrong).unwrap_err().status, 400, "{wrong}");
        }
    }
}
