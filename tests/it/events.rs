//! What a webhook is sent: read, kept, or refused with a reason.
