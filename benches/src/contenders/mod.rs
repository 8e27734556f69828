//! The contenders. Each file is written as its author would write it.

mod contender;
mod headers;
mod hyper_by_hand;
mod name;
mod ours;
mod ours_in_memory;
mod reqwest_expert;
mod reqwest_plain;

pub(crate) use self::contender::Contender;
pub(crate) use self::hyper_by_hand::HyperByHand;
pub(crate) use self::name::Name;
pub(crate) use self::ours::{OnHyper, OnReqwest, Ours};
pub(crate) use self::ours_in_memory::InMemory;
pub(crate) use self::reqwest_expert::ReqwestExpert;
pub(crate) use self::reqwest_plain::ReqwestPlain;
