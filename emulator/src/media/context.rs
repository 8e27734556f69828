//! What all sockets share.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::Value;

use super::budget::Budget;
use super::call_audio::CallAudioStore;
use crate::callback_token::CallbackTokens;
use crate::clock::Clock;
use crate::connector::Connector;
use crate::http_client::HttpClient;
use crate::log::Log;
use crate::network::{OpenStream, Speaker};
use crate::resource::Resource;

/// The number of samples that all sockets keep: 128 MiB.
const SAMPLES: usize = 64 * 1024 * 1024;

/// The input of a socket after its first frame.
#[derive(Debug)]
pub(super) enum StreamInput {
    Frame(Value),
    Speakers(Vec<Speaker>),
}

/// The audio of all calls, within one limit on memory.
#[derive(Clone, Debug)]
pub(crate) struct MediaMemory {
    pub(crate) call_audio: CallAudioStore,
    pub(super) budget: Budget,
}

impl MediaMemory {
    /// Each call is also written to a file in `directory`, if there is one.
    pub(crate) fn new(directory: Option<PathBuf>) -> Self {
        let budget = Budget::of(SAMPLES);
        Self { call_audio: CallAudioStore::new(budget.clone(), directory), budget }
    }
}

/// What all sockets share.
pub(crate) struct MediaContext {
    pub(crate) resource: Arc<Resource>,
    pub(crate) clock: Clock,
    pub(crate) log: Log,
    pub(crate) tokens: CallbackTokens,
    pub(crate) connector: Connector,
    /// Downloads the files of prompts.
    pub(crate) client: HttpClient,
    /// The hosts besides loopback that files are downloaded from.
    pub(crate) prompt_hosts: Vec<String>,
    pub(crate) memory: MediaMemory,
}

impl MediaContext {
    /// The headers of the request that opens a socket.
    pub(super) async fn headers(&self, open: &OpenStream) -> [(&'static str, String); 3] {
        let token = self.tokens.issue_for_socket(self.clock.now()).await;
        [
            ("authorization", format!("Bearer {}", token.unwrap_or_default())),
            ("x-ms-call-connection-id", open.id.connection.clone()),
            ("x-ms-call-correlation-id", open.correlation_id.clone()),
        ]
    }
}

impl fmt::Debug for MediaContext {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("MediaContext").finish_non_exhaustive()
    }
}
