//! The delay that the service asks for: honoured, or reported.

use std::time::Duration;

use acs_rest::Error;

use crate::fault_server::{Answer, Server, always};
use crate::memory_transport::{Memory, Reply};
use crate::operations::{client, mute, on};

type Headers = &'static [(&'static str, &'static str)];

/// A mute that is refused once; when it was tried again, or its error.
async fn refused_once(status: u16, headers: Headers) -> Result<Duration, Error> {
    let memory = Memory::in_turn([Reply::Status(status, headers), Reply::Ok("{}")]);
    mute(&on(memory.clone()).build().unwrap()).await?;
    Ok(memory.gaps()[0])
}

#[tokio::test(start_paused = true)]
async fn the_requested_delay_is_honoured() {
    for (headers, millis) in [
        (&[("retry-after", "7")] as Headers, 7_000),
        (&[("retry-after", " 7 ")], 7_000),
        (&[("retry-after-ms", "2500")], 2_500),
        (&[("x-ms-retry-after-ms", "2500")], 2_500),
        (&[("x-ms-retry-after-ms", "2000"), ("retry-after", "60")], 2_000),
        (&[("x-ms-retry-after-ms", "2000"), ("retry-after-ms", "60000")], 2_000),
        (&[("x-ms-retry-after-ms", "soon"), ("retry-after", "3")], 3_000),
    ] {
        for status in [408, 429, 500, 503] {
            let gap = refused_once(status, headers).await.unwrap().as_millis();
            assert!((millis..=millis + 2).contains(&gap), "{headers:?}: {gap} ms");
        }
    }
}

/// A value that cannot be read, or a time that is over.
#[tokio::test(start_paused = true)]
async fn a_value_that_cannot_be_read_is_ignored() {
    for value in [
        "-1",
        "junk",
        "",
        "1.5",
        "+3",
        "1e3",
        "0x10",
        "0",
        "7 s",
        "7, 8",
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
        "Sun, 99 Nov 1994 08:49:37 GMT",
    ] {
        let headers: Headers = vec![("retry-after", value)].leak();
        let gap = refused_once(503, headers).await.unwrap();
        assert!(gap <= Duration::from_millis(802), "{value}: {gap:?}");
    }
}

/// Handed back at once, with the time, after one try.
#[tokio::test(start_paused = true)]
async fn a_delay_past_the_deadline_is_reported() {
    let before = tokio::time::Instant::now();
    for (headers, least) in [
        (&[("retry-after", "100")] as Headers, 100),
        (&[("retry-after", "86400")], 86_400),
        (&[("retry-after", "18446744073709551615")], u64::MAX),
        (&[("retry-after", "9223372036854775807")], i64::MAX as u64),
        (&[("retry-after", "999999999999999999999999")], u64::MAX),
        (&[("retry-after", "Fri, 31 Dec 9999 23:59:59 GMT")], 86_400),
        (&[("x-ms-retry-after-ms", "18446744073709551615")], u64::MAX / 1_000),
    ] {
        for status in [429, 503] {
            let error = refused_once(status, headers).await.unwrap_err();
            assert!(error.retry_after().unwrap() >= Duration::from_secs(least), "{headers:?}");
            assert_eq!((error.attempts(), error.status().unwrap().as_u16()), (1, status));
        }
    }
    assert!(before.elapsed() < Duration::from_millis(10));
}

/// The error has the time for a status that is not retried, too.
#[tokio::test(start_paused = true)]
async fn a_delay_is_reported_even_if_nothing_is_retried() {
    let error = refused_once(403, &[("retry-after", "7")]).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    let error = refused_once(404, &[]).await.unwrap_err();
    assert_eq!(error.retry_after(), None);
}

#[tokio::test]
async fn a_success_is_not_waited_for() {
    let server = Server::start(always(Answer::muted().header("retry-after", "60"))).await;
    let client = client(&server.endpoint());
    tokio::time::timeout(Duration::from_secs(5), mute(&client)).await.unwrap().unwrap();
}
