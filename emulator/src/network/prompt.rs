//! The media operations of a call: one at a time for each connection, the others are queued.

use std::time::Duration;

use serde_json::{Value, json};

use super::media_operation::{MediaOperation, MediaWork};
use super::recognition::Listening;
use super::{Network, Prompt, Recognition, ReplyTo, ResultInformation, STEP};
use crate::error::ServiceError;

/// The duration of a prompt, at a pace of 1.
const PROMPT: Duration = Duration::from_millis(500);

impl Network {
    /// Plays a prompt, after the running operation or instead of it.
    pub(crate) fn play(
        &mut self,
        connection: &str,
        prompt: Prompt,
        interrupts: bool,
        reply_to: ReplyTo,
    ) -> Result<(), ServiceError> {
        self.enqueue(connection, MediaWork::Play(prompt), interrupts, reply_to)
    }

    /// Recognizes input of a participant, after the running operation or instead of it.
    pub(crate) fn recognize(
        &mut self,
        connection: &str,
        recognition: Recognition,
        interrupts: bool,
        reply_to: ReplyTo,
    ) -> Result<(), ServiceError> {
        self.check_participant(connection, &recognition.target)?;
        let work = MediaWork::Recognize(Listening::new(recognition));
        self.enqueue(connection, work, interrupts, reply_to)
    }

    /// Cancels the running and the queued operations.
    pub(crate) fn cancel_all_media(&mut self, connection: &str) -> Result<(), ServiceError> {
        self.established(connection)?;
        let connection = connection.to_owned();
        self.after(STEP, move |network| network.cancel_media(&connection));
        Ok(())
    }

    pub(super) fn cancel_media(&mut self, connection: &str) {
        let Some(found) = self.connections.get_mut(connection) else { return };
        let operations = std::mem::take(&mut found.media);
        self.stop_prompts(connection);
        for operation in operations {
            let (kind, result) = (operation.work.cancelled(), ResultInformation::cancelled());
            self.emit(connection, kind, &operation.reply_to, &result, json!({}));
        }
    }

    /// The operation that runs, if it is the one with this number.
    pub(super) fn running(&mut self, connection: &str, number: u64) -> Option<&mut MediaOperation> {
        let front = self.connections.get_mut(connection)?.media.front_mut();
        front.filter(|operation| operation.number == number && operation.is_running)
    }

    /// Ends the running operation, and starts the next one.
    pub(super) fn finish_media(
        &mut self,
        connection: &str,
        number: u64,
        kind: &'static str,
        result: &ResultInformation,
        data: Value,
    ) {
        if self.running(connection, number).is_none() {
            return;
        }
        let Some(found) = self.connections.get_mut(connection) else { return };
        let Some(operation) = found.media.pop_front() else { return };
        self.emit(connection, kind, &operation.reply_to, result, data);
        self.start_next(connection);
    }

    /// The failure of the first source that cannot be played, with its index.
    pub(super) fn unplayable(
        &self,
        connection: &str,
        sources: &[Value],
    ) -> Option<(usize, ResultInformation)> {
        let has_speech = self.connections.get(connection).is_some_and(|found| found.has_speech);
        let mut failures = sources.iter().map(|source| failure(source, has_speech)).enumerate();
        failures.find_map(|(index, failure)| Some((index, failure?)))
    }

    fn enqueue(
        &mut self,
        connection: &str,
        work: MediaWork,
        interrupts: bool,
        reply_to: ReplyTo,
    ) -> Result<(), ServiceError> {
        self.established(connection)?;
        let number = self.next_number();
        let connection = connection.to_owned();
        self.after(STEP, move |network| {
            if interrupts {
                network.cancel_media(&connection);
            }
            let Some(found) = network.connections.get_mut(&connection) else { return };
            found.media.push_back(MediaOperation { number, reply_to, is_running: false, work });
            network.start_next(&connection);
        });
        Ok(())
    }

    fn start_next(&mut self, connection: &str) {
        let Some(found) = self.connections.get_mut(connection) else { return };
        let Some(next) = found.media.front_mut().filter(|next| !next.is_running) else { return };
        next.is_running = true;
        let number = next.number;
        match &next.work {
            MediaWork::Play(prompt) => {
                let prompt = prompt.clone();
                self.start_playing(connection, number, &prompt);
            }
            MediaWork::Recognize(_) => self.start_recognizing(connection, number),
        }
    }

    fn start_playing(&mut self, connection: &str, number: u64, prompt: &Prompt) {
        let planned = self.planned_failure("CallMedia_Play").map(|result| (0, result));
        if let Some((index, result)) =
            planned.or_else(|| self.unplayable(connection, &prompt.sources))
        {
            let data = json!({ "failedPlaySourceIndex": index });
            self.finish_media(connection, number, "PlayFailed", &result, data);
            return;
        }
        let Some(running) = self.running(connection, number) else { return };
        let reply_to = running.reply_to.clone();
        let result = ResultInformation::success();
        self.emit(connection, "PlayStarted", &reply_to, &result, json!({}));
        self.play_files(connection, prompt);
        if !prompt.loops {
            let connection = connection.to_owned();
            self.after(PROMPT, move |network| {
                network.finish_media(&connection, number, "PlayCompleted", &result, json!({}));
            });
        }
    }

    /// Runs `then` once a prompt has been played.
    pub(super) fn after_prompt(&mut self, then: impl FnOnce(&mut Self) + Send + 'static) {
        self.after(PROMPT, then);
    }
}

/// The reason why a source cannot be played, as far as its text shows.
fn failure(source: &Value, has_speech: bool) -> Option<ResultInformation> {
    let text = match source["kind"].as_str()? {
        "file" => return unreachable_file(source["file"]["uri"].as_str().unwrap_or_default()),
        "text" => source["text"]["text"].as_str().unwrap_or_default(),
        "ssml" => source["ssml"]["ssmlText"].as_str().unwrap_or_default(),
        _ => return None,
    };
    if text.trim().is_empty() {
        return Some(ResultInformation::new(400, 8582, "The text to read out is empty."));
    }
    let message = "The call names no `cognitiveServicesEndpoint` to read the text out.";
    (!has_speech).then(|| ResultInformation::new(400, 8565, message))
}

fn unreachable_file(uri: &str) -> Option<ResultInformation> {
    if crate::url::is_http(uri) {
        return None;
    }
    Some(ResultInformation::new(400, 8536, "The file cannot be downloaded: its URI is not HTTP."))
}
