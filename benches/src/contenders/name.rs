//! The contenders, as the command line and the table name them.

/// A contender.
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
