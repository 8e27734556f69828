//! Chat, with the token of a user as the credential, and repeatable requests with an id alone.
//!
//! `cargo run --example chat` sends requests to a server on loopback, which checks each of them.

#![allow(clippy::print_stdout, reason = "an example shows what it does")]
#![allow(missing_docs, reason = "the REST pages document operations and models")]

mod recording_server;

use std::collections::HashMap;

use acs_rest::{
    Client, CommunicationIdentifier, Nullable, Pager, Result, UserToken, acs_model, acs_operations,
};
use serde_json::{Value, json};

use self::recording_server::{RecordingServer, Reply};

#[acs_operations(api_version = "2024-03-07")]
pub trait Chat {
    #[acs_operation(POST, "/chat/threads", repeatable = "request-id")]
    async fn create_thread(&self, request: &CreateThreadRequest) -> Result<CreateThreadResult>;

    #[acs_operation(GET, "/chat/threads")]
    fn list_threads(
        &self,
        #[query] max_page_size: Option<i32>,
        #[query] start_time: Option<&str>,
    ) -> Pager<ThreadItem>;

    #[acs_operation(GET, "/chat/threads/<chatThreadId>")]
    async fn get_thread(&self, chat_thread_id: &str) -> Result<ThreadProperties>;

    #[acs_operation(PATCH, "/chat/threads/<chatThreadId>", idempotent)]
    async fn update_thread(
        &self,
        chat_thread_id: &str,
        #[body(content_type = "application/merge-patch+json")] patch: &UpdateThreadRequest,
    ) -> Result<()>;

    #[acs_operation(DELETE, "/chat/threads/<chatThreadId>")]
    async fn delete_thread(&self, chat_thread_id: &str) -> Result<()>;

    #[acs_operation(POST, "/chat/threads/<chatThreadId>/messages")]
    async fn send_message(&self, chat_thread_id: &str, message: &SendRequest)
    -> Result<SendResult>;

    #[acs_operation(GET, "/chat/threads/<chatThreadId>/messages")]
    fn list_messages(
        &self,
        chat_thread_id: &str,
        #[query] max_page_size: Option<i32>,
        #[query] start_time: Option<&str>,
    ) -> Pager<Message>;

    #[acs_operation(GET, "/chat/threads/<chatThreadId>/messages/<chatMessageId>")]
    async fn get_message(&self, chat_thread_id: &str, chat_message_id: &str) -> Result<Message>;

    #[acs_operation(PATCH, "/chat/threads/<chatThreadId>/messages/<chatMessageId>", idempotent)]
    async fn update_message(
        &self,
        chat_thread_id: &str,
        chat_message_id: &str,
        #[body(content_type = "application/merge-patch+json")] patch: &UpdateMessageRequest,
    ) -> Result<()>;

    #[acs_operation(DELETE, "/chat/threads/<chatThreadId>/messages/<chatMessageId>")]
    async fn delete_message(&self, chat_thread_id: &str, chat_message_id: &str) -> Result<()>;

    #[acs_operation(GET, "/chat/threads/<chatThreadId>/participants")]
    fn list_participants(
        &self,
        chat_thread_id: &str,
        #[query] max_page_size: Option<i32>,
        #[query] skip: Option<i32>,
    ) -> Pager<Participant>;

    #[acs_operation(POST, "/chat/threads/<chatThreadId>/participants/:add")]
    async fn add_participants(&self, chat_thread_id: &str, added: &AddRequest)
    -> Result<AddResult>;

    #[acs_operation(POST, "/chat/threads/<chatThreadId>/participants/:remove")]
    async fn remove(&self, chat_thread_id: &str, who: &CommunicationIdentifier) -> Result<()>;

    #[acs_operation(GET, "/chat/threads/<chatThreadId>/readReceipts")]
    fn list_read_receipts(
        &self,
        chat_thread_id: &str,
        #[query] max_page_size: Option<i32>,
        #[query] skip: Option<i32>,
    ) -> Pager<ReadReceipt>;

    #[acs_operation(POST, "/chat/threads/<chatThreadId>/readReceipts")]
    async fn send_read_receipt(&self, chat_thread_id: &str, receipt: &ReadRequest) -> Result<()>;

    #[acs_operation(POST, "/chat/threads/<chatThreadId>/typing")]
    async fn send_typing(&self, chat_thread_id: &str, typing: Option<&TypingRequest>)
    -> Result<()>;
}

#[acs_model]
pub struct CreateThreadRequest {
    pub topic: String,
    pub participants: Option<Vec<Participant>>,
}

#[acs_model]
pub struct CreateThreadResult {
    pub chat_thread: Option<ThreadProperties>,
    pub invalid_participants: Option<Vec<ChatError>>,
}

#[acs_model]
pub struct ThreadProperties {
    pub id: String,
    pub topic: String,
    pub created_on: String,
    pub created_by_communication_identifier: CommunicationIdentifier,
    pub deleted_on: Option<String>,
}

#[acs_model]
pub struct ThreadItem {
    pub id: String,
    pub topic: String,
    pub deleted_on: Option<String>,
    pub last_message_received_on: Option<String>,
}

#[acs_model]
pub struct UpdateThreadRequest {
    pub topic: Option<Nullable<String>>,
}

#[acs_model]
pub struct Participant {
    pub communication_identifier: CommunicationIdentifier,
    pub display_name: Option<String>,
    pub share_history_time: Option<String>,
}

#[acs_model]
pub struct AddRequest {
    pub participants: Vec<Participant>,
}

#[acs_model]
pub struct AddResult {
    pub invalid_participants: Option<Vec<ChatError>>,
}

#[acs_model]
pub struct SendRequest {
    pub content: String,
    pub sender_display_name: Option<String>,
    pub r#type: Option<MessageType>,
    pub metadata: Option<HashMap<String, String>>,
}

#[acs_model]
pub struct SendResult {
    pub id: String,
}

#[acs_model]
pub struct UpdateMessageRequest {
    pub content: Option<Nullable<String>>,
    pub metadata: Option<Nullable<HashMap<String, String>>>,
}

#[acs_model]
pub struct Message {
    pub id: String,
    pub r#type: MessageType,
    pub sequence_id: String,
    pub version: String,
    pub content: Option<MessageContent>,
    pub sender_display_name: Option<String>,
    pub created_on: String,
    pub sender_communication_identifier: Option<CommunicationIdentifier>,
    pub deleted_on: Option<String>,
    pub edited_on: Option<String>,
    pub metadata: Option<HashMap<String, String>>,
}

#[acs_model]
pub struct MessageContent {
    pub message: Option<String>,
    pub topic: Option<String>,
    pub participants: Option<Vec<Participant>>,
    pub attachments: Option<Vec<Attachment>>,
    pub initiator_communication_identifier: Option<CommunicationIdentifier>,
}

#[acs_model]
pub enum MessageType {
    Text,
    Html,
    TopicUpdated,
    ParticipantAdded,
    ParticipantRemoved,
}

#[acs_model]
pub struct Attachment {
    pub id: String,
    pub attachment_type: AttachmentType,
    pub name: Option<String>,
    pub url: Option<String>,
    pub preview_url: Option<String>,
}

#[acs_model]
pub enum AttachmentType {
    Image,
    File,
}

#[acs_model]
pub struct ReadReceipt {
    pub sender_communication_identifier: CommunicationIdentifier,
    pub chat_message_id: String,
    pub read_on: String,
}

#[acs_model]
pub struct ReadRequest {
    pub chat_message_id: String,
}

#[acs_model]
pub struct TypingRequest {
    pub sender_display_name: Option<String>,
}

#[acs_model]
pub struct ChatError {
    pub code: String,
    pub message: String,
    pub target: Option<String>,
    pub details: Option<Vec<ChatError>>,
    pub innererror: Option<Box<ChatError>>,
}

#[tokio::main]
async fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let server = server();
    let client = Client::new(server.endpoint(), UserToken::new("token"))?;

    let who = |name: &str| CommunicationIdentifier::from_raw_id(format!("8:acs:contoso_{name}"));
    let alice = Participant::new(who("alice")).display_name("Alice");
    // The first response is lost; the second request has the same id, and there is one thread.
    let request = CreateThreadRequest::new("Order 4711").participants([alice]);
    let created = client.create_thread(&request).await?;
    let thread = created.chat_thread.ok_or("no thread")?.id;
    client.update_thread(&thread, &UpdateThreadRequest::new().topic("Order 4712")).await?;
    println!("{thread}: {}", client.get_thread(&thread).await?.topic);

    let bob = AddRequest::new([Participant::new(who("bob"))]);
    let refused = client.add_participants(&thread, &bob).await?.invalid_participants;
    println!("refused: {}", refused.map_or(0, |refused| refused.len()));
    let participants = client.list_participants(&thread, Some(10), None);
    println!("{} participant", all(participants).await?.len());

    client.send_typing(&thread, Some(&TypingRequest::new().sender_display_name("Alice"))).await?;
    client.send_typing(&thread, None).await?;
    let message = SendRequest::new("Where is it?").r#type(MessageType::Text);
    let message = client.send_message(&thread, &message).await?.id;
    let patch = UpdateMessageRequest::new().content("Where is my order?").remove_metadata();
    client.update_message(&thread, &message, &patch).await?;
    let since = Some("2026-11-25T12:00:00Z");
    for message in all(client.list_messages(&thread, None, since)).await? {
        println!("{}: {:?}", message.r#type, message.content.and_then(|content| content.message));
    }
    let version = client.get_message(&thread, &message).await?.version;
    client.send_read_receipt(&thread, &ReadRequest::new(&*message)).await?;
    let read = all(client.list_read_receipts(&thread, None, Some(0))).await?.len();
    println!("version {version}, read {read} time");

    client.delete_message(&thread, &message).await?;
    client.remove(&thread, &who("bob")).await?;
    println!("{} threads", all(client.list_threads(Some(1), since)).await?.len());
    client.delete_thread(&thread).await?;
    println!("{}", server.finish()?);
    Ok(())
}

async fn all<T>(mut pager: Pager<T>) -> Result<Vec<T>> {
    let mut all = Vec::new();
    while let Some(item) = pager.next().await {
        all.push(item?);
    }
    Ok(all)
}

fn server() -> RecordingServer {
    let facts = include_str!("facts/chat-2024-03-07.json");
    let server = RecordingServer::start(facts, &["repeatability-request-id"]);
    let time = "2026-11-25T12:00:00Z";
    let alice = json!({ "rawId": "8:acs:contoso_alice", "communicationUser": { "id": "8:acs:contoso_alice" } });
    let thread = json!({ "id": "19:a@thread.v2", "topic": "Order 4712", "createdOn": time,
                         "createdByCommunicationIdentifier": alice });
    let message = json!({ "id": "7", "type": "text", "sequenceId": "1", "version": "2",
                          "content": { "message": "Where is my order?" }, "createdOn": time });
    let receipt =
        json!({ "senderCommunicationIdentifier": alice, "chatMessageId": "7", "readOn": time });
    let item = |id: &str| json!({ "id": id, "topic": "Order" });
    let list = |items: &[Value]| Reply::new(200, &json!({ "value": items }));
    let nothing = |status| Reply::new(status, &Value::Null);
    let next = json!({ "value": [item("a")], "nextLink": "/chat/threads?maxPageSize=1" });
    server
        .reply("Chat_CreateChatThread", Reply::lost())
        .reply("Chat_CreateChatThread", Reply::new(201, &json!({ "chatThread": thread })))
        .reply("ChatThread_UpdateChatThreadProperties", nothing(204))
        .reply("ChatThread_GetChatThreadProperties", Reply::new(200, &thread))
        .reply("ChatThread_AddChatParticipants", Reply::new(201, &json!({})))
        .reply(
            "ChatThread_ListChatParticipants",
            list(&[json!({ "communicationIdentifier": alice })]),
        )
        .reply("ChatThread_SendTypingNotification", nothing(200))
        .reply("ChatThread_SendTypingNotification", nothing(200))
        .reply("ChatThread_SendChatMessage", Reply::new(201, &json!({ "id": "7" })))
        .reply("ChatThread_UpdateChatMessage", nothing(204))
        .reply("ChatThread_ListChatMessages", list(std::slice::from_ref(&message)))
        .reply("ChatThread_GetChatMessage", Reply::new(200, &message))
        .reply("ChatThread_SendChatReadReceipt", nothing(200))
        .reply("ChatThread_ListChatReadReceipts", list(&[receipt]))
        .reply("ChatThread_DeleteChatMessage", nothing(204))
        .reply("ChatThread_RemoveChatParticipant", nothing(204))
        .reply("Chat_ListChatThreads", Reply::new(200, &next))
        .reply("Chat_ListChatThreads", list(&[item("b")]))
        .reply("Chat_DeleteChatThread", nothing(204));
    server
}
