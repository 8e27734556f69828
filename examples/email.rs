//! Email: a long-running operation sends a message. It is awaited, polled status by status, and
//! resumed after a crash.
//!
//! `cargo run --example email` sends requests to a server on loopback, which checks each of them.

#![allow(clippy::print_stdout, reason = "an example shows what it does")]
#![allow(missing_docs, reason = "the REST pages document operations and models")]

mod recording_server;

use std::collections::HashMap;

use acs_rest::{AccessKey, Client, Poller, PollerContinuation, Result, acs_model, acs_operations};
use serde_json::json;

use self::recording_server::{RecordingServer, Reply};

#[acs_operations(api_version = "2023-03-31")]
pub trait Email {
    #[acs_operation(POST, "/emails:send", idempotent = "Operation-Id")]
    fn begin_send(
        &self,
        #[header("Operation-Id")] operation_id: Option<&str>,
        message: &EmailMessage,
    ) -> Poller<EmailSendResult>;

    #[acs_operation(GET, "/emails/operations/<operationId>")]
    async fn get_send_result(&self, operation_id: &str) -> Result<EmailSendResult>;
}

#[acs_model]
pub struct EmailMessage {
    pub sender_address: String,
    pub content: EmailContent,
    pub recipients: EmailRecipients,
    pub attachments: Option<Vec<EmailAttachment>>,
    pub reply_to: Option<Vec<EmailAddress>>,
    pub headers: Option<HashMap<String, String>>,
    pub user_engagement_tracking_disabled: Option<bool>,
}

#[acs_model]
pub struct EmailContent {
    pub subject: String,
    pub plain_text: Option<String>,
    pub html: Option<String>,
}

#[acs_model]
pub struct EmailRecipients {
    pub to: Vec<EmailAddress>,
    pub cc: Option<Vec<EmailAddress>>,
    pub bcc: Option<Vec<EmailAddress>>,
}

#[acs_model]
pub struct EmailAddress {
    pub address: String,
    pub display_name: Option<String>,
}

#[acs_model]
pub struct EmailAttachment {
    pub name: String,
    pub content_type: String,
    pub content_in_base64: String,
}

#[acs_model]
pub struct EmailSendResult {
    pub id: String,
    pub status: EmailSendStatus,
    pub error: Option<ErrorDetail>,
}

#[acs_model]
#[serde(rename_all = "PascalCase")]
pub enum EmailSendStatus {
    NotStarted,
    Running,
    Succeeded,
    Failed,
    Canceled,
}

#[acs_model]
pub struct ErrorDetail {
    pub code: Option<String>,
    pub message: Option<String>,
    pub target: Option<String>,
    pub details: Option<Vec<ErrorDetail>>,
    pub additional_info: Option<Vec<ErrorAdditionalInfo>>,
}

#[acs_model]
pub struct ErrorAdditionalInfo {
    pub r#type: Option<String>,
    pub info: Option<serde_json::Value>,
}

const ID: &str = "9e2b62e9-7f5d-4d4e-9d4c-3bbd7f7d4f1a";

#[tokio::main]
async fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let server = server();
    let client = Client::new(server.endpoint(), AccessKey::new("c2VjcmV0")?)?;
    let message = message();

    // To the end. The first response is lost; with an `Operation-Id`, the message is sent again.
    let sent = client.begin_send(Some(ID), &message).await?;
    println!("{}: {}", sent.id, sent.status);

    // Status by status, until the process crashes.
    let mut poller = client.begin_send(None, &message);
    let first = poller.next().await.ok_or("no status")??;
    let stored = serde_json::to_string(&poller.continuation().ok_or("not accepted")?)?;
    drop(poller);
    println!("{first}, and stored as {stored}");

    // After the restart, the message is not sent again.
    let continuation: PollerContinuation = serde_json::from_str(&stored)?;
    let error = Poller::<EmailSendResult>::resume(&client, &continuation).await.err();
    println!("resumed: {}", error.ok_or("the message was to bounce")?);

    println!("asked: {}", client.get_send_result(ID).await?.status);
    println!("{}", server.finish()?);
    Ok(())
}

fn message() -> EmailMessage {
    let alice = EmailAddress::new("alice@contoso.example").display_name("Alice");
    let content = EmailContent::new("Your order").plain_text("It is on its way.");
    let receipt = EmailAttachment::new("receipt.txt", "text/plain", "NDIgRVVS");
    EmailMessage::new("orders@contoso.example", content, EmailRecipients::new([alice]))
        .attachments([receipt])
        .headers([("x-order".to_owned(), "4711".to_owned())])
        .user_engagement_tracking_disabled(true)
}

fn server() -> RecordingServer {
    let server = RecordingServer::start(include_str!("facts/email-2023-03-31.json"), &[]);
    let location = format!("{}/emails/operations/{ID}?api-version=2023-03-31", server.endpoint());
    let status = |status: &str| json!({ "id": ID, "status": status });
    let accepted = Reply::new(202, &status("Running"))
        .header("operation-location", location)
        .header("retry-after", "0");
    let error = json!({ "code": "EmailDropped", "message": "no recipient is left" });
    let failed = json!({ "id": ID, "status": "Failed", "error": error });
    let poll = |body| Reply::new(200, &body).header("retry-after", "0");
    server
        .reply("Email_Send", Reply::lost())
        .reply("Email_Send", accepted.clone())
        .reply("Email_Send", accepted)
        .reply(
            "Email_GetSendResult",
            Reply::new(404, &serde_json::Value::Null).header("retry-after", "0"),
        )
        .reply("Email_GetSendResult", poll(status("Running")))
        .reply("Email_GetSendResult", poll(status("Succeeded")))
        .reply("Email_GetSendResult", poll(failed))
        .reply("Email_GetSendResult", poll(status("Succeeded")));
    server
}
