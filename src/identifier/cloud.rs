//! The cloud that an identity belongs to.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The cloud that a Teams identity belongs to.
///
/// ```
/// use acs_rest::CommunicationCloudEnvironment;
///
/// let cloud: CommunicationCloudEnvironment = "GCCH".parse()?;
/// assert_eq!(cloud, CommunicationCloudEnvironment::Gcch);
/// assert_eq!(cloud.as_str(), "gcch");
/// # Ok::<(), std::convert::Infallible>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CommunicationCloudEnvironment {
    /// The public cloud.
    #[default]
    Public,
    /// The cloud of the US Department of Defense.
    Dod,
    /// The US Government Community Cloud High.
    Gcch,
    /// A cloud that this version of the crate does not know.
    Other(String),
}

impl CommunicationCloudEnvironment {
    /// Returns the name as the service writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Public => "public",
            Self::Dod => "dod",
            Self::Gcch => "gcch",
            Self::Other(name) => name,
        }
    }

    /// The cloud that the middle part of a Teams raw id stands for.
    pub(super) fn from_teams_scope(scope: &str) -> Option<Self> {
        match scope {
            "orgid" => Some(Self::Public),
            "dod" => Some(Self::Dod),
            "gcch" => Some(Self::Gcch),
            _ => None,
        }
    }

    pub(super) fn teams_scope(&self) -> &str {
        match self {
            Self::Public => "orgid",
            other => other.as_str(),
        }
    }

    /// The cloud that the middle part of an ACS raw id stands for.
    pub(super) fn from_acs_scope(scope: &str) -> Option<Self> {
        match scope {
            "acs" => Some(Self::Public),
            "dod-acs" => Some(Self::Dod),
            "gcch-acs" => Some(Self::Gcch),
            _ => None,
        }
    }

    pub(super) fn acs_scope(&self) -> String {
        match self {
            Self::Public => "acs".to_owned(),
            other => format!("{}-acs", other.as_str()),
        }
    }
}

impl From<&str> for CommunicationCloudEnvironment {
    /// Reads a name, in upper or lower case.
    fn from(name: &str) -> Self {
        [Self::Public, Self::Dod, Self::Gcch]
            .into_iter()
            .find(|cloud| cloud.as_str().eq_ignore_ascii_case(name))
            .unwrap_or_else(|| Self::Other(name.to_owned()))
    }
}

impl FromStr for CommunicationCloudEnvironment {
    type Err = Infallible;

    fn from_str(name: &str) -> Result<Self, Infallible> {
        Ok(name.into())
    }
}

impl fmt::Display for CommunicationCloudEnvironment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for CommunicationCloudEnvironment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for CommunicationCloudEnvironment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(String::deserialize(deserializer)?.as_str().into())
    }
}
