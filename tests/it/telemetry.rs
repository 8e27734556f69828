//! One span per call, one event per attempt, and no argument in either.

use std::future::Future;
use std::io;
use std::sync::{Arc, Mutex};

use acs_rest::call_automation::RecordingFiles;
use tracing::Instrument;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::prelude::*;

use crate::fault_server::{Answer, Server, Step, answers, in_turn};
use crate::operations::{builder, client, mute};
use crate::secrets;
use crate::subprocess::in_subprocess;

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What our own crate says while `server` is muted on.
async fn said(server: &Server) -> Vec<String> {
    said_during(async {
        let _ = mute(&client(&server.endpoint())).await;
    })
    .await
}

async fn said_during(calling: impl Future<Output = ()>) -> Vec<String> {
    let lines = lines_during(calling).await;
    lines.into_iter().filter(|line| line.contains("acs_rest_runtime::")).collect()
}

/// What every crate reports meanwhile, each line with the spans that it is in.
pub(crate) async fn lines_during(calling: impl Future<Output = ()>) -> Vec<String> {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::CLOSE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    {
        let _guard = tracing::subscriber::set_default(subscriber);
        calling.await;
    }
    let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    secrets::assert_none_in(&text);
    text.lines().map(str::to_owned).collect()
}

#[test]
fn a_call_is_a_span_with_an_event_for_each_attempt() {
    in_subprocess("telemetry::a_call_is_a_span_with_an_event_for_each_attempt", &[], mended());
}

async fn mended() {
    let server = Server::start(in_turn([
        Answer::error(503).into(),
        vec![Step::ReadBody, Step::Reset],
        Answer::muted().into(),
    ]))
    .await;
    let lines = said(&server).await;
    let [first, second, third, close] = &lines[..] else { panic!("{lines:#?}") };
    assert!(first.contains("retrying") && first.contains("attempt=1"), "{first}");
    assert!(second.contains("retrying") && second.contains("Transport"), "{second}");
    assert!(third.contains("answered") && third.contains("attempt=3"), "{third}");
    for field in [
        "url.template=\"/calls/<callId>:mute\"",
        "http.request.method=\"POST\"",
        "server.address=\"127.0.0.1\"",
        "http.response.status_code=200",
        "http.request.resend_count=2",
        "az.client_request_id=",
    ] {
        assert!(close.contains(field), "{field}: {close}");
    }
}

#[test]
fn a_failed_call_reports_the_reason() {
    in_subprocess("telemetry::a_failed_call_reports_the_reason", &[], refused());
}

async fn refused() {
    let server = Server::start(answers([Answer::error(403)])).await;
    let lines = said(&server).await;
    let [failed, close] = &lines[..] else { panic!("{lines:#?}") };
    assert!(failed.contains("failed") && failed.contains("attempt=1"), "{failed}");
    assert!(close.contains("error.type") && close.contains("status_code=403"), "{close}");
}

#[test]
fn a_location_is_not_shown_but_its_host_is() {
    in_subprocess("telemetry::a_location_is_not_shown_but_its_host_is", &[], located());
}

async fn located() {
    let server = Server::start(answers([Answer::new(200, "abc")])).await;
    let lines = said_during(async {
        let client = builder("https://contoso.communication.azure.com");
        let client = client.trusted_host(server.address().to_string()).build().unwrap();
        let location = server.endpoint() + "/v1/objects/0-eus-d1-abc/content?sig=abc";
        client.download_recording(&location).await.unwrap();
    })
    .await;
    let [answered, close] = &lines[..] else { panic!("{lines:#?}") };
    for line in [answered, close] {
        assert!(!line.contains("0-eus") && !line.contains("sig="), "{line}");
    }
    for field in ["url.template=\"<recordingLocation>\"", "server.address=\"127.0.0.1\""] {
        assert!(close.contains(field), "{field}: {close}");
    }
}

#[test]
fn without_the_span_events_belong_to_the_caller() {
    in_subprocess(
        "telemetry::without_the_span_events_belong_to_the_caller",
        &[],
        without_the_span(),
    );
}

async fn without_the_span() {
    let server = Server::start(answers([Answer::muted()])).await;
    let lines = Lines::default();
    let writer = lines.clone();
    let shown =
        tracing_subscriber::fmt::layer().with_ansi(false).with_writer(move || writer.clone());
    let unwanted = filter_fn(|metadata| metadata.name() != "acs_rest.call");
    let subscriber = tracing_subscriber::registry().with(shown.with_filter(unwanted));
    let _guard = tracing::subscriber::set_default(subscriber);
    let calling = async { mute(&client(&server.endpoint())).await };
    calling.instrument(tracing::info_span!("theirs")).await.unwrap();
    let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    let answered = text.lines().find(|line| line.contains("answered")).unwrap();
    assert!(answered.contains("theirs") && !answered.contains("acs_rest.call"), "{answered}");
}
