//! The retry budget: an outage causes no retry storm, and calls survive a disturbance.

use acs_rest::CallOptions;

use crate::fault_server::{Answer, Received, Server, Step, always};
use crate::memory_transport::{Memory, Reply};
use crate::operations::{Scripted, builder, client, eventually, millis, mute, on, request};

#[tokio::test(start_paused = true)]
async fn an_outage_of_ten_thousand_calls_costs_at_most_twelve_thousand_requests() {
    for at_once in [1, 64, 10_000] {
        let memory = Memory::new(|_| Reply::Status(503, &[]));
        let client = on(memory.clone()).build().unwrap();
        let mut left = 10_000;
        while left > 0 {
            let calls: Vec<_> = (0..at_once.min(left))
                .map(|_| {
                    let client = client.clone();
                    tokio::spawn(async move { client.mute("a", &request()).await.unwrap_err() })
                })
                .collect();
            left -= calls.len();
            for call in calls {
                call.await.unwrap();
            }
        }
        let requests = memory.tries().len();
        eprintln!("an outage of 10,000 calls, {at_once} at once: {requests} requests");
        assert!((10_100..=12_000).contains(&requests), "{at_once} at once: {requests}");
    }
}

/// After an outage, successes fill it again.
#[tokio::test(start_paused = true)]
async fn a_client_recovers_from_an_outage() {
    let memory = Memory::new(|nth| match nth {
        0..1_000 => Reply::Broken,
        1_000..1_005 => Reply::Ok("{}"),
        1_005 => Reply::Broken,
        _ => Reply::Ok("{}"),
    });
    let client = on(memory.clone()).build().unwrap();
    while memory.tries().len() < 1_000 {
        mute(&client).await.unwrap_err();
    }
    for _ in 0..6 {
        mute(&client).await.unwrap();
    }
    assert_eq!(memory.tries().len(), 1_007);
}

/// A clone of one client for each of 256 calls at once, every one of which needs
/// three retries.
#[tokio::test]
async fn any_number_of_disturbed_calls_succeeds() {
    let server = Server::start(|request: &Received| match request.try_of_call {
        0..3 => vec![Step::ReadBody, Step::Execute, Step::Answer(Answer::error(503))],
        _ => Answer::muted().into(),
    })
    .await;
    let client = client(&server.endpoint());
    let call = |_| {
        let client = client.clone();
        tokio::spawn(async move { mute(&client).await })
    };
    for call in (0..256).map(call).collect::<Vec<_>>() {
        call.await.unwrap().unwrap();
    }
    assert_eq!((server.requests().len(), server.executions().len()), (1_024, 256));
}

/// Calls that the user gives up do not use it up.
#[tokio::test]
async fn dropped_calls_leave_the_others_their_retries() {
    let server = Server::start(always(Answer::error(503))).await;
    let client = builder(&server.endpoint()).max_retries(u32::MAX).build().unwrap();
    let call = |_| {
        let client = client.clone();
        tokio::spawn(async move { mute(&client).await })
    };
    let calls: Vec<_> = (0..100).map(call).collect();
    eventually("several retries each", || server.requests().len() > 400).await;
    calls.iter().for_each(|call| call.abort());
    for call in calls {
        assert!(call.await.unwrap_err().is_cancelled());
    }
    let limited = client.with_options(CallOptions::new().timeout(millis(500)));
    assert!(mute(&limited).await.unwrap_err().attempts() > 1);
}
