//! The files of prompts, which the people in a call hear.

use super::stream::Stream;
use super::{Effect, MediaCommand, Network, Prompt, PromptFiles, Recognition, StreamKind};

/// The sample rate of a call's audio that no stream determines.
const SAMPLE_RATE: u32 = 16_000;

impl Network {
    /// Plays the files among the sources of a prompt. When the prompt is over is not decided by
    /// them.
    pub(super) fn play_files(&mut self, connection: &str, prompt: &Prompt) {
        let urls = prompt.sources.iter().filter(|source| source["kind"] == "file");
        let urls: Vec<String> =
            urls.filter_map(|source| source["file"]["uri"].as_str()).map(str::to_owned).collect();
        let Some(found) = self.connections.get(connection).filter(|_| !urls.is_empty()) else {
            return;
        };
        let format = found.streams.get(&StreamKind::Audio).and_then(Stream::audio);
        let files = PromptFiles {
            connection: connection.to_owned(),
            server_call: found.server_call_id.clone(),
            urls,
            loops: prompt.loops,
            sample_rate: format.map_or(SAMPLE_RATE, |format| format.sample_rate),
        };
        self.effects.push(Effect::Media(MediaCommand::Play(files)));
    }

    /// Ends the prompt of a recognition once there is input that may interrupt it.
    pub(super) fn interrupt_prompt(&mut self, connection: &str, recognition: &Recognition) {
        if recognition.interrupts_prompt {
            self.stop_prompts(connection);
        }
    }

    pub(super) fn stop_prompts(&mut self, connection: &str) {
        self.effects.push(Effect::Media(MediaCommand::StopPrompts(connection.to_owned())));
    }
}
