//! The api-version of a request. No other module chooses it.

use super::RequestContext;
use crate::error::{Error, Result};
use crate::model::NeededVersion;
use crate::operation::Operation;

/// Chooses the api-version: the pinned one, or the latest of those that the client, the operation
/// and the fields of the body require. Versions are dates and are compared as text.
pub(super) fn choose<'a>(
    context: RequestContext<'a>,
    operation: &Operation,
    fields: NeededVersion,
) -> Result<&'a str> {
    let by_operation = operation.since.unwrap_or_default();
    let needed = fields.version.max(by_operation);
    match context.pinned_api_version {
        // A preview may already contain a field that a later version introduced.
        Some(pinned) if pinned < needed && !pinned.ends_with("-preview") => {
            let what = match fields.field {
                Some(name) if fields.version == needed => format!("`{name}` needs"),
                None if fields.version == needed => "a field of the body needs".to_owned(),
                _ => "the operation needs".to_owned(),
            };
            Err(Error::argument(format!(
                "{what} api-version {needed}, and the call is pinned to {pinned}; pin {needed} or later, or do not pin the version"
            )))
        }
        Some(pinned) => Ok(pinned),
        None => Ok(operation.api_version.unwrap_or(context.api_version).max(needed)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint::Endpoint;
    use crate::operation::Method;

    const OPERATION: Operation = Operation::new(Method::GET, &[]);

    fn chosen(
        client: &str,
        pinned: Option<&str>,
        operation: &Operation,
        fields: &'static str,
    ) -> Result<String> {
        let endpoint: Endpoint = "https://contoso.communication.azure.com".parse().unwrap();
        let context = RequestContext {
            endpoint: &endpoint,
            api_version: client,
            pinned_api_version: pinned,
            headers: None,
        };
        let fields = NeededVersion { version: fields, field: Some("mediaStreamingOptions") };
        choose(context, operation, fields).map(str::to_owned)
    }

    #[test]
    fn the_latest_of_client_operation_and_fields_is_sent() {
        const LATER: Operation = OPERATION.since("2025-05-15");
        const OTHER: Operation = OPERATION.api_version("2023-10-01");
        const BOTH: Operation = OTHER.since("2025-06-30");
        for (client, operation, fields, expected) in [
            ("2024-09-15", OPERATION, "", "2024-09-15"),
            ("2024-09-15", LATER, "", "2025-05-15"),
            ("2026-03-12", LATER, "", "2026-03-12"),
            ("2024-09-15", OPERATION, "2025-06-15", "2025-06-15"),
            ("2024-09-15", LATER, "2025-06-15", "2025-06-15"),
            ("2024-09-15", OTHER, "", "2023-10-01"),
            ("2026-03-12", OTHER, "", "2023-10-01"),
            ("2026-03-12", BOTH, "", "2025-06-30"),
        ] {
            assert_eq!(chosen(client, None, &operation, fields).unwrap(), expected);
        }
    }

    #[test]
    fn a_pinned_version_is_sent_or_the_call_is_refused() {
        const LATER: Operation = OPERATION.since("2025-05-15");
        let pinned = |version, operation: Operation, fields| {
            chosen("2024-09-15", Some(version), &operation, fields)
        };
        assert_eq!(pinned("2023-10-15", OPERATION, "").unwrap(), "2023-10-15");
        assert_eq!(pinned("2025-05-15", LATER, "").unwrap(), "2025-05-15");
        assert_eq!(
            pinned("2024-06-15-preview", LATER, "2025-05-15").unwrap(),
            "2024-06-15-preview"
        );
        let error = pinned("2024-09-15", LATER, "").unwrap_err();
        assert_eq!(
            error.message(),
            "the operation needs api-version 2025-05-15, and the call is pinned to 2024-09-15; pin 2025-05-15 or later, or do not pin the version"
        );
        let error = pinned("2025-05-15", LATER, "2025-06-15").unwrap_err();
        assert!(
            error.message().starts_with("`mediaStreamingOptions` needs api-version 2025-06-15")
        );
    }
}
