//! Generates a crate with a number of operations.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::Result;

/// How the operations are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// The models and their JSON only, which every form needs.
    Types,
    /// A function an operation, on reqwest.
    Handwritten,
    /// Ours: ten operations a trait.
    Grouped,
    /// Ours: a trait an operation.
    Single,
}

impl Form {
    pub(crate) const ALL: [Self; 4] = [Self::Types, Self::Handwritten, Self::Grouped, Self::Single];

    /// The name of the crate.
    pub(crate) fn name(self, size: usize) -> String {
        format!("{self:?}-{size}").to_lowercase()
    }

    fn dependencies(self) -> &'static str {
        match self {
            Self::Types => "serde_json = \"1\"",
            Self::Handwritten => {
                r#"httpdate = "1"
reqwest = { version = "0.13", default-features = false, features = ["rustls"] }
serde_json = "1"
uuid = { version = "1", features = ["v4"] }"#
            }
            Self::Grouped | Self::Single => "",
        }
    }

    fn operations(self, size: usize) -> String {
        let mut text = String::new();
        match self {
            Self::Types => text.push_str(TYPES),
            Self::Handwritten => {
                text.push_str(BY_HAND);
                text.push_str("impl Client {\n");
                (0..size).for_each(|number| text.push_str(&numbered(FUNCTION, number)));
                text.push_str("}\n");
            }
            Self::Grouped => {
                text.push_str(OURS);
                for first in (0..size).step_by(10) {
                    let _ =
                        writeln!(text, "#[acs_rest::acs_operations]\npub trait Group{first} {{");
                    let last = size.min(first + 10);
                    (first..last).for_each(|number| text.push_str(&numbered(METHOD, number)));
                    text.push_str("}\n");
                }
            }
            Self::Single => {
                text.push_str(OURS);
                (0..size).for_each(|number| text.push_str(&numbered(TRAIT, number)));
            }
        }
        text
    }
}

/// Writes the crate into its own folder.
pub(crate) fn write(folder: &Path, form: Form, size: usize, root: &Path) -> Result<()> {
    let name = form.name(size);
    let folder = folder.join(&name);
    fs::create_dir_all(folder.join("src"))?;
    let ours = match form {
        Form::Grouped | Form::Single => format!("acs-rest = {{ path = {root:?} }}"),
        Form::Types | Form::Handwritten => String::new(),
    };
    let manifest = format!(
        r#"[package]
name = "{name}"
edition = "2024"

[dependencies]
serde = {{ version = "1", features = ["derive"] }}
tokio = {{ version = "1", features = ["net", "rt", "time"] }}
{}
{ours}
"#,
        form.dependencies()
    );
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::write(folder.join("src/operations.rs"), form.operations(size))?;
    fs::write(folder.join("src/models.rs"), models(size))?;
    fs::write(folder.join("src/main.rs"), driver(form, size))?;
    Ok(())
}

fn numbered(template: &str, number: usize) -> String {
    template.replace('№', &number.to_string())
}

fn models(size: usize) -> String {
    let mut text = String::from("use serde::{Deserialize, Serialize};\n");
    (0..size).for_each(|number| text.push_str(&numbered(MODELS, number)));
    text
}

/// A program that can call any operation, in the same way whatever the form: by a boxed future.
fn driver(form: Form, size: usize) -> String {
    let mut text = String::from(DRIVER);
    let call = match form {
        Form::Types => "call(&request)?",
        _ => "client.operation№(\"id\", Some(3), &request).await?",
    };
    (0..size).for_each(|number| text.push_str(&numbered(&DRIVE.replace("CALL", call), number)));
    text.push_str("fn drive(client: &Client, number: usize) -> Driven<'_> {\n    match number {\n");
    (0..size).for_each(|number| text.push_str(&numbered("        № => drive№(client),\n", number)));
    text.push_str("        _ => panic!(\"no such operation\"),\n    }\n}\n");
    text
}

const MODELS: &str = r#"
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Request№ {
    pub target_id: String,
    pub source_name: Option<String>,
    pub labels: Vec<String>,
    pub max_count: u32,
    pub is_silent: bool,
    pub operation_context: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer№ {
    pub answer_id: String,
    pub state_name: Option<String>,
    pub members: Vec<String>,
    pub total_count: u32,
    pub is_final: bool,
    pub operation_context: Option<String>,
}
"#;

const TYPES: &str = r#"
use serde::{Serialize, de::DeserializeOwned};

pub struct Client;
pub type Error = serde_json::Error;

impl Client {
    pub fn new() -> Self {
        Self
    }
}

pub fn call<T: Serialize, R: DeserializeOwned>(request: &T) -> Result<R, Error> {
    let body = serde_json::to_vec(request)?;
    serde_json::from_slice(&body)
}
"#;

const BY_HAND: &str = r#"
use crate::models::*;
use reqwest::{RequestBuilder, Url};

pub type Error = Box<dyn std::error::Error + Send + Sync>;

pub struct Client {
    http: reqwest::Client,
    endpoint: Url,
    token: String,
}

impl Client {
    pub fn new() -> Self {
        let endpoint = Url::parse("http://127.0.0.1:9").unwrap();
        Self { http: reqwest::Client::new(), endpoint, token: "token".into() }
    }

    fn url(&self, path: &[&str]) -> Url {
        let mut url = self.endpoint.clone();
        url.path_segments_mut().unwrap().extend(path);
        url.query_pairs_mut().append_pair("api-version", "2024-09-15");
        url
    }

    fn post(&self, url: Url, body: Vec<u8>) -> RequestBuilder {
        let builder = self.http.post(url).bearer_auth(&self.token).body(body);
        builder
            .header("accept", "application/json")
            .header("content-type", "application/json")
            .header("x-ms-client-request-id", uuid::Uuid::new_v4().to_string())
            .header("repeatability-request-id", uuid::Uuid::new_v4().to_string())
            .header("repeatability-first-sent", httpdate::fmt_http_date(std::time::SystemTime::now()))
    }
}
"#;

const FUNCTION: &str = r#"
    pub async fn operation№(
        &self,
        call_id: &str,
        top: Option<u32>,
        request: &Request№,
    ) -> Result<Answer№, Error> {
        let mut url = self.url(&["calling", "calls", call_id, "operation№"]);
        if let Some(top) = top {
            url.query_pairs_mut().append_pair("top", &top.to_string());
        }
        let request = self.post(url, serde_json::to_vec(request)?);
        let response = request.send().await?.error_for_status()?;
        Ok(serde_json::from_slice(&response.bytes().await?)?)
    }
"#;

const OURS: &str = r#"
use crate::models::*;
pub use acs_rest::Error;
use acs_rest::{Result, UserToken};

pub struct Client(acs_rest::Client);

impl Client {
    pub fn new() -> Self {
        Self(acs_rest::Client::new("http://127.0.0.1:9", UserToken::new("token")).unwrap())
    }
}

impl std::ops::Deref for Client {
    type Target = acs_rest::Client;

    fn deref(&self) -> &acs_rest::Client {
        &self.0
    }
}
"#;

const METHOD: &str = r#"
    #[acs_operation(POST, "/calling/calls/<callId>/operation№", repeatable)]
    async fn operation№(&self, call_id: &str, #[query] top: Option<u32>, request: &Request№)
        -> Result<Answer№>;
"#;

const TRAIT: &str = r#"
#[acs_rest::acs_operation(POST, "/calling/calls/<callId>/operation№", repeatable)]
pub trait Operation№ {
    async fn operation№(&self, call_id: &str, #[query] top: Option<u32>, request: &Request№)
        -> Result<Answer№>;
}
"#;

const DRIVER: &str = r#"
#![allow(unused_imports, unused_variables)]
mod models;
mod operations;

use std::pin::Pin;

use models::*;
use operations::*;

type Driven<'a> = Pin<Box<dyn Future<Output = Result<String, Error>> + Send + 'a>>;

fn main() {
    let number = std::env::args().nth(1).unwrap_or_default().parse().unwrap_or_default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let client = Client::new();
    match runtime.block_on(drive(&client, number)) {
        Ok(answer) => println!("{answer}"),
        Err(error) => println!("error: {error}"),
    }
}
"#;

const DRIVE: &str = r#"
fn drive№(client: &Client) -> Driven<'_> {
    Box::pin(async move {
        let request = Request№::default();
        let answer: Answer№ = CALL;
        Ok(answer.answer_id)
    })
}
"#;
