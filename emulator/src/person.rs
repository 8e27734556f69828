//! The behaviour of a person, as tests define it.

use std::fmt;
use std::time::Duration;

use crate::network::{PersonOutcome, Script, Tone, Voice};
use crate::server::Server;
use crate::wav;

/// A person, whose methods define how they react to calls.
///
/// By default a person answers after 200 ms at a pace of 1, and says nothing. A change applies to
/// later calls.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")] async fn main() {
/// # let emulator = acs_rest_emulator::Emulator::start().await;
/// emulator.person("+14255550123").presses("1#").says("yes");
/// emulator.person("8:acs:contoso_agent").is_busy();
/// # }
/// ```
pub struct Person<'a> {
    server: &'a Server,
    raw_id: String,
}

impl<'a> Person<'a> {
    pub(crate) fn new(server: &'a Server, raw_id: String) -> Self {
        Self { server, raw_id }
    }

    /// Makes the person answer after `time`, at a pace of 1.
    pub fn answers_after(self, time: Duration) -> Self {
        self.change(|script| {
            script.outcome = PersonOutcome::Answers;
            script.answer_after = time;
        })
    }

    /// Makes the person busy.
    pub fn is_busy(self) -> Self {
        self.change(|script| script.outcome = PersonOutcome::Busy)
    }

    /// Makes the person decline calls.
    pub fn declines(self) -> Self {
        self.change(|script| script.outcome = PersonOutcome::Declines)
    }

    /// Makes the person let it ring until the caller gives up.
    pub fn never_answers(self) -> Self {
        self.change(|script| script.outcome = PersonOutcome::NoAnswer)
    }

    /// Makes the person let it ring until the control API accepts or declines.
    pub fn waits(self) -> Self {
        self.change(|script| script.outcome = PersonOutcome::Waits)
    }

    /// Makes the person press these keys, such as `12#`, one by one when tones are recognized.
    ///
    /// # Panics
    /// If one of them is not the key of a telephone.
    pub fn presses(self, keys: &str) -> Self {
        let tones = tones(keys);
        self.change(|script| script.tones.extend(tones))
    }

    /// Adds a sentence that the person says when speech is recognized, after the earlier ones.
    pub fn says(self, text: impl Into<String>) -> Self {
        self.change(|script| script.says.push(text.into()))
    }

    /// Sets a tone with this frequency in hertz as the person's audio in media streams, instead of
    /// silence.
    pub fn plays_tone(self, hertz: u32) -> Self {
        self.change(|script| script.voice = Voice::Tone(hertz))
    }

    /// Sets a WAV file as the person's audio in media streams, played once: PCM with 16 bits and
    /// one or two channels.
    ///
    /// # Panics
    /// If it is not such a file.
    pub fn plays_wav(self, file: &[u8]) -> Self {
        let sound = match wav::read(file) {
            Ok(sound) => sound,
            Err(error) => panic!("the person cannot play this file: {error}"),
        };
        self.change(|script| script.voice = Voice::Recording { sound, repeats: false })
    }

    /// Presses these keys, such as `12#`, now, in each call that they are in.
    ///
    /// # Panics
    /// One of them is not the key of a telephone.
    pub fn press(self, keys: &str) -> Self {
        let (tones, Server { resource, clock, .. }) = (tones(keys), self.server);
        resource.command(clock.now(), |state| {
            let network = &mut state.network;
            let calls = network.calls().filter(|(_, call)| call.has(&self.raw_id));
            for call in calls.map(|(id, _)| id.to_owned()).collect::<Vec<_>>() {
                // A call that ends meanwhile hears no more of them.
                drop(tones.iter().try_for_each(|tone| network.press(&call, &self.raw_id, *tone)));
            }
        });
        self
    }

    /// Hangs up so long after joining, at a pace of 1.
    pub fn hangs_up_after(self, time: Duration) -> Self {
        self.change(|script| script.hangs_up_after = Some(time))
    }

    fn change(self, change: impl FnOnce(&mut Script)) -> Self {
        let Server { resource, clock, .. } = self.server;
        resource.command(clock.now(), |state| change(state.network.person_mut(&self.raw_id)));
        self
    }
}

fn tones(keys: &str) -> Vec<Tone> {
    let tone = |key: char| match Tone::parse(key.encode_utf8(&mut [0; 4])) {
        Some(tone) => tone,
        None => panic!("`{}` is not the key of a telephone", key.escape_debug()),
    };
    keys.chars().map(tone).collect()
}

impl fmt::Debug for Person<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Person").field("raw_id", &self.raw_id).finish_non_exhaustive()
    }
}
