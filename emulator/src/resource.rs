//! One ACS resource: from a request to its answer, with no socket in between.
//!
//! The order is that of the service: who asks, what for, in which version; then the repeatability
//! pair; then the body and the operation itself, whose answer is kept for repetitions.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use axum::http::StatusCode;
use uuid::Uuid;

use crate::access_key::AccessKey;
use crate::answer::Answer;
use crate::auth::Caller;
use crate::clock::unix_seconds;
use crate::error::{Refusal, shown};
use crate::jwt::{Claims, Tokens};
use crate::ledger::{Ledger, Ticket};
use crate::repeatability::{Pair, Verdict};
use crate::request::Request;
use crate::route::Route;
use crate::schema;
use crate::service::{Call, Service};
use crate::state::State;

#[derive(Debug)]
pub(crate) struct Resource {
    settings: Settings,
    ledger: Ledger,
    state: Mutex<State>,
}

impl Resource {
    pub(crate) fn new(settings: Settings) -> Self {
        Self { settings, ledger: Ledger::default(), state: Mutex::default() }
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Everything before the execution. From here on the id of a repeatable request is taken.
    pub(crate) fn receive(
        &self,
        request: &Arc<Request>,
        now: SystemTime,
    ) -> Result<Execution, Answer> {
        let caller = self.caller(request, now)?;
        let route = Route::find(&request.method, request.path())?;
        check_version(request, &route)?;
        check_permission(&caller, &route)?;
        let pair = Pair::of(request, route.operation, now);
        let pair = pair.map_err(|refusal| Verdict::Rejected.on(refusal))?;
        let service = Service::of(&route.operation.id).ok_or_else(|| not_served(&route))?;
        let ticket = pair.map(|pair| self.ledger.take(pair, request, now)).transpose()?;
        Ok(Execution { request: request.clone(), route, service, ticket, now })
    }

    /// The execution, and the answer that is kept if the request is repeatable.
    pub(crate) fn carry_out(&self, execution: Execution) -> Answer {
        let answer = self.perform(&execution).unwrap_or_else(Answer::from);
        let Some(ticket) = execution.ticket else { return answer };
        let answer = Verdict::Accepted.on(answer);
        ticket.finish(&answer);
        answer
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn caller(&self, request: &Request, now: SystemTime) -> Result<Caller, Refusal> {
        let Settings { access_key, tokens, .. } = &self.settings;
        let caller = Caller::of(request, access_key, tokens, now)?;
        if let Caller::User(claims) = &caller {
            self.state().identities.accept(claims)?;
        }
        Ok(caller)
    }

    fn perform(&self, execution: &Execution) -> Result<Answer, Refusal> {
        let Execution { request, route, service, now, .. } = execution;
        let body = &schema::body(route.service, route.operation, request)?;
        let call = Call { settings: &self.settings, request, route, body, now: *now };
        let mut state = self.state();
        let answer = service.call(&mut state, &call)?;
        *state.executions.entry(route.operation.id.clone()).or_default() += 1;
        Ok(answer)
    }
}

/// A request that will be carried out.
#[derive(Debug)]
pub(crate) struct Execution {
    request: Arc<Request>,
    route: Route,
    service: Service,
    ticket: Option<Ticket>,
    now: SystemTime,
}

/// What stays as it is while the emulator runs.
#[derive(Debug)]
pub(crate) struct Settings {
    /// Without a trailing slash.
    pub(crate) endpoint: String,
    pub(crate) page_size: usize,
    pub(crate) access_key: AccessKey,
    pub(crate) tokens: Tokens,
    /// Part of every user's id.
    pub(crate) resource_id: Uuid,
}

impl Settings {
    pub(crate) fn new_user_id(&self) -> String {
        format!("8:acs:{}_{}", self.resource_id, Uuid::new_v4())
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

fn check_version(request: &Request, route: &Route) -> Result<(), Refusal> {
    let refuse = |code, message| {
        Err(Refusal::new(StatusCode::BAD_REQUEST, code, message).about("api-version"))
    };
    let (known, mut sent) = (&route.service.api_version, request.query("api-version"));
    match (sent.next(), sent.next()) {
        (None, _) => refuse(
            "MissingApiVersionParameter",
            format!("`api-version` is missing from the query; send `api-version={known}`"),
        ),
        (Some(_), Some(_)) => {
            refuse("BadRequest", "`api-version` is in the query more than once".to_owned())
        }
        (Some(version), None) if version != known.as_str() => refuse(
            "UnsupportedApiVersionValue",
            format!("`api-version` `{}` is not known here; send `{known}`", shown(&version)),
        ),
        _ => Ok(()),
    }
}

/// Users call; only who has the key makes users and tokens.
fn check_permission(caller: &Caller, route: &Route) -> Result<(), Refusal> {
    let id = &route.operation.id;
    if matches!(caller, Caller::AccessKey) || !id.starts_with("CommunicationIdentity_") {
        return Ok(());
    }
    let message = format!("`{id}` takes the access key, not a user's token");
    Err(Refusal::new(StatusCode::FORBIDDEN, "Forbidden", message))
}

fn not_served(route: &Route) -> Refusal {
    let message = format!("the emulator does not have `{}` yet", route.operation.id);
    Refusal::new(StatusCode::NOT_IMPLEMENTED, "NotImplemented", message)
}

#[cfg(test)]
mod tests;
