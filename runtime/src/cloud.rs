//! The clouds of Azure and the values that differ between them.

/// A cloud of Azure, which determines the hosts of resources and the issuers and scopes of tokens.
///
/// The cloud of a client follows from the host of its endpoint, or is set with
/// [`ClientBuilder::cloud`](crate::ClientBuilder::cloud). Types that are created from a client use
/// its cloud, and every value can be overridden where it is used.
///
/// Microsoft does not publish all values of Azure Government. A value that is documented as an
/// assumption is derived from that of the public cloud, with the domain of Azure Government. If it
/// is wrong, the service rejects the request or cannot be reached.
///
/// ```
/// use acs_rest::{AccessKey, Client, Cloud};
///
/// assert_eq!(Cloud::default(), Cloud::Public);
/// let endpoint = "https://contoso.communication.azure.us";
/// let client = Client::new(endpoint, AccessKey::new("pw==")?)?;
/// assert_eq!(client.cloud(), Cloud::UsGovernment);
/// # Ok::<(), acs_rest::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cloud {
    /// The public cloud.
    #[default]
    Public,
    /// Azure Government, with Teams in GCC High.
    UsGovernment,
}

impl Cloud {
    const ALL: [Self; 2] = [Self::Public, Self::UsGovernment];

    /// Returns the cloud whose resources have this host, or the public cloud for any other host,
    /// such as that of a gateway.
    pub(crate) fn of_host(host: &str) -> Self {
        let is_below = |suffix: &str| {
            host.strip_suffix(suffix).is_some_and(|subdomain| subdomain.ends_with('.'))
        };
        Self::ALL.into_iter().find(|cloud| is_below(cloud.endpoint_suffix())).unwrap_or_default()
    }

    /// Returns the suffix of the hosts of ACS resources.
    ///
    /// Source: <https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure>.
    #[must_use]
    pub fn endpoint_suffix(self) -> &'static str {
        match self {
            Self::Public => "communication.azure.com",
            Self::UsGovernment => "communication.azure.us",
        }
    }

    /// Returns the issuer (`iss`) of the tokens of callbacks and of streaming sockets.
    ///
    /// Source for the public cloud:
    /// <https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/secure-webhook-endpoint>.
    /// An assumption for Azure Government.
    #[must_use]
    pub fn token_issuer(self) -> &'static str {
        match self {
            Self::Public => "https://acscallautomation.communication.azure.com",
            Self::UsGovernment => "https://acscallautomation.communication.azure.us",
        }
    }

    /// Returns the URL of the JSON Web Key Set with the keys that sign these tokens.
    ///
    /// Source for the public cloud: the page of [`token_issuer`](Self::token_issuer). An assumption
    /// for Azure Government.
    #[must_use]
    pub fn signing_keys_url(self) -> &'static str {
        match self {
            Self::Public => "https://acscallautomation.communication.azure.com/calling/keys",
            Self::UsGovernment => "https://acscallautomation.communication.azure.us/calling/keys",
        }
    }

    /// Returns the scope of Microsoft Entra tokens for ACS, for `EntraCredential::with_scope`.
    ///
    /// Microsoft's libraries send this scope in every cloud
    /// (<https://github.com/Azure/azure-sdk-for-python/tree/main/sdk/communication>). Whether Azure
    /// Government has its own scope is not documented.
    #[must_use]
    pub fn entra_scope(self) -> &'static str {
        "https://communication.azure.com//.default"
    }

    /// Returns the hosts that store recordings, in which `*` stands for any subdomain. The list is
    /// empty if the hosts are not documented.
    ///
    /// `call_automation::RecordingFiles` trusts the hosts of the client's cloud. To allow others,
    /// pass the host in the `content_location` of a recording to
    /// [`ClientBuilder::trusted_host`](crate::ClientBuilder::trusted_host). Source for the public
    /// cloud: Microsoft's libraries for Python and JavaScript 1.6.0. Not documented for Azure
    /// Government.
    #[must_use]
    pub const fn recording_hosts(self) -> &'static [&'static str] {
        match self {
            Self::Public => &["*.asm.skype.com", "*.asyncgw.teams.microsoft.com"],
            Self::UsGovernment => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_of_a_resource_names_its_cloud() {
        for (host, cloud) in [
            ("contoso.communication.azure.com", Cloud::Public),
            ("contoso.unitedstates.communication.azure.com", Cloud::Public),
            ("contoso.communication.azure.us", Cloud::UsGovernment),
            ("contoso.communication.azure.us.evil.example", Cloud::Public),
            ("evilcommunication.azure.us", Cloud::Public),
            ("communication.azure.us", Cloud::Public),
            ("127.0.0.1", Cloud::Public),
        ] {
            assert_eq!(Cloud::of_host(host), cloud, "{host}");
        }
    }
}
