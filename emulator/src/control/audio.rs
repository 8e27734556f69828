//! The audio of a call.

use http::StatusCode;

use super::Control;
use crate::error::{ServiceError, shown};
use crate::request::Request;
use crate::response::Response;

/// The header of the response with the number of the next sample.
const NEXT: &str = "audio-next";

impl Control<'_> {
    /// Returns the audio as a WAV file, starting after the sample number in `after` if it is given.
    pub(super) fn audio(&self, call: &str, request: &Request) -> Result<Response, ServiceError> {
        let after = match request.query("after").next() {
            None => 0,
            Some(after) => after.parse().map_err(|_| {
                let message = format!("`after` is not the number of a sample: `{}`", shown(&after));
                ServiceError::bad_request("after", message)
            })?,
        };
        let call_audio = self.call_audio.find(call).ok_or_else(|| {
            let message = format!(
                "no audio of the call `{}` was streamed, and no file was played",
                shown(call)
            );
            ServiceError::not_found(message)
        })?;
        let (file, next) = call_audio.wav_after(after);
        let mut response = Response::bytes(StatusCode::OK, "audio/wav", file.into());
        response.add_header(NEXT, &next.to_string());
        Ok(response)
    }
}
