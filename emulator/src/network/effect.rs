//! What the network wants sent.

use serde_json::Value;

use super::StreamKind;

/// Something for the outside, in the order in which the network decided on it.
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

/// What a WebSocket to the application has to do.
#[derive(Clone, Debug)]
pub(crate) enum MediaCommand {
    /// Opens a socket; whether that works comes back as a command.
    Open {
        connection: String,
        kind: StreamKind,
        url: String,
        metadata: Value,
    },
    Close {
        connection: String,
        kind: StreamKind,
    },
    /// Starts or stops the audio frames on an open socket.
    #[allow(
        dead_code,
        reason = "for the sockets of audio and transcription, which are refused so far"
    )]
    Audio {
        connection: String,
        is_on: bool,
        speakers: Vec<String>,
        is_mixed: bool,
    },
    /// Sends one text frame.
    Frame {
        connection: String,
        kind: StreamKind,
        frame: Value,
    },
}
