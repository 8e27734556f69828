//! The name of the package `acs-rest` in the crate that contains a declaration.
//!
//! A dependency can be renamed, as in `acs = { package = "acs-rest" }`, and a procedural macro does not
//! learn by which path it was called. Cargo's manifest has the name, unless another crate re-exports it.

use std::path::Path;
use std::{env, fs};

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::diagnostics::Diagnostic;

const PACKAGE: &str = "acs-rest";

/// The crate's absolute path: `::acs_rest`, unless the manifest renames it.
pub(crate) fn path() -> TokenStream {
    match in_manifest() {
        Dependency::Renamed(name) => quote!(::#name),
        Dependency::Direct | Dependency::Missing => quote!(::acs_rest),
    }
}

/// An error if the manifest does not name the crate: its path is unknown.
pub(crate) fn missing() -> Option<Diagnostic> {
    let is_missing = matches!(in_manifest(), Dependency::Missing);
    is_missing.then(|| {
        let message = "the manifest of this crate does not have the dependency `acs-rest`";
        Diagnostic::new("attribute/no_dependency", Span::call_site(), message).help(
            "add it, or name the path of the crate that re-exports it, as in `crate = my_crate::acs_rest`",
        )
    })
}

/// How the crate that is being compiled depends on the package.
enum Dependency {
    /// By its own name, or in a way that cannot be seen.
    Direct,
    Renamed(Ident),
    Missing,
}

/// Looks into the manifest of the crate that is being compiled, and into that of its workspace if the
/// crate inherits the dependency.
fn in_manifest() -> Dependency {
    let folder = env::var_os("CARGO_MANIFEST_DIR").filter(|_| proc_macro::is_available());
    let path = env::var_os("CARGO_MANIFEST_PATH");
    // A script has its manifest inside.
    let is_script = path.is_some_and(|path| !Path::new(&path).ends_with("Cargo.toml"));
    let mut manifests = folder.iter().flat_map(|folder| Path::new(folder).ancestors());
    let mut next = || fs::read_to_string(manifests.next()?.join("Cargo.toml")).ok();
    let Some(own) = next().filter(|_| !is_script) else {
        return Dependency::Direct;
    };
    if is_named(&own, PACKAGE) || is_named(&own, "acs_rest") {
        return Dependency::Direct;
    }
    let name = renamed(&own).or_else(|| {
        let roots = std::iter::from_fn(|| Some(next())).take(8).flatten();
        roots.filter_map(|root| renamed(&root)).find(|name| is_named(&own, name))
    });
    match name.map(|name| syn::parse_str::<Ident>(&name.replace('-', "_"))) {
        Some(Ok(name)) => Dependency::Renamed(Ident::new(&name.to_string(), Span::call_site())),
        Some(Err(_)) => Dependency::Direct,
        None => Dependency::Missing,
    }
}

/// The key of the dependency that is this package: `acs = { package = "acs-rest" }`,
/// `acs.package = "acs-rest"`, or `package = "acs-rest"` below `[dependencies.acs]`.
fn renamed(manifest: &str) -> Option<String> {
    let mut table = "";
    manifest.lines().map(str::trim).find_map(|line| {
        if line.starts_with('[') {
            table = line.trim_matches(['[', ']']);
        }
        let (_, value) = line.split_once("package")?;
        let package = value.trim_start().strip_prefix('=')?.trim_start();
        let is_ours = package.split(['"', '\'']).nth(1) == Some(PACKAGE);
        let name = match line.starts_with("package") {
            true => table.rsplit('.').next(),
            false => line.split(['.', '=']).next(),
        };
        name.filter(|_| is_ours && !line.starts_with('#')).map(|name| unquoted(name).to_owned())
    })
}

/// Whether a key or a table of the manifest, or the package itself, has this name.
fn is_named(manifest: &str, name: &str) -> bool {
    manifest.lines().map(str::trim).any(|line| match line.strip_prefix('[') {
        Some(table) => table.trim_end_matches(']').rsplit('.').next().map(unquoted) == Some(name),
        None => {
            let (key, value) = line.split_once('=').unwrap_or_default();
            let first = key.split('.').next().unwrap_or_default();
            unquoted(first) == name || (key.trim() == "name" && unquoted(value) == name)
        }
    })
}

fn unquoted(text: &str) -> &str {
    text.trim().trim_matches(['"', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_renamed_dependency_is_found_in_each_form() {
        for manifest in [
            "[dependencies]\nacs = { version = \"1\", package = \"acs-rest\" }",
            "[dependencies]\nacs = { package='acs-rest' } # REST",
            "[dependencies]\nacs.version = \"1\"\nacs.package = \"acs-rest\"",
            "[target.'cfg(unix)'.dependencies.acs]\nversion = \"1\"\npackage = \"acs-rest\"",
            "[workspace.dependencies]\n\"acs\" = { package = \"acs-rest\" }",
        ] {
            assert_eq!(renamed(manifest).as_deref(), Some("acs"), "{manifest}");
        }
        for manifest in [
            "[dependencies]\nacs-rest = \"1\"",
            "# acs = { package = \"acs-rest\" }",
            "[dependencies]\nother = { package = \"acs-rest-macros\" }",
            "[package]\nname = \"acs-rest\"",
        ] {
            assert_eq!(renamed(manifest), None, "{manifest}");
        }
    }

    #[test]
    fn a_dependency_by_its_own_name_is_found() {
        for manifest in [
            "[dependencies]\nacs-rest = \"1\"",
            "acs-rest.workspace = true",
            "[dependencies.acs-rest]\nversion = \"1\"",
            "[package]\nname = \"acs-rest\"",
        ] {
            assert!(is_named(manifest, PACKAGE), "{manifest}");
        }
        assert!(!is_named("acs = { package = \"acs-rest\" }", PACKAGE));
    }
}
