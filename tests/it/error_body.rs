//! Errors of the service are read, and their text is safe to show.

use acs_rest::{Error, ErrorKind};

use crate::fault_server::{Answer, Server, Step, always};
use crate::operations::{client, mute, shown};

async fn refused_with(answer: Answer) -> Error {
    let server = Server::start(always(answer)).await;
    mute(&client(&server.endpoint())).await.unwrap_err()
}

#[tokio::test]
async fn a_nested_error_can_be_read_to_its_end() {
    let body = r#"{"error":{"code":"A","message":"m","target":"t","details":[{"code":"B","message":"n"}],
        "innererror":{"code":"C","innererror":{"code":"D"}}}}"#;
    let error = refused_with(Answer::new(403, body).header("x-ms-request-id", "req-1")).await;
    let service = error.service_error().unwrap();
    assert_eq!((error.code(), error.message(), service.target()), (Some("A"), "m", Some("t")));
    assert_eq!(service.details()[0].code(), Some("B"));
    let inner = service.inner_error().unwrap();
    assert_eq!((inner.code(), inner.inner_error().unwrap().code()), (Some("C"), Some("D")));
    assert_eq!(error.request_id(), Some("req-1"));
}

#[tokio::test]
async fn an_error_of_another_shape_is_text() {
    for body in ["<html><h1>403</h1></html>", "", "[1,2]", "null", "{\"error\":"] {
        let error = refused_with(Answer::new(403, body)).await;
        assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Service, 403));
        assert_eq!(error.code(), None, "{body}");
    }
    let flat = r#"{"code":8522,"title":"Forbidden","message":["no","way"],"traceId":"t"}"#;
    let error = refused_with(Answer::new(403, flat)).await;
    assert_eq!((error.code(), error.message()), (Some("8522"), "no; way"));
    let error = refused_with(Answer::new(403, "").header("x-ms-error-code", "FromHeader")).await;
    assert_eq!(error.code(), Some("FromHeader"));
    let both = Answer::error(403).header("x-ms-error-code", "FromHeader");
    assert_eq!(refused_with(both).await.code(), Some("Scripted"));
}

/// Bounded, and safe for a terminal and a log.
#[tokio::test]
async fn shown_text_is_bounded_and_escaped() {
    let evil = "a\r\nHTTP/1.1 200 OK\u{1b}[2J\u{202e}\0\u{7f}\u{2028}";
    let long = serde_json::json!({"error": {
        "code": evil.repeat(300),
        "message": evil.repeat(300),
        "target": evil.repeat(300),
        "details": vec![serde_json::json!({"code": evil, "message": evil.repeat(300)}); 50],
    }});
    let answers = [
        Answer::new(403, long.to_string()),
        Answer::new(403, evil.repeat(9_000)),
        Answer::new(400, vec![0xff; 200_000]),
        Answer::new(200, evil),
    ];
    for answer in answers {
        let error = refused_with(answer.header("x-ms-request-id", &"r".repeat(9_000))).await;
        let display = error.to_string();
        assert!(display.len() < 6 * 1024, "{} bytes", display.len());
        assert!(error.message().len() <= 2_100);
        assert!(error.request_id().unwrap().len() <= 2_100);
        for text in [&display, error.message(), error.code().unwrap_or_default(), &shown(&error)] {
            let unfit = |c: char| c.is_control() && c != '\n' || "\u{202e}\u{2028}".contains(c);
            assert!(!text.contains(unfit), "{text:?}");
        }
        assert!(!display.contains('\n'));
    }
}

/// The status is kept although the body breaks.
#[tokio::test]
async fn a_status_is_kept_even_if_its_body_breaks() {
    for framing in
        ["content-length: 90\r\n\r\nbecause", "transfer-encoding: chunked\r\n\r\n7\r\nbecause"]
    {
        for end in [Step::Fin, Step::Reset] {
            let head = format!("HTTP/1.1 403 Forbidden\r\n{framing}");
            let wait = Step::Wait(std::time::Duration::from_millis(20));
            let steps = vec![Step::ReadBody, Step::Raw(head.into()), wait, end];
            let server = Server::start(always(steps)).await;
            let error = mute(&client(&server.endpoint())).await.unwrap_err();
            assert_eq!(error.status().unwrap().as_u16(), 403);
            assert_eq!((error.attempts(), error.message()), (1, "because"));
        }
    }
}

/// On a thread with a small stack, as a worker may have; in a debug build too.
#[test]
fn deep_json_needs_little_stack() {
    let deep = |open: &str, close: &str| {
        let depth = 100_000;
        format!("{}1{}", open.repeat(depth), close.repeat(depth))
    };
    let bodies = [
        deep("[", "]"),
        format!("{{\"operationContext\":{}}}", deep("[", "]")),
        format!("{{\"other\":{}}}", deep("{\"a\":", "}")),
        format!("{{\"other\":{}1{}}}", "[".repeat(100), "]".repeat(100)),
        format!("{{\"error\":{}}}", deep("{\"innererror\":", "}")),
        format!("{{\"error\":{}1{}}}", "{\"innererror\":".repeat(100), "}".repeat(100)),
    ];
    for status in [200, 403] {
        for body in bodies.clone() {
            let answer = Answer::new(status, body);
            let small = std::thread::Builder::new().stack_size(256 * 1024);
            let thread = small.spawn(move || on_this_thread(answer)).unwrap();
            thread.join().unwrap();
        }
    }
}

fn on_this_thread(answer: Answer) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let server = Server::start(always(answer)).await;
        match mute(&client(&server.endpoint())).await {
            Ok(_) => {}
            Err(error) => assert!(matches!(error.kind(), ErrorKind::Decode | ErrorKind::Service)),
        }
    });
}
