//! The table of what a failed attempt means: status × repeatability → retry class and outcome.

use http::StatusCode;

use crate::error::Outcome;

/// How an attempt failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The client had no request to send: a credential failed, or the time for it ran out.
    Local,
    /// Nothing of the request was sent.
    NotSent,
    /// Nothing of the request was sent, since client and server cannot agree on TLS.
    TlsRefused,
    /// The request may have arrived, but no response was received.
    NoResponse,
    /// The response has an error status, or is a redirect.
    Status {
        status: StatusCode,
        /// `Repeatability-Result: accepted`: the response is the one recorded for the request id
        /// (OASIS Repeatable Requests 1.0, section 2.3).
        is_recorded: bool,
    },
    /// The response is a success, but its body was not received completely.
    BodyLost,
    /// The response is a success that the client cannot use. Another attempt would not change that.
    Unusable,
}

/// What is known about the call when an attempt fails.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Situation {
    /// The method is GET or HEAD, which execute nothing (RFC 9110, section 9.2.1).
    pub(crate) is_safe_method: bool,
    /// An earlier request with the same repeatability id may have arrived, and may still be
    /// running.
    pub(crate) may_be_running: bool,
}

/// When another attempt may follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RetryClass {
    /// Another attempt would fail in the same way.
    Never,
    /// Another attempt may follow only if a second execution is harmless, since the service may
    /// have executed the operation.
    IfRepeatable,
    /// Another attempt may follow: the service did not execute this request, or recognises the
    /// next one as the same request.
    Always,
}

/// What a failed attempt means for its call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) class: RetryClass,
    /// Whether this attempt executed the operation.
    pub(crate) outcome: Outcome,
    /// Whether the outcome also applies to the earlier attempts.
    pub(crate) is_authoritative: bool,
}

/// Looks a failure up in the table.
pub(crate) fn classify(failure: Failure, situation: Situation) -> Verdict {
    use Outcome::{Executed, NotExecuted, Unknown};
    use RetryClass::{Always, IfRepeatable, Never};
    let (status, is_recorded) = match failure {
        Failure::Status { status, is_recorded } => (status.as_u16(), is_recorded),
        Failure::Local | Failure::TlsRefused => return verdict(Never, NotExecuted),
        Failure::NotSent => return verdict(Always, NotExecuted),
        Failure::NoResponse => return verdict(IfRepeatable, Unknown),
        Failure::BodyLost => return verdict(IfRepeatable, Executed),
        Failure::Unusable => return verdict(Never, Executed),
    };
    match status {
        // The request with this id is still running, even if the service calls this "accepted".
        409 if situation.may_be_running => verdict(Always, Unknown),
        429 => verdict(Always, NotExecuted),
        408 | 500 | 502 | 503 | 504 => verdict(IfRepeatable, Unknown),
        400..=499 if is_recorded => {
            Verdict { is_authoritative: true, ..verdict(Never, NotExecuted) }
        }
        400..=499 | 501 | 505 | 307 | 308 => verdict(Never, NotExecuted),
        300..=399 if situation.is_safe_method => verdict(Never, NotExecuted),
        _ => verdict(Never, Unknown),
    }
}

const fn verdict(class: RetryClass, outcome: Outcome) -> Verdict {
    Verdict { class, outcome, is_authoritative: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POST: Situation = Situation { is_safe_method: false, may_be_running: false };

    fn status(status: u16, is_recorded: bool) -> Failure {
        Failure::Status { status: StatusCode::from_u16(status).unwrap(), is_recorded }
    }

    #[test]
    fn every_error_status_has_a_class() {
        for code in 300..=599 {
            let expected = match code {
                429 => RetryClass::Always,
                408 | 500 | 502 | 503 | 504 => RetryClass::IfRepeatable,
                _ => RetryClass::Never,
            };
            assert_eq!(classify(status(code, false), POST).class, expected, "{code}");
        }
    }

    #[test]
    fn a_conflict_is_final_unless_an_earlier_request_may_be_running() {
        let running = Situation { may_be_running: true, ..POST };
        for is_recorded in [false, true] {
            let conflict = classify(status(409, is_recorded), POST);
            assert_eq!(
                (conflict.class, conflict.outcome),
                (RetryClass::Never, Outcome::NotExecuted)
            );
            let conflict = classify(status(409, is_recorded), running);
            assert_eq!((conflict.class, conflict.outcome), (RetryClass::Always, Outcome::Unknown));
            assert!(!conflict.is_authoritative);
        }
    }

    #[test]
    fn only_a_recorded_refusal_is_authoritative() {
        for code in 300..=599 {
            let is_refusal = (400..500).contains(&code) && ![408, 429].contains(&code);
            assert_eq!(classify(status(code, true), POST).is_authoritative, is_refusal, "{code}");
            assert!(!classify(status(code, false), POST).is_authoritative, "{code}");
        }
    }

    #[test]
    fn a_redirected_get_executed_nothing() {
        let get = Situation { is_safe_method: true, ..POST };
        for code in [300, 301, 302, 303, 304] {
            assert_eq!(classify(status(code, false), get).outcome, Outcome::NotExecuted);
            assert_eq!(classify(status(code, false), POST).outcome, Outcome::Unknown);
        }
    }
}
