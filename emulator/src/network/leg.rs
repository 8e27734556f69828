//! A person who is being called.

use super::result::ReplyTo;
use crate::identifier::Identifier;

/// A person who is being called, and has not decided.
#[derive(Debug)]
pub(super) struct Leg {
    pub(super) connection: String,
    pub(super) identifier: Identifier,
    pub(super) purpose: Purpose,
}

/// Why a person is called.
#[derive(Clone, Debug)]
pub(super) enum Purpose {
    /// To be the other end of a new call.
    Call,
    /// To join an established call.
    Invite { invitation: String, reply_to: ReplyTo },
    /// To take over from a participant of the call.
    Transfer { transferee: Identifier, reply_to: ReplyTo },
}
