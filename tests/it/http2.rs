//! HTTP/2: what the server certainly did not process, and what it may have processed.

use std::time::Duration;

use acs_rest::Outcome;

use crate::http2_server::{
    ENHANCE_YOUR_CALM, Executed, INTERNAL_ERROR, MUTED, NO_ERROR, REFUSED_STREAM, each_transport,
    play, serve, start,
};
use crate::operations::{millis, mute, shown};

#[tokio::test]
async fn calls_share_one_connection() {
    let executed = Executed::default();
    let log = executed.clone();
    let server = start(&[], move |connection, _| serve(connection, log.clone())).await;
    for (name, client) in server.clients() {
        let before = server.accepted();
        let client = client.build().unwrap();
        let calls: Vec<_> = (0..200)
            .map(|_| {
                let client = client.clone();
                tokio::spawn(async move { mute(&client).await })
            })
            .collect();
        for call in calls {
            call.await.unwrap().unwrap_or_else(|error| panic!("{name}: {}", shown(&error)));
        }
        assert_eq!((executed.take(), server.accepted() - before), (200, 1), "{name}");
    }
}

/// RFC 9113, section 8.7.
#[tokio::test]
async fn a_refused_stream_is_retried_even_for_an_unrepeatable_call() {
    let executed = Executed::default();
    let log = executed.clone();
    let server = start(&[], move |mut connection, _| {
        let executed = log.clone();
        async move {
            let request = connection.request().await?;
            connection.reset(request.stream, REFUSED_STREAM).await?;
            serve(connection, executed).await
        }
    })
    .await;
    for (name, client) in server.clients() {
        let client = client.build().unwrap();
        play(&client, name).await.unwrap_or_else(|error| panic!("{name}: {}", shown(&error)));
        assert_eq!(executed.times(name), 1, "{name}");
    }
}

/// Every other code leaves it open what the server did.
#[tokio::test]
async fn a_reset_that_is_not_a_refusal_leaves_the_outcome_unknown() {
    for code in (0..=13).filter(|&code| code != REFUSED_STREAM) {
        let executed = Executed::default();
        let log = executed.clone();
        let server = start(&[], move |mut connection, _| {
            let executed = log.clone();
            async move {
                let request = connection.request().await?;
                executed.note(&request.body);
                connection.reset(request.stream, code).await?;
                serve(connection, executed).await
            }
        })
        .await;
        for (name, client) in server.clients() {
            let error = play(&client.build().unwrap(), name).await.unwrap_err();
            assert_eq!(error.outcome(), Outcome::Unknown, "{name}, {code}: {}", shown(&error));
            assert_eq!((error.attempts(), executed.times(name)), (1, 1), "{name}, {code}");
        }
    }
}

/// RFC 9113, section 6.8: what is above the last id was not processed, what is not above it may
/// have been.
#[tokio::test]
async fn the_last_id_of_a_goaway_divides_the_requests() {
    for (code, transport) in each_transport([NO_ERROR, INTERNAL_ERROR, ENHANCE_YOUR_CALM]) {
        let executed = Executed::default();
        let log = executed.clone();
        let server = start(&[], move |mut connection, nth| {
            let executed = log.clone();
            async move {
                if nth > 0 {
                    return serve(connection, executed).await;
                }
                let mut requests = Vec::new();
                while requests.len() < 10 {
                    requests.push(connection.request().await?);
                }
                requests.sort_by_key(|request| request.stream);
                for request in &requests[..5] {
                    executed.note(&request.body);
                }
                connection.respond(requests[0].stream, MUTED).await?;
                connection.go_away(requests[4].stream, code).await
                // And closes.
            }
        })
        .await;
        let (name, client) = server.clients().swap_remove(transport);
        {
            let client = client.build().unwrap();
            let calls: Vec<_> = (0..10)
                .map(|nth| {
                    let (client, context) = (client.clone(), format!("{name}-{nth}"));
                    tokio::spawn(async move { (play(&client, &context).await, context) })
                })
                .collect();
            let (mut answered, mut unknown) = (0, 0);
            for call in calls {
                let (result, context) = call.await.unwrap();
                assert_eq!(executed.times(&context), 1, "{name}, {code}: {context}");
                match result {
                    Ok(_) => answered += 1,
                    Err(error) => {
                        assert_eq!(error.outcome(), Outcome::Unknown, "{}", shown(&error));
                        unknown += 1;
                    }
                }
            }
            assert_eq!((answered, unknown), (6, 4), "{name}, {code}");
        }
    }
}

/// 100 calls on a connection that is lost: some answered, some refused, some above the last id,
/// the rest unknown.
#[tokio::test]
async fn a_lost_connection_gives_each_of_100_calls_its_own_outcome() {
    for ((), transport) in each_transport([()]) {
        lose_a_connection(transport).await;
    }
}

async fn lose_a_connection(transport: usize) {
    let executed = Executed::default();
    let log = executed.clone();
    let server = start(&[], move |mut connection, nth| {
        let executed = log.clone();
        async move {
            if nth > 0 {
                return serve(connection, executed).await;
            }
            let mut requests = Vec::new();
            while requests.len() < 100 {
                requests.push(connection.request().await?);
            }
            requests.sort_by_key(|request| request.stream);
            for request in &requests[..20] {
                executed.note(&request.body);
                connection.respond(request.stream, MUTED).await?;
            }
            for request in &requests[20..40] {
                connection.reset(request.stream, REFUSED_STREAM).await?;
            }
            for request in &requests[40..60] {
                executed.note(&request.body);
            }
            connection.go_away(requests[79].stream, INTERNAL_ERROR).await
        }
    })
    .await;
    let (name, client) = server.clients().swap_remove(transport);
    {
        let client = client.build().unwrap();
        let calls: Vec<_> = (0..100)
            .map(|nth| {
                let (client, context) = (client.clone(), format!("{name}-{nth}"));
                tokio::spawn(async move { (play(&client, &context).await, context) })
            })
            .collect();
        let (mut answered, mut unknown, mut executed_unknown) = (0, 0, 0);
        for call in calls {
            let (result, context) = call.await.unwrap();
            match result {
                Ok(_) => {
                    answered += 1;
                    assert_eq!(executed.times(&context), 1, "{name}: {context}");
                }
                Err(error) => {
                    unknown += 1;
                    executed_unknown += executed.times(&context);
                    assert_eq!(error.outcome(), Outcome::Unknown, "{name}: {}", shown(&error));
                }
            }
        }
        assert_eq!((answered, unknown, executed_unknown), (60, 40, 20), "{name}");
    }
}

/// The server goes away at the moment of the next request, whichever comes first.
#[tokio::test]
async fn a_goaway_between_calls_fails_no_call() {
    let executed = Executed::default();
    let log = executed.clone();
    let server = start(&[], move |mut connection, _| {
        let executed = log.clone();
        async move {
            let request = connection.request().await?;
            executed.note(&request.body);
            connection.respond(request.stream, MUTED).await?;
            tokio::time::sleep(millis(3)).await;
            connection.go_away(request.stream, NO_ERROR).await?;
            // What comes now was not processed. The connection is closed once the client has left.
            while connection.event().await.is_ok() {}
            Ok(())
        }
    })
    .await;
    for (name, client) in server.clients() {
        let client = client.build().unwrap();
        for round in 0..200 {
            let context = format!("{name}-{round}");
            let result = play(&client, &context).await;
            result.unwrap_or_else(|error| panic!("{context}: {}", shown(&error)));
            assert_eq!(executed.times(&context), 1, "{context}");
            tokio::time::sleep(Duration::from_micros(2_500 + (round % 11) * 100)).await;
        }
    }
}
