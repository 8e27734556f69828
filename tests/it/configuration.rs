//! A client that cannot work is not built.

use std::time::Duration;

use acs_rest::{AccessKey, Client, ClientBuilder, Endpoint, ErrorKind, UserToken};

use crate::fault_server::{Answer, Server, always};
use crate::operations::{builder, mute, tested};
use crate::subprocess::in_subprocess;

fn refused(result: acs_rest::Result<Client>) -> String {
    let error = result.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    error.to_string()
}

#[test]
fn an_endpoint_is_https_or_loopback() {
    for endpoint in [
        "",
        "contoso",
        "https://",
        "ftp://h",
        "https://h:99999",
        "http://contoso.communications.azure.com",
        "HTTP://h",
        " http://h",
        "http:\\\\h",
        "//h",
        "http://user@h",
        "hTtP://h",
        "http://127.0.0.1@h",
        "http://127.0.0.1.h",
        "http://0.0.0.0",
        "http://[::]",
        "http://10.0.0.1",
        "http://localhost.h",
        "https://h\r\n",
        "https://h/..",
        "https://h?x",
        "https://h#x",
    ] {
        let text = refused(Client::new(endpoint, UserToken::new("t")));
        assert!(text.contains("endpoint"), "{text}");
    }
}

#[tokio::test]
async fn a_base_path_is_put_before_each_path() {
    let server = Server::start(always(Answer::muted())).await;
    for (suffix, path) in [("", ""), ("/", ""), ("/gw/", "/gw"), ("/gw/v1", "/gw/v1")] {
        mute(&builder(&(server.endpoint() + suffix)).build().unwrap()).await.unwrap();
        let target = server.requests().pop().unwrap().target;
        assert!(target.starts_with(&format!("{path}/calls/")), "{target}");
    }
}

/// See also the unit tests of the connection string.
#[test]
fn a_connection_string_is_read_or_refused() {
    for text in
        ["", ";;;", "endpoint=https://h/", "accesskey=AAAA", "endpoint=;accesskey=", "\0", "=;="]
    {
        refused(Client::from_connection_string(text));
    }
    let twice = "endpoint=https://h;accesskey=AAAA;accesskey=AAAA";
    assert!(refused(Client::from_connection_string(twice)).contains("twice"));
    let odd = " AccessKey = AAA== ; Endpoint = https://h/ ;";
    assert!(ClientBuilder::from_connection_string(odd).is_ok());
}

#[test]
fn settings_are_checked() {
    for key in ["", "no base64!", "-_-_"] {
        let error = AccessKey::new(key).unwrap_err();
        assert!(key.is_empty() || !error.to_string().contains(key));
    }
    let with = |token: &str| tested(Client::builder("https://h", UserToken::new(token))).build();
    for token in ["", "two words", "a\r\nb", "é"] {
        refused(with(token));
    }
    for token in ["a.b", "a.b.c", "e30.!!!.c2ln", "e30.bm90IGpzb24.c2ln"] {
        assert!(with(token).is_ok(), "{token}");
    }
    let setting = |set: fn(ClientBuilder) -> ClientBuilder| set(builder("https://h")).build();
    refused(setting(|b| b.api_version("")));
    refused(setting(|b| b.api_version("2024&x=1")));
    refused(setting(|b| b.application_id("a\r\nb")));
    refused(setting(|b| b.application_id("a".repeat(100))));
    refused(setting(|b| b.application_id("a/b")));
    assert!(setting(|b| b.application_id("my-app_1.0").max_retries(0)).is_ok());
}

#[tokio::test]
async fn the_user_agent_names_the_application_first() {
    let server = Server::start(always(Answer::muted())).await;
    mute(&builder(&server.endpoint()).application_id("my-app").build().unwrap()).await.unwrap();
    let agent = format!("my-app acs-rest/{}", env!("CARGO_PKG_VERSION"));
    assert_eq!(server.requests()[0].header("user-agent"), Some(&*agent));
}

/// 10 MiB of nonsense: a reader that is not linear would not end.
#[test]
fn long_nonsense_is_refused() {
    for unit in ["((((", "%%%%", ";;;;", "....", "{{{{", "=;", "a.b.c"] {
        let text = unit.repeat((10 << 20) / unit.len());
        assert!(Client::from_connection_string(&text).is_err(), "connection string of {unit}");
        assert!(text.parse::<Endpoint>().is_err(), "endpoint of {unit}");
        assert!(AccessKey::new(&text).is_err(), "key of {unit}");
        // Any visible text may be a token.
        let client = tested(Client::builder("https://h", UserToken::new(&*text))).build();
        assert!(client.is_ok(), "token of {unit}");
    }
}

/// The environment decides neither where a request goes nor how a date is written.
#[test]
fn the_environment_is_ignored() {
    let nowhere = "http://127.0.0.1:9";
    let environment = [
        ("HTTP_PROXY", nowhere),
        ("http_proxy", nowhere),
        ("HTTPS_PROXY", nowhere),
        ("ALL_PROXY", nowhere),
        ("all_proxy", nowhere),
        ("LC_ALL", "de_DE.UTF-8"),
        ("TZ", "Asia/Kathmandu"),
    ];
    in_subprocess("configuration::the_environment_is_ignored", &environment, async {
        let server = Server::start(always(Answer::muted())).await;
        mute(&builder(&server.endpoint()).build().unwrap()).await.unwrap();
        let request = server.requests().remove(0);
        let date = request.header("repeatability-first-sent").unwrap();
        let parsed = httpdate::parse_http_date(date).unwrap();
        assert_eq!(httpdate::fmt_http_date(parsed), date);
        assert!(parsed.elapsed().unwrap() < Duration::from_secs(60));
    });
}

/// Outside a Tokio runtime, tokio reports it.
#[test]
fn outside_a_runtime_tokio_reports_what_is_missing() {
    let client = builder("http://127.0.0.1:9").build().unwrap();
    let polled = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let mut call = Box::pin(mute(&client));
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        call.as_mut().poll(&mut context).is_ready()
    }));
    let panic = polled.unwrap_err();
    let text = panic.downcast_ref::<String>().cloned();
    let text = text.or_else(|| panic.downcast_ref::<&str>().map(|&text| text.to_owned())).unwrap();
    assert!(text.contains("Tokio") || text.contains("reactor"), "{text}");
}
