//! The behaviour of a person in calls.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::result::ResultInformation;
use super::tone::Tone;

/// The script of a person; by default they answer and say nothing.
#[derive(Clone, Debug)]
pub(crate) struct Script {
    pub(crate) outcome: PersonOutcome,
    /// How long it rings before the person decides, at a pace of 1.
    pub(crate) answer_after: Duration,
    /// The keys to press one by one when tones are recognized.
    pub(crate) tones: Vec<Tone>,
    /// The sentences to say when speech is recognized, one each time.
    pub(crate) says: Vec<String>,
    /// How long after joining the person hangs up, at a pace of 1.
    pub(crate) hangs_up_after: Option<Duration>,
    /// The audio of the person in media streams.
    pub(crate) voice: Voice,
}

impl Default for Script {
    fn default() -> Self {
        Self {
            outcome: PersonOutcome::Answers,
            answer_after: Duration::from_millis(200),
            tones: Vec::new(),
            says: Vec::new(),
            hangs_up_after: None,
            voice: Voice::Silence,
        }
    }
}

/// The voice of a person.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Voice {
    #[default]
    Silence,
    /// A sine wave with this frequency in hertz.
    Tone(u32),
    /// A recording, from the moment when the stream starts to carry the person.
    Recording { sound: Sound, repeats: bool },
}

/// Samples of 16 bits and one channel.
#[derive(Clone, PartialEq)]
pub(crate) struct Sound {
    /// The sample rate per second.
    pub(crate) rate: u32,
    pub(crate) samples: Arc<[i16]>,
}

impl fmt::Debug for Sound {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} samples at {} Hz", self.samples.len(), self.rate)
    }
}

/// The outcome of a call to a person.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum PersonOutcome {
    Answers,
    Busy,
    Declines,
    /// It rings until the caller gives up.
    NoAnswer,
    /// It rings until a command decides.
    Waits,
}

impl PersonOutcome {
    pub(crate) const ALL: [(&'static str, Self); 5] = [
        ("answers", Self::Answers),
        ("busy", Self::Busy),
        ("declines", Self::Declines),
        ("noAnswer", Self::NoAnswer),
        ("waits", Self::Waits),
    ];

    pub(crate) fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, outcome)| *outcome == self).map_or("", |(name, _)| name)
    }

    pub(crate) fn parse(name: &str) -> Option<Self> {
        let name = if name == "declined" { "declines" } else { name };
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, outcome)| *outcome)
    }
}

/// Why a person was not reached.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum NotReached {
    NoAnswer,
    Busy,
    Declined,
}

impl NotReached {
    pub(crate) fn result(self) -> ResultInformation {
        match self {
            Self::NoAnswer => ResultInformation::new(487, 560_487, "Nobody answered in time."),
            Self::Busy => ResultInformation::new(486, 560_486, "The line is busy."),
            Self::Declined => ResultInformation::new(603, 560_603, "The call was declined."),
        }
    }
}

/// The phone numbers with a predefined behaviour.
pub(super) fn test_numbers() -> BTreeMap<String, Script> {
    let with = |number: &str, outcome| (number.to_owned(), Script { outcome, ..Script::default() });
    BTreeMap::from([
        with("4:+14255550186", PersonOutcome::Busy),
        with("4:+14255550187", PersonOutcome::NoAnswer),
    ])
}
