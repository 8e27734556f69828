//! Every kind of parameter and every kind of answer, without a warning.

#![deny(warnings, missing_docs)]

use acs_rest::{ByteStream, Client, Pager, Response, Result, acs_operation, acs_operations};
use serde::{Deserialize, Serialize};

/// A request.
#[derive(Debug, Serialize)]
pub struct Request {
    /// A field.
    pub tone: String,
}

/// An answer.
#[derive(Debug, Deserialize)]
pub struct Answer {
    /// A field.
    pub state: String,
}

/// One operation by itself.
#[acs_operation(POST, "/calling/callConnections/<callConnectionId>/participants:mute", repeatable)]
pub trait Mute {
    /// Mutes.
    async fn mute(&self, call_connection_id: &str, request: &Request) -> Result<Answer>;
}

/// A group.
#[acs_operations(api_version = "2024-06-15-preview", timeout = "90s", idempotent)]
pub trait Calls {
    /// Several placeholders in a segment, in another order than the parameters.
    #[acs_operation(GET, "/a/<first>-<second>:list/")]
    async fn list(&self, second: String, first: u64) -> Result<Vec<Answer>>;

    /// Queries and headers, optional and several.
    #[acs_operation(GET, "/teamsUser/:exchange")]
    async fn exchange(
        &self,
        #[query] max_page_size: Option<u32>,
        #[query("$expand")] expand: &[&str],
        #[header("If-Match")] etag: Option<&str>,
    ) -> Result<Response<Answer>>;

    /// Nothing to read.
    #[acs_operation(DELETE, "/recordings/<id>", timeout = "500ms")]
    async fn delete(&self, #[path] id: &str) -> Result<()>;

    /// Nothing to read but the status.
    #[acs_operation(HEAD, "/recordings/<recordingId>")]
    async fn exists(&self, #[path("recordingId")] name: &str) -> Result<Response<()>>;

    /// A stream.
    #[acs_operation(GET, "/recordings/<id>/content")]
    async fn download(&self, id: &str) -> Result<ByteStream>;

    /// Pages.
    #[acs_operation(GET, "/participants", items = "values")]
    fn participants(&self, #[query] top: u8) -> Pager<Answer>;

    /// An optional body.
    #[acs_operation(POST, "/identities", repeatable)]
    async fn create(&self, request: Option<&Request>) -> Result<Answer>;

    /// A body of another type, and one that is a scalar.
    #[acs_operation(PATCH, "/rooms")]
    async fn patch(
        &self,
        #[body(content_type = "application/merge-patch+json")] request: &Request,
    ) -> Result<Answer>;

    /// A scalar as the body.
    #[acs_operation(PUT, "/name")]
    async fn rename(&self, #[body] name: &str) -> Result<()>;

    /// A list as the body.
    #[acs_operation(POST, "/names")]
    async fn add(&self, names: Vec<String>) -> Result<()>;

    /// A helper.
    fn twice(&self) -> u8 {
        2
    }
}

fn main() {
    let _ = |client: Client, request: Request| async move {
        let answer = client.mute("id", &request).await?;
        client.exchange(None, &[answer.state.as_str()], Some("*")).await?;
        client.create(None).await?;
        let _ = client.participants(client.twice());
        Ok::<_, acs_rest::Error>(())
    };
}
