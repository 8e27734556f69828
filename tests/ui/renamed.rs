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

/// Checks a crate with this manifest, in a workspace with that one unless it is empty.
fn check(name: &str, manifest: &str, root: &str) {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let project = target.join(name);
    let workspace = if root.is_empty() { &*project } else { project.parent().expect("a folder") };
    let package = "[package]\nname = \"renamed\"\nedition = \"2024\"\n";
    fs::create_dir_all(project.join("src")).expect("writable");
    fs::write(project.join("src/main.rs"), SOURCE).expect("writable");
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
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !stderr.contains("warning"), "{name}: {stderr}");
}
