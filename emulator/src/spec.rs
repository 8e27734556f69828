//! What the specification says: operations, models, enums.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// The services that the emulator knows.
pub(crate) static SERVICES: LazyLock<[Spec; 2]> = LazyLock::new(|| {
    [
        Spec::read(include_str!("../facts/call-automation-2024-09-15.json")),
        Spec::read(include_str!("../facts/identity-2023-10-01.json")),
    ]
});

/// One service in one version.
#[derive(Debug, Deserialize)]
pub(crate) struct Spec {
    pub(crate) api_version: String,
    pub(crate) operations: Vec<Operation>,
    pub(crate) models: BTreeMap<String, BTreeMap<String, Field>>,
    #[cfg(test)]
    pub(crate) enums: BTreeMap<String, Vec<String>>,
}

impl Spec {
    fn read(json: &str) -> Self {
        serde_json::from_str(json).expect("the embedded spec are read by a test")
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
        let [call_automation, identity] = &*SERVICES;
        assert_eq!(call_automation.operations.len(), 28);
        let repeatable = call_automation.operations.iter().filter(|o| o.repeatable).count();
        assert_eq!(repeatable, 13);
        assert_eq!(identity.operations.len(), 5);
        assert_eq!(identity.api_version, "2023-10-01");
    }
}
