//! A repeatable request is carried out once, however often it comes.

use acs_rest_emulator::Emulator;
use tokio::io::AsyncWriteExt;
use tokio::task::JoinSet;

use crate::client::{call, connect, mute, mutes, read, send};

const ID: &str = "3adcd3d2-aa70-4dce-97ca-8ff222115975";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_of_64_simultaneous_requests_is_executed() {
    let emulator = std::sync::Arc::new(Emulator::start().await);
    let request = mute(&emulator, &call(&emulator).await, ID);
    let mut sends = JoinSet::new();
    for _ in 0..64 {
        let (emulator, request) = (emulator.clone(), request.clone());
        sends.spawn(async move { send(&emulator, &request).await });
    }
    for response in sends.join_all().await {
        assert!(matches!(response.status, 200 | 409), "{response:?}");
        assert_eq!(response.header("repeatability-result"), Some("accepted"));
    }
    assert_eq!(mutes(&emulator), 1);
}

#[tokio::test]
async fn a_repetition_of_a_running_request_is_reported() {
    let emulator = Emulator::start().await;
    let request = mute(&emulator, &call(&emulator).await, ID);
    let mut pause = emulator.pause().await;
    let mut first = connect(&emulator).await;
    first.write_all(request.as_bytes()).await.unwrap();
    pause.reached(1).await;
    let running = send(&emulator, &request).await;
    assert_eq!((running.status, mutes(&emulator)), (409, 0));
    assert_eq!(running.header("x-ms-error-code"), Some("Conflict"));
    drop(pause);
    let first = read(&mut first).await;
    let replayed = send(&emulator, &request).await;
    assert_eq!((first.status, replayed.status), (200, 200));
    assert_eq!((first.body, mutes(&emulator)), (replayed.body, 1));
}

#[tokio::test]
async fn an_execution_goes_on_when_the_client_hangs_up() {
    let emulator = Emulator::start().await;
    let request = mute(&emulator, &call(&emulator).await, ID);
    let mut pause = emulator.pause().await;
    let mut first = connect(&emulator).await;
    first.write_all(request.as_bytes()).await.unwrap();
    pause.reached(1).await;
    drop(first);
    // By the next round trip the emulator has seen it; the first still has the id.
    assert_eq!(send(&emulator, &request).await.status, 409);
    drop(pause);
    while mutes(&emulator) == 0 {
        tokio::task::yield_now().await;
    }
    let replayed = send(&emulator, &request).await;
    assert_eq!((replayed.status, mutes(&emulator)), (200, 1));
    assert_eq!(replayed.header("repeatability-result"), Some("accepted"));
}

#[tokio::test]
async fn the_window_moves_with_the_clock() {
    let emulator = Emulator::start().await;
    let request = mute(&emulator, &call(&emulator).await, ID);
    assert_eq!(send(&emulator, &request).await.status, 200);
    emulator.clock().advance(std::time::Duration::from_secs(5 * 60 + 1));
    let late = send(&emulator, &request).await;
    assert_eq!((late.status, late.header("repeatability-result")), (412, Some("rejected")));
    assert!(late.json()["error"]["message"].as_str().unwrap().contains("5 minute window"));
}
