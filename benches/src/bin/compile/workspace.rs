//! The workspace of generated crates.

use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::{Context, Result};

use crate::sources::Form;
use crate::{catalogue, sources};

/// Writes crates of that many operations, in every form, and those of the catalogue; returns where.
pub(crate) fn write(sizes: &[usize]) -> Result<PathBuf> {
    let program = env::current_exe()?;
    let target = program.ancestors().nth(2).context("the program is in no target directory")?;
    let folder = target.join("compile-cost");
    fs::create_dir_all(&folder)?;
    let root = root();
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    fs::copy(root.join("rust-toolchain.toml"), folder.join("rust-toolchain.toml"))?;
    // The lines of an expansion are counted as rustfmt prints them by default.
    fs::write(folder.join("rustfmt.toml"), "")?;
    let mut members = Vec::new();
    for form in Form::ALL {
        for &size in sizes {
            sources::write(&folder, form, size, &root)?;
            members.push(form.name(size));
        }
    }
    catalogue::write(&folder, &root)?;
    members.extend(catalogue::names());
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n");
    fs::write(folder.join("Cargo.toml"), manifest)?;
    Ok(folder)
}

/// Where the workspace of acs-rest is.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("/")).into()
}
