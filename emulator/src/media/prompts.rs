//! Plays the prompts of a connection to the people in its call, one after the other.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::task::AbortHandle;

use super::audio::{FRAME, LONGEST_DELAY};
use super::context::MediaContext;
use super::prompt_audio::PromptAudio;
use crate::clock::time_of_day;
use crate::journal_entry;
use crate::network::{PromptFiles, Sound};
use crate::{url, wav};

/// The maximum number of prompts of one connection that wait for their turn.
const WAITING_PROMPTS: usize = 16;

/// The maximum length of all files of a prompt, in bytes: four minutes at 16 kHz.
const FILE_BYTES: usize = 8 * 1024 * 1024;

/// How long the download of a file may take.
const DOWNLOAD_TIMEOUT: Duration = Duration::from_secs(10);

/// The prompts of one connection. They end when this is dropped.
#[derive(Debug)]
pub(super) struct Prompts {
    queue: Sender<PromptFiles>,
    task: AbortHandle,
}

impl Prompts {
    pub(super) fn start(context: Arc<MediaContext>) -> Self {
        let (queue, waiting) = channel(WAITING_PROMPTS);
        let task = tokio::spawn(play_in_turn(context, waiting)).abort_handle();
        Self { queue, task }
    }

    /// Adds a prompt. Returns whether there was room for it.
    pub(super) fn add(&self, prompt: PromptFiles) -> bool {
        self.queue.try_send(prompt).is_ok()
    }
}

impl Drop for Prompts {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn play_in_turn(context: Arc<MediaContext>, mut waiting: Receiver<PromptFiles>) {
    while let Some(prompt) = waiting.recv().await {
        let sounds = download(&context, &prompt).await;
        if let Err(error) = play(&context, &prompt, sounds).await {
            log(&context, &prompt.connection, &error);
        }
    }
}

/// The sounds of those files that can be played. The others are reported, and are silent.
async fn download(context: &MediaContext, prompt: &PromptFiles) -> Vec<Sound> {
    let (mut sounds, mut bytes_left) = (Vec::new(), FILE_BYTES);
    for file_url in &prompt.urls {
        let file = match url::is_allowed(file_url, &context.prompt_hosts) {
            true => context.client.download(file_url, bytes_left, DOWNLOAD_TIMEOUT).await,
            false => Err("its host is not on loopback; allow it with `--prompt-host`".to_owned()),
        };
        let sound = file.and_then(|file| {
            bytes_left -= file.len();
            wav::read(&file)
        });
        let error = sound.as_ref().err();
        let entry = journal_entry::of_prompt(context.clock.now(), prompt, file_url, error);
        context.resource.journal().add(&entry);
        if let Some(error) = error {
            log(context, file_url, &format!("the prompt is silent: {error}"));
        }
        sounds.extend(sound.ok());
    }
    sounds
}

/// Plays sounds until they are over. An error is the reason why they are silent.
async fn play(
    context: &MediaContext,
    prompt: &PromptFiles,
    sounds: Vec<Sound>,
) -> Result<(), String> {
    let memory = &context.memory;
    let audio = PromptAudio::new(sounds, prompt.loops, memory.budget.clone())
        .ok_or("a prompt is silent: too much audio is kept")?;
    if audio.is_over() {
        return Ok(());
    }
    let (connection, server_call) = (&prompt.connection, &prompt.server_call);
    let call = memory.call_audio.of_connection(connection, server_call, prompt.sample_rate);
    let playing = call.play(audio);
    let mut due = context.clock.now();
    loop {
        context.clock.reach(due).await;
        if playing.advance().map_err(|error| format!("the audio is not written: {error}"))? {
            return Ok(());
        }
        due = next_due(due, context.clock.now());
    }
}

fn next_due(due: SystemTime, now: SystemTime) -> SystemTime {
    (due + FRAME).max(now.checked_sub(LONGEST_DELAY).unwrap_or(due))
}

fn log(context: &MediaContext, subject: &str, line: &str) {
    let now = context.clock.now();
    context.log.line(|| format!("{} {subject}: {line}", time_of_day(now)));
}
