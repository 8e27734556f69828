//! Dropping a call leaves no request, connection or state behind.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use acs_rest::RandomSource;
use tokio::runtime::Handle;
use tokio::time::timeout;

use crate::fault_server::{Answer, Server, Step, always};
use crate::operations::{Scripted, builder, client, eventually, millis, mute};

/// At each point where a call can wait.
#[tokio::test]
async fn a_dropped_call_closes_its_connection() {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n";
    let error = "HTTP/1.1 503 Busy\r\ncontent-length: 90\r\n\r\n";
    for steps in [
        vec![Step::Hang],
        vec![Step::ReadBody, Step::Hang],
        vec![Step::ReadBody, Step::Raw("HTTP/1.1 2".into()), Step::Hang],
        vec![Step::ReadBody, Step::Raw(head.into()), Step::Hang],
        vec![Step::ReadBody, Step::Raw(error.into()), Step::Hang],
    ] {
        let server = Server::start(always(steps.clone())).await;
        let client = client(&server.endpoint());
        assert!(timeout(millis(50), mute(&client)).await.is_err(), "{steps:?}");
        eventually("the connection is closed", || server.left() == 1).await;
        tokio::time::sleep(millis(20)).await;
        assert_eq!((server.requests().len(), server.connections()), (1, 1));
    }
}

#[tokio::test]
async fn a_call_dropped_while_it_waits_sends_nothing_more() {
    let busy = Answer::error(429).header("retry-after-ms", "60");
    let server = Server::start(always(busy)).await;
    let client = client(&server.endpoint());
    assert!(timeout(millis(40), mute(&client)).await.is_err());
    tokio::time::sleep(millis(80)).await;
    assert_eq!(server.requests().len(), 1);
}

/// At 1,000 random points, 64 at once; afterwards the client works as before.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_dropped_calls_leave_nothing_behind() {
    let random = |bound: u128| (acs_rest::SystemRandomSource.random() % bound) as u64;
    let unsteady = move |request: &crate::fault_server::Received| match request.try_of_call {
        3.. => Answer::muted().into(),
        _ => match random(6) {
            0 => vec![Step::Reset],
            1 => vec![Step::ReadBody, Step::Execute, Step::Reset],
            2 => Answer::error(503).into(),
            3 => vec![
                Step::ReadBody,
                Step::Wait(millis(random(20))),
                Step::Execute,
                Step::Answer(Answer::muted()),
            ],
            4 => vec![Step::ReadBody, Step::Execute, Step::Hang],
            _ => Answer::muted().into(),
        },
    };
    let server = Server::start(unsteady).await;
    let tasks = Handle::current().metrics().num_alive_tasks();
    let client = builder(&server.endpoint()).try_timeout(millis(1_000)).max_retries(5);
    let client = client.build().unwrap();
    for _ in 0..16 {
        let calls = (0..64).map(|nth| {
            let (client, limit) = (client.clone(), Duration::from_micros(random(40_000)));
            tokio::spawn(async move {
                let name = format!("dropped-{nth}");
                let request = crate::operations::request();
                let _ = timeout(limit, client.mute(&name, &request)).await;
            })
        });
        for call in calls.collect::<Vec<_>>() {
            call.await.unwrap();
        }
    }
    let plain = (0..100).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { mute(&client).await.map(drop) })
    });
    for call in plain.collect::<Vec<_>>() {
        call.await.unwrap().unwrap();
    }
    drop(client);
    // The accept loop and its connections are the server's own.
    drop(server);
    eventually("all tasks have ended", || Handle::current().metrics().num_alive_tasks() <= tasks)
        .await;
}

/// A panic of the user's own code passes through, and the client keeps working.
#[tokio::test]
async fn a_panic_in_an_argument_does_not_affect_other_calls() {
    struct Panics(Arc<AtomicUsize>);
    impl serde::Serialize for Panics {
        fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            match self.0.fetch_add(1, Ordering::Relaxed) {
                0 => panic!("the user's own"),
                _ => Err(serde::ser::Error::custom("cannot")),
            }
        }
    }
    #[acs_rest::acs_operation(POST, "/x", repeatable)]
    trait Post {
        async fn post(&self, #[body] body: &Panics) -> acs_rest::Result<()>;
    }
    let server = Server::start(always(Answer::muted())).await;
    let client = client(&server.endpoint());
    let body = Arc::new(AtomicUsize::new(0));
    let (panicking, given) = (client.clone(), Arc::clone(&body));
    let task = tokio::spawn(async move { panicking.post(&Panics(given)).await });
    assert!(task.await.unwrap_err().is_panic());
    let error = client.post(&Panics(body)).await.unwrap_err();
    assert_eq!(error.kind(), acs_rest::ErrorKind::Argument);
    assert_eq!(server.requests().len(), 0);
    assert!(mute(&client).await.is_ok());
    client.hold("a").await.unwrap();
}
