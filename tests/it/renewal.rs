//! A credential that the service refuses, and one that is replaced in time.

use std::sync::atomic::Ordering;

use acs_rest::{AccessKey, ErrorKind, UserToken};

use crate::credential::{at_once, bearer, client, jwt, refreshed};
use crate::fault_server::{Answer, Server, Step, always, answers, in_turn};
use crate::operations::{eventually, millis, mute};
use crate::secrets;
use crate::signature::assert_signed;

#[tokio::test]
async fn a_rejected_token_is_renewed_once_for_all_calls() {
    let first = jwt(3_600, 0);
    let refused = first.clone();
    let server = Server::start(move |request| match bearer(request) == refused {
        true => vec![Step::ReadBody, Step::Wait(millis(30)), Step::Answer(Answer::error(401))],
        false => Answer::muted().into(),
    })
    .await;
    let (token, asked) = refreshed(move |nth| match nth {
        0 => (millis(0), Ok(first.clone())),
        _ => (millis(20), Ok(jwt(3_600, nth))),
    });
    let client = client(&server, token);
    assert_eq!(at_once(&client, 32).await, 32);
    assert_eq!((asked.load(Ordering::Relaxed), server.requests().len()), (2, 64));
    let mut ids: Vec<_> = server
        .requests()
        .iter()
        .map(|r| r.header("repeatability-request-id").unwrap().to_owned())
        .collect();
    ids.sort();
    ids.dedup();
    assert_eq!((ids.len(), server.executions().len()), (32, 32));
}

#[tokio::test]
async fn a_token_that_is_always_rejected_is_renewed_once_per_call() {
    let server = Server::start(always(Answer::error(401))).await;
    let (token, asked) = refreshed(|nth| (millis(0), Ok(jwt(3_600, nth))));
    let error = mute(&client(&server, token)).await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (401, 2));
    assert_eq!((asked.load(Ordering::Relaxed), server.requests().len()), (2, 2));
    // A fixed token has no successor, and each call may ask the service anew.
    let fixed = client(&server, UserToken::new("fixed"));
    for _ in 0..2 {
        assert_eq!(mute(&fixed).await.unwrap_err().status().unwrap().as_u16(), 401);
    }
    assert_eq!(server.requests().len(), 4);
    // Where the renewal fails, the refusal before it is not forgotten.
    let (token, _) = refreshed(|nth| match nth {
        0 => (millis(0), Ok(jwt(3_600, nth))),
        _ => (millis(0), Err("down".to_owned())),
    });
    let error = mute(&client(&server, token)).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Credential, 1));
}

/// The key is replaced while a call waits for its next try.
#[tokio::test]
async fn a_rotated_key_signs_the_next_attempt() {
    let secrets = secrets::all();
    let busy = Answer::error(503).header("retry-after-ms", "1100");
    let server = Server::start(answers([busy, Answer::muted()])).await;
    let key = AccessKey::new(&secrets.key).unwrap();
    let client = client(&server, key.clone());
    let call = tokio::spawn(async move { mute(&client).await });
    eventually("the first try", || server.requests().len() == 1).await;
    key.update(&secrets.next_key).unwrap();
    call.await.unwrap().unwrap();
    let [first, second] = &server.requests()[..] else { panic!("not two tries") };
    assert_eq!(first.identity(), second.identity());
    assert_ne!(first.header("x-ms-date"), second.header("x-ms-date"));
    assert_signed(first, &secrets.key);
    assert_signed(second, &secrets.next_key);
}

/// A 401 that comes of a rotation is tried once more with the new key.
#[tokio::test]
async fn a_rejected_key_is_replaced_by_a_newer_one() {
    let secrets = secrets::all();
    let refuse = vec![Step::ReadBody, Step::Wait(millis(60)), Step::Answer(Answer::error(401))];
    let server = Server::start(in_turn([refuse, Answer::muted().into()])).await;
    let key = AccessKey::new(&secrets.key).unwrap();
    let client = client(&server, key.clone());
    let call = tokio::spawn(async move { mute(&client).await });
    eventually("the first try", || server.requests().len() == 1).await;
    key.update(&secrets.next_key).unwrap();
    call.await.unwrap().unwrap();
    assert_eq!(server.requests().len(), 2);
}
