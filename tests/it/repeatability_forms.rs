//! Every form in which ACS takes the id of a repeatable request, and when the client relies on it.

use acs_rest::{
    CallOptions, Client, Error, ErrorKind, Outcome, Repeatability, Result, acs_model,
    acs_operations,
};

use crate::fault_server::{Answer, Received, Server, Step, always, in_turn};
use crate::operations::{builder, client};

#[acs_model]
pub(crate) struct Recipient {
    pub(crate) to: String,
    #[serde(flatten)]
    pub(crate) repeatability: Option<Repeatability>,
}

#[acs_operations]
trait Forms {
    #[acs_operation(POST, "/threads", repeatable = "request-id")]
    async fn create_thread(&self) -> Result<()>;

    #[acs_operation(POST, "/sms", repeatable = "body")]
    async fn send_sms(&self, recipients: &[Recipient]) -> Result<()>;

    #[acs_operation(POST, "/emails:send", idempotent = "Operation-Id")]
    async fn send_email(&self, #[header("operation-id")] id: Option<&str>) -> Result<()>;

    #[acs_operation(POST, "/calls", repeatable = "unconfirmed")]
    async fn create_call(&self) -> Result<()>;

    #[acs_operation(POST, "/calls:answer", repeatable = "unconfirmed")]
    async fn answer_call(&self) -> Result<()>;

    #[acs_operation(POST, "/calls:mute", repeatable)]
    async fn mute_call(&self) -> Result<()>;
}

const ID: &str = "repeatability-request-id";
const FIRST_SENT: &str = "repeatability-first-sent";

fn lost() -> Vec<Step> {
    vec![Step::ReadBody, Step::Execute, Step::Reset]
}

fn done() -> Vec<Step> {
    Answer::new(201, "{}").into()
}

fn accepted() -> Vec<Step> {
    Answer::new(201, "{}").header("Repeatability-Result", "accepted").into()
}

fn summary(error: &Error, server: &Server) -> (ErrorKind, Outcome, usize) {
    (error.kind(), error.outcome(), server.requests().len())
}

#[tokio::test]
async fn the_id_alone_is_sent_and_kept() {
    let server = Server::start(in_turn([lost(), Answer::error(409).into(), done()])).await;
    client(&server.endpoint()).create_thread().await.unwrap();
    let requests = server.requests();
    let ids: Vec<_> = requests.iter().map(|request| request.header(ID)).collect();
    assert!(ids[0].is_some() && ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    assert!(requests.iter().all(|request| request.header(FIRST_SENT).is_none()));
    assert_eq!((requests.len(), server.executions().len()), (3, 1));
}

#[tokio::test]
async fn a_stored_pair_gives_the_id_alone() {
    let pair = Repeatability::new();
    let server = Server::start(always(done())).await;
    let options = CallOptions::new().repeatability(pair.clone());
    client(&server.endpoint()).with_options(options).create_thread().await.unwrap();
    assert_eq!(server.requests()[0].header(ID), Some(pair.request_id()));
}

fn recipient(pair: impl Into<Option<Repeatability>>) -> [Recipient; 1] {
    [Recipient { to: "+14255550100".to_owned(), repeatability: pair.into() }]
}

#[tokio::test]
async fn ids_in_the_body_are_the_same_on_each_attempt() {
    let server = Server::start(in_turn([lost(), Answer::error(503).into(), done()])).await;
    let pair = Repeatability::new();
    client(&server.endpoint()).send_sms(&recipient(pair.clone())).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    for request in &requests {
        let body: serde_json::Value = serde_json::from_slice(&request.body).unwrap();
        assert_eq!(body[0]["repeatabilityRequestId"], pair.request_id());
        assert_eq!(body[0]["repeatabilityFirstSent"], pair.first_sent_text());
        assert_eq!(body[0].as_object().unwrap().len(), 3);
        assert_eq!((request.header(ID), request.header(FIRST_SENT)), (None, None));
    }
}

/// Without ids in it, nothing recognises a repeated body.
#[tokio::test]
async fn a_body_without_ids_is_sent_once() {
    let server = Server::start(in_turn([lost(), done()])).await;
    let error = client(&server.endpoint()).send_sms(&recipient(None)).await.unwrap_err();
    assert_eq!(summary(&error, &server), (ErrorKind::Transport, Outcome::Unknown, 1));
}

/// The first call with a pair that is new is refused: nothing was executed. A pair that was used, or
/// restored, may belong to a request that was.
#[tokio::test]
async fn a_refused_body_is_not_executed_unless_its_ids_were_used_before() {
    let server = Server::start(always(Answer::error(400))).await;
    let client = client(&server.endpoint());
    let pair = Repeatability::new();
    let stored = serde_json::to_string(&pair).unwrap();
    let restored: Repeatability = serde_json::from_str(&stored).unwrap();
    for (pair, outcome) in [
        (pair.clone(), Outcome::NotExecuted),
        (pair, Outcome::Unknown),
        (restored, Outcome::Unknown),
    ] {
        let error = client.send_sms(&recipient(pair)).await.unwrap_err();
        assert_eq!(error.outcome(), outcome);
    }
}

#[tokio::test]
async fn ids_in_the_body_that_the_service_forgot_are_not_sent() {
    let server = Server::start(always(done())).await;
    let (id, date) = ("7e675e9f-0146-47a7-b3d7-5ca46b2cd09a", "Sun, 06 Nov 1994 08:49:37 GMT");
    let pair = Repeatability::from_parts(id, date).unwrap();
    let error = client(&server.endpoint()).send_sms(&recipient(pair)).await.unwrap_err();
    assert_eq!(summary(&error, &server), (ErrorKind::Argument, Outcome::Unknown, 0));
    let options = CallOptions::new().repeatability(Repeatability::new());
    let client = client(&server.endpoint()).with_options(options);
    let error = client.send_sms(&recipient(None)).await.unwrap_err();
    assert!(error.to_string().contains("in the body"), "{error}");
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn an_idempotency_header_makes_its_call_repeatable() {
    for (id, tries) in [(Some("7e675e9f-0146-47a7-b3d7-5ca46b2cd09a"), 2), (None, 1)] {
        let server = Server::start(in_turn([lost(), done()])).await;
        let sent = client(&server.endpoint()).send_email(id).await;
        assert_eq!((sent.is_ok(), server.requests().len()), (tries == 2, tries));
        assert!(server.requests().iter().all(|request| request.header("operation-id") == id));
        if let Err(error) = sent {
            assert_eq!(error.outcome(), Outcome::Unknown);
        }
    }
    let server = Server::start(in_turn([lost(), done()])).await;
    let client = client(&server.endpoint());
    let client = client.with_options(CallOptions::new().header("Operation-Id", "a"));
    client.send_email(None).await.unwrap();
}

#[tokio::test]
async fn an_unconfirmed_pair_is_sent_but_not_relied_on() {
    for doubtful in [lost(), Answer::error(503).into(), Answer::error(408).into()] {
        let server = Server::start(in_turn([doubtful, done()])).await;
        let error = client(&server.endpoint()).create_call().await.unwrap_err();
        assert_eq!((error.outcome(), error.attempts()), (Outcome::Unknown, 1));
        let [request] = &server.requests()[..] else { panic!("not one request") };
        assert!(request.header(ID).is_some() && request.header(FIRST_SENT).is_some());
    }
    // What was not executed is sent again all the same.
    let server = Server::start(in_turn([Answer::error(429).into(), done()])).await;
    client(&server.endpoint()).create_call().await.unwrap();
    assert_eq!(server.requests().len(), 2);
}

/// A clone learns what its siblings learn; another operation and another client do not.
#[tokio::test]
async fn an_accepted_response_is_relied_on_from_then_on() {
    let script = |request: &Received| match (request.target.contains("answer"), request.nth) {
        (true, _) => lost(),
        (_, 0) => accepted(),
        (_, 1) => lost(),
        _ => accepted(),
    };
    let server = Server::start(script).await;
    let confirmed = client(&server.endpoint());
    confirmed.clone().create_call().await.unwrap();
    confirmed.create_call().await.unwrap();
    assert_eq!(server.requests().len(), 3);
    let error = confirmed.answer_call().await.unwrap_err();
    assert_eq!((error.attempts(), error.outcome()), (1, Outcome::Unknown));
    let other = Server::start(in_turn([lost(), done()])).await;
    assert!(client(&other.endpoint()).create_call().await.is_err());
}

#[tokio::test]
async fn a_success_without_acceptance_ends_the_reliance() {
    let server = Server::start(in_turn([accepted(), done(), lost(), accepted()])).await;
    let client = client(&server.endpoint());
    client.create_call().await.unwrap();
    client.create_call().await.unwrap();
    assert_eq!(client.create_call().await.unwrap_err().attempts(), 1);
}

/// An error that accepts the id confirms it for its own call, too.
#[tokio::test]
async fn an_error_can_accept_the_id() {
    let busy = Answer::error(503).header("Repeatability-Result", "accepted");
    let server = Server::start(in_turn([busy.into(), lost(), accepted()])).await;
    client(&server.endpoint()).create_call().await.unwrap();
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn the_user_overrides_both() {
    let script = || in_turn([lost(), done()]);
    let trusting = |trust| CallOptions::new().trust_repeatability(trust);
    let server = Server::start(script()).await;
    let client: Client = builder(&server.endpoint()).trust_repeatability(true).build().unwrap();
    client.create_call().await.unwrap();
    let server = Server::start(script()).await;
    let client: Client = builder(&server.endpoint()).trust_repeatability(false).build().unwrap();
    let error = client.mute_call().await.unwrap_err();
    assert_eq!((error.attempts(), error.outcome()), (1, Outcome::Unknown));
    assert!(server.requests()[0].header(ID).is_some());
    let server = Server::start(script()).await;
    let client: Client = builder(&server.endpoint()).trust_repeatability(false).build().unwrap();
    client.with_options(trusting(true)).create_call().await.unwrap();
    let server = Server::start(in_turn([accepted(), lost(), accepted()])).await;
    let client = crate::operations::client(&server.endpoint());
    client.create_call().await.unwrap();
    let careful = client.with_options(trusting(false));
    assert_eq!(careful.create_call().await.unwrap_err().attempts(), 1);
}
