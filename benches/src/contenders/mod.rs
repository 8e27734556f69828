//! Who is measured. Each file is what its author would honestly write.

mod frugal;
mod hyper_by_hand;
mod ours;
mod ours_in_memory;
mod reqwest_expert;
mod reqwest_plain;

use std::fmt::Debug;

pub(crate) use self::hyper_by_hand::HyperByHand;
pub(crate) use self::ours::{OnHyper, OnReqwest, Ours};
pub(crate) use self::ours_in_memory::InMemory;
pub(crate) use self::reqwest_expert::ReqwestExpert;
pub(crate) use self::reqwest_plain::ReqwestPlain;
use crate::unit::Variant;

/// One way to make the call.
pub(crate) trait Contender: Send + Sync + Sized + 'static {
    /// What the call takes, owned or borrowed, as its author would have it.
    type Request: Send + Sync;
    type Answer: Send;
    type Error: Debug + Send;

    /// A client, as a program makes it once.
    fn new(endpoint: &str, variant: Variant) -> Self;

    /// The argument of a call.
    fn request() -> Self::Request;

    /// One call.
    fn mute(
        &self,
        call: &str,
        request: &Self::Request,
    ) -> impl Future<Output = Result<Self::Answer, Self::Error>> + Send;

    /// What the answer says.
    fn context(answer: &Self::Answer) -> Option<&str>;
}

/// A contender's name, as the command line and the table have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Name {
    OursOnReqwest,
    OursOnHyper,
    ReqwestPlain,
    ReqwestExpert,
    HyperByHand,
    OursInMemory,
}

impl Name {
    pub(crate) const ALL: [Self; 6] = [
        Self::OursOnReqwest,
        Self::OursOnHyper,
        Self::ReqwestPlain,
        Self::ReqwestExpert,
        Self::HyperByHand,
        Self::OursInMemory,
    ];

    /// For the command line.
    pub(crate) const fn argument(self) -> &'static str {
        match self {
            Self::OursOnReqwest => "ours-on-reqwest",
            Self::OursOnHyper => "ours-on-hyper",
            Self::ReqwestPlain => "reqwest-plain",
            Self::ReqwestExpert => "reqwest-expert",
            Self::HyperByHand => "hyper-by-hand",
            Self::OursInMemory => "ours-in-memory",
        }
    }

    /// For the head of the table.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::OursOnReqwest => "**ours**, reqwest",
            Self::OursOnHyper => "**ours**, hyper-util",
            Self::ReqwestPlain => "reqwest, as a user writes it",
            Self::ReqwestExpert => "reqwest, as an expert does",
            Self::HyperByHand => "hyper-util by hand",
            Self::OursInMemory => "**ours**, in memory",
        }
    }

    pub(crate) fn named(argument: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.argument() == argument)
    }

    /// Whether it goes over the network.
    pub(crate) fn has_network(self) -> bool {
        self != Self::OursInMemory
    }
}
