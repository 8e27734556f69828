//! Lists: pages are followed on the own origin only, once each.

use acs_rest::{Client, ErrorKind, Pager, Result};
use serde_json::{Value, json};

use crate::fault_server::{Answer, Received, Server, Step, always, in_turn};
use crate::operations::{Scripted, builder, client};

fn page(items: &[u32], next: Value) -> Vec<Step> {
    Answer::new(200, json!({"value": items, "nextLink": next}).to_string()).into()
}

async fn all(mut pager: Pager<Value>) -> Result<Vec<Value>> {
    let mut all = Vec::new();
    while let Some(item) = pager.next().await {
        match item {
            Ok(item) => all.push(item),
            Err(error) => {
                assert!(pager.next().await.is_none(), "an error is the end");
                return Err(error);
            }
        }
    }
    Ok(all)
}

#[tokio::test]
async fn a_link_is_followed_byte_for_byte() {
    let server = Server::start(|request: &Received| match request.nth {
        0 => {
            let host = request.header("host").unwrap();
            let next = format!("http://{host}/participants?skipToken=a%2Fb%3D&x='1'#fragment");
            page(&[1, 2], next.into())
        }
        _ => page(&[3], Value::Null),
    })
    .await;
    let items = all(client(&server.endpoint()).list()).await.unwrap();
    assert_eq!(items, [1, 2, 3]);
    let [first, second] = &server.requests()[..] else { panic!("not two pages") };
    assert_eq!(first.target, "/participants?api-version=2024-09-15");
    assert_eq!(second.target, "/participants?skipToken=a%2Fb%3D&x=%271%27");
    assert!(second.header("authorization").is_some());
}

#[tokio::test]
async fn a_list_ends() {
    for last in [
        json!({"value": []}),
        json!({"value": [], "nextLink": null}),
        json!({"value": [], "nextLink": ""}),
    ] {
        let server = Server::start(always(Answer::new(200, last.to_string()))).await;
        assert_eq!(all(client(&server.endpoint()).list()).await.unwrap(), [] as [Value; 0]);
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_page_is_tried_again_by_itself() {
    let server = Server::start(in_turn([
        page(&[1], "?page=2".into()),
        Answer::error(500).into(),
        vec![Step::ReadBody, Step::Reset],
        page(&[2], Value::Null),
    ]))
    .await;
    assert_eq!(all(client(&server.endpoint()).list()).await.unwrap(), [1, 2]);
    assert_eq!(server.requests().len(), 4);
}

/// Pages are requested as they are read, and two lists of one client do not mix.
#[tokio::test]
async fn pages_are_asked_for_one_by_one() {
    let server = Server::start(|request: &Received| {
        let next = format!("{}x", request.target);
        page(&[request.target.len() as u32], next.into())
    })
    .await;
    let client = client(&server.endpoint());
    let (mut one, mut two) = (client.list(), client.list());
    assert_eq!(server.requests().len(), 0);
    for nth in 0..5 {
        for pager in [&mut one, &mut two] {
            let length = "/participants?api-version=2024-09-15".len() + nth;
            assert_eq!(pager.next().await.unwrap().unwrap(), length);
        }
    }
    assert_eq!(server.requests().len(), 10);
    drop((one, two));
    assert_eq!(client.list().next().await.unwrap().unwrap(), 36);
}

/// Refused before anything is sent.
#[tokio::test]
async fn a_link_that_leads_elsewhere_is_refused() {
    let foreign = Server::start(always(Answer::new(200, "{\"value\":[]}"))).await;
    let elsewhere = foreign.address().to_string();
    for link in [
        format!("http://{elsewhere}/participants"),
        format!("//{elsewhere}/participants"),
        format!("https://{elsewhere}/"),
        "http://169.254.169.254/metadata".to_owned(),
        "/../admin".to_owned(),
        "/a/%2e%2E/admin".to_owned(),
        "\\\\evil".to_owned(),
        "javascript:alert(1)".to_owned(),
        "/participants?a b".to_owned(),
        "/".to_owned() + &"x".repeat(64 << 10),
        "?api-version=2024-09-15".to_owned(),
    ] {
        let server = Server::start(always(page(&[1], link.clone().into()))).await;
        let mut pager = client(&server.endpoint()).list();
        assert_eq!(pager.next().await.unwrap().unwrap(), 1);
        let error = pager.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Link, "{link}");
        assert!(pager.next().await.is_none());
        assert_eq!((server.requests().len(), foreign.requests().len()), (1, 0), "{link}");
        assert!(error.to_string().len() < 400);
    }
}

#[tokio::test]
async fn a_page_of_another_shape_is_an_error() {
    for body in [
        "[]",
        "{}",
        "{\"value\":7}",
        "{\"value\":[1],\"nextLink\":7}",
        "{\"value\":[1]",
        "null",
        "",
    ] {
        let server = Server::start(always(Answer::new(200, body))).await;
        let error = all(client(&server.endpoint()).list()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
        assert_eq!(server.requests().len(), 1);
    }
}

/// A page that never ends its call costs that page's tries, and then the list ends.
#[tokio::test]
async fn a_page_that_cannot_be_had_ends_the_list() {
    let server = Server::start(in_turn([page(&[1], "?2".into()), Answer::error(503).into()])).await;
    let client: Client = builder(&server.endpoint()).max_retries(1).build().unwrap();
    let mut pager = client.list();
    assert_eq!(pager.next().await.unwrap().unwrap(), 1);
    let error = pager.next().await.unwrap().unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (503, 2));
    assert!(pager.next().await.is_none());
    assert_eq!(server.requests().len(), 3);
}
