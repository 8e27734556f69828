//! The decision whether a failed attempt is followed by another: a state machine that does not
//! wait, read a clock or generate random numbers.

mod budget;
mod classify;
mod policy;
mod retry_after;

use std::time::Duration;

pub(crate) use self::budget::RetryBudget;
use self::budget::RetryPermit;
pub(crate) use self::classify::Failure;
use self::classify::{RetryClass, Situation, classify};
pub(crate) use self::policy::RetryPolicy;
pub(crate) use self::retry_after::retry_after;
use crate::error::Outcome;
use crate::operation::Operation;

/// What happens after a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ShouldRetry {
    /// Another attempt follows after a delay.
    After(Duration),
    /// The call has failed.
    No,
    /// The call has failed, since the next attempt would start after its deadline.
    NoTime,
}

/// What a second execution of a call would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RetrySafety {
    /// It could cause harm.
    Unsafe,
    /// It changes nothing (RFC 9110, section 9.2.2).
    Idempotent,
    /// There is none: the service recognises the repeated request by its id.
    Recognised,
}

/// What the decision about a failed attempt depends on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FailedAttempt {
    pub(crate) failure: Failure,
    pub(crate) retry_safety: RetrySafety,
    /// The delay that the service requested.
    pub(crate) retry_after: Option<Duration>,
    /// The service rejected the credential, and a newer one is available.
    pub(crate) has_new_credential: bool,
    /// The time until the deadline of the call.
    pub(crate) time_left: Duration,
}

/// The attempts of one call so far.
#[derive(Debug)]
pub(crate) struct RetryState<'a> {
    policy: &'a RetryPolicy,
    permit: RetryPermit<'a>,
    operation: &'static Operation,
    attempts: u32,
    outcome: Outcome,
    /// Whether the credential was renewed, which happens at most once.
    is_renewed: bool,
}

impl<'a> RetryState<'a> {
    /// Starts a call. A call that `resumes` another one starts with an unknown outcome, since the
    /// earlier process may have sent the request.
    pub(crate) fn new(
        policy: &'a RetryPolicy,
        budget: &'a RetryBudget,
        operation: &'static Operation,
        resumes: bool,
    ) -> Self {
        let outcome = if resumes { Outcome::Unknown } else { Outcome::NotExecuted };
        let permit = budget.permit();
        Self { policy, permit, operation, attempts: 0, outcome, is_renewed: false }
    }

    /// The number of requests sent so far.
    pub(crate) fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Whether the service executed the operation, over all attempts.
    pub(crate) fn outcome(&self) -> Outcome {
        self.outcome
    }

    pub(crate) fn on_success(&mut self) {
        self.permit.succeed();
    }

    /// Decides whether another attempt follows. `random` is a random number for the jitter.
    pub(crate) fn on_failure(&mut self, failed: FailedAttempt, random: u128) -> ShouldRetry {
        let decision = self.decide(failed, random);
        if !matches!(decision, ShouldRetry::After(_)) {
            self.permit.fail();
        }
        decision
    }

    fn decide(&mut self, failed: FailedAttempt, random: u128) -> ShouldRetry {
        let verdict = classify(failed.failure, self.situation(failed.retry_safety));
        self.attempts += u32::from(failed.failure != Failure::Local);
        self.outcome = match verdict.is_authoritative {
            true => verdict.outcome,
            false => self.outcome.or(verdict.outcome),
        };
        if failed.has_new_credential && !self.is_renewed {
            self.is_renewed = true;
            return ShouldRetry::After(Duration::ZERO);
        }
        let is_allowed = match verdict.class {
            RetryClass::Never => false,
            RetryClass::IfRepeatable => failed.retry_safety != RetrySafety::Unsafe,
            RetryClass::Always => true,
        };
        let retries = self.permit.retries();
        if !is_allowed || retries >= self.policy.max_retries {
            return ShouldRetry::No;
        }
        let backoff = self.policy.backoff(retries, random);
        let delay = backoff.max(failed.retry_after.unwrap_or_default());
        if delay >= failed.time_left {
            return ShouldRetry::NoTime;
        }
        match self.permit.try_acquire() {
            true => ShouldRetry::After(delay),
            false => ShouldRetry::No,
        }
    }

    fn situation(&self, retry_safety: RetrySafety) -> Situation {
        let may_have_arrived = self.outcome != Outcome::NotExecuted;
        Situation {
            is_safe_method: self.operation.method.is_safe(),
            may_be_running: retry_safety == RetrySafety::Recognised && may_have_arrived,
        }
    }
}

#[cfg(test)]
mod tests {
    use http::{Method, StatusCode};

    use super::RetrySafety::{Idempotent, Recognised, Unsafe};
    use super::*;

    static POST: Operation = Operation::new(Method::POST, &[]);

    fn failed(failure: Failure) -> FailedAttempt {
        let time_left = Duration::from_secs(100);
        let (retry_after, has_new_credential, retry_safety) = (None, false, Unsafe);
        FailedAttempt { failure, retry_safety, retry_after, has_new_credential, time_left }
    }

    fn status(code: u16) -> FailedAttempt {
        let status = StatusCode::from_u16(code).unwrap();
        failed(Failure::Status { status, is_recorded: false })
    }

    /// Walks a call through failed attempts; returns the last decision and the outcome.
    fn walk(
        retry_safety: RetrySafety,
        resumes: bool,
        attempts: &[FailedAttempt],
    ) -> (bool, Outcome) {
        let (policy, budget) = (RetryPolicy::default(), RetryBudget::full());
        let mut state = RetryState::new(&policy, &budget, &POST, resumes);
        let attempts = attempts.iter().map(|&attempt| FailedAttempt { retry_safety, ..attempt });
        let decision = attempts.map(|attempt| state.on_failure(attempt, 7)).last();
        (matches!(decision, Some(ShouldRetry::After(_))), state.outcome())
    }

    #[test]
    fn what_may_have_been_executed_is_sent_again_only_if_it_is_repeatable() {
        for attempt in [failed(Failure::NoResponse), status(503), status(408)] {
            assert_eq!(walk(Recognised, false, &[attempt]), (true, Outcome::Unknown));
            assert_eq!(walk(Idempotent, false, &[attempt]), (true, Outcome::Unknown));
            assert_eq!(walk(Unsafe, false, &[attempt]), (false, Outcome::Unknown));
        }
        for attempt in [failed(Failure::NotSent), status(429)] {
            assert_eq!(walk(Unsafe, false, &[attempt]), (true, Outcome::NotExecuted));
        }
    }

    #[test]
    fn a_running_operation_is_waited_for_and_never_reported_as_not_executed() {
        let conflict = failed(Failure::Status { status: StatusCode::CONFLICT, is_recorded: true });
        let lost = failed(Failure::NoResponse);
        assert_eq!(walk(Recognised, false, &[lost, conflict]), (true, Outcome::Unknown));
        let conflicts = [lost, conflict, conflict, conflict];
        assert_eq!(walk(Recognised, false, &conflicts), (false, Outcome::Unknown));
        assert_eq!(walk(Recognised, false, &[conflict]), (false, Outcome::NotExecuted));
    }

    #[test]
    fn only_a_recorded_response_settles_a_resumed_call() {
        for attempt in
            [failed(Failure::NotSent), status(401), status(404), status(429), status(501)]
        {
            assert_eq!(walk(Recognised, true, &[attempt]).1, Outcome::Unknown, "{attempt:?}");
        }
        let recorded = Failure::Status { status: StatusCode::NOT_FOUND, is_recorded: true };
        assert_eq!(walk(Recognised, true, &[failed(recorded)]), (false, Outcome::NotExecuted));
    }

    #[test]
    fn a_later_failure_does_not_undo_an_execution() {
        let attempts = [failed(Failure::BodyLost), status(400)];
        assert_eq!(walk(Recognised, false, &attempts), (false, Outcome::Executed));
    }

    #[test]
    fn a_retry_after_is_honoured_or_ends_the_call() {
        let (policy, budget) = (RetryPolicy::default(), RetryBudget::full());
        let decide = |seconds| {
            let retry_after = Some(Duration::from_secs(seconds));
            let mut state = RetryState::new(&policy, &budget, &POST, false);
            state.on_failure(FailedAttempt { retry_after, ..status(429) }, 0)
        };
        assert_eq!(decide(5), ShouldRetry::After(Duration::from_secs(5)));
        assert_eq!(decide(0), ShouldRetry::After(Duration::from_millis(10)));
        assert_eq!(decide(100), ShouldRetry::NoTime);
        assert_eq!(decide(u64::MAX), ShouldRetry::NoTime);
    }

    #[test]
    fn a_credential_is_renewed_once() {
        let rejected = FailedAttempt { has_new_credential: true, ..status(401) };
        assert_eq!(walk(Unsafe, false, &[rejected]), (true, Outcome::NotExecuted));
        assert_eq!(walk(Unsafe, false, &[rejected, rejected]), (false, Outcome::NotExecuted));
    }
}
