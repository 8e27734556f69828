//! The audio of a call.

use http::StatusCode;

use super::Control;
use crate::answer::Answer;
use crate::error::{ServiceError, shown};
use crate::request::Request;

/// The header of the response with the number of the next sample.
const NEXT: &str = "audio-next";

impl Control<'_> {
    /// Returns the audio as a WAV file, starting after the sample number in `after` if it is given.
    pub(super) fn audio(&self, call: &str, request: &Request) -> Result<Answer, ServiceError> {
        let after = match request.query("after").next() {
            None => 0,
            Some(after) => after.parse().map_err(|_| {
                let message = format!("`after` is not the number of a sample: `{}`", shown(&after));
                ServiceError::bad_request("after", message)
            })?,
        };
        let heard = self.heard.find(call).ok_or_else(|| {
            let message = format!("no audio of the call `{}` was streamed", shown(call));
            ServiceError::not_found(message)
        })?;
        let (file, next) = heard.wav_after(after);
        let mut answer = Answer::bytes(StatusCode::OK, "audio/wav", file.into());
        answer.add_header(NEXT, &next.to_string());
        Ok(answer)
    }
}
