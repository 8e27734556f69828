//! The storage of recordings: files by document id, whole or in part.

use std::time::{Duration, SystemTime};

use http::{Method, StatusCode};
use hyper::body::Bytes;

use crate::error::ServiceError;
use crate::network::RecordingFile;
use crate::request::Request;
use crate::resource::Resource;
use crate::response::Response;
use crate::wav;

const PREFIX: &str = "/v1/objects/";

/// The longest duration of a file.
const LONGEST: Duration = Duration::from_secs(60);

/// Whether a path belongs to the storage.
pub(crate) fn has(path: &str) -> bool {
    path.starts_with(PREFIX)
}

/// Answers a request to the storage, which is signed for the host in `x-ms-host` if there is one.
pub(crate) fn respond(resource: &Resource, request: &Request, now: SystemTime) -> Response {
    let response = resource.check_caller(&for_signed_host(request), now);
    response.and_then(|()| find(resource, request, now)).unwrap_or_else(Response::from)
}

fn for_signed_host(request: &Request) -> Request {
    let mut signed = request.clone();
    if let Some(host) = request.headers.get("x-ms-host") {
        signed.headers.insert("host", host.clone());
    }
    signed
}

fn find(resource: &Resource, request: &Request, now: SystemTime) -> Result<Response, ServiceError> {
    let path = request.path().trim_start_matches(PREFIX);
    let (document, part) = path.split_once('/').unwrap_or((path, ""));
    if request.method == Method::DELETE {
        let deleted = resource.command(now, |state| state.network.delete_recording_file(document));
        return if deleted { Ok(Response::empty(StatusCode::OK)) } else { Err(not_found()) };
    }
    let file = resource.state().network.recording_file(document).cloned();
    let file = file.ok_or_else(not_found)?;
    let (content_type, bytes) = match part {
        "content/acsmetadata" => ("application/json", file.metadata.to_string().into_bytes()),
        "content/video" | "content/audio" => (media_type(&file), content(&file)),
        _ => return Err(not_found()),
    };
    part_of(request.header("range"), content_type, bytes.into())
}

/// Returns the requested range, or the whole file without one.
fn part_of(
    range: Option<&str>,
    content_type: &'static str,
    bytes: Bytes,
) -> Result<Response, ServiceError> {
    let length = bytes.len();
    let Some(range) = range else {
        return Ok(Response::bytes(StatusCode::OK, content_type, bytes));
    };
    let Some((start, end)) = bounds(range, length) else {
        let message = format!("`Range` is not within the {length} bytes of the file");
        let status = StatusCode::RANGE_NOT_SATISFIABLE;
        return Err(ServiceError::new(status, "InvalidRange", message)
            .with_header("content-range", format!("bytes */{length}")));
    };
    let part = bytes.slice(start..=end);
    let mut response = Response::bytes(StatusCode::PARTIAL_CONTENT, content_type, part);
    response.add_header("content-range", &format!("bytes {start}-{end}/{length}"));
    Ok(response)
}

/// First and last byte of `bytes=a-b`, `bytes=a-` or `bytes=-n` (RFC 9110, section 14.1.2).
fn bounds(range: &str, length: usize) -> Option<(usize, usize)> {
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    let end = length.checked_sub(1)?;
    let (first, last) = match (first.is_empty(), last.is_empty()) {
        (true, _) => (length.checked_sub(last.parse::<usize>().ok()?.min(length))?, end),
        (false, true) => (first.parse().ok()?, end),
        (false, false) => (first.parse().ok()?, last.parse::<usize>().ok()?.min(end)),
    };
    (first <= last && first < length).then_some((first, last))
}

fn media_type(file: &RecordingFile) -> &'static str {
    match &*file.format {
        "wav" => "audio/wav",
        "mp3" => "audio/mpeg",
        _ => "video/mp4",
    }
}

/// A silent file of the recording's format and length.
fn content(file: &RecordingFile) -> Vec<u8> {
    let duration = file.duration.min(LONGEST);
    match &*file.format {
        "wav" => silent_wav(duration),
        "mp3" => mp3(duration),
        _ => mp4(duration),
    }
}

/// 16 kHz, 16 bits, one channel.
fn silent_wav(duration: Duration) -> Vec<u8> {
    const RATE: u32 = 16_000;
    let samples = u32::try_from(duration.as_millis()).unwrap_or(u32::MAX) / 1000 * RATE;
    let bytes = samples.max(RATE / 50) * 2;
    let mut wav = wav::header(RATE, 1, bytes).to_vec();
    wav.resize(wav.len() + bytes as usize, 0);
    wav
}

/// Frames of MPEG 1 layer III at 44.1 kHz and 32 kbit/s, one channel, each 1152 samples of silence.
fn mp3(duration: Duration) -> Vec<u8> {
    const FRAME: usize = 104;
    let frames = duration.as_millis() * 441 / 11_520 + 1;
    let mut frame = [0; FRAME];
    frame[..4].copy_from_slice(&[0xff, 0xfb, 0x10, 0xc4]);
    frame.repeat(usize::try_from(frames).unwrap_or(1))
}

/// A movie without tracks.
fn mp4(duration: Duration) -> Vec<u8> {
    let mut header = vec![0; 100];
    header[12..16].copy_from_slice(&1000_u32.to_be_bytes());
    let millis = u32::try_from(duration.as_millis()).unwrap_or(u32::MAX);
    header[16..20].copy_from_slice(&millis.to_be_bytes());
    header[20..24].copy_from_slice(&0x0001_0000_u32.to_be_bytes());
    // The identity matrix.
    for (place, value) in [(36, 0x0001_0000_u32), (52, 0x0001_0000), (68, 0x4000_0000)] {
        header[place..place + 4].copy_from_slice(&value.to_be_bytes());
    }
    header[96..].copy_from_slice(&1_u32.to_be_bytes());
    let movie = mp4_box(b"moov", &mp4_box(b"mvhd", &header));
    [mp4_box(b"ftyp", b"isom\0\0\0\0isommp41"), movie, mp4_box(b"mdat", &[])].concat()
}

fn mp4_box(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len() + 8).unwrap_or(u32::MAX);
    [&length.to_be_bytes()[..], name, content].concat()
}

fn not_found() -> ServiceError {
    ServiceError::not_found("no recorded file is here, or it was deleted")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_within_the_file() {
        for (range, expected) in [
            ("bytes=0-", Some((0, 9))),
            ("bytes=2-4", Some((2, 4))),
            ("bytes=2-99", Some((2, 9))),
            ("bytes=-3", Some((7, 9))),
            ("bytes=-99", Some((0, 9))),
            ("bytes=10-", None),
            ("bytes=4-2", None),
            ("bytes=-0", None),
            ("bytes=", None),
            ("items=0-1", None),
        ] {
            assert_eq!(bounds(range, 10), expected, "{range}");
        }
        assert_eq!(bounds("bytes=0-", 0), None);
    }

    #[test]
    fn each_format_has_its_header() {
        let file = |format: &str| RecordingFile {
            document_id: String::new(),
            format: format.to_owned(),
            duration: Duration::from_secs(2),
            metadata: serde_json::Value::Null,
        };
        assert!(content(&file("wav")).starts_with(b"RIFF"));
        assert_eq!(content(&file("wav")).len(), 44 + 64_000);
        assert_eq!(content(&file("mp3"))[..2], [0xff, 0xfb]);
        assert_eq!(content(&file("mp4"))[4..8], *b"ftyp");
    }
}
