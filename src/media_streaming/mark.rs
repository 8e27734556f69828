//! The marks in the audio that is played, as the service reports them.

use crate::acs_model;
use crate::event::model::event_data;

event_data! {
    /// The status of a mark in the audio that was sent. Preview versions send it.
    #[derive(Eq)]
    pub struct MarkData {
        /// The id of the mark.
        id: String,
        /// The status of the mark.
        status: MarkStatus,
    }
}

/// The status of a mark.
#[acs_model]
#[serde(rename_all = "PascalCase")]
pub enum MarkStatus {
    /// The audio before the mark was played.
    Completed,
    /// The audio before the mark was stopped.
    Cancelled,
}
