//! Received SMS, and reports on the delivery of sent SMS.

use time::OffsetDateTime;

use crate::acs_model;
use crate::event::model::event_data;

event_data! {
    /// An SMS was received.
    ///
    /// Source: <https://learn.microsoft.com/azure/event-grid/communication-services-telephony-sms-events>.
    #[derive(Eq)]
    pub struct SmsReceived {
        /// The id of the message.
        message_id: String,
        /// The number of the sender.
        from: String,
        /// The number of the recipient.
        to: String,
        /// The text.
        message: String,
        /// When the message was received.
        #[serde(with = "crate::timestamp::optional")]
        received_timestamp: OffsetDateTime,
        /// The number of segments in which the text was sent.
        segment_count: i32,
    }

    /// An SMS was delivered or could not be delivered.
    ///
    /// Source: <https://learn.microsoft.com/azure/event-grid/communication-services-telephony-sms-events>.
    #[derive(Eq)]
    pub struct SmsDeliveryReportReceived {
        /// The id of the message, which the operation that sent it returned.
        message_id: String,
        /// The number of the sender.
        from: String,
        /// The number of the recipient.
        to: String,
        /// Whether the message was delivered.
        delivery_status: SmsDeliveryStatus,
        /// A human-readable text about the status.
        delivery_status_details: String,
        /// The attempts to deliver the message.
        delivery_attempts: Vec<SmsDeliveryAttempt>,
        /// When the report was received.
        #[serde(with = "crate::timestamp::optional")]
        received_timestamp: OffsetDateTime,
        /// The tag of the request.
        tag: String,
    }

    /// One attempt to deliver an SMS.
    #[derive(Eq)]
    pub struct SmsDeliveryAttempt {
        /// When the attempt was made.
        #[serde(with = "crate::timestamp::optional")]
        timestamp: OffsetDateTime,
        /// The number of segments that were delivered.
        segments_succeeded: i32,
        /// The number of segments that were not delivered.
        segments_failed: i32,
    }
}

/// Whether an SMS was delivered.
#[acs_model]
#[serde(rename_all = "PascalCase")]
pub enum SmsDeliveryStatus {
    /// The message was delivered.
    Delivered,
    /// The message was not delivered.
    Failed,
}
