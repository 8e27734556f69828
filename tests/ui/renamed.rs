//! A dependency that is called otherwise: `acs = { package = "acs-rest" }` works without `crate = acs`.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use crate::fixtures::suite;

const SOURCE: &str = r#"
use acs::{Result, acs_model, acs_operation, acs_operations};

#[acs_model]
#[derive(Default)]
pub struct Call {
    pub name: Option<String>,
    #[serde(flatten)]
    pub more: std::collections::HashMap<String, String>,
}

#[acs_model]
pub enum State {
    Connected,
}

#[acs_operation(POST, "/calls")]
pub trait Create {
    async fn create(&self, call: &Call) -> Result<Call>;
}

#[acs_operations(timeout = "5s")]
pub trait Calls {
    #[acs_operation(GET, "/calls/<id>")]
    async fn call(&self, id: &str) -> Result<State>;
}

fn main() {
    let _ = |client: acs::Client| async move {
        drop(client.create(&Call::default()).await);
        client.call("a").await
    };
}
"#;

#[test]
fn a_renamed_dependency_works() {
    let acs_rest = suite().join("../..");
    let dependency =
        format!("{{ package = \"acs-rest\", path = {acs_rest:?}, default-features = false }}");
    check("renamed", &format!("[workspace]\n[dependencies]\nacs = {dependency}"), "");
    let root = format!(
        "[workspace]\nmembers = [\"inherited\"]\n[workspace.dependencies]\nacs = {dependency}"
    );
    check("workspace/inherited", "[dependencies]\nacs.workspace = true", &root);
}

/// The mistakes of a crate that has `acs-rest` from another crate only.
const WITHOUT_PATHS: &str = r#"
use sdk::acs_rest::{Client, Pager, Result, acs_model, acs_operation, acs_operations};

#[acs_model]
pub struct Room {
    pub id: String,
    #[serde(rename = "displayName")]
    pub name: Option<String>,
}

#[acs_model]
pub enum State {
    Open,
}

#[acs_model]
pub enum Source {
    File(Room),
}

#[acs_operation(POST, "/rooms")]
pub trait Create: Send {
    async fn create(&self, room: &Room) -> Result<Room>;
}

#[acs_operations(timeout = "5s")]
pub trait Rooms {
    #[acs_operation(GET, "/rooms/<id>")]
    async fn room(&self, id: &str) -> Result<State>;
    #[acs_operation(GET, "/rooms")]
    fn rooms(&self, #[query] top: u8) -> Pager<Room>;
}

fn main() {
    let _ = |client: Client| async move {
        drop(client.create(&Room::new("id").name("a")).await);
        drop(client.rooms(1));
        client.room("a").await
    };
}
"#;

#[test]
fn a_crate_without_the_dependency_is_one_error_each() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("without_path");
    let acs_rest = suite().join("../..");
    let manifest = format!(
        "[package]\nname = \"sdk\"\nedition = \"2024\"\n[dependencies]\n\
         acs-rest = {{ path = {acs_rest:?}, default-features = false }}"
    );
    fs::create_dir_all(folder.join("sdk/src")).expect("writable");
    fs::write(folder.join("sdk/Cargo.toml"), manifest).expect("writable");
    fs::write(folder.join("sdk/src/lib.rs"), "pub use acs_rest;").expect("writable");
    let manifest = "[workspace]\n[dependencies]\nsdk.path = \"sdk\"";
    let stderr = errors("without_path", manifest, "", WITHOUT_PATHS);
    let count = |text: &str| stderr.matches(text).count();
    let message = "the manifest of this crate does not have the dependency `acs-rest`";
    assert_eq!((count(message), count("crate = my_crate::acs_rest")), (5, 5), "{stderr}");
    let all = stderr.lines().filter(|line| line.starts_with("error"));
    assert_eq!(all.count(), 6, "five errors, and cargo's summary: {stderr}");
    let with_paths = WITHOUT_PATHS
        .replace("acs_model]", "acs_model(crate = sdk::acs_rest)]")
        .replace("/rooms\")]\npub", "/rooms\", crate = sdk::acs_rest)]\npub")
        .replace("\"5s\")", "\"5s\", crate = sdk::acs_rest)");
    let stderr = errors("without_path", manifest, "", &with_paths);
    assert_eq!(stderr, "", "{stderr}");
}

/// Expects no errors and no warnings.
fn check(name: &str, manifest: &str, root: &str) {
    let stderr = errors(name, manifest, root, SOURCE);
    assert_eq!(stderr, "", "{name}: {stderr}");
}

/// What cargo says of a crate with this manifest, in a workspace with that one unless it is empty.
fn errors(name: &str, manifest: &str, root: &str, source: &str) -> String {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let project = target.join(name);
    let workspace = if root.is_empty() { &*project } else { project.parent().expect("a folder") };
    let package = "[package]\nname = \"renamed\"\nedition = \"2024\"\n";
    fs::create_dir_all(project.join("src")).expect("writable");
    fs::write(project.join("src/main.rs"), source).expect("writable");
    fs::write(project.join("Cargo.toml"), format!("{package}{manifest}")).expect("writable");
    if !root.is_empty() {
        fs::write(workspace.join("Cargo.toml"), root).expect("writable");
    }
    fs::copy(suite().join("../../Cargo.lock"), workspace.join("Cargo.lock")).expect("writable");
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["check", "--offline", "--quiet"])
        // What the other tests of the suite have built is not built again.
        .env("CARGO_TARGET_DIR", target.join("incremental/target"))
        .env_remove("RUSTFLAGS")
        .current_dir(&project)
        .output()
        .expect("cargo runs");
    String::from_utf8_lossy(&output.stderr).into_owned()
}
