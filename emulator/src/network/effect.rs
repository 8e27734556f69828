//! The effects of the network: events and frames to send.

use serde_json::Value;

use super::person::Voice;
use super::stream::{AudioFormat, StreamId};

/// An effect outside the network, in the order in which the network decided on it.
#[derive(Clone, Debug)]
pub(crate) enum Effect {
    Callback(Callback),
    EventGrid(GridEvent),
    Media(MediaCommand),
}

/// A mid-call event, for the callback URI of a connection or of one operation.
#[derive(Clone, Debug)]
pub(crate) struct Callback {
    pub(crate) uri: String,
    pub(crate) connection: String,
    /// The type without `Microsoft.Communication.`.
    pub(crate) kind: &'static str,
    /// A whole CloudEvent.
    pub(crate) event: Value,
}

/// An event for the subscribers of Event Grid, not yet in either schema.
#[derive(Clone, Debug)]
pub(crate) struct GridEvent {
    pub(crate) id: String,
    /// The type without `Microsoft.Communication.`.
    pub(crate) kind: &'static str,
    pub(crate) subject: String,
    pub(crate) time: String,
    pub(crate) data: Value,
}

/// A command for the audio of a call, or for a WebSocket to the application.
#[derive(Clone, Debug)]
pub(crate) enum MediaCommand {
    /// Opens a socket; the result is reported by a command.
    Open(OpenStream),
    Close(StreamId),
    /// Sets the speakers whose audio an open socket carries.
    Speakers {
        id: StreamId,
        speakers: Vec<Speaker>,
    },
    /// Sends one text frame.
    Frame {
        id: StreamId,
        frame: Value,
    },
    /// Plays a prompt after the ones that are played already.
    Play(PromptFiles),
    /// Ends the prompts of a connection.
    StopPrompts(String),
}

/// The files of a prompt, to be played one after the other to the people in a call.
#[derive(Clone, Debug)]
pub(crate) struct PromptFiles {
    pub(crate) connection: String,
    pub(crate) server_call: String,
    pub(crate) urls: Vec<String>,
    /// Whether they start again after the last one.
    pub(crate) loops: bool,
    /// The samples a second of the call's audio.
    pub(crate) sample_rate: u32,
}

/// A socket to open, and its first frame.
#[derive(Clone, Debug)]
pub(crate) struct OpenStream {
    pub(crate) id: StreamId,
    pub(crate) server_call: String,
    pub(crate) correlation_id: String,
    pub(crate) url: String,
    /// The format of an audio stream.
    pub(crate) audio: Option<AudioFormat>,
    pub(crate) metadata: Value,
}

/// A speaker.
#[derive(Clone, Debug)]
pub(crate) struct Speaker {
    pub(crate) raw_id: String,
    pub(crate) voice: Voice,
}
