//! The same mistakes under incremental compilation, as editors and `cargo check` have it, and all of
//! them in one crate, but for a `crate = ..` that is not found.
//!
//! rustc drops an error that is identical to an earlier one, and under incremental compilation two
//! errors for one place are identical only if they come from one item. trybuild turns incremental
//! compilation off, and so does not see an error that stands there twice.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use serde::Deserialize;

use crate::fixtures::{files, suite};

/// A line of `cargo check --message-format=json`.
#[derive(Deserialize)]
struct Line {
    message: Option<Message>,
}

#[derive(Deserialize)]
struct Message {
    level: String,
    message: String,
    spans: Vec<Span>,
}

#[derive(Deserialize)]
struct Span {
    file_name: PathBuf,
    is_primary: bool,
}

#[test]
fn every_error_is_reported_once() {
    let fixtures = files(suite(), "stderr").expect("the suite is there");
    let fixtures: Vec<_> = fixtures.iter().map(|path| path.with_extension("rs")).collect();
    let is_without_crate = |fixture: &&PathBuf| {
        let recorded = fs::read_to_string(fixture.with_extension("stderr")).expect("readable");
        recorded.contains("error[E0433]")
    };
    // rustc checks no types in a crate in which it does not find a trait of a bound.
    let (without_crate, others): (Vec<_>, Vec<_>) = fixtures.iter().partition(is_without_crate);
    let mut found = errors(&write_project(&others));
    found.extend(errors(&write_project(&without_crate)));
    let mut wrong = Vec::new();
    for fixture in fixtures {
        let recorded = fs::read_to_string(fixture.with_extension("stderr")).expect("readable");
        let lines = recorded.lines().filter(|line| line.starts_with("error"));
        let text = |line: &str| line.split_once(": ").map(|(_, text)| without_paths(text));
        let mut expected: Vec<_> = lines.filter_map(text).collect();
        let mut found = found.remove(&fixture).unwrap_or_default();
        expected.sort_unstable();
        found.sort_unstable();
        if found != expected {
            wrong.push(format!("{}: {found:#?}, not {expected:#?}", fixture.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A crate with a module for each fixture.
fn write_project(fixtures: &[&PathBuf]) -> PathBuf {
    let project = Path::new(env!("CARGO_TARGET_TMPDIR")).join("incremental");
    let mut modules = "fn main() {}\n".to_owned();
    for (number, fixture) in fixtures.iter().enumerate() {
        let _ = writeln!(modules, "#[path = {fixture:?}] mod fixture_{number};");
    }
    let acs_rest = suite().join("../..");
    let manifest = format!(
        r#"
[package]
name = "fixtures"
edition = "2024"

[workspace]

[dependencies]
acs-rest = {{ path = {acs_rest:?}, default-features = false }}
serde = {{ version = "1", features = ["derive"] }}
tokio = {{ version = "1", features = ["rt"] }}
"#
    );
    fs::create_dir_all(project.join("src")).expect("writable");
    fs::write(project.join("src/main.rs"), modules).expect("writable");
    fs::write(project.join("Cargo.toml"), manifest).expect("writable");
    fs::copy(suite().join("../../Cargo.lock"), project.join("Cargo.lock")).expect("writable");
    project
}

/// The first lines of all errors, by the file that they point at.
fn errors(project: &Path) -> BTreeMap<PathBuf, Vec<String>> {
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["check", "--offline", "--quiet", "--message-format=json"])
        .env("CARGO_INCREMENTAL", "1")
        .env("CARGO_TARGET_DIR", project.join("target"))
        .env_remove("RUSTFLAGS")
        .current_dir(project)
        .output()
        .expect("cargo runs");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(!output.stdout.is_empty(), "cargo says nothing of the fixtures: {stderr}");
    let mut errors = BTreeMap::<_, Vec<_>>::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(Line { message: Some(message) }) = serde_json::from_str(line) else {
            continue;
        };
        let primary = message.spans.iter().find(|span| span.is_primary);
        if let Some(span) = primary.filter(|_| message.level == "error") {
            let first = message.message.lines().next().unwrap_or_default();
            errors.entry(span.file_name.clone()).or_default().push(without_paths(first));
        }
    }
    errors
}

/// `fixture_20::Foo` → `Foo`: in one crate, names are ambiguous, and rustc writes their paths.
fn without_paths(text: &str) -> String {
    let mut kept = String::new();
    for part in text.split("::") {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        kept.truncate(kept.trim_end_matches(is_word).len());
        kept += part;
    }
    kept
}
