//! Connections that break, send invalid responses or are never established, and the outcome of the
//! call.

use acs_rest::{ErrorKind, Outcome};

use crate::fault_server::{Answer, Server, Step, always, in_turn};
use crate::operations::{Scripted, builder, client, millis, mute, request};

const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-length: 31\r\n\r\n";
const CHUNKED: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";

/// The request is carried out, and this comes back.
fn executed(answer: &str, end: Step) -> Vec<Step> {
    vec![Step::ReadBody, Step::Execute, Step::Raw(answer.into()), end]
}

/// Each breaks a first try, and a second one succeeds.
fn failed_attempts() -> Vec<Vec<Step>> {
    let mut tries = vec![
        vec![Step::Reset],
        vec![Step::Fin],
        vec![Step::ReadBody, Step::Reset],
        vec![Step::ReadBody, Step::Fin],
        vec![Step::Hang],
        executed("", Step::Hang),
        executed(HEAD, Step::Hang),
        vec![Step::ReadBody, Step::Execute, Step::Drip(HEAD.into(), millis(20))],
    ];
    let partial = [
        "",
        "HTTP/1.1 2",
        "HTTP/1.1 200 OK\r\nconte",
        HEAD,
        &format!("{HEAD}{{\"operationContext\":"),
        CHUNKED,
        &format!("{CHUNKED}1f\r\n{{\"operationContext\":"),
        &format!("{CHUNKED}2\r\n{{}}\r\n"),
    ];
    for answer in partial {
        tries.extend([executed(answer, Step::Reset), executed(answer, Step::Fin)]);
    }
    tries
}

#[tokio::test]
async fn a_failed_attempt_is_followed_by_a_successful_one() {
    for fault in failed_attempts() {
        let server = Server::start(in_turn([fault.clone(), Answer::muted().into()])).await;
        let client = builder(&server.endpoint()).try_timeout(millis(600)).build().unwrap();
        mute(&client).await.unwrap_or_else(|error| panic!("{fault:?}: {error}"));
        let [first, second] = &server.requests()[..] else { panic!("{fault:?}: not two tries") };
        let ids =
            |of: &str| (first.header(of).map(str::to_owned), second.header(of).map(str::to_owned));
        let (first_id, second_id) = ids("repeatability-request-id");
        assert!(first_id.is_some() && first_id == second_id);
        assert_eq!(server.executions().len(), 1, "{fault:?}");
    }
}

/// Without the pair there is one try, and the outcome is unknown, or the response had begun.
#[tokio::test]
async fn an_unrepeatable_call_is_never_sent_twice() {
    for fault in failed_attempts() {
        let server = Server::start(always(fault.clone())).await;
        let client = builder(&server.endpoint()).try_timeout(millis(600)).build().unwrap();
        let error = client.play("a", &request()).await.unwrap_err();
        let head_came = fault.iter().any(|step| {
            matches!(step, Step::Raw(bytes) if bytes.windows(4).any(|end| end == b"\r\n\r\n"))
        });
        let outcome = if head_came { Outcome::Executed } else { Outcome::Unknown };
        assert_eq!((error.outcome(), error.attempts()), (outcome, 1), "{fault:?}: {error}");
        assert_eq!(error.status().is_some(), head_came);
        assert!(matches!(error.kind(), ErrorKind::Transport | ErrorKind::Timeout));
        assert_eq!(server.requests().len(), 1, "{fault:?}");
    }
}

#[tokio::test]
async fn a_service_that_always_resets_is_given_up() {
    let server = Server::start(always(executed("", Step::Reset))).await;
    let error = mute(&client(&server.endpoint())).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 4));
    assert_eq!((error.outcome(), server.executions().len()), (Outcome::Unknown, 1));
}

#[tokio::test]
async fn wrong_framing_is_an_error() {
    for framing in [
        "content-length: 5\r\ncontent-length: 6\r\n\r\n{}",
        "content-length: -1\r\n\r\n{}",
        "content-length: two\r\n\r\n{}",
        "content-length: 99999999999999999999999\r\n\r\n{}",
        "transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
        "transfer-encoding: chunked\r\n\r\nffffffffffffffffff\r\n{}\r\n0\r\n\r\n",
        "no colon\r\n\r\n",
        "\0: x\r\n\r\n",
    ] {
        let answer = format!("HTTP/1.1 200 OK\r\n{framing}");
        let server = Server::start(always(executed(&answer, Step::Fin))).await;
        let error = mute(&client(&server.endpoint())).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport, "{framing:?}: {error}");
        assert_eq!(server.executions().len(), 1);
    }
    let garbage = Server::start(always(executed("SSH-2.0-x\r\n\r\n", Step::Fin))).await;
    let error = mute(&client(&garbage.endpoint())).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
}

/// 5 MiB that no one reads.
#[tokio::test]
async fn an_answer_before_the_body_is_read_counts() {
    let body = serde_json::Value::from("x".repeat(5 << 20));
    let early = |end| vec![Step::Answer(Answer::error(400).header("connection", "close")), end];
    for end in [Step::Wait(millis(100)), Step::Fin, Step::Reset] {
        let server = Server::start(always(early(end.clone()))).await;
        let client = builder(&server.endpoint()).max_retries(1).build().unwrap();
        let error = client.mute_any("a", &body).await.unwrap_err();
        match error.kind() {
            ErrorKind::Service => assert_eq!(error.status().unwrap().as_u16(), 400),
            kind => assert_eq!(kind, ErrorKind::Transport, "{error:?}"),
        }
        let is_reset = matches!(end, Step::Reset);
        assert!(is_reset || error.kind() == ErrorKind::Service, "{end:?}: {error:?}");
    }
}
