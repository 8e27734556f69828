//! HTTP/2: the limits on what a server can make the client do.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use acs_rest::{ErrorKind, Outcome};

use crate::http2_server::{
    CONTINUATION, DATA, END_HEADERS, END_STREAM, Event, Executed, HEADERS, INITIAL_WINDOW_SIZE,
    MAX_CONCURRENT_STREAMS, MUTED, SETTINGS, play, start,
};
use crate::operations::{Scripted, millis, mute, shown};

#[tokio::test]
async fn the_limit_of_concurrent_streams_is_kept() {
    let executed = Executed::default();
    let log = executed.clone();
    let server = start(&[(MAX_CONCURRENT_STREAMS, 3)], move |mut connection, _| {
        let executed = log.clone();
        async move {
            // The first calls may be under way before the settings are there (section 6.5.3).
            let first = connection.request().await?;
            executed.note(&first.body);
            connection.respond(first.stream, MUTED).await?;
            let mut waiting = Vec::new();
            loop {
                let request = tokio::time::timeout(millis(5), connection.request()).await;
                if let Ok(request) = request {
                    assert!(connection.open <= 3, "{} streams are open", connection.open);
                    waiting.push(request?);
                }
                if waiting.len() == 3 || request_is_late(&waiting) {
                    for request in waiting.drain(..) {
                        executed.note(&request.body);
                        connection.respond(request.stream, MUTED).await?;
                    }
                }
            }
        }
    })
    .await;
    for (name, client) in server.clients() {
        let client = client.build().unwrap();
        mute(&client).await.unwrap();
        let calls: Vec<_> = (0..50)
            .map(|_| {
                let client = client.clone();
                tokio::spawn(async move { mute(&client).await })
            })
            .collect();
        for call in calls {
            call.await.unwrap().unwrap_or_else(|error| panic!("{name}: {}", shown(&error)));
        }
        assert_eq!(executed.take(), 51, "{name}");
    }
}

/// The tail of the calls does not fill the limit.
fn request_is_late<T>(waiting: &[T]) -> bool {
    !waiting.is_empty()
}

/// A limit of zero: nothing was sent, and so the call says.
#[cfg(feature = "hyper")]
#[tokio::test]
async fn waiting_for_a_stream_counts_as_connecting() {
    let server = start(&[(MAX_CONCURRENT_STREAMS, 0)], |mut connection, _| async move {
        while connection.event().await.is_ok() {}
        Ok(())
    })
    .await;
    let options = server.options().connect_timeout(millis(300));
    let transport = acs_rest::transport::HyperTransport::with_options(options).unwrap();
    let client = crate::operations::builder(&server.endpoint()).transport(transport);
    let client = client.max_retries(1).build().unwrap();
    client.preconnect().await.unwrap();
    tokio::time::sleep(millis(100)).await;
    let error = play(&client, "a").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect, "{}", shown(&error));
    assert_eq!((error.outcome(), error.attempts()), (Outcome::NotExecuted, 2));
}

/// Windows of one byte hold up a request, and a reader that stops holds up its own response only.
#[tokio::test]
async fn flow_control_works_both_ways() {
    let body = vec![b'x'; 3 << 20];
    let server = start(&[(INITIAL_WINDOW_SIZE, 1)], move |mut connection, _| {
        let body = body.clone();
        async move {
            loop {
                let request = connection.request().await?;
                if request.body.is_empty() {
                    connection.frame(HEADERS, END_HEADERS, request.stream, &[0x88]).await?;
                    // Within the window of the client, which is 1 MiB; the rest must not be needed.
                    for chunk in body[..512 << 10].chunks(16_384) {
                        connection.frame(DATA, 0, request.stream, chunk).await?;
                    }
                } else {
                    connection.respond(request.stream, MUTED).await?;
                }
            }
        }
    })
    .await;
    for (name, client) in server.clients() {
        let client = client.build().unwrap();
        let _stalled = client.download("a").await.unwrap();
        let result = play(&client, "through a window of one byte").await;
        result.unwrap_or_else(|error| panic!("{name}: {}", shown(&error)));
    }
}

/// Header sections without an end, and settings without an end.
#[tokio::test]
async fn memory_for_a_hostile_server_is_bounded() {
    for flood in ["headers", "continuations", "settings"] {
        let server = start(&[], move |mut connection, _| async move {
            let request = connection.request().await?;
            // A literal field that is not indexed: "x: " and 4,000 letters.
            let mut field = vec![0x00, 1, b'x', 0x7f, 0xa1, 0x1e];
            field.extend([b'a'; 4_000]);
            match flood {
                "headers" => {
                    let mut block = vec![0x88];
                    for _ in 0..3 {
                        block.extend(&field);
                    }
                    connection.frame(HEADERS, 0, request.stream, &block).await?;
                    for nth in 0..20 {
                        let flags = if nth == 19 { END_HEADERS } else { 0 };
                        connection.frame(CONTINUATION, flags, request.stream, &field).await?;
                    }
                    connection.frame(DATA, END_STREAM, request.stream, b"{}").await?;
                }
                "continuations" => {
                    connection.frame(HEADERS, 0, request.stream, &[0x88]).await?;
                    loop {
                        connection.frame(CONTINUATION, 0, request.stream, &field).await?;
                    }
                }
                _ => {
                    for _ in 0..5_000 {
                        connection.frame(SETTINGS, 0, 0, &[0, 4, 0, 1, 0, 0]).await?;
                    }
                    connection.respond(request.stream, MUTED).await?;
                }
            }
            while connection.event().await.is_ok() {}
            Ok(())
        })
        .await;
        for (name, client) in server.clients() {
            let client =
                client.max_retries(0).try_timeout(Duration::from_secs(30)).build().unwrap();
            let result = play(&client, "a").await;
            match (flood, result) {
                ("settings", Ok(_)) => {}
                (_, Err(error)) => {
                    let kind = error.kind();
                    assert_eq!(kind, ErrorKind::Transport, "{name}, {flood}: {}", shown(&error));
                    assert_eq!(error.outcome(), Outcome::Unknown, "{name}, {flood}");
                }
                (_, Ok(_)) => panic!("{name}: {flood} were accepted"),
            }
        }
    }
}

/// A call that is dropped resets its stream and harms no other.
#[tokio::test]
async fn a_dropped_call_resets_its_stream() {
    let resets = Arc::new(Mutex::new(0));
    let count = Arc::clone(&resets);
    let server = start(&[], move |mut connection, _| {
        let resets = Arc::clone(&count);
        async move {
            loop {
                match connection.event().await? {
                    Event::Reset => *resets.lock().unwrap() += 1,
                    Event::Request(request) if request.body.is_empty() => {} // No answer.
                    Event::Request(request) => connection.respond(request.stream, MUTED).await?,
                }
            }
        }
    })
    .await;
    for (name, client) in server.clients() {
        let before = server.accepted();
        let client = client.build().unwrap();
        play(&client, "a").await.unwrap();
        let dropped = tokio::time::timeout(millis(50), client.hold("a")).await;
        assert!(dropped.is_err(), "{name}");
        let is_reset = || *resets.lock().unwrap() > 0;
        crate::operations::eventually("the stream is reset", is_reset).await;
        play(&client, "b").await.unwrap();
        assert_eq!(server.accepted() - before, 1, "{name}");
        *resets.lock().unwrap() = 0;
    }
}

/// A peer that is gone without a word is found by pings, before the call's own time is over.
#[tokio::test(start_paused = true)]
async fn a_dead_connection_is_found_by_pings() {
    let server = start(&[], |mut connection, nth| async move {
        connection.answers_pings = nth % 2 == 1;
        while let Ok(request) = connection.request().await {
            if nth % 2 == 1 {
                connection.respond(request.stream, MUTED).await?;
            }
        }
        Ok(())
    })
    .await;
    for (name, client) in server.clients() {
        let client = client.try_timeout(Duration::from_secs(60)).build().unwrap();
        let error = play(&client, "a").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport, "{name}: {}", shown(&error));
        assert_eq!(error.outcome(), Outcome::Unknown, "{name}");
        play(&client, "b").await.unwrap_or_else(|error| panic!("{name}: {}", shown(&error)));
    }
}
