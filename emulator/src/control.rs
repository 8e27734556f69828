//! The control API under `/_emulator`: the actions of people, faults, and recorded requests and
//! events.
//!
//! It needs no key; the server has already refused pages of other origins.

use std::sync::Arc;

use http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::clock::Clock;
use crate::delivery::Delivery;
use crate::error::ServiceError;
use crate::media::CallAudioStore;
use crate::request::Request;
use crate::request_faults::RequestFaults;
use crate::resource::Resource;
use crate::response::Response;

mod assertions;
mod audio;
mod calls;
mod event_grid;
mod faults;
mod fields;
mod paths;
pub(crate) mod people;
pub(crate) mod seeds;
mod voice;

const PREFIX: &str = "/_emulator";

/// The parts of the emulator that a control request can use.
pub(crate) struct Control<'a> {
    pub(crate) resource: &'a Resource,
    pub(crate) delivery: &'a Arc<Delivery>,
    pub(crate) call_audio: &'a CallAudioStore,
    pub(crate) clock: &'a Clock,
    pub(crate) faults: &'a RequestFaults,
    /// The requests to the API so far, as JSON.
    pub(crate) requests: &'a dyn Fn() -> Vec<Value>,
    pub(crate) forget_requests: &'a dyn Fn(),
}

impl Control<'_> {
    /// Whether a path belongs to the control API.
    pub(crate) fn has(path: &str) -> bool {
        path.strip_prefix(PREFIX).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    pub(crate) fn respond(&self, request: &Request) -> Response {
        self.route(request).unwrap_or_else(Response::from)
    }

    fn route(&self, request: &Request) -> Result<Response, ServiceError> {
        let path = request.path().trim_start_matches(PREFIX);
        let segments: Vec<String> = path
            .split('/')
            .skip(1)
            .map(|s| percent_encoding::percent_decode_str(s).decode_utf8_lossy().into_owned())
            .collect();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        let get = request.method == Method::GET;
        match (&request.method, segments.as_slice()) {
            (_, ["calls"]) if get => Ok(self.list_calls()),
            (&Method::POST, ["incomingCalls"]) => self.ring(&body(request)?),
            (&Method::POST, ["calls", call, "participants", action]) => {
                self.act(call, action, &body(request)?)
            }
            (_, ["calls", call, "audio"]) if get => self.audio(call, request),
            (_, ["people"]) if get => Ok(self.list_people()),
            (&Method::PUT | &Method::POST, ["people"]) => self.set_people(&body(request)?),
            (_, ["requests"]) if get => Ok(ok(&json!({ "requests": (self.requests)() }))),
            (_, ["events"]) if get => {
                let attempts = self.delivery.activity.to_vec();
                let events: Vec<Value> = attempts.iter().map(|event| event.to_json()).collect();
                Ok(ok(&json!({ "events": events })))
            }
            (&Method::POST, ["assertions"]) => self.check_assertions(&body(request)?),
            (&Method::POST, ["reset"]) => Ok(self.reset()),
            (&Method::POST, ["faults"]) => self.plan_fault(&body(request)?),
            (_, ["clock"]) if get => Ok(self.read_clock()),
            (&Method::POST, ["clock"]) => self.advance_clock(&body(request)?),
            (_, ["eventGrid", "subscriptions"]) if get => Ok(self.list_subscriptions()),
            (&Method::POST, ["eventGrid", "subscriptions"]) => self.subscribe(&body(request)?),
            (&Method::DELETE, ["eventGrid", "subscriptions", id]) => self.unsubscribe(id),
            (_, ["eventGrid", "validate"]) if get => self.pass_validation(request),
            _ => Err(paths::not_served(&request.method, request.path())),
        }
    }

    fn reset(&self) -> Response {
        self.resource.command(self.clock.now(), |state| {
            state.network.reset();
            state.executions.clear();
            self.resource.settings().seeds.apply(state);
        });
        self.delivery.reset();
        self.call_audio.clear();
        self.resource.journal().clear();
        self.faults.clear();
        self.resource.journal().clear();
        (self.forget_requests)();
        Response::empty(StatusCode::NO_CONTENT)
    }

    fn read_clock(&self) -> Response {
        ok(&json!({ "now": crate::clock::rfc3339_ticks(self.clock.now()) }))
    }

    fn advance_clock(&self, body: &Value) -> Result<Response, ServiceError> {
        let field = "advanceMs";
        fields::check(body, "a change of the clock", &[field])?;
        let advance = fields::millis(body, field)?.ok_or_else(|| fields::missing(field))?;
        self.clock.advance(advance);
        self.resource.command(self.clock.now(), |_| ());
        Ok(self.read_clock())
    }
}

fn ok(body: &Value) -> Response {
    Response::json(StatusCode::OK, body)
}

/// The body, `null` if there is none.
fn body(request: &Request) -> Result<Value, ServiceError> {
    if request.body.is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_slice(&request.body).map_err(|error| {
        ServiceError::bad_request("body", format!("the body is not JSON: {error}"))
    })
}
