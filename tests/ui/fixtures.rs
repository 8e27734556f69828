//! Each rule has a fixture, and each fixture shows one mistake.
//!
//! A rule names itself where it reports: `Diagnostic::new("theme/rule", ..)`. So the sources are a list
//! of all rules, and this test looks for `tests/ui/theme/rule.rs` and what it makes the compiler say.

use std::path::{Path, PathBuf};
use std::{fs, io};

fn sources() -> [PathBuf; 2] {
    ["check", "models"].map(|folder| suite().join("../../macros/src").join(folder))
}

pub(crate) fn suite() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn files(folder: &Path, extension: &str) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path, extension)?);
        } else if path.extension().is_some_and(|own| own == extension) {
            found.push(path);
        }
    }
    Ok(found)
}

/// Every string literal of the form `theme/rule`.
fn rules() -> Vec<String> {
    let mut rules = Vec::new();
    let sources = sources().map(|folder| files(&folder, "rs").expect("the sources are there"));
    for path in sources.into_iter().flatten() {
        let source = fs::read_to_string(&path).expect("readable");
        let literals = source.split('"');
        rules.extend(literals.filter(|text| is_rule(text)).map(str::to_owned));
    }
    rules.sort_unstable();
    rules.dedup();
    rules
}

fn is_rule(text: &str) -> bool {
    const THEMES: [&str; 8] =
        ["attribute", "path", "placeholder", "trait", "signature", "parameter", "return", "model"];
    let parts = text.split_once('/');
    let word = |name: &str| name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    parts.is_some_and(|(theme, name)| THEMES.contains(&theme) && !name.is_empty() && word(name))
}

#[test]
fn every_rule_has_a_fixture() {
    let rules = rules();
    assert!(rules.len() > 80, "the rules were found: {}", rules.len());
    let missing = |rule: &&String| {
        ["rs", "stderr"].iter().any(|end| !suite().join(format!("{rule}.{end}")).is_file())
    };
    let missing: Vec<_> = rules.iter().filter(missing).collect();
    assert!(missing.is_empty(), "add tests/ui/<rule>.rs, and record its .stderr, for {missing:?}");
}

#[test]
fn every_fixture_is_one_error() {
    for path in files(suite(), "stderr").expect("the suite is there") {
        let text = fs::read_to_string(&path).expect("readable");
        let errors = text.lines().filter(|line| line.starts_with("error")).count();
        let warnings = text.lines().filter(|line| line.starts_with("warning")).count();
        assert_eq!(errors, expected(&path), "{}", path.display());
        assert_eq!(warnings, 0, "{}", path.display());
    }
}

/// How many errors the first line of the fixture announces: `//! … N errors.`, else one.
fn expected(stderr: &Path) -> usize {
    let source = fs::read_to_string(stderr.with_extension("rs")).expect("readable");
    let first = source.lines().next().unwrap_or_default();
    let words: Vec<_> = first.split_whitespace().collect();
    let count = words.windows(2).find(|pair| pair[1] == "errors.").map(|pair| pair[0].parse());
    count.map_or(1, |count| count.expect("a number before `errors.`"))
}

/// Neither crate depends on the other, so each has a list of its own.
#[test]
fn macros_and_runtime_reserve_the_same_headers() {
    let list = |path: &str| fs::read_to_string(suite().join("../..").join(path)).expect("readable");
    let macros = list("macros/src/check/reserved_headers.rs");
    assert_eq!(macros, list("runtime/src/request/reserved_headers.rs"));
}

/// A call with `.` would find the client's own method.
#[test]
fn no_operation_is_named_like_a_method_of_the_client() {
    let source =
        |path: &str| fs::read_to_string(suite().join("../..").join(path)).expect("readable");
    let (client, rule) =
        (source("runtime/src/client/mod.rs"), source("macros/src/check/signature.rs"));
    let own = client.split("\nimpl Client {").nth(1).expect("the methods of `Client`");
    for method in own.split("\n}\n").next().unwrap_or_default().split("    pub fn ").skip(1) {
        let name = method.split(['(', '<']).next().unwrap_or_default();
        assert!(rule.contains(&format!("\"{name}\"")), "add `{name}` to the rule");
    }
}
