//! The handle of a running emulator.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tokio::sync::mpsc::{self, UnboundedReceiver};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::activity::DeliveryAttempt;
use crate::clock::Clock;
use crate::driver;
use crate::execution_gate::PauseGuard;
use crate::identifier::{Identifier, raw_id};
use crate::media::{self, MediaContext};
use crate::network::{Effect, NewIncomingCall};
use crate::person::Person;
use crate::recorded::RecordedRequest;
use crate::server::{Server, Sockets};

pub use self::builder::EmulatorBuilder;

mod builder;

/// A running emulator: Azure Communication Services on loopback, with a state of its own.
///
/// It stops when it is dropped; [`stop`](Self::stop) also waits until the port is free.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")] async fn main() {
/// use acs_rest_emulator::Emulator;
///
/// let emulator = Emulator::start().await;
/// assert!(emulator.endpoint().starts_with("http://127.0.0.1:"));
/// emulator.stop().await;
/// # }
/// ```
#[must_use = "an emulator stops when it is dropped"]
pub struct Emulator {
    connection_string: String,
    https_endpoint: Option<String>,
    ca_certificate: Option<PathBuf>,
    user_id: String,
    user_token: String,
    server: Arc<Server>,
    /// Dropping it stops the task.
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Emulator {
    /// Starts an emulator on a free port of 127.0.0.1, with a random access key.
    ///
    /// # Panics
    /// Outside a Tokio runtime, or if no port is free; [`EmulatorBuilder::start`] returns an error
    /// instead.
    pub async fn start() -> Self {
        match Self::builder().start().await {
            Ok(emulator) => emulator,
            Err(error) => panic!("the emulator does not start: {error}"),
        }
    }

    /// Starts building an emulator with other settings.
    pub fn builder() -> EmulatorBuilder {
        EmulatorBuilder::new()
    }

    /// Returns `http://127.0.0.1:PORT`, without a trailing slash.
    pub fn endpoint(&self) -> &str {
        &self.server.resource.settings().endpoint
    }

    /// Returns `endpoint=http://127.0.0.1:PORT/;accesskey=…`, as the Azure portal shows it.
    pub fn connection_string(&self) -> &str {
        &self.connection_string
    }

    /// Returns `https://127.0.0.1:PORT`, if the builder was asked for https.
    pub fn https_endpoint(&self) -> Option<&str> {
        self.https_endpoint.as_deref()
    }

    /// Returns the path of the PEM file of the certificate authority that clients must trust for
    /// https.
    pub fn ca_certificate(&self) -> Option<&Path> {
        self.ca_certificate.as_deref()
    }

    /// Returns the access key, in base64.
    pub fn access_key(&self) -> String {
        self.server.resource.settings().access_key.to_base64()
    }

    /// Returns the immutable id of the resource, which is part of every user's id and the audience
    /// of webhook tokens. It is derived from the access key.
    pub fn resource_id(&self) -> String {
        self.server.resource.settings().resource_id.to_string()
    }

    /// Returns a token of the user that every emulator has, valid for a day.
    pub fn user_token(&self) -> &str {
        &self.user_token
    }

    /// Returns the raw id of that user, such as `8:acs:…`.
    pub fn user_id(&self) -> &str {
        &self.user_id
    }

    /// Issues another token of that user, valid for `lifetime`; a lifetime of zero gives an expired
    /// token.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() {
    /// # use {acs_rest_emulator::Emulator, std::time::Duration};
    /// let emulator = Emulator::start().await;
    /// let expired = emulator.user_token_for(Duration::ZERO);
    /// assert_ne!(expired, emulator.user_token());
    /// # }
    /// ```
    pub fn user_token_for(&self, lifetime: Duration) -> String {
        user_token(&self.server, &self.user_id, lifetime)
    }

    /// Starts an incoming call to the emulator's user, from a phone number such as `+14255550123` or
    /// from a raw id.
    ///
    /// Returns its `incomingCallContext`, which the service sends by Event Grid. It can be used
    /// once, to answer, redirect or reject the call.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() {
    /// # let emulator = acs_rest_emulator::Emulator::start().await;
    /// let context = emulator.incoming_call("+14255550123");
    /// assert_ne!(context, emulator.incoming_call("8:acs:contoso_agent"));
    /// # }
    /// ```
    ///
    /// # Panics
    /// If `caller` is neither a phone number nor the raw id of someone who can call.
    pub fn incoming_call(&self, caller: &str) -> String {
        let read = |id: &str| match Identifier::read_dialable(id, "caller") {
            Ok(identifier) => identifier,
            Err(error) => panic!("no call comes in: {}", error.message),
        };
        let new = NewIncomingCall {
            from: read(caller),
            to: read(self.user_id()),
            caller_display_name: String::new(),
            custom_context: json!({ "sipHeaders": {}, "voipHeaders": {} }),
        };
        let resource = &self.server.resource;
        let server_call = resource.settings().server_call_id("conv", &Uuid::new_v4().to_string());
        let now = self.server.clock.now();
        resource.command(now, |state| state.network.ring(new, server_call))
    }

    /// Returns the clock by which dates and tokens are checked.
    pub fn clock(&self) -> &Clock {
        &self.server.clock
    }

    /// Returns the requests answered so far, oldest first: at most the last 10,000, within 64 MiB.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.server.requests()
    }

    /// Returns the attempts to send events so far, oldest first: at most the last 20,000.
    pub fn events(&self) -> Vec<DeliveryAttempt> {
        self.server.delivery.activity.to_vec()
    }

    /// Returns the person with a phone number or raw id, to define how they react to calls.
    pub fn person(&self, id: &str) -> Person<'_> {
        Person::new(&self.server, raw_id(id))
    }

    /// Returns the audio of a call, by its `callConnectionId` or `serverCallId`: a WAV
    /// file with the people on the left channel, and the bot with its prompts on the right. `None` if
    /// no audio of the call was streamed and no file was played.
    ///
    /// Without media streaming, time passes in it only while a prompt is played. It contains the last
    /// two minutes; [`EmulatorBuilder::audio_directory`] keeps the whole call.
    pub fn call_audio(&self, call: &str) -> Option<Vec<u8>> {
        let call = self.server.media.call_audio.find(call)?;
        Some(call.wav_after(0).0)
    }

    /// Returns how often each operation was executed, by the specification's operation id. Refused
    /// and replayed requests do not count.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() {
    /// # let emulator = acs_rest_emulator::Emulator::start().await;
    /// assert_eq!(emulator.executions().get("CallConnection_Mute"), None);
    /// # }
    /// ```
    pub fn executions(&self) -> BTreeMap<String, u64> {
        self.server.resource.state().executions.clone()
    }

    /// Suspends every execution until the [`PauseGuard`] is dropped: a test can repeat a request,
    /// or disconnect, while it runs.
    pub async fn pause(&self) -> PauseGuard {
        self.server.gate.close().await
    }

    /// Answers the requests that have arrived, and returns when the port is free.
    ///
    /// It does not wait for a connection that is still busy after 5 seconds.
    pub async fn stop(self) {
        const PATIENCE: Duration = Duration::from_secs(5);
        let Self { stop, task, .. } = self;
        drop(stop);
        drop(tokio::time::timeout(PATIENCE, task).await);
    }

    pub(crate) fn run(
        sockets: Sockets,
        server: Server,
        media: MediaContext,
        effects: UnboundedReceiver<Effect>,
    ) -> Self {
        const DAY: Duration = Duration::from_secs(24 * 60 * 60);
        let (server, (stop, stopped)) = (Arc::new(server), oneshot::channel());
        let settings = server.resource.settings();
        let (endpoint, key) = (&settings.endpoint, settings.access_key.to_base64());
        let connection_string = format!("endpoint={endpoint}/;accesskey={key}");
        let https_endpoint = sockets.https_endpoint();
        let ca_certificate = sockets.tls.as_ref().map(|tls| tls.ca_certificate().to_owned());
        let user_id = settings.user_id(settings.access_key.derive_uuid("user"));
        server.resource.state().identities.add(&user_id);
        let user_token = user_token(&server, &user_id, DAY);
        let task = tokio::spawn(run(server.clone(), Arc::new(media), sockets, effects, stopped));
        Self {
            connection_string,
            https_endpoint,
            ca_certificate,
            user_id,
            user_token,
            server,
            stop,
            task,
        }
    }
}

impl fmt::Debug for Emulator {
    /// Shows the endpoint, but no secret.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Emulator")
            .field("endpoint", &self.endpoint())
            .finish_non_exhaustive()
    }
}

/// Answers requests, runs timers and sends events, until `stop` is sent or dropped.
async fn run(
    server: Arc<Server>,
    media: Arc<MediaContext>,
    sockets: Sockets,
    effects: UnboundedReceiver<Effect>,
    stop: oneshot::Receiver<()>,
) {
    let (driven, delivery) = (server.clone(), server.delivery.clone());
    let (commands, received) = mpsc::unbounded_channel();
    tokio::select! {
        () = server.run(sockets, stop) => {}
        () = driver::run(&driven.resource, &driven.clock) => {}
        () = delivery.run(effects, commands) => {}
        () = media::run(media, received) => {}
    }
}

fn user_token(server: &Server, user: &str, lifetime: Duration) -> String {
    // The token of a deleted user is not accepted anywhere.
    let revision = server.resource.state().identities.revision(user).unwrap_or_default();
    let (settings, now) = (server.resource.settings(), server.clock.now());
    settings.issue_token(user, "chat,voip", revision, now, lifetime)
}
