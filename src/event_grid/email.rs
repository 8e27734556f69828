//! Reports on the delivery of e-mails, and on the actions of their recipients.

use time::OffsetDateTime;

use crate::acs_model;
use crate::event::model::event_data;

event_data! {
    /// An e-mail was delivered, or was not.
    ///
    /// Source: <https://learn.microsoft.com/azure/event-grid/communication-services-email-events>.
    #[derive(Eq)]
    pub struct EmailDeliveryReportReceived {
        /// The address of the sender.
        sender: String,
        /// The address of the recipient.
        recipient: String,
        /// The id of the e-mail, as sending it returned it.
        message_id: String,
        /// The `Message-ID` header of the e-mail.
        internet_message_id: String,
        /// What became of the e-mail.
        status: EmailDeliveryStatus,
        /// More on the status.
        delivery_status_details: EmailDeliveryStatusDetails,
        /// When the delivery was attempted.
        #[serde(with = "crate::timestamp::optional")]
        delivery_attempt_timestamp: OffsetDateTime,
    }

    /// More on the status of a delivery.
    #[derive(Eq)]
    pub struct EmailDeliveryStatusDetails {
        /// The mail server of the recipient.
        recipient_mail_server_host_name: String,
        /// A text for people.
        status_message: String,
    }

    /// A recipient opened an e-mail, or clicked a link in it.
    ///
    /// Source: <https://learn.microsoft.com/azure/event-grid/communication-services-email-events>.
    #[derive(Eq)]
    pub struct EmailEngagementTrackingReportReceived {
        /// The address of the sender.
        sender: String,
        /// The address of the recipient.
        recipient: String,
        /// The id of the e-mail, as sending it returned it.
        message_id: String,
        /// When the recipient acted.
        #[serde(with = "crate::timestamp::optional")]
        user_action_timestamp: OffsetDateTime,
        /// The URL of the link, for a click.
        engagement_context: String,
        /// The user agent of the recipient.
        user_agent: String,
        /// What the recipient did.
        engagement_type: EmailEngagementType,
    }
}

/// What became of an e-mail.
#[acs_model]
#[serde(rename_all = "PascalCase")]
pub enum EmailDeliveryStatus {
    /// The address does not exist, or the domain does not.
    Bounced,
    /// The e-mail was delivered.
    Delivered,
    /// The e-mail was not delivered.
    Failed,
    /// The e-mail was classified as spam.
    FilteredSpam,
    /// The e-mail was quarantined.
    Quarantined,
    /// The e-mail was not sent, since the address bounced earlier.
    Suppressed,
    /// The address is a distribution list, whose members the e-mail was forwarded to.
    Expanded,
}

/// What a recipient did with an e-mail.
#[acs_model]
pub enum EmailEngagementType {
    /// The recipient opened the e-mail.
    View,
    /// The recipient clicked a link.
    Click,
}
