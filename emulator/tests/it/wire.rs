//! What every response looks like.

use acs_rest_emulator::Emulator;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::client::{address, call, connect, read, request, send};
use tokio::io::AsyncWriteExt;

const GET: &str = "GET /calling/callConnections/a?api-version=2024-09-15";

#[tokio::test]
async fn an_error_is_an_envelope_with_headers() {
    let emulator = Emulator::start().await;
    let headers = "x-ms-client-request-id: mine\r\nx-ms-return-client-request-id: true\r\n";
    let response = send(&emulator, &request(&emulator, GET, headers, "")).await;
    assert_eq!(response.status, 404);
    assert_eq!(response.json()["error"]["code"], "8522");
    assert_eq!(response.json()["error"]["target"], "callConnectionId");
    for (name, value) in [
        ("content-type", "application/json; charset=utf-8"),
        ("x-ms-error-code", "8522"),
        ("x-ms-client-request-id", "mine"),
        (
            "api-supported-versions",
            "2023-10-15, 2024-04-15, 2024-09-15, 2025-05-15, 2025-06-15, 2026-03-12",
        ),
    ] {
        assert_eq!(response.header(name), Some(value), "{response:?}");
    }
    assert_eq!(response.header("x-ms-request-id").unwrap().len(), 36);
    assert!(response.header("date").is_some());
}

#[tokio::test]
async fn a_client_request_id_is_echoed_on_demand_only() {
    let emulator = Emulator::start().await;
    let headers = "x-ms-client-request-id: mine\r\n";
    let response = send(&emulator, &request(&emulator, GET, headers, "")).await;
    assert_eq!(response.header("x-ms-client-request-id"), None);
}

#[tokio::test]
async fn requests_are_recorded_as_received() {
    let emulator = Emulator::start().await;
    let target = "/calling/callConnections/a%2Fb%20?api-version=2024-09-15&x=%41:";
    send(&emulator, &request(&emulator, &format!("GET {target}"), "X-Twice: 1\r\n", "{}")).await;
    let recorded = &emulator.requests()[0];
    assert_eq!((recorded.method(), recorded.target()), ("GET", target));
    assert_eq!((recorded.body(), recorded.status()), (&b"{}"[..], 404));
    assert_eq!(recorded.header("x-twice"), Some("1"));
    assert!(recorded.headers().any(|(name, _)| name == "authorization"));
    assert!(!format!("{recorded:?}").contains(emulator.user_token()));
}

#[tokio::test]
async fn a_signature_over_what_went_over_the_wire_is_accepted() {
    let emulator = Emulator::start().await;
    for target in [
        "/calling/callConnections/8%3Aacs%3Aa%2Fb+c%25%C3%BC?api-version=2024-09-15",
        "/calling/callConnections/a:b?z=1&&api-version=2024-09-15&a=%2f+",
    ] {
        let signed = send(&emulator, &signed(&emulator, "GET", target, "")).await;
        assert_eq!(signed.status, 404, "{signed:?}");
    }
    let body = " ".repeat(1024 * 1024);
    let create = "/calling/callConnections?api-version=2024-09-15";
    assert_eq!(send(&emulator, &signed(&emulator, "POST", create, &body)).await.status, 400);
    let forged = signed(&emulator, "GET", create, "").replace("Signature=", "Signature=A");
    assert_eq!(send(&emulator, &forged).await.status, 401);
}

#[tokio::test]
async fn tokens_that_are_not_valid_here_change_nothing() {
    let (emulator, other) = (Emulator::start().await, Emulator::start().await);
    let call = call(&emulator).await;
    let line = format!("DELETE {call}?api-version=2024-09-15");
    let good = request(&emulator, &line, "", "");
    let expired = emulator.user_token_for(std::time::Duration::ZERO);
    for token in [&*expired, other.user_token(), "", "a.b.c"] {
        let denied = send(&emulator, &good.replace(emulator.user_token(), token)).await;
        assert_eq!((denied.status, denied.header("x-ms-error-code")), (401, Some("Denied")));
        assert!(denied.header("www-authenticate").is_some());
    }
    emulator.clock().advance(std::time::Duration::from_secs(24 * 60 * 60));
    assert_eq!(send(&emulator, &good).await.status, 401);
    let fresh = emulator.user_token_for(std::time::Duration::from_secs(60));
    let ended = send(&emulator, &good.replace(emulator.user_token(), &fresh)).await;
    assert_eq!(ended.status, 204);
}

#[tokio::test]
async fn a_body_over_the_limit_is_not_read() {
    let emulator = Emulator::start().await;
    let line = "POST /calling/callConnections?api-version=2024-09-15";
    let head = request(&emulator, line, "", "").replace("Length: 0", "Length: 1048577");
    let response = send(&emulator, &format!("{head}{}", " ".repeat(1_048_577))).await;
    assert_eq!(
        (response.status, response.header("x-ms-error-code")),
        (413, Some("RequestBodyTooLarge"))
    );
}

#[tokio::test]
async fn an_ambiguous_host_is_refused() {
    let emulator = Emulator::start().await;
    let good = request(&emulator, GET, "", "");
    let host = format!("Host: {}\r\n", address(&emulator));
    for hosts in ["", "Host: a\r\nHost: a\r\n", "Host: a b\r\n", "Host: a@b\r\n", "Host: a/b\r\n"] {
        let response = send(&emulator, &good.replace(&host, hosts)).await;
        assert_eq!(response.status, 400, "{hosts:?}");
        assert_eq!(response.json()["error"]["target"], "Host");
    }
    let old = good.replace(&host, "").replace("HTTP/1.1", "HTTP/1.0");
    assert_eq!(send(&emulator, &old).await.status, 404);
}

#[tokio::test]
async fn hostile_bytes_get_an_answer_or_a_closed_connection() {
    let emulator = Emulator::start().await;
    for text in [
        "\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "GET /\u{e9} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "CONNECT a:1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET http://b/c HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nab",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ] {
        let mut stream = connect(&emulator).await;
        stream.write_all(text.as_bytes()).await.unwrap();
        stream.shutdown().await.unwrap();
        let _any = tokio::io::AsyncReadExt::read_to_end(&mut stream, &mut Vec::new()).await;
    }
    let mut stream = connect(&emulator).await;
    stream.write_all(request(&emulator, GET, "", "").as_bytes()).await.unwrap();
    assert_eq!(read(&mut stream).await.status, 404);
}

/// A request signed here, by the formula and not by the emulator.
fn signed(emulator: &Emulator, method: &str, target: &str, body: &str) -> String {
    let (_, key) = emulator.connection_string().split_once(";accesskey=").unwrap();
    let date = httpdate::fmt_http_date(std::time::SystemTime::now());
    let (host, hash) = (address(emulator), BASE64_STANDARD.encode(Sha256::digest(body)));
    let mut mac = Hmac::<Sha256>::new_from_slice(&BASE64_STANDARD.decode(key).unwrap()).unwrap();
    mac.update(format!("{method}\n{target}\n{date};{host};{hash}").as_bytes());
    let signature = BASE64_STANDARD.encode(mac.finalize().into_bytes());
    format!(
        "{method} {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\
         Content-Length: {}\r\nContent-Type: application/json\r\n\
         x-ms-date: {date}\r\nx-ms-content-sha256: {hash}\r\n\
         Authorization: HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&\
         Signature={signature}\r\n\r\n{body}",
        body.len(),
    )
}
