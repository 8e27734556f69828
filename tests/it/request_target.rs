//! Arguments reach the service unchanged, or nothing is sent.

use acs_rest::{CallOptions, ErrorKind, Repeatability};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::fault_server::{Answer, Server, Step, always, in_turn};
use crate::operations::{Scripted, builder, client, mute, request};
use crate::recorder::StoppedAt;

async fn good_server() -> Server {
    Server::start(always(Answer::new(200, "{}"))).await
}

/// Decodes percent-encoding (RFC 3986, section 2.1).
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        match (first, tail) {
            (b'%', [high, low, tail @ ..]) => {
                let digits = [*high, *low];
                let hex = std::str::from_utf8(&digits).unwrap();
                bytes.push(u8::from_str_radix(hex, 16).unwrap());
                rest = tail;
            }
            _ => {
                assert!(first.is_ascii_graphic() && !b"%<>\"`{}|\\^".contains(first));
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// The one argument in the target of a mute.
fn argument_of(target: &str) -> String {
    let path = target.strip_suffix("?api-version=2024-09-15").expect("the declared query alone");
    let segments: Vec<_> = path.split('/').collect();
    let ["", "calls", segment] = segments[..] else { panic!("{target}") };
    decoded(segment.strip_suffix(":mute").expect(target))
}

/// 10,000 arguments, many of them made to mislead.
#[tokio::test]
async fn an_argument_is_one_segment_or_nothing_is_sent() {
    let server = good_server().await;
    let client = client(&server.endpoint());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let any = prop_oneof![
        any::<String>(),
        "[./\\\\%?#:@&=+;,~ \t\r\n-]{0,8}",
        "(%2e|%2E|%252e|\\.|\t|\n|%2f|%5c|%00|a){0,5}",
        "[\u{0}-\u{20}\u{7f}-\u{ff}\u{202e}日é😀]{1,6}",
    ];
    let mut sent = Vec::new();
    for _ in 0..10_000 {
        let argument = any.new_tree(&mut runner).unwrap().current();
        match client.mute(&argument, &request()).await {
            Ok(_) => sent.push(argument),
            Err(error) => assert_eq!(error.kind(), ErrorKind::Argument, "{argument:?}: {error}"),
        }
    }
    let requests = server.requests();
    assert!(sent.len() > 8_000);
    let seen: Vec<_> = requests.iter().map(|request| argument_of(&request.target)).collect();
    assert_eq!(seen, sent);
}

#[tokio::test]
async fn arguments_that_address_another_resource_are_refused() {
    let server = good_server().await;
    let client = client(&server.endpoint());
    let long = "x".repeat(1 << 20);
    for argument in ["", ".", "..", "%2e%2e", "%2E", ".%2e", "..\n", "\t.", "%252e%252e", &*long] {
        let error = client.mute(argument, &request()).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Argument, 0));
        assert!(error.to_string().len() < 300);
    }
    assert_eq!(server.requests().len(), 0);
    client.mute("a/b?x=1#f\\é", &request()).await.unwrap();
    assert!(server.requests()[0].target.starts_with("/calls/a%2Fb%3Fx%3D1%23f%5C%C3%A9:mute?"));
}

#[tokio::test]
async fn query_and_header_arguments_are_exact() {
    let server = good_server().await;
    let client = client(&server.endpoint());
    for text in ["a&b=c", "a+b", "a b", "ü", "", "%20", "api-version=1", "#", "\r\n"] {
        client.search(text, &[text, "x"], None).await.unwrap();
        let target = server.requests().pop().unwrap().target;
        let query = target.strip_prefix("/search?api-version=2024-09-15&").unwrap();
        let pairs: Vec<_> = query.split('&').map(|pair| pair.split_once('=').unwrap()).collect();
        let seen: Vec<_> = pairs.iter().map(|(name, value)| (*name, decoded(value))).collect();
        let expected = [("text", text), ("tag", text), ("tag", "x")];
        assert_eq!(seen, expected.map(|(name, value)| (name, value.to_owned())));
    }
    let before = server.requests().len();
    let long = "x".repeat(100 << 10);
    for value in ["a\r\nX-Evil: 1", "\0", "\u{7f}", "\n", "é", "\u{202e}", " a", "a ", "\t", &*long]
    {
        let error = client.search("", &[], Some(value)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Argument, "{value:?}");
        let option = client.with_options(CallOptions::new().header("x-tenant", value));
        assert_eq!(mute(&option).await.unwrap_err().kind(), ErrorKind::Argument);
    }
    assert_eq!(server.requests().len(), before);
    for value in ["", "a b", "a\tb", "\"quoted\", and; more"] {
        client.search("", &[], Some(value)).await.unwrap();
        assert_eq!(server.requests().pop().unwrap().header("x-tenant"), Some(value));
    }
}

/// As many arguments as a page may have, in their order.
#[tokio::test]
async fn many_arguments_are_all_sent() {
    #[acs_rest::acs_operation(GET, "/<a>/<b>/<c>")]
    trait Many {
        async fn many(
            &self,
            a: &str,
            b: u8,
            c: &str,
            #[query] d: u8,
            #[query] e: Option<u8>,
            #[query] f: &[u8],
            #[query] g: &str,
        ) -> acs_rest::Result<()>;
    }
    let server = good_server().await;
    let client = client(&server.endpoint());
    client.many("a", 2, "c", 4, None, &[6, 7], "g").await.unwrap();
    let target = server.requests().pop().unwrap().target;
    assert_eq!(target, "/a/2/c?api-version=2024-09-15&d=4&f=6&f=7&g=g");
}

/// The exact header set: nothing that the HTTP library would like to add.
#[tokio::test]
async fn nothing_is_sent_that_was_not_asked_for() {
    let server = good_server().await;
    let client = client(&server.endpoint());
    client.mute("a", &request()).await.unwrap();
    client.hold("a").await.unwrap();
    client.call("a").await.unwrap();
    let requests = server.requests();
    let names = |nth: usize| {
        let mut names: Vec<_> = requests[nth].headers.iter().map(|field| &*field.0).collect();
        names.sort_unstable();
        names
    };
    let always = [
        "accept",
        "authorization",
        "host",
        "user-agent",
        "x-ms-client-request-id",
        "x-ms-return-client-request-id",
    ];
    let and = |more: &[&'static str]| {
        let mut names = [&always, more].concat();
        names.sort_unstable();
        names
    };
    let pair = ["repeatability-first-sent", "repeatability-request-id"];
    assert_eq!(names(0), and(&[&["content-length", "content-type"], &pair[..]].concat()));
    assert_eq!(names(1), and(&["content-length"]));
    assert_eq!(requests[1].header("content-length"), Some("0"));
    assert_eq!(names(2), and(&[]));
}

/// A caller's repeatability pair is complete and well-formed by its type; upper case is lowered.
#[tokio::test]
async fn a_callers_pair_is_sent_and_kept() {
    let server = Server::start(in_turn([vec![Step::Reset], Answer::muted().into()])).await;
    let now = httpdate::parse_http_date("Mon, 23 Nov 2026 07:07:37 GMT").unwrap();
    let client = builder(&server.endpoint()).time_source(StoppedAt(now)).build().unwrap();
    let (id, date) = ("7E675E9F-0146-47A7-B3D7-5CA46B2CD09A", "Mon, 23 Nov 2026 07:06:37 GMT");
    let pair = Repeatability::from_parts(id, date).unwrap();
    let stored = serde_json::to_string(&pair).unwrap();
    let pair = serde_json::from_str(&stored).unwrap();
    let resumed = client.with_options(CallOptions::new().repeatability(pair));
    mute(&resumed).await.unwrap();
    for request in server.requests() {
        assert_eq!(request.header("repeatability-request-id"), Some(&*id.to_lowercase()));
        assert_eq!(request.header("repeatability-first-sent"), Some(date));
    }
    let error = resumed.hold("a").await.unwrap_err();
    assert_eq!((error.kind(), server.requests().len()), (ErrorKind::Argument, 2));
}

/// The body is serialised once, whatever order the map has.
#[tokio::test]
async fn the_body_is_the_same_at_each_attempt() {
    struct Different(std::cell::Cell<u32>);
    impl serde::Serialize for Different {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            self.0.set(self.0.get() + 1);
            serializer.serialize_u32(self.0.get())
        }
    }
    #[acs_rest::acs_operation(POST, "/x", repeatable)]
    trait Post {
        async fn post(&self, #[body] body: Different) -> acs_rest::Result<()>;
    }
    let server = Server::start(in_turn([
        vec![Step::ReadBody, Step::Reset],
        Answer::error(503).into(),
        Answer::muted().into(),
    ]))
    .await;
    let client = builder(&server.endpoint()).build().unwrap();
    client.post(Different(0.into())).await.unwrap();
    assert!(server.requests().iter().all(|request| request.body == b"1"));
    assert_eq!(server.requests().len(), 3);
}

#[acs_rest::acs_operation(GET, "/users/<user>")]
trait Users {
    async fn user(
        &self,
        user: &acs_rest::CommunicationIdentifier,
        #[query] on_behalf_of: Option<&acs_rest::CommunicationIdentifier>,
        #[query] state: acs_rest::call_automation::CallConnectionState,
    ) -> acs_rest::Result<()>;
}

#[tokio::test]
async fn identifiers_and_enums_of_the_catalogue_are_arguments() {
    use acs_rest::CommunicationIdentifier;
    use acs_rest::call_automation::CallConnectionState;

    let server = good_server().await;
    let client = client(&server.endpoint());
    let phone = CommunicationIdentifier::from_raw_id("4:+14255550123");
    client.user(&phone, Some(&phone), CallConnectionState::Connected).await.unwrap();
    assert_eq!(
        server.requests()[0].target,
        "/users/4%3A%2B14255550123?api-version=2024-09-15&onBehalfOf=4%3A%2B14255550123&state=connected"
    );
}
