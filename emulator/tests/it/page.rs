//! The page, over the wire and in a browser.

use acs_rest_emulator::Emulator;

use crate::client::{address, call, request, send};

fn get(emulator: &Emulator, target: &str, headers: &str) -> String {
    let host = address(emulator);
    format!("GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n")
}

#[tokio::test]
async fn the_page_is_one_file_that_loads_nothing() {
    let emulator = Emulator::start().await;
    let page = send(&emulator, &get(&emulator, "/_emulator/", "")).await;
    assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")));
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none'; script-src 'sha256-"), "{policy}");
    for outside in ["src=\"", "href=\"", "http://", "https://", "@import", "url(", "innerHTML"] {
        assert!(!page.body.contains(outside), "{outside}");
    }
}

#[tokio::test]
async fn a_browser_is_redirected_to_the_page() {
    let emulator = Emulator::start().await;
    let html = "Accept: text/html,*/*\r\n";
    for (target, headers) in [("/", html), ("/_emulator", "")] {
        let response = send(&emulator, &get(&emulator, target, headers)).await;
        assert_eq!((response.status, response.header("location")), (302, Some("/_emulator/")));
    }
    // A client that is no browser has forgotten its credentials.
    assert_eq!(send(&emulator, &get(&emulator, "/", "Accept: */*\r\n")).await.status, 401);
}

#[tokio::test]
async fn the_page_is_for_its_own_origin() {
    let emulator = Emulator::start().await;
    let page = get(&emulator, "/_emulator/", "");
    let foreign = page.replace(address(&emulator), "rebound.contoso.com");
    assert_eq!(send(&emulator, &foreign).await.status, 403);
    let other = get(&emulator, "/_emulator/", "Origin: http://contoso.com\r\n");
    assert_eq!(send(&emulator, &other).await.status, 403);
}

#[tokio::test]
async fn the_journal_goes_on_where_a_page_has_lost_it() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    let emulator = Emulator::start().await;
    call(&emulator).await;
    let denied = request(&emulator, "GET /nowhere", "", "");
    send(&emulator, &denied.replace(emulator.user_token(), "secret")).await;
    let mut stream = crate::client::connect(&emulator).await;
    let headers = "Last-Event-ID: 1\r\n";
    stream.write_all(get(&emulator, "/_emulator/journal", headers).as_bytes()).await.unwrap();
    let mut text = String::new();
    while !text.contains("/nowhere") {
        let mut bytes = [0; 4096];
        let read = stream.read(&mut bytes).await.unwrap();
        assert_ne!(read, 0, "{text}");
        text.push_str(std::str::from_utf8(&bytes[..read]).unwrap());
    }
    assert!(text.contains("text/event-stream") && !text.contains("\nid: 1\n"), "{text}");
    assert!(!text.contains(emulator.user_token()) && !text.contains("secret"), "{text}");
}
