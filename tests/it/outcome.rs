//! `Error::outcome`: whether a failed call was executed, over all its attempts.

use acs_rest::{Client, ErrorKind, Outcome};

use crate::fault_server::{Answer, Server, Step, always, in_turn};
use crate::operations::{Scripted, builder, client, millis, mute, request};

fn lost() -> Vec<Step> {
    vec![Step::ReadBody, Step::Execute, Step::Reset]
}

fn truncated() -> Vec<Step> {
    let answer = "HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n{";
    vec![Step::ReadBody, Step::Execute, Step::Raw(answer.into()), Step::Fin]
}

fn error(status: u16) -> Vec<Step> {
    Answer::error(status).into()
}

/// An answer that the service recorded for the id.
fn recorded(status: u16) -> Vec<Step> {
    Answer::error(status).header("Repeatability-Result", "accepted").into()
}

fn rejected(status: u16) -> Vec<Step> {
    Answer::error(status).header("Repeatability-Result", "rejected").into()
}

/// A later refusal does not undo what an earlier try may have done, unless the service says
/// that it speaks of the recorded request.
#[tokio::test]
async fn over_mixed_attempts() {
    use Outcome::{Executed, NotExecuted, Unknown};
    for (turns, outcome) in [
        (vec![error(400)], NotExecuted),
        (vec![error(409)], NotExecuted),
        (vec![error(412)], NotExecuted),
        (vec![error(501)], NotExecuted),
        (vec![error(505)], NotExecuted),
        (vec![error(429)], NotExecuted),
        (vec![error(500)], Unknown),
        (vec![error(503)], Unknown),
        (vec![lost()], Unknown),
        (vec![truncated()], Executed),
        (vec![error(429), error(400)], NotExecuted),
        (vec![error(429), error(409)], NotExecuted),
        (vec![error(503), error(400)], Unknown),
        (vec![lost(), error(403)], Unknown),
        (vec![lost(), error(412)], Unknown),
        (vec![lost(), rejected(412)], Unknown),
        (vec![lost(), error(501)], Unknown),
        (vec![lost(), error(409)], Unknown),
        (vec![lost(), error(429)], Unknown),
        (vec![lost(), recorded(400)], NotExecuted),
        (vec![error(500), recorded(404)], NotExecuted),
        (vec![truncated(), error(400)], Executed),
        (vec![truncated(), error(503)], Executed),
        (vec![lost(), truncated()], Executed),
        (vec![lost(), recorded(400), error(400)], NotExecuted),
    ] {
        let server = Server::start(in_turn(turns.clone())).await;
        let failed = mute(&client(&server.endpoint())).await.unwrap_err();
        assert_eq!(failed.outcome(), outcome, "{turns:?}");
        let executions = server.executions().len();
        match outcome {
            Executed => assert_eq!(executions, 1, "{turns:?}"),
            NotExecuted | Unknown => assert!(executions <= 1, "{turns:?}"),
        }
    }
}

/// The status and the kind are those of the last answer.
#[tokio::test]
async fn the_last_response_is_reported() {
    let server = Server::start(in_turn([lost(), error(503), error(412)])).await;
    let error = mute(&client(&server.endpoint())).await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (412, 3));
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Service, Outcome::Unknown));
}

/// The service notices a clock that is wrong, and its message is passed on.
#[tokio::test]
async fn a_rejected_date_is_reported() {
    let body = r#"{"error":{"code":"RepeatabilityWindow",
        "message":"first-sent is outside the window: check the clock"}}"#;
    let server = Server::start(always(Answer::new(412, body))).await;
    let error = mute(&client(&server.endpoint())).await.unwrap_err();
    assert_eq!((error.attempts(), error.outcome()), (1, Outcome::NotExecuted));
    assert!(error.to_string().contains("check the clock"));
}

/// Carried out, and the result cannot be read.
#[tokio::test]
async fn an_unreadable_result_is_reported_as_executed() {
    for body in [
        "",
        "{\"operationContext\":",
        "garbage",
        "[]",
        "\"text\"",
        "{} {}",
        "{\"operationContext\":NaN}",
        "{\"operationContext\":\"\\ud800\"}",
        "{\"operationContext\":7}",
        "\u{feff}{}",
    ] {
        let server = Server::start(always(Answer::new(200, body))).await;
        let error = mute(&client(&server.endpoint())).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.outcome()),
            (ErrorKind::Decode, Outcome::Executed),
            "{body}"
        );
        assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (200, 1));
        assert!(error.to_string().len() < 1_500);
    }
    let empty = Server::start(always(Answer::new(204, ""))).await;
    assert_eq!(mute(&client(&empty.endpoint())).await.unwrap_err().kind(), ErrorKind::Decode);
    client(&empty.endpoint()).hold("a").await.unwrap();
}

#[tokio::test]
async fn fields_may_come_and_go() {
    for body in [r#"{"operationContext":null,"new":{"deep":[1]}}"#, "{}"] {
        let server = Server::start(always(Answer::new(200, body))).await;
        assert_eq!(mute(&client(&server.endpoint())).await.unwrap().operation_context, None);
    }
}

/// The response to another request is not a response to this one.
#[tokio::test]
async fn a_response_with_a_foreign_id_is_refused() {
    let foreign = |status| {
        Answer::new(status, "{}").without_echo().header("x-ms-client-request-id", "someone else's")
    };
    let execute = |answer| vec![Step::ReadBody, Step::Execute, Step::Answer(answer)];
    let server = Server::start(in_turn([execute(foreign(200)), Answer::muted().into()])).await;
    assert!(mute(&client(&server.endpoint())).await.is_ok());
    assert_eq!((server.requests().len(), server.executions().len()), (2, 1));
    for status in [200, 400, 503] {
        let server = Server::start(always(execute(foreign(status)))).await;
        let error = client(&server.endpoint()).play("a", &request()).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Transport, Outcome::Unknown));
        assert_eq!((error.attempts(), server.requests().len()), (1, 1));
    }
    let silent = Server::start(always(Answer::muted().without_echo())).await;
    assert!(mute(&client(&silent.endpoint())).await.is_ok());
}

/// The first try runs for longer than it is waited for.
#[tokio::test]
async fn a_slow_execution_is_waited_for_by_its_id() {
    let slow = vec![Step::ReadBody, Step::Execute, Step::Hang];
    let server =
        Server::start(in_turn([slow, error(409), error(409), Answer::muted().into()])).await;
    let client: Client = builder(&server.endpoint()).try_timeout(millis(100)).build().unwrap();
    assert!(mute(&client).await.is_ok());
    assert_eq!(server.executions().len(), 1);
}
