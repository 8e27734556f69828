//! A redirect is a response like any other: it is reported and never followed.

use acs_rest::{AccessKey, Client, ErrorKind};

use crate::fault_server::{Answer, Server, Step, always};
use crate::operations::{Scripted, client, mute, request, tested};
use crate::secrets;

#[tokio::test]
async fn no_redirect_is_followed() {
    let foreign = Server::start(always(Answer::muted())).await;
    for status in [300, 301, 302, 303, 304, 305, 307, 308] {
        for location in [
            foreign.endpoint(),
            "/elsewhere".to_owned(),
            "//evil.example/".to_owned(),
            "\\\\evil".to_owned(),
        ] {
            let redirect = Answer::new(status, "{}").header("location", &location);
            let answer = vec![Step::ReadBody, Step::Answer(redirect)];
            let server = Server::start(always(answer)).await;
            let key = AccessKey::new(&secrets::all().key).unwrap();
            let signing = tested(Client::builder(server.endpoint(), key)).build().unwrap();
            for client in [client(&server.endpoint()), signing] {
                for error in [mute(&client).await.unwrap_err(), client.call("a").await.unwrap_err()]
                {
                    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Redirect, 1));
                    assert_eq!(error.status().unwrap().as_u16(), status);
                    assert!(error.to_string().contains(&status.to_string()));
                }
            }
            assert_eq!(server.requests().len(), 4);
        }
    }
    assert_eq!(foreign.connections(), 0);
}

/// A client of the user's own that would follow: the transport turns it off, since the body of the
/// request would go to the other host.
#[cfg(feature = "reqwest")]
#[tokio::test]
async fn a_custom_client_follows_no_redirect() {
    use acs_rest::UserToken;
    use acs_rest::transport::{ReqwestTransport, TransportOptions};

    let foreign = Server::start(always(Answer::muted())).await;
    let redirect = Answer::new(307, "{}").header("location", &foreign.endpoint());
    let server = Server::start(always(redirect)).await;
    let follows = reqwest::redirect::Policy::limited(5);
    let builder = reqwest::Client::builder().redirect(follows);
    let transport = ReqwestTransport::from_builder(builder, TransportOptions::new()).unwrap();
    let token = UserToken::new(&secrets::all().token);
    let client = Client::builder(server.endpoint(), token).transport(transport).build().unwrap();
    assert_eq!(mute(&client).await.unwrap_err().kind(), ErrorKind::Redirect);
    assert_eq!((server.requests().len(), foreign.connections()), (1, 0));
}

/// Nothing that an answer says about later requests is heeded.
#[tokio::test]
async fn no_state_is_kept_from_a_response() {
    let foreign = Server::start(always(Answer::muted())).await;
    let answer = Answer::muted()
        .header("set-cookie", "session=1; Path=/")
        .header("strict-transport-security", "max-age=99999")
        .header("alt-svc", &format!("http/1.1=\"{}\"; ma=99999", foreign.address()))
        .header("refresh", &format!("0; url={}", foreign.endpoint()))
        .header("content-location", &foreign.endpoint());
    let server = Server::start(always(answer)).await;
    let client = client(&server.endpoint());
    for _ in 0..3 {
        mute(&client).await.unwrap();
        client.play("a", &request()).await.unwrap();
    }
    assert_eq!((server.requests().len(), foreign.connections()), (6, 0));
    for request in server.requests() {
        for name in ["cookie", "referer", "upgrade", "connection", "expect", "te"] {
            assert_eq!(request.header(name), None);
        }
    }
}
