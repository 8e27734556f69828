//! The audio of calls: the WebSockets that stream it, and transcripts, to bots; and prompts.
//!
//! The network decides what a socket carries and which prompts are played; this module decides nothing about calls. All sockets
//! together are limited in number and memory, and a slow or dead bot affects only its own.

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::sync::mpsc::{Sender, UnboundedReceiver, channel};
use tokio::task::JoinSet;

use crate::clock::time_of_day;
use crate::network::{MediaCommand, OpenStream, PromptFiles, StreamId};

use self::context::StreamInput;
use self::prompts::Prompts;

pub(crate) use self::call_audio::CallAudioStore;
pub(crate) use self::context::{MediaContext, MediaMemory};

mod audio;
mod budget;
mod call_audio;
mod context;
mod frame_count;
mod message;
mod mixer;
mod playback;
mod prompt_audio;
mod prompts;
mod session;
#[cfg_attr(not(feature = "media-streaming"), path = "media/socket_disabled.rs")]
mod socket;
mod voice;
mod wav_file;

/// The maximum number of open sockets.
const SOCKETS: usize = 256;

/// How many inputs are queued for a bot that does not read; further ones are dropped.
const WAITING_INPUTS: usize = 256;

/// Opens and closes sockets and plays prompts as the network commands. They end when this future is dropped.
pub(crate) async fn run(context: Arc<MediaContext>, mut commands: UnboundedReceiver<MediaCommand>) {
    let mut media =
        Media { context, inputs: BTreeMap::new(), tasks: JoinSet::new(), prompts: BTreeMap::new() };
    loop {
        tokio::select! {
            command = commands.recv() => match command {
                Some(command) => media.carry_out(command),
                None => return,
            },
            Some(_) = media.tasks.join_next(), if !media.tasks.is_empty() => {
                media.inputs.retain(|_, input| !input.is_closed());
            }
        }
    }
}

struct Media {
    context: Arc<MediaContext>,
    inputs: BTreeMap<StreamId, Sender<StreamInput>>,
    tasks: JoinSet<()>,
    /// By connection.
    prompts: BTreeMap<String, Prompts>,
}

impl Media {
    fn carry_out(&mut self, command: MediaCommand) {
        match command {
            MediaCommand::Open(open) if self.tasks.len() >= SOCKETS => self.refuse(&open),
            MediaCommand::Open(open) => {
                let (sender, inputs) = channel(WAITING_INPUTS);
                self.inputs.insert(open.id.clone(), sender);
                self.tasks.spawn(session::run(self.context.clone(), open, inputs));
            }
            // Dropping the sender closes the socket.
            MediaCommand::Close(id) => drop(self.inputs.remove(&id)),
            MediaCommand::Frame { id, frame } => self.pass(&id, StreamInput::Frame(frame)),
            MediaCommand::Speakers { id, speakers } => {
                self.pass(&id, StreamInput::Speakers(speakers));
            }
            MediaCommand::Play(prompt) => self.play(prompt),
            MediaCommand::StopPrompts(connection) => drop(self.prompts.remove(&connection)),
        }
    }

    fn pass(&self, id: &StreamId, input: StreamInput) {
        let input = self.inputs.get(id).map(|sender| sender.try_send(input));
        if let Some(Err(_)) = input {
            let now = self.context.clock.now();
            let id = &id.connection;
            self.context.log.line(|| format!("{} {id}: a frame was lost", time_of_day(now)));
        }
    }

    fn play(&mut self, prompt: PromptFiles) {
        let (connection, context) = (prompt.connection.clone(), &self.context);
        let prompts = self.prompts.entry(connection.clone());
        if !prompts.or_insert_with(|| Prompts::start(context.clone())).add(prompt) {
            let now = context.clock.now();
            context.log.line(|| {
                format!("{} {connection}: a prompt is silent, too many wait", time_of_day(now))
            });
        }
    }

    fn refuse(&self, open: &OpenStream) {
        let (now, url) = (self.context.clock.now(), &open.url);
        self.context.log.line(|| {
            format!("{} {url}: not dialled, {SOCKETS} WebSockets are open", time_of_day(now))
        });
        let command = |state: &mut crate::state::State| state.network.stream_failed(&open.id);
        self.context.resource.command(now, command);
    }
}
