//! SMS: the repeatability ids are in the body, one pair for each recipient.
//!
//! `cargo run --example sms` sends requests to a server on loopback, which checks each of them.

#![allow(clippy::print_stdout, reason = "an example shows what it does")]
#![allow(missing_docs, reason = "the REST pages document operations and models")]

mod recording_server;

use acs_rest::{AccessKey, Client, Repeatability, Result, acs_model, acs_operation};
use serde_json::json;

use self::recording_server::{RecordingServer, Reply};

#[acs_operation(POST, "/sms", api_version = "2021-03-07", repeatable = "body")]
pub trait Sms {
    async fn send_sms(&self, request: &SendMessageRequest) -> Result<SmsSendResponse>;
}

#[acs_model]
pub struct SendMessageRequest {
    pub from: String,
    pub sms_recipients: Vec<SmsRecipient>,
    pub message: String,
    pub sms_send_options: Option<SmsSendOptions>,
}

#[acs_model]
pub struct SmsRecipient {
    pub to: String,
    #[serde(flatten)]
    pub repeatability: Repeatability,
}

#[acs_model]
pub struct SmsSendOptions {
    pub enable_delivery_report: bool,
    pub tag: Option<String>,
}

#[acs_model]
pub struct SmsSendResponse {
    pub value: Vec<SmsSendResponseItem>,
}

#[acs_model]
pub struct SmsSendResponseItem {
    pub to: String,
    pub message_id: Option<String>,
    pub http_status_code: i32,
    pub repeatability_result: Option<String>,
    pub successful: bool,
    pub error_message: Option<String>,
}

#[tokio::main]
async fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let server = server();
    let client = Client::new(server.endpoint(), AccessKey::new("c2VjcmV0")?)?;

    let recipients = ["+14255550101", "+14255550102"]
        .map(|number| SmsRecipient::new(number, Repeatability::new()));
    let request = SendMessageRequest::new("+14255550100", recipients, "Your order is on its way.")
        .sms_send_options(SmsSendOptions::new(true).tag("order 4711"));
    // The first response is lost. The second request has the same ids, and no message is sent
    // twice.
    for sent in client.send_sms(&request).await?.value {
        println!("{}: {}", sent.to, sent.message_id.unwrap_or_default());
    }
    println!("{}", server.finish()?);
    Ok(())
}

fn server() -> RecordingServer {
    let server = RecordingServer::start(include_str!("facts/sms-2021-03-07.json"), &[]);
    let sent = |to: &str, id: &str| {
        json!({ "to": to, "messageId": id, "httpStatusCode": 202, "successful": true,
                "repeatabilityResult": "accepted" })
    };
    let value = [sent("+14255550101", "a"), sent("+14255550102", "b")];
    server
        .reply("Sms_Send", Reply::lost())
        .reply("Sms_Send", Reply::new(202, &json!({ "value": value })));
    server
}
