//! A call ends within its deadline, whatever the service does: within an attempt and between
//! attempts.

use std::time::Duration;

use acs_rest::{CallOptions, ErrorKind, Outcome};

use crate::fault_server::{Answer, Server, Step, always};
use crate::memory_transport::{Memory, Reply};
use crate::operations::{Scripted, builder, client, millis, mute, on, request, within};

/// Servers that stall at each point, and a status whose body never ends.
#[tokio::test]
async fn a_deadline_holds_while_bytes_keep_coming() {
    let ready = || vec![Step::ReadBody, Step::Execute];
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 9000\r\n\r\n";
    let more: Vec<u8> = vec![b' '; 2_000];
    for (last, outcome) in [
        (vec![Step::Hang], Outcome::Unknown),
        (
            vec![Step::Drip(
                format!("HTTP/1.1 200 OK\r\nx: {}", "x".repeat(500)).into(),
                millis(3),
            )],
            Outcome::Unknown,
        ),
        (vec![Step::Raw(head.into()), Step::Drip(more.clone(), millis(3))], Outcome::Executed),
        (vec![Step::Raw(head.into()), Step::Hang], Outcome::Executed),
    ] {
        let steps: Vec<_> = ready().into_iter().chain(last).collect();
        let server = Server::start(always(steps.clone())).await;
        let client =
            client(&server.endpoint()).with_options(CallOptions::new().timeout(millis(400)));
        let error = within(millis(400), async || mute(&client).await.unwrap_err()).await;
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Timeout, outcome), "{error:?}");
        assert_eq!(error.attempts(), 1);
    }
}

/// A body that stalls after its status: the status is reported.
#[tokio::test]
async fn a_status_is_kept_even_if_its_body_stalls() {
    let head = "HTTP/1.1 403 Forbidden\r\ncontent-length: 90\r\n\r\nbecause";
    let steps = vec![Step::ReadBody, Step::Raw(head.into()), Step::Hang];
    let server = Server::start(always(steps)).await;
    let client = client(&server.endpoint()).with_options(CallOptions::new().timeout(millis(400)));
    let error = within(millis(400), async || mute(&client).await.unwrap_err()).await;
    assert_eq!(error.status().unwrap().as_u16(), 403);
    assert_eq!((error.kind(), error.message()), (ErrorKind::Service, "because"));
}

/// A result that nobody asked for is not waited for.
#[tokio::test]
async fn an_ignored_body_does_not_hold_a_success_up() {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n";
    let steps = vec![Step::ReadBody, Step::Execute, Step::Raw(head.into()), Step::Hang];
    let server = Server::start(always(steps)).await;
    let client = client(&server.endpoint()).with_options(CallOptions::new().timeout(millis(400)));
    within(millis(400), async || client.hold("a").await.unwrap()).await;
}

/// On a paused clock, to the millisecond.
#[tokio::test(start_paused = true)]
async fn the_defaults() {
    let elapsed = async |memory: Memory, options: CallOptions| {
        let start = tokio::time::Instant::now();
        let client = on(memory.clone()).build().unwrap().with_options(options);
        let error = mute(&client).await.unwrap_err();
        (start.elapsed().as_secs_f64(), memory.tries().len(), error)
    };
    let hang = || Memory::new(|_| Reply::Hang);
    let (seconds, tries, error) = elapsed(hang(), CallOptions::new()).await;
    assert!((90.0..=100.01).contains(&seconds), "{seconds}");
    assert!((3..=4).contains(&tries) && error.kind() == ErrorKind::Timeout);
    // A repeatable call never takes more than 240 s; one that is not may.
    let endless = || CallOptions::new().timeout(Duration::MAX);
    let busy = || Memory::new(|_| Reply::Status(503, &[("retry-after", "200")]));
    let (seconds, tries, _) = elapsed(busy(), endless()).await;
    assert!((200.0..=240.01).contains(&seconds), "{seconds}");
    assert_eq!(tries, 2);
    let start = tokio::time::Instant::now();
    let client = on(busy()).build().unwrap().with_options(endless());
    client.stop("a").await.unwrap_err();
    assert!(start.elapsed() >= Duration::from_secs(600));
}

/// A try that cannot be waited for is not slept towards.
#[tokio::test(start_paused = true)]
async fn no_attempt_starts_after_the_deadline() {
    for limit in (10..=2_000).step_by(90) {
        let memory = Memory::new(|_| Reply::Broken);
        let options = CallOptions::new().timeout(millis(limit));
        let start = tokio::time::Instant::now();
        mute(&on(memory.clone()).build().unwrap().with_options(options)).await.unwrap_err();
        assert!(start.elapsed() <= millis(limit + 1));
    }
}

#[tokio::test]
async fn a_zero_timeout_is_an_error_and_the_longest_is_not() {
    let server = Server::start(always(Answer::muted())).await;
    let client = client(&server.endpoint());
    let none = client.with_options(CallOptions::new().timeout(Duration::ZERO));
    assert_eq!(mute(&none).await.unwrap_err().kind(), ErrorKind::Argument);
    assert_eq!(server.requests().len(), 0);
    for setting in [
        builder(&server.endpoint()).timeout(Duration::ZERO),
        builder(&server.endpoint()).try_timeout(Duration::ZERO),
        builder(&server.endpoint()).connect_timeout(Duration::ZERO),
        builder(&server.endpoint()).stall_timeout(Duration::ZERO),
    ] {
        assert_eq!(setting.build().unwrap_err().kind(), ErrorKind::Configuration);
    }
    let max = Duration::MAX;
    let endless = builder(&server.endpoint()).timeout(max).try_timeout(max).connect_timeout(max);
    let endless = endless.stall_timeout(max).build().unwrap();
    assert!(mute(&endless).await.is_ok());
    endless.play("a", &request()).await.unwrap();
}
