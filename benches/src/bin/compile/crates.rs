//! The number of crates that a program depends on.

use std::collections::BTreeSet;

use anyhow::Result;

use crate::compiler::Compiler;
use crate::sources::Form;

/// Unique crates, the program itself and all that it needs to run or to be compiled.
pub(crate) fn print(compiler: &Compiler) -> Result<()> {
    let by_hand = count(compiler, &["-p", &Form::Handwritten.name(1)])?;
    let ours = count(compiler, &["-p", &Form::Grouped.name(1)])?;
    println!("Crates: {by_hand} by hand; ours {:+}.", ours as i64 - by_hand as i64);
    Ok(())
}

fn count(compiler: &Compiler, arguments: &[&str]) -> Result<usize> {
    let tree = ["tree", "-e", "normal", "--prefix", "none", "--no-dedupe"];
    let output = compiler.cargo(&[&tree[..], arguments].concat())?;
    let text = String::from_utf8(output.stdout)?;
    let name = |line: &str| line.split_whitespace().take(2).collect::<Vec<_>>().join(" ");
    Ok(text.lines().map(name).collect::<BTreeSet<_>>().len())
}
