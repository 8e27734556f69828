//! One frame: its kind and its content.

use std::borrow::Cow;

use serde::Deserialize;
use serde_path_to_error::Track;

use super::audio::{AudioData, AudioMetadata};
use super::dtmf::DtmfData;
use super::error::FrameError;
use super::mark::MarkData;
use super::scan::Scanner;
use super::transcription::{TranscriptionData, TranscriptionMetadata};
use crate::event::lenient;

/// The longest frame that is read, in bytes: 1 MiB. The audio in a frame has at most 1,280
/// characters, and a transcript a few KiB.
pub const MAX_FRAME_LENGTH: usize = 1 << 20;

/// A frame that the service sent.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Frame<'a> {
    /// The format of the audio that follows.
    AudioMetadata(AudioMetadata),
    /// Audio.
    AudioData(AudioData<'a>),
    /// A key that a participant pressed.
    DtmfData(DtmfData),
    /// The options of a transcription: the first frame of its stream.
    TranscriptionMetadata(TranscriptionMetadata),
    /// What a participant said.
    TranscriptionData(TranscriptionData),
    /// The status of a mark in the audio that was sent.
    MarkData(MarkData),
    /// A frame of another kind.
    Unknown(UnknownFrame<'a>),
}

/// A frame of a kind that this version of the crate does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownFrame<'a> {
    /// The kind as the service writes it.
    pub kind: Cow<'a, str>,
    /// The frame as received: a JSON object.
    pub json: &'a str,
}

/// The kinds whose content is read after the whole frame has been scanned.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Content {
    AudioMetadata,
    AudioData,
    DtmfData,
    TranscriptionMetadata,
    TranscriptionData,
    MarkData,
}

impl Content {
    /// The field of the content; the kind has the same name, except for its case.
    const NAMES: [(&'static str, Self); 6] = [
        ("audioData", Self::AudioData),
        ("audioMetadata", Self::AudioMetadata),
        ("dtmfData", Self::DtmfData),
        ("transcriptionData", Self::TranscriptionData),
        ("transcriptionMetadata", Self::TranscriptionMetadata),
        ("markData", Self::MarkData),
    ];
}

impl<'a> Frame<'a> {
    /// Reads a text frame of the socket. The case of names is ignored.
    ///
    /// Frames are independent of each other: after an error, read the next frame.
    ///
    /// # Errors
    /// If the frame is longer than [`MAX_FRAME_LENGTH`], is not UTF-8 or not a JSON object, or a
    /// field has a value of another type. The base64 of audio is checked when it is decoded.
    pub fn parse(frame: &'a (impl AsRef<[u8]> + ?Sized)) -> Result<Self, FrameError> {
        let bytes = frame.as_ref();
        if bytes.len() > MAX_FRAME_LENGTH {
            return Err(FrameError::too_long(bytes.len()));
        }
        let json = std::str::from_utf8(bytes)
            .map_err(|error| FrameError::not_utf8(error.valid_up_to()))?;
        let mut scanner = Scanner::new(json);
        if !scanner.object() {
            return Err(scanner.unexpected());
        }
        let (mut kind, mut audio, mut others) = (None, None, [None; Content::NAMES.len()]);
        let mut is_first = true;
        while let Some(name) = scanner.field(is_first)? {
            is_first = false;
            let content = || Content::NAMES.iter().position(|(field, _)| name.is(field));
            if name.is("kind") {
                kind = scanner.optional_string()?;
                if kind.is_none() {
                    scanner.value()?;
                }
            } else if name.is("audioData") {
                audio = AudioData::read(&mut scanner)?;
            } else if let Some(content) = content() {
                others[content] = Some(scanner.value()?);
            } else {
                scanner.value()?;
            }
        }
        scanner.end()?;
        let kind = kind.ok_or_else(|| FrameError::incomplete("kind"))?;
        let Some(index) = Content::NAMES.iter().position(|(name, _)| kind.is(name)) else {
            let kind = kind.decoded().ok_or_else(|| FrameError::incomplete("kind"))?;
            return Ok(Self::Unknown(UnknownFrame { kind, json }));
        };
        let (field, content) = Content::NAMES[index];
        match (content, others[index]) {
            (Content::AudioData, _) => {
                audio.map(Self::AudioData).ok_or_else(|| FrameError::incomplete(field))
            }
            (_, None | Some("null")) => Err(FrameError::incomplete(field)),
            (content, Some(json)) => Self::read(content, field, json),
        }
    }

    fn read(content: Content, field: &str, json: &str) -> Result<Self, FrameError> {
        match content {
            Content::AudioMetadata => read(field, json).map(Self::AudioMetadata),
            Content::DtmfData => read(field, json).map(Self::DtmfData),
            Content::TranscriptionMetadata => read(field, json).map(Self::TranscriptionMetadata),
            Content::TranscriptionData => read(field, json).map(Self::TranscriptionData),
            Content::MarkData => read(field, json).map(Self::MarkData),
            Content::AudioData => Err(FrameError::incomplete(field)),
        }
    }
}

fn read<'de, T: Deserialize<'de>>(field: &str, json: &'de str) -> Result<T, FrameError> {
    let (mut deserializer, mut track) = (serde_json::Deserializer::from_str(json), Track::new());
    let tracked = serde_path_to_error::Deserializer::new(&mut deserializer, &mut track);
    lenient::deserialize(tracked).map_err(|error| {
        let path = track.path();
        match path.iter().len() {
            0 => FrameError::invalid_field(field, error),
            _ => FrameError::invalid_field(&format!("{field}.{path}"), error),
        }
    })
}
