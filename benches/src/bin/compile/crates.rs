//! How many crates a program pulls in.

use std::collections::BTreeSet;

use crate::compiler::{Compiler, Fallible, root};
use crate::sources::Form;

/// Unique crates, the program itself and all that it needs to run or to be compiled.
pub(crate) fn print(compiler: &Compiler) -> Fallible<()> {
    let by_hand = count(compiler, &["-p", &Form::Handwritten.name(1)])?;
    let ours = count(compiler, &["-p", &Form::Grouped.name(1)])?;
    let manifest = root().join("Cargo.toml");
    let manifest = manifest.to_str().ok_or("the path of the workspace is no text")?;
    let ours_alone = ["--manifest-path", manifest, "-p", "acs-rest"];
    let fewer = ["--no-default-features", "-F", "call-automation,reqwest"];
    let alone = count(compiler, &ours_alone)?;
    let without = count(compiler, &[&ours_alone[..], &fewer].concat())?;
    let more = ours as i64 - by_hand as i64;
    let more_without = more + without as i64 - alone as i64;
    println!("Crates: {by_hand} by hand; ours {more:+}, without access keys {more_without:+}.");
    Ok(())
}

fn count(compiler: &Compiler, arguments: &[&str]) -> Fallible<usize> {
    let tree = ["tree", "-e", "normal", "--prefix", "none", "--no-dedupe"];
    let output = compiler.cargo(&[&tree[..], arguments].concat())?;
    let text = String::from_utf8(output.stdout)?;
    let name = |line: &str| line.split_whitespace().take(2).collect::<Vec<_>>().join(" ");
    Ok(text.lines().map(name).collect::<BTreeSet<_>>().len())
}
