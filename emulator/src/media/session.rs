//! One WebSocket, from the dialling to the end.

use std::sync::Arc;
use std::time::SystemTime;

use tokio::sync::mpsc::Receiver as InputReceiver;

use super::audio::{Audio, AudioSource};
use super::context::{MediaContext, StreamInput};
use super::frame_count::FrameCount;
use super::message::Message;
use super::socket::{self, Receiver, Sender};
use crate::clock::time_of_day;
use crate::journal_entry;
use crate::network::{Network, OpenStream};

/// The state that the two directions of a socket share.
struct Session {
    context: Arc<MediaContext>,
    open: OpenStream,
    audio: Option<Audio>,
}

/// Opens a socket and serves it, until the bot or the call is over.
pub(super) async fn run(
    context: Arc<MediaContext>,
    open: OpenStream,
    inputs: InputReceiver<StreamInput>,
) {
    let audio = open.audio.map(|format| {
        let id = &open.id.connection;
        let call =
            context.memory.call_audio.of_connection(id, &open.server_call, format.sample_rate);
        Audio::new(format, call, context.memory.budget.clone())
    });
    let session = Session { context, open, audio };
    if let Err(error) = session.serve(inputs).await {
        session.log(&error);
        session.command(|network, session| network.stream_failed(&session.open.id));
    }
}

impl Session {
    /// Returns an error if the bot ended it, and `Ok` if the call did.
    async fn serve(&self, inputs: InputReceiver<StreamInput>) -> Result<(), String> {
        let headers = self.context.headers(&self.open).await;
        let (mut sender, receiver) =
            socket::dial(&self.context.connector, &self.open.url, &headers).await?;
        sender.send(self.open.metadata.to_string()).await?;
        if self.command(|network, session| network.stream_opened(&session.open.id)) {
            tokio::select! {
                error = self.receive(receiver) => return Err(error),
                sent = self.send(&mut sender, inputs) => sent?,
            }
        }
        sender.close().await;
        Ok(())
    }

    /// Sends what is due, until the call closes the socket.
    async fn send(
        &self,
        sender: &mut Sender,
        mut inputs: InputReceiver<StreamInput>,
    ) -> Result<(), String> {
        let mut source = self.audio.as_ref().map(Audio::mixer);
        let mut count = self.count(false);
        loop {
            let due = source.as_ref().and_then(AudioSource::next_due);
            tokio::select! {
                input = inputs.recv() => match (input, &mut source) {
                    (None, _) => return Ok(()),
                    (Some(StreamInput::Frame(frame)), _) => sender.send(frame.to_string()).await?,
                    (Some(StreamInput::Speakers(speakers)), Some(source)) => {
                        source.set_speakers(speakers, self.context.clock.now());
                    }
                    (Some(StreamInput::Speakers(_)), None) => {}
                },
                () = self.reach(due) => {
                    if let (Some(source), Some(audio)) = (&mut source, &self.audio) {
                        self.send_due(sender, source, audio, &mut count).await?;
                    }
                }
            }
        }
    }

    async fn send_due(
        &self,
        sender: &mut Sender,
        source: &mut AudioSource,
        audio: &Audio,
        count: &mut FrameCount,
    ) -> Result<(), String> {
        while let Some(frames) = source.frames_by(self.context.clock.now(), audio) {
            if let Some(error) = frames.file_error {
                self.log(&format!("the audio is not written to its file any more: {error}"));
            }
            count.add(frames.texts.len(), self.context.clock.now());
            for text in frames.texts {
                sender.send(text).await?;
            }
        }
        Ok(())
    }

    async fn reach(&self, due: Option<SystemTime>) {
        match due {
            Some(due) => self.context.clock.reach(due).await,
            None => std::future::pending().await,
        }
    }

    /// Receives the messages of the bot until the connection ends. Returns the reason.
    async fn receive(&self, mut receiver: Receiver) -> String {
        let mut count = self.count(true);
        let mut has_warned = false;
        while let Some(text) = receiver.receive().await {
            let text = match text {
                Ok(text) => text,
                Err(error) => return error,
            };
            let taken = match &self.audio {
                Some(audio) => audio.take(&text),
                None => Err("a transcription takes no messages".to_owned()),
            };
            match taken {
                Ok(Message::Audio(_)) => count.add(1, self.context.clock.now()),
                Ok(Message::StopAudio) => {
                    let entry = journal_entry::of_stop_audio(self.context.clock.now(), &self.open);
                    self.context.resource.journal().add(&entry);
                }
                // Once: a bot sends fifty a second.
                Err(error) if !has_warned => {
                    has_warned = true;
                    self.log(&format!("a message was ignored: {error}"));
                }
                Err(_) => {}
            }
        }
        "the bot closed the WebSocket".to_owned()
    }

    fn count(&self, is_from_bot: bool) -> FrameCount {
        let journal = self.context.resource.journal().clone();
        let (id, server_call) = (self.open.id.clone(), self.open.server_call.clone());
        FrameCount::new(journal, id, server_call, is_from_bot)
    }

    fn command<T>(&self, command: impl FnOnce(&mut Network, &Self) -> T) -> T {
        let now = self.context.clock.now();
        self.context.resource.command(now, |state| command(&mut state.network, self))
    }

    fn log(&self, line: &str) {
        let (url, now) = (&self.open.url, self.context.clock.now());
        self.context.log.line(|| format!("{} {url}: {line}", time_of_day(now)));
    }
}
