//! The specification: operations, models and enums.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// The services that the emulator knows, each in its newest version: an earlier one has fewer
/// operations and fields.
pub(crate) static SERVICES: LazyLock<[Spec; 2]> = LazyLock::new(|| {
    [
        Spec::read(include_str!("../facts/call-automation-2026-03-12.json")),
        Spec::read(include_str!("../facts/identity-2025-06-30.json")),
    ]
});

/// One service.
#[derive(Debug, Deserialize)]
pub(crate) struct Spec {
    /// Such as `Call Automation`.
    pub(crate) name: String,
    /// The values of `api-version`, oldest first.
    pub(crate) versions: Vec<String>,
    pub(crate) operations: Vec<Operation>,
    pub(crate) models: BTreeMap<String, BTreeMap<String, Field>>,
}

impl Spec {
    fn read(json: &str) -> Self {
        serde_json::from_str(json).expect("the embedded spec is read by a test")
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct Operation {
    pub(crate) id: String,
    pub(crate) method: String,
    /// The path template, with `{placeholders}`.
    pub(crate) path: String,
    pub(crate) body: Option<Body>,
    pub(crate) repeatable: bool,
    /// The first version that has it; empty if all have it. Versions are dates, and so in order.
    #[serde(default)]
    pub(crate) since: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Body {
    pub(crate) model: String,
    pub(crate) required: bool,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Field {
    #[serde(rename = "type")]
    pub(crate) kind: Type,
    pub(crate) required: bool,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Type {
    /// A primitive, a model or an enum.
    Named(String),
    List([Box<Type>; 1]),
    Map {
        string: Box<Type>,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_services_are_read_whole() {
        let count = |operations: &[Operation], version: &str| {
            operations.iter().filter(|operation| *operation.since <= *version).count()
        };
        let [call_automation, identity] = &*SERVICES;
        for (version, expected) in [
            ("2024-04-15", 25),
            ("2024-09-15", 28),
            ("2025-05-15", 33),
            ("2025-06-15", 33),
            ("2026-03-12", 34),
        ] {
            assert!(call_automation.versions.iter().any(|known| known == version));
            assert_eq!(count(&call_automation.operations, version), expected, "{version}");
        }
        let repeatable = call_automation.operations.iter().filter(|o| o.repeatable).count();
        assert_eq!(repeatable, 14);
        assert_eq!(count(&identity.operations, "2023-10-01"), 5);
        assert_eq!(count(&identity.operations, "2025-06-30"), 9);
        for spec in [call_automation, identity] {
            assert!(spec.versions.is_sorted());
        }
    }
}
