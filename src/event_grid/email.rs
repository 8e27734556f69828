//! Reports on the delivery of e-mails, and on the actions of their recipients.

use time::OffsetDateTime;

use crate::acs_model;
use crate::event::model::event_data;

event_data! {
    /// An e-mail was delivered or could not be delivered.
    ///
    /// Source: <https://learn.microsoft.com/azure/event-grid/communication-services-email-events>.
    #[derive(Eq)]
    pub struct EmailDeliveryReportReceived {
        /// The address of the sender.
        sender: String,
        /// The address of the recipient.
        recipient: String,
        /// The id of the e-mail, which the operation that sent it returned.
        message_id: String,
        /// The `Message-ID` header of the e-mail.
        internet_message_id: String,
        /// The status of the delivery.
        status: EmailDeliveryStatus,
        /// Details of the status.
        delivery_status_details: EmailDeliveryStatusDetails,
        /// When the delivery was attempted.
        #[serde(with = "crate::timestamp::optional")]
        delivery_attempt_timestamp: OffsetDateTime,
    }

    /// Details of the status of a delivery.
    #[derive(Eq)]
    pub struct EmailDeliveryStatusDetails {
        /// The mail server of the recipient.
        recipient_mail_server_host_name: String,
        /// A human-readable text.
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
        /// The id of the e-mail, which the operation that sent it returned.
        message_id: String,
        /// When the recipient acted.
        #[serde(with = "crate::timestamp::optional")]
        user_action_timestamp: OffsetDateTime,
        /// The URL of the link, if the recipient clicked one.
        engagement_context: String,
        /// The user agent of the recipient.
        user_agent: String,
        /// The action of the recipient.
        engagement_type: EmailEngagementType,
    }
}

/// The status of the delivery of an e-mail.
#[acs_model]
#[serde(rename_all = "PascalCase")]
pub enum EmailDeliveryStatus {
    /// The address or its domain does not exist.
    Bounced,
    /// The e-mail was delivered.
    Delivered,
    /// The e-mail was not delivered.
    Failed,
    /// The e-mail was classified as spam.
    FilteredSpam,
    /// The e-mail was quarantined.
    Quarantined,
    /// The e-mail was not sent, because an earlier e-mail to the address bounced.
    Suppressed,
    /// The address is a distribution list, and the e-mail was forwarded to its members.
    Expanded,
}

/// The action of a recipient of an e-mail.
#[acs_model]
pub enum EmailEngagementType {
    /// The recipient opened the e-mail.
    View,
    /// The recipient clicked a link.
    Click,
}
