//! One ACS resource: answers requests, without sockets.
//!
//! The checks have the order of the service: the caller, the operation, the version, the
//! repeatability pair, and then the body. The response of the operation is kept for repetitions.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use tokio::sync::Notify;
use tokio::sync::mpsc::UnboundedSender;

use crate::auth::Caller;
use crate::error::ServiceError;
use crate::idempotency_cache::{IdempotencyCache, Reservation};
use crate::journal::Journal;
use crate::journal_entry;
use crate::network::{Effect, Network};
use crate::repeatability::{RepeatabilityHeaders, RepeatabilityResult};
use crate::request::Request;
use crate::response::Response;
use crate::route::Route;
use crate::schema;
use crate::service::{Handler, HandlerContext};
use crate::settings::Settings;
use crate::state::State;

use self::admission::{check_permission, check_version, entra_user};

mod admission;

/// The repeatable operations that the live service answers without `Repeatability-Result`.
const UNACKNOWLEDGED: [&str; 3] = ["AnswerCall", "CreateCall", "RejectCall"];

#[derive(Debug)]
pub(crate) struct Resource {
    settings: Settings,
    cache: IdempotencyCache,
    state: Mutex<State>,
    outbox: UnboundedSender<Effect>,
    journal: Journal,
    /// Notified when the time of the next timer changes.
    rescheduled: Notify,
}

impl Resource {
    /// The effects of the network are sent to `outbox`, in order.
    pub(crate) fn new(
        settings: Settings,
        network: Network,
        outbox: UnboundedSender<Effect>,
        journal: Journal,
    ) -> Self {
        let state = Mutex::new(State::new(network));
        let rescheduled = Notify::new();
        Self { settings, cache: IdempotencyCache::default(), state, outbox, journal, rescheduled }
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    pub(crate) fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Performs all checks before the execution, and reserves the id of a repeatable request.
    pub(crate) fn receive(
        &self,
        request: &Arc<Request>,
        now: SystemTime,
    ) -> Result<Execution, Response> {
        let caller = self.caller(request, now);
        let caller = caller.or_else(|error| entra_user(request, now).ok_or(error))?;
        let route = Route::find(&request.method, request.path())?;
        check_version(request, &route)?;
        check_permission(&caller, &route)?;
        let pair = RepeatabilityHeaders::of(request, route.operation, now);
        let pair = pair.map_err(|error| RepeatabilityResult::Rejected.on(error))?;
        let handler = Handler::find(&route.operation.id);
        let reservation = pair.map(|pair| self.cache.take(pair, request, now)).transpose()?;
        Ok(Execution { request: request.clone(), route, handler, reservation, now })
    }

    /// Executes a request, and keeps the response if it is repeatable.
    pub(crate) fn carry_out(&self, execution: Execution) -> Response {
        let response = self.perform(&execution).unwrap_or_else(Response::from);
        let Some(reservation) = execution.reservation else { return response };
        let response = match UNACKNOWLEDGED.contains(&&*execution.route.operation.id) {
            true => response,
            false => RepeatabilityResult::Accepted.on(response),
        };
        reservation.finish(&response);
        response
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Executes a command at `now`, after all timers that were due before it, and sends its
    /// effects.
    pub(crate) fn command<T>(&self, now: SystemTime, command: impl FnOnce(&mut State) -> T) -> T {
        let mut state = self.state();
        let due = state.network.next_due();
        state.network.advance(now);
        let result = command(&mut state);
        state.network.advance(now);
        if state.network.next_due() != due {
            self.rescheduled.notify_one();
        }
        for effect in state.network.take_effects() {
            if let Some(entry) = journal_entry::of_effect(now, &effect) {
                self.journal.add(&entry);
            }
            // Without a receiver the emulator is stopping.
            drop(self.outbox.send(effect));
        }
        result
    }

    /// When the network has something to do next.
    pub(crate) fn next_due(&self) -> Option<SystemTime> {
        self.state().network.next_due()
    }

    /// Waits until [`next_due`](Self::next_due) has changed.
    pub(crate) async fn rescheduled(&self) {
        self.rescheduled.notified().await;
    }

    /// Whether a request proves who sent it.
    pub(crate) fn check_caller(
        &self,
        request: &Request,
        now: SystemTime,
    ) -> Result<(), ServiceError> {
        self.caller(request, now).map(drop)
    }

    fn caller(&self, request: &Request, now: SystemTime) -> Result<Caller, ServiceError> {
        let Settings { access_key, tokens, .. } = &self.settings;
        let caller = Caller::of(request, access_key, tokens, now)?;
        if let Caller::User(claims) = &caller {
            self.state().identities.accept(claims)?;
        }
        Ok(caller)
    }

    fn perform(&self, execution: &Execution) -> Result<Response, ServiceError> {
        let Execution { request, route, handler, now, .. } = execution;
        let body = &schema::body(route.service, route.operation, request)?;
        let context = HandlerContext { settings: &self.settings, request, route, body, now: *now };
        self.command(*now, |state| {
            let response = handler.call(state, &context)?;
            *state.executions.entry(route.operation.id.clone()).or_default() += 1;
            Ok(response)
        })
    }
}

/// A request that will be carried out.
#[derive(Debug)]
pub(crate) struct Execution {
    request: Arc<Request>,
    route: Route,
    handler: Handler,
    reservation: Option<Reservation>,
    now: SystemTime,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{ALICE, Client, DATE, ID};

    #[test]
    fn api_version_is_given_once_and_known() {
        let client = Client::new();
        for (query, code) in [
            ("", "MissingApiVersionParameter"),
            ("?", "MissingApiVersionParameter"),
            ("?API-VERSION=2024-09-15", "MissingApiVersionParameter"),
            ("?api-version=", "UnsupportedApiVersionValue"),
            ("?api-version=2023-10-01", "UnsupportedApiVersionValue"),
            ("?api-version=2026-03-13", "UnsupportedApiVersionValue"),
            ("?api-version=2024-09-15%20", "UnsupportedApiVersionValue"),
            ("?api-version=2025-08-15-preview", "UnsupportedApiVersionValue"),
            ("?api-version=2024-09-15&api-version=2024-09-15", "BadRequest"),
        ] {
            let seen = client.send("GET", &format!("/calling/callConnections/a{query}"), &[], "");
            assert_eq!((seen.status(), seen.code()), (400, code.to_owned()), "{query}");
        }
    }

    #[test]
    fn every_version_of_a_service_is_served_with_its_operations() {
        let client = Client::new();
        let path = "/calling/callConnections/a/participants:moveHere";
        for (target, status) in [
            ("/calling/callConnections/a?api-version=2023-10-15", 404),
            ("/calling/callConnections/a?api-version=2025-06-15", 404),
            ("/calling/callConnections/a?api-version=2026-03-12", 404),
        ] {
            assert_eq!(client.send("GET", target, &[], "").status(), status, "{target}");
        }
        let early = client.send("POST", &format!("{path}?api-version=2025-06-15"), &[], "{}");
        assert_eq!((early.status(), early.code()), (400, "UnsupportedApiVersionValue".to_owned()));
        let message = early.json()["error"]["message"].to_string();
        assert!(message.contains("`CallConnection_MoveParticipants`"), "{message}");
        let target = format!("{path}?api-version=2026-03-12");
        assert_ne!(client.send("POST", &target, &[], "{}").code(), early.code());
    }

    #[test]
    fn the_caller_is_checked_first() {
        let client = Client::new();
        for target in ["/nowhere", "/calling/callConnections/a", "/calling/callConnections"] {
            let seen = client.send("GET", target, &[("authorization", "Bearer a.b.c")], "");
            assert_eq!((seen.status(), seen.code()), (401, "Denied".to_owned()));
        }
        assert_eq!(client.send("GET", "/nowhere", &[], "").status(), 404);
        assert_eq!(client.send("GET", "/calling/callConnections", &[], "").status(), 405);
    }

    #[test]
    fn the_rows_of_the_repeatability_table() {
        let client = Client::new();
        let call = client.call(&[ALICE]);
        let target =
            format!("/calling/callConnections{call}/participants:mute?api-version=2024-09-15");
        let body = json!({ "targetParticipants": [{ "rawId": ALICE }] }).to_string();
        let (id, date) = (("repeatability-request-id", ID), ("repeatability-first-sent", DATE));
        let stale = ("repeatability-first-sent", "Mon, 23 Nov 2026 07:01:36 GMT");
        let other_body = json!({ "targetParticipants": [] }).to_string();
        for (headers, body, expected) in [
            (&[id][..], &body, (400, "rejected")),
            (&[date], &body, (400, "rejected")),
            (&[("repeatability-request-id", "1"), date], &body, (400, "rejected")),
            (&[id, stale], &body, (412, "rejected")),
            (&[id, date], &body, (200, "accepted")),
            (&[id, date], &other_body, (400, "rejected")),
            (&[id, date], &body, (200, "accepted")),
        ] {
            let seen = client.send("POST", &target, headers, body);
            assert_eq!((seen.status(), seen.result().unwrap()), expected, "{headers:?} {body}");
        }
        assert_eq!(client.executions("CallConnection_Mute"), 1);
    }

    #[test]
    fn a_refusal_within_the_operation_is_kept_too() {
        let client = Client::new();
        let target = "/calling/callConnections?api-version=2024-09-15";
        let headers = [("repeatability-request-id", ID), ("repeatability-first-sent", DATE)];
        let first = client.send("POST", target, &headers, "{}");
        let again = client.send("POST", target, &headers, "{}");
        for seen in [&first, &again] {
            // The live service does not acknowledge the headers here.
            assert_eq!((seen.status(), seen.result()), (400, None));
        }
        assert_eq!(first.0.body(), again.0.body());
    }

    #[test]
    fn a_request_that_is_refused_before_leaves_the_id_free() {
        let client = Client::new();
        let headers = [("repeatability-request-id", ID), ("repeatability-first-sent", DATE)];
        let denied = [headers[0], headers[1], ("authorization", "Bearer a.b.c")];
        let target = "/calling/callConnections?api-version=2024-09-15";
        let body =
            json!({ "targets": [{ "rawId": ALICE }], "callbackUri": "https://a/" }).to_string();
        for (target, headers, status) in [
            (target, &denied[..], 401),
            ("/calling/callConnections", &headers, 400),
            ("/calling/callConnections:call?api-version=2024-09-15", &headers, 404),
            (target, &headers, 201),
        ] {
            let seen = client.send("POST", target, headers, &body);
            assert_eq!(seen.status(), status);
            assert_eq!(seen.result(), None, "{target}");
        }
        let seen = client.send("POST", "/identities?api-version=2023-10-01", &headers, "");
        assert_eq!((seen.status(), seen.result()), (501, Some("rejected")));
    }
}
