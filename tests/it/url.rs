//! A URL that a response had is called, on the client's own origin only.

use acs_rest::{AccessKey, Client, ErrorKind, Outcome, Result, acs_operations};
use serde_json::Value;

use crate::fault_server::{Answer, Server, always};
use crate::operations::{client, tested};

#[acs_operations]
trait Jobs {
    #[acs_operation(GET)]
    async fn status(&self, #[url] operation_location: &str) -> Result<Value>;

    #[acs_operation(DELETE, api_version = "2023-03-31")]
    async fn cancel(&self, #[url] location: String, #[query] force: Option<bool>) -> Result<()>;
}

#[tokio::test]
async fn a_url_of_a_response_is_called_as_it_is() {
    let server = Server::start(always(Answer::new(200, "{}"))).await;
    let client = client(&server.endpoint());
    let origin = server.endpoint();
    let origin = origin.trim_end_matches('/');
    for (url, target) in [
        ("/jobs/a%2Fb?api-version=2021-01-01&x=1", "/jobs/a%2Fb?api-version=2021-01-01&x=1"),
        ("/jobs/a?x=1", "/jobs/a?x=1&api-version=2024-09-15"),
        ("/jobs/a", "/jobs/a?api-version=2024-09-15"),
        ("//jobs/a", "//jobs/a?api-version=2024-09-15"),
    ] {
        client.status(&format!("{origin}{url}")).await.unwrap();
        let request = server.requests().pop().unwrap();
        assert_eq!((request.method.as_str(), request.target.as_str()), ("GET", target));
    }
    client.cancel(format!("{origin}/jobs/a"), Some(true)).await.unwrap();
    let request = server.requests().pop().unwrap();
    assert_eq!(request.target, "/jobs/a?api-version=2023-03-31&force=true");
}

#[tokio::test]
async fn a_url_elsewhere_gets_nothing() {
    let server = Server::start(always(Answer::new(200, "{}"))).await;
    let other = Server::start(always(Answer::new(200, "{}"))).await;
    let key = AccessKey::new("c2VjcmV0").unwrap();
    let with_key = tested(Client::builder(server.endpoint(), key)).build().unwrap();
    for client in [client(&server.endpoint()), with_key] {
        for url in [
            format!("{}/jobs/a", other.endpoint().trim_end_matches('/')),
            "https://evil.example/jobs/a".to_owned(),
            "/jobs/a".to_owned(),
            String::new(),
        ] {
            let error = client.status(&url).await.unwrap_err();
            assert_eq!(
                (error.kind(), error.outcome()),
                (ErrorKind::Argument, Outcome::NotExecuted)
            );
            assert!(!error.to_string().contains("evil"), "{error}");
        }
    }
    assert_eq!((server.requests().len(), other.requests().len()), (0, 0));
}
