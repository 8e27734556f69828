//! Streams of audio and transcripts, in later versions of the API.

use http::StatusCode;
use serde_json::Value;

use super::{Handler, HandlerContext};
use crate::error::ServiceError;
use crate::network::{AudioFormat, StreamFormat, StreamKind, StreamSettings};
use crate::response::Response;
use crate::state::State;

pub(super) const HANDLERS: &[(&str, Handler)] = &[
    ("CallMedia_StartMediaStreaming", Handler(start_audio)),
    ("CallMedia_StopMediaStreaming", Handler(stop_audio)),
    ("CallMedia_StartTranscription", Handler(start_transcription)),
    ("CallMedia_StopTranscription", Handler(stop_transcription)),
    ("CallMedia_UpdateTranscription", Handler(update_transcription)),
];

/// The version that introduced them.
const SINCE: &str = "2025-05-15";

/// The streams that the request asks for; an earlier version does not know the fields.
pub(super) fn settings(context: &HandlerContext<'_>) -> Result<Vec<StreamSettings>, ServiceError> {
    let streams = [audio(context)?, transcription(context)?];
    Ok(streams.into_iter().flatten().collect())
}

fn audio(context: &HandlerContext<'_>) -> Result<Option<StreamSettings>, ServiceError> {
    let Some((options, url)) = options(context, "mediaStreamingOptions")? else { return Ok(None) };
    let format = options["audioFormat"].as_str().unwrap_or_default();
    let is_24_khz = format.eq_ignore_ascii_case("pcm24KMono");
    let channel = options["audioChannelType"].as_str().unwrap_or_default();
    let format = AudioFormat {
        sample_rate: if is_24_khz { 24_000 } else { 16_000 },
        is_mixed: !channel.eq_ignore_ascii_case("unmixed"),
        is_bidirectional: options["enableBidirectional"] == true,
        has_tones: options["enableDtmfTones"] == true,
    };
    let (starts, format) = (options["startMediaStreaming"] == true, StreamFormat::Audio(format));
    Ok(Some(StreamSettings { url, starts, format }))
}

fn transcription(context: &HandlerContext<'_>) -> Result<Option<StreamSettings>, ServiceError> {
    let Some((options, url)) = options(context, "transcriptionOptions")? else { return Ok(None) };
    let format = StreamFormat::Transcription {
        locale: options["locale"].as_str().unwrap_or_default().to_owned(),
        has_intermediate_results: options["enableIntermediateResults"] == true,
    };
    Ok(Some(StreamSettings { url, starts: options["startTranscription"] == true, format }))
}

fn start_audio(state: &mut State, context: &HandlerContext<'_>) -> Result<Response, ServiceError> {
    let (connection, reply_to) = (context.connection(), context.reply_to()?);
    state.network.start_stream(connection, StreamKind::Audio, None, reply_to)?;
    Ok(Response::empty(StatusCode::ACCEPTED))
}

fn stop_audio(state: &mut State, context: &HandlerContext<'_>) -> Result<Response, ServiceError> {
    let (connection, reply_to) = (context.connection(), context.reply_to()?);
    state.network.stop_stream(connection, StreamKind::Audio, reply_to)?;
    Ok(Response::empty(StatusCode::ACCEPTED))
}

fn start_transcription(
    state: &mut State,
    context: &HandlerContext<'_>,
) -> Result<Response, ServiceError> {
    let (connection, reply_to) = (context.connection(), context.reply_to()?);
    let locale = context.body["locale"].as_str();
    state.network.start_stream(connection, StreamKind::Transcription, locale, reply_to)?;
    Ok(Response::empty(StatusCode::ACCEPTED))
}

fn stop_transcription(
    state: &mut State,
    context: &HandlerContext<'_>,
) -> Result<Response, ServiceError> {
    let (connection, reply_to) = (context.connection(), context.reply_to()?);
    state.network.stop_stream(connection, StreamKind::Transcription, reply_to)?;
    Ok(Response::empty(StatusCode::ACCEPTED))
}

fn update_transcription(
    state: &mut State,
    context: &HandlerContext<'_>,
) -> Result<Response, ServiceError> {
    let locale = context.text("locale").unwrap_or_default();
    if locale.is_empty() {
        return Err(ServiceError::bad_request("locale", "`locale` is empty"));
    }
    let (connection, reply_to) = (context.connection(), context.reply_to()?);
    state.network.update_transcription(connection, &locale, reply_to)?;
    Ok(Response::empty(StatusCode::ACCEPTED))
}

/// The options and the URL in them.
fn options<'a>(
    context: &HandlerContext<'a>,
    field: &str,
) -> Result<Option<(&'a Value, String)>, ServiceError> {
    let options = &context.body[field];
    if options.is_null() || !context.is_since(SINCE) {
        return Ok(None);
    }
    let url = options["transportUrl"].as_str().unwrap_or_default();
    let is_web_socket =
        url.strip_prefix("ws").is_some_and(|rest| crate::url::is_http(&format!("http{rest}")));
    if !is_web_socket {
        let path = format!("{field}.transportUrl");
        let message = format!("`{path}` is not a whole `wss://…` URL");
        return Err(ServiceError::bad_request(path, message));
    }
    Ok(Some((options, url.to_owned())))
}
