//! What the specification of a service says, and whether a request keeps to it.
//!
//! The files in `examples/facts` are facts taken from Azure/azure-rest-api-specs (MIT): operations,
//! models and enums, without their descriptions.

use serde_json::{Map, Value};

use super::http::Request;

/// Headers of every request.
const COMMON_HEADERS: [&str; 8] = [
    "accept",
    "authorization",
    "content-length",
    "content-type",
    "host",
    "user-agent",
    "x-ms-client-request-id",
    "x-ms-return-client-request-id",
];
/// Headers of a request that an access key signs.
const SIGNED_HEADERS: [&str; 2] = ["x-ms-date", "x-ms-content-sha256"];

/// The facts of one service.
pub struct Facts {
    facts: Value,
    repeatability_headers: Vec<&'static str>,
}

impl Facts {
    pub fn read(json: &str, repeatability_headers: &[&'static str]) -> Self {
        let facts = serde_json::from_str(json).unwrap();
        Self { facts, repeatability_headers: repeatability_headers.to_vec() }
    }

    pub fn ids(&self) -> impl Iterator<Item = String> {
        self.operations().map(|operation| text(&operation["id"]).to_owned())
    }

    pub fn has(&self, id: &str) -> bool {
        self.operations().any(|operation| operation["id"] == id)
    }

    fn operations(&self) -> impl Iterator<Item = &Value> {
        self.facts["operations"].as_array().into_iter().flatten()
    }

    /// The operation of a request, and what is wrong with the request.
    pub fn check(&self, request: &Request) -> (Option<String>, Vec<String>) {
        let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
        let operation = self.operations().find(|operation| {
            operation["method"] == request.method && matches(text(&operation["path"]), path)
        });
        let Some(operation) = operation else {
            return (None, vec!["there is no such operation".to_owned()]);
        };
        let mut problems = Vec::new();
        self.check_query(operation, query, &mut problems);
        self.check_headers(operation, request, &mut problems);
        self.check_body(operation, request, &mut problems);
        (Some(text(&operation["id"]).to_owned()), problems)
    }

    fn check_query(&self, operation: &Value, query: &str, problems: &mut Vec<String>) {
        let pairs: Vec<_> = query.split('&').filter_map(|pair| pair.split_once('=')).collect();
        let versions: Vec<_> = pairs.iter().filter(|(name, _)| *name == "api-version").collect();
        if versions.len() != 1 || versions[0].1 != self.facts["api_version"] {
            problems.push(format!("its api-version is {versions:?}"));
        }
        for (name, value) in pairs.iter().filter(|(name, _)| *name != "api-version") {
            match parameter(operation, "query", name) {
                Some(parameter) => {
                    let value = value.replace("%3A", ":");
                    if !is_of_type(text(&parameter["type"]), &value) {
                        problems.push(format!("`{name}` is `{value}`"));
                    }
                }
                // The service's own next link.
                None if *name == "skipToken" && !operation["paging"].is_null() => {}
                None => problems.push(format!("it has no query parameter `{name}`")),
            }
        }
        for name in required(operation, "query") {
            if !pairs.iter().any(|(own, _)| *own == name) {
                problems.push(format!("the query parameter `{name}` is missing"));
            }
        }
    }

    fn check_headers(&self, operation: &Value, request: &Request, problems: &mut Vec<String>) {
        let repeatable: &[&str] = match operation["repeatable"] == true {
            true => &self.repeatability_headers,
            false => &[],
        };
        for (name, value) in &request.headers {
            let is_known = COMMON_HEADERS.contains(&name.as_str())
                || SIGNED_HEADERS.contains(&name.as_str())
                || repeatable.contains(&name.as_str());
            match parameter(operation, "header", name) {
                Some(parameter) if is_of_type(text(&parameter["type"]), value) => {}
                Some(_) => problems.push(format!("header `{name}` is `{value}`")),
                None if is_known => {}
                None => problems.push(format!("it has no header `{name}`")),
            }
        }
        for name in repeatable.iter().copied().chain(["authorization"]) {
            if request.header(name).is_none() {
                problems.push(format!("header `{name}` is missing"));
            }
        }
    }

    fn check_body(&self, operation: &Value, request: &Request, problems: &mut Vec<String>) {
        let body = &operation["body"];
        if request.body.is_empty() {
            if body["required"] == true {
                problems.push("the body is missing".to_owned());
            }
            return;
        }
        let content_type = request.header("content-type").unwrap_or_default();
        let json = vec![Value::from("application/json")];
        let types = operation["consumes"].as_array().unwrap_or(&json);
        if body.is_null() || !types.iter().any(|one| one == content_type) {
            problems.push(format!("it has a body of type `{content_type}`"));
            return;
        }
        let is_patch = content_type == "application/merge-patch+json";
        match serde_json::from_slice(&request.body) {
            Ok(value) => {
                let name = text(&body["name"]);
                Checker { facts: self, is_patch }.value(name, &body["model"], &value, problems);
            }
            Err(error) => problems.push(format!("its body is not JSON: {error}")),
        }
    }
}

/// Checks a body against the models.
struct Checker<'a> {
    facts: &'a Facts,
    /// `null` removes a value (RFC 7396).
    is_patch: bool,
}

impl Checker<'_> {
    fn value(&self, at: &str, kind: &Value, value: &Value, problems: &mut Vec<String>) {
        if value.is_null() && self.is_patch {
            return;
        }
        match (kind, value) {
            (Value::Array(item), Value::Array(values)) => {
                values.iter().for_each(|one| self.value(at, &item[0], one, problems));
            }
            (Value::Object(kind), Value::Object(fields)) => {
                fields.values().for_each(|one| self.value(at, &kind["string"], one, problems));
            }
            (Value::String(name), value) => self.named(at, name, value, problems),
            _ => problems.push(format!("`{at}` is {value}")),
        }
    }

    fn named(&self, at: &str, name: &str, value: &Value, problems: &mut Vec<String>) {
        let (models, enums) = (&self.facts.facts["models"], &self.facts.facts["enums"]);
        let is_right = match (models[name].as_object(), enums[name].as_array(), value) {
            (Some(model), _, Value::Object(fields)) => {
                self.model(at, model, fields, problems);
                true
            }
            (None, Some(texts), text) => texts.contains(text),
            (None, None, Value::Bool(_)) => name == "boolean",
            (None, None, Value::Number(_)) => ["int32", "int64", "double"].contains(&name),
            (None, None, Value::String(text)) => is_of_type(name, text),
            (None, None, _) => name == "object",
            _ => false,
        };
        if !is_right {
            problems.push(format!("`{at}` is {value}, and should be of type {name}"));
        }
    }

    fn model(
        &self,
        at: &str,
        model: &Map<String, Value>,
        fields: &Map<String, Value>,
        problems: &mut Vec<String>,
    ) {
        for (name, value) in fields {
            match model.get(name) {
                Some(field) => {
                    self.value(&format!("{at}.{name}"), &field["type"], value, problems);
                }
                None => problems.push(format!("`{at}` has no field `{name}`")),
            }
        }
        for (name, field) in model {
            if field["required"] == true && !fields.contains_key(name) {
                problems.push(format!("`{at}.{name}` is missing"));
            }
        }
    }
}

fn parameter<'a>(operation: &'a Value, place: &str, name: &str) -> Option<&'a Value> {
    let mut parameters = operation["parameters"].as_array().into_iter().flatten();
    parameters.find(|one| one["in"] == place && text(&one["name"]).eq_ignore_ascii_case(name))
}

fn required<'a>(operation: &'a Value, place: &'a str) -> impl Iterator<Item = &'a str> {
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let required = move |one: &&Value| one["in"] == place && one["required"] == true;
    parameters.filter(required).map(|one| text(&one["name"]))
}

/// Whether a text of the query, of a header or of JSON is of that type.
fn is_of_type(kind: &str, value: &str) -> bool {
    match kind {
        "int32" | "int64" => value.parse::<i64>().is_ok(),
        "boolean" => ["true", "false"].contains(&value),
        "date-time" => value.len() >= 20 && &value[10..11] == "T" && value.ends_with('Z'),
        "uuid" => value.len() == 36 && value.split('-').count() == 5,
        "byte" => value.len().is_multiple_of(4),
        kind => kind == "string",
    }
}

/// Whether each `{placeholder}` of the path stands for one segment.
fn matches(template: &str, path: &str) -> bool {
    let (templates, segments) = (template.split('/'), path.split('/'));
    templates.clone().count() == segments.clone().count()
        && templates.zip(segments).all(|(template, segment)| {
            template == segment || (template.starts_with('{') && !segment.is_empty())
        })
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
