//! The error of a frame that cannot be read.

use std::fmt;

use crate::__private::excerpt;

/// The error of a frame that cannot be read, or whose audio cannot be decoded. Other frames are not
/// affected.
///
/// The text quotes only a short part of the frame, with control characters escaped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameError {
    kind: FrameErrorKind,
    text: String,
}

/// The kind of an error in a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FrameErrorKind {
    /// The frame is longer than [`MAX_FRAME_LENGTH`](super::MAX_FRAME_LENGTH).
    TooLong,
    /// The frame is not UTF-8.
    NotUtf8,
    /// The frame is not a JSON object, or ends too soon.
    NotJson,
    /// The frame has no `kind`, or lacks the field of its kind.
    Incomplete,
    /// A field has a value of another type.
    InvalidField,
    /// The audio is not base64.
    NotBase64,
    /// The buffer for the audio is too short.
    BufferTooShort,
}

impl FrameError {
    /// Returns the kind of the error.
    #[must_use]
    pub fn kind(&self) -> FrameErrorKind {
        self.kind
    }

    pub(super) fn too_long(length: usize) -> Self {
        let limit = super::MAX_FRAME_LENGTH;
        let text = format!("the frame has {length} bytes; at most {limit} are read");
        Self { kind: FrameErrorKind::TooLong, text }
    }

    pub(super) fn not_utf8(valid_up_to: usize) -> Self {
        let text = format!("the frame is not UTF-8 at byte {valid_up_to}");
        Self { kind: FrameErrorKind::NotUtf8, text }
    }

    pub(super) fn not_json(reason: impl fmt::Display) -> Self {
        let text = format!("the frame is not a JSON object: {reason}");
        Self { kind: FrameErrorKind::NotJson, text }
    }

    pub(super) fn incomplete(field: &str) -> Self {
        let text = format!("the frame has no `{field}`");
        Self { kind: FrameErrorKind::Incomplete, text }
    }

    pub(super) fn invalid_field(field: &str, reason: impl fmt::Display) -> Self {
        let reason = excerpt(reason.to_string().as_bytes());
        let text = format!("cannot read `{field}` of the frame: {reason}");
        Self { kind: FrameErrorKind::InvalidField, text }
    }

    pub(super) fn not_base64(reason: impl fmt::Display) -> Self {
        let text = format!("the audio of the frame is not base64: {reason}");
        Self { kind: FrameErrorKind::NotBase64, text }
    }

    pub(super) fn buffer_too_short(length: usize, needed: usize) -> Self {
        let text = format!("the buffer for the audio has {length} bytes; {needed} are needed");
        Self { kind: FrameErrorKind::BufferTooShort, text }
    }
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for FrameError {}
