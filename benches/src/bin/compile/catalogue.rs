//! The cost of compiling the catalogue of operations: acs-rest with all features, compared with
//! acs-rest without operations, events and webhooks.

use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::compiler::Compiler;
use crate::statistics::{lines, median};

/// A crate that depends on acs-rest with those features, and on nothing else.
const CRATES: [(&str, &str); 2] = [
    ("catalogue-all", r#""call-automation", "entra", "hyper", "identity", "reqwest", "webhook""#),
    ("catalogue-none", r#""entra", "hyper", "reqwest""#),
];

pub(crate) fn names() -> impl Iterator<Item = String> {
    CRATES.iter().map(|(name, _)| (*name).to_owned())
}

pub(crate) fn write(folder: &Path, root: &Path) -> Result<()> {
    for (name, features) in CRATES {
        let folder = folder.join(name);
        fs::create_dir_all(folder.join("src"))?;
        let manifest = format!(
            r#"[package]
name = "{name}"
edition = "2024"

[dependencies]
acs-rest = {{ path = {root:?}, default-features = false, features = [{features}] }}
"#
        );
        fs::write(folder.join("Cargo.toml"), manifest)?;
        fs::write(folder.join("src/lib.rs"), "")?;
    }
    Ok(())
}

/// CPU seconds of `cargo check` beyond the dependencies, and how many lines are serde's derives.
pub(crate) fn print(compiler: &Compiler, repeats: usize) -> Result<()> {
    let mut seconds = Vec::new();
    let mut lines = Vec::new();
    for (name, _) in CRATES {
        eprintln!("checking {name}");
        let check = compiler.check_of_dependency(name, "acs-rest")?;
        let taken = (0..repeats).map(|_| compiler.cpu_seconds(&check));
        seconds.push(median(&taken.collect::<Result<Vec<_>>>()?));
        lines.push(counted(&compiler.expanded(&check)?));
    }
    let (all, serde) = lines[0];
    println!(
        "Catalogue, all features: a check takes {:.2} × that of acs-rest without one ({:.2} s to {:.2} s), and has {:.0} lines to its {:.0}; {:.0} % of them are serde's derives.",
        seconds[0] / seconds[1],
        seconds[0],
        seconds[1],
        all,
        lines[1].0,
        100.0 * serde / all,
    );
    Ok(())
}

/// All lines of an expansion, and those of serde's derives: each a block that names serde anew.
fn counted(expanded: &str) -> (f64, f64) {
    let (mut all, mut serde) = (0, 0);
    let mut block = None;
    for line in lines(expanded) {
        all += 1;
        let indent = line.len() - line.trim_start().len();
        match line.trim() {
            "const _: () = {" => block = Some((indent, all, false)),
            text if text.starts_with("extern crate serde as") => {
                block = block.map(|(indent, first, _)| (indent, first, true));
            }
            "};" => {
                if let Some((_, first, true)) = block.take_if(|(opened, ..)| *opened == indent) {
                    serde += all - first + 1;
                }
            }
            _ => {}
        }
    }
    (f64::from(all), f64::from(serde))
}
