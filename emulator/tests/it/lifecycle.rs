//! Starting, stopping, and two at a time.

use std::time::Duration;

use acs_rest_emulator::Emulator;
use tokio::net::{TcpListener, TcpStream};

use crate::client::{address, call, connect, mute, mutes, read, request, send};
use tokio::io::AsyncWriteExt;

#[tokio::test]
async fn stopping_frees_the_port_despite_open_connections() {
    let emulator = Emulator::start().await;
    let address = address(&emulator).to_owned();
    let _idle = connect(&emulator).await;
    emulator.stop().await;
    assert!(TcpStream::connect(&address).await.is_err());
    TcpListener::bind(&address).await.unwrap();
}

#[tokio::test]
async fn dropping_stops_too() {
    let emulator = Emulator::start().await;
    let address = address(&emulator).to_owned();
    drop(emulator);
    while TcpStream::connect(&address).await.is_ok() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn arrived_requests_are_answered_before_it_stops() {
    let emulator = Emulator::start().await;
    let line = "GET /calling/callConnections/a?api-version=2024-09-15";
    let mut pause = emulator.pause().await;
    let mut stream = connect(&emulator).await;
    stream.write_all(request(&emulator, line, "", "").as_bytes()).await.unwrap();
    pause.reached(1).await;
    let stopping = tokio::spawn(emulator.stop());
    drop(pause);
    assert_eq!(read(&mut stream).await.status, 404);
    stopping.await.unwrap();
}

#[tokio::test]
async fn two_emulators_share_nothing() {
    let (one, other) = (Emulator::start().await, Emulator::start().await);
    assert_ne!(one.endpoint(), other.endpoint());
    assert_ne!(one.connection_string(), other.connection_string());
    let call = call(&one).await;
    let id = "3adcd3d2-aa70-4dce-97ca-8ff222115975";
    assert_eq!(send(&one, &mute(&one, &call, id)).await.status, 200);
    // The same id is new over there, and the call unknown.
    assert_eq!(send(&other, &mute(&other, &call, id)).await.status, 404);
    assert_eq!((mutes(&one), mutes(&other)), (1, 0));
    assert_eq!((one.requests().len(), other.requests().len()), (2, 1));
}

#[tokio::test]
async fn a_port_in_use_and_wrong_settings_are_named() {
    let emulator = Emulator::start().await;
    let port = address(&emulator).rsplit_once(':').unwrap().1.parse().unwrap();
    for (builder, named) in [
        (Emulator::builder().port(port), format!("127.0.0.1:{port}")),
        (Emulator::builder().access_key("no base64"), "access key".to_owned()),
        (Emulator::builder().access_key(""), "access key".to_owned()),
        (Emulator::builder().page_size(0), "page size".to_owned()),
    ] {
        let error = builder.start().await.unwrap_err().to_string();
        assert!(error.contains(&named) && !error.contains("no base64"), "{error}");
    }
}

#[test]
fn both_kinds_of_runtime_work() {
    for mut runtime in
        [tokio::runtime::Builder::new_current_thread(), tokio::runtime::Builder::new_multi_thread()]
    {
        runtime.enable_all().build().unwrap().block_on(async {
            let emulator = Emulator::start().await;
            call(&emulator).await;
            tokio::time::timeout(Duration::from_secs(4), emulator.stop()).await.unwrap();
        });
    }
}

#[tokio::test]
async fn no_secret_is_shown() {
    let emulator = Emulator::builder().access_key("c2VjcmV0").start().await.unwrap();
    let builder = format!("{:?}", Emulator::builder().access_key("c2VjcmV0"));
    let shown = format!("{emulator:#?} {builder}");
    let (_, payload) = emulator.user_token().split_once('.').unwrap();
    for secret in ["c2VjcmV0", "secret", payload] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
