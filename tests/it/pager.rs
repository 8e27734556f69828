//! Lists: pages are followed on the own origin only, once each.

use acs_rest::http::StatusCode;
use acs_rest::{Client, ErrorKind, Page, Pager, PagerContinuation, Result, acs_operations};
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
    let version = "api-version=2024-09-15";
    assert_eq!(second.target, format!("/participants?skipToken=a%2Fb%3D&x=%271%27&{version}"));
    assert!(second.header("authorization").is_some());
}

#[tokio::test]
async fn a_list_ends() {
    for last in [
        json!({"value": []}),
        json!({"value": [], "nextLink": null}),
        json!({"value": [], "nextLink": ""}),
        json!({"value": null}),
        json!({"total": 0}),
        json!({}),
    ] {
        let server = Server::start(always(Answer::new(200, last.to_string()))).await;
        assert_eq!(all(client(&server.endpoint()).list()).await.unwrap(), [] as [Value; 0]);
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_page_is_retried_by_itself() {
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
async fn pages_are_requested_one_by_one() {
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
async fn a_link_to_another_origin_is_refused() {
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
    for body in
        ["[]", "{\"value\":7}", "{\"value\":[1],\"nextLink\":7}", "{\"value\":[1]", "null", ""]
    {
        let server = Server::start(always(Answer::new(200, body))).await;
        let error = all(client(&server.endpoint()).list()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
        assert_eq!(server.requests().len(), 1);
    }
}

/// A page that never ends its call costs that page's tries, and then the list ends.
#[tokio::test]
async fn a_page_that_cannot_be_fetched_ends_the_list() {
    let server = Server::start(in_turn([page(&[1], "?2".into()), Answer::error(503).into()])).await;
    let client: Client = builder(&server.endpoint()).max_retries(1).build().unwrap();
    let mut pager = client.list();
    assert_eq!(pager.next().await.unwrap().unwrap(), 1);
    let error = pager.next().await.unwrap().unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (503, 2));
    assert!(pager.next().await.is_none());
    assert_eq!(server.requests().len(), 3);
}

#[acs_operations(api_version = "2024-04-15")]
trait Lists {
    #[acs_operation(GET, "/rooms")]
    fn list_rooms(&self, #[header("Accept-Language")] language: Option<&str>) -> Pager<u32>;

    #[acs_operation(GET, "/rooms:renamed", items = "rooms")]
    fn list_by_another_name(&self) -> Pager<u32>;

    #[acs_operation(GET, "/rooms:pages")]
    fn list_pages_by_mistake(&self) -> Pager<Collection>;
}

#[derive(Debug, serde::Deserialize)]
struct Collection {
    #[expect(dead_code, reason = "it is never read")]
    value: Vec<u32>,
}

/// Three pages of one item; the service's link has no api-version.
fn three_pages() -> impl Fn(&Received) -> Vec<Step> + Send + Sync + 'static {
    |request: &Received| match request.target.split("skip=").nth(1).map(|rest| &rest[..1]) {
        None => page(&[1], "/rooms?skip=1".into()),
        Some("1") => page(&[2], "?skip=2".into()),
        _ => page(&[3], Value::Null),
    }
}

#[tokio::test]
async fn pages_have_a_status_and_headers() {
    let server = Server::start(three_pages()).await;
    let mut pages = client(&server.endpoint()).list_rooms(Some("de")).into_pages();
    let mut seen = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        assert_eq!(page.status(), StatusCode::OK);
        assert!(page.headers().contains_key("content-length"));
        seen.push((page.items()[0], page.continuation().is_some()));
    }
    assert_eq!(seen, [(1, true), (2, true), (3, false)]);
    for request in server.requests() {
        assert!(request.target.contains("api-version=2024-04-15"), "{}", request.target);
        assert_eq!(request.header("accept-language"), Some("de"));
    }
}

#[tokio::test]
async fn a_stored_continuation_is_resumed_after_a_restart() {
    let server = Server::start(three_pages()).await;
    let page = client(&server.endpoint()).list_rooms(None).into_pages().next().await;
    let stored = serde_json::to_string(page.unwrap().unwrap().continuation().unwrap()).unwrap();
    let continuation: PagerContinuation = serde_json::from_str(&stored).unwrap();
    let restarted = client(&server.endpoint()).list_rooms(None).resume_from(&continuation);
    let mut items = restarted.into_pages();
    let rest: Vec<_> = [items.next().await, items.next().await].into();
    let rest: Vec<_> =
        rest.into_iter().flatten().flat_map(|page| page.map(Page::into_items)).collect();
    assert_eq!(rest, [[2], [3]]);
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_forged_continuation_sends_nothing() {
    let server = Server::start(three_pages()).await;
    for forged in ["https://evil.example/rooms", "/../admin", "javascript:alert(1)"] {
        let continuation = serde_json::from_value(forged.into()).unwrap();
        let mut pager = client(&server.endpoint()).list_rooms(None).resume_from(&continuation);
        let error = pager.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Link);
        assert!(pager.next().await.is_none());
    }
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn a_trusted_host_is_followed_and_a_relative_link_stays_there() {
    let regional = Server::start(in_turn([page(&[2], "?b".into()), page(&[3], Value::Null)])).await;
    let next = format!("http://{}/regional?a", regional.address());
    let own = Server::start(always(page(&[1], next.into()))).await;
    let trusting = builder(&own.endpoint()).trusted_host(regional.address().to_string());
    let mut pager = trusting.build().unwrap().list_rooms(None);
    for expected in [1, 2, 3] {
        assert_eq!(pager.next().await.unwrap().unwrap(), expected);
    }
    assert!(pager.next().await.is_none());
    let targets: Vec<_> = regional.requests().into_iter().map(|request| request.target).collect();
    let version = "api-version=2024-04-15";
    assert_eq!(targets, [format!("/regional?a&{version}"), format!("/regional?b&{version}")]);
    let error = client(&own.endpoint()).list_rooms(None);
    let mut refused = error;
    refused.next().await.unwrap().unwrap();
    let text = refused.next().await.unwrap().unwrap_err().to_string();
    assert!(text.contains("trusted_host"), "{text}");
}

#[tokio::test]
async fn a_declaration_that_does_not_fit_the_page_is_an_error_with_the_remedy() {
    let server = Server::start(always(page(&[1], Value::Null))).await;
    let client = client(&server.endpoint());
    let error = client.list_by_another_name().next().await.unwrap().unwrap_err().to_string();
    assert!(error.contains("no `rooms`, but a list `value`; declare `items = "), "{error}");
    let error = client.list_pages_by_mistake().next().await.unwrap().unwrap_err().to_string();
    assert!(
        error.contains("the `T` of `Pager<T>`, which is neither the page nor a list"),
        "{error}"
    );
}
