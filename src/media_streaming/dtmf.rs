//! The keys that participants press, as the service streams them.

use time::OffsetDateTime;

use crate::CommunicationIdentifier;
use crate::call_automation::Tone;
use crate::event::model::event_data;

event_data! {
    /// A key that a participant pressed.
    #[derive(Eq)]
    pub struct DtmfData {
        /// The key as the service writes it, such as `3` or `#`.
        data: String,
        /// When the key was pressed.
        #[serde(with = "crate::timestamp::optional")]
        timestamp: OffsetDateTime,
        /// The participant who pressed it.
        #[serde(rename = "participantRawID", with = "super::raw_id")]
        participant: CommunicationIdentifier,
    }
}

impl DtmfData {
    /// Returns the key as a tone.
    #[must_use]
    pub fn tone(&self) -> Option<Tone> {
        Some(match self.data.as_deref()? {
            "0" => Tone::Zero,
            "1" => Tone::One,
            "2" => Tone::Two,
            "3" => Tone::Three,
            "4" => Tone::Four,
            "5" => Tone::Five,
            "6" => Tone::Six,
            "7" => Tone::Seven,
            "8" => Tone::Eight,
            "9" => Tone::Nine,
            "#" => Tone::Pound,
            "*" => Tone::Asterisk,
            name => Tone::from(name),
        })
    }
}
