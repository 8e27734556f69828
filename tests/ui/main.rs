//! Mistakes in a declaration: each is one clear error. `README.md` says how to add one.
//!
//! trybuild checks the two kinds apart: without anything to run, it takes one run of cargo for all
//! files.

mod fixtures;
mod incremental;
mod renamed;

/// What must not compile, and what the compiler then says.
#[test]
fn compile_fail() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("attribute/*.rs");
    cases.compile_fail("path/*.rs");
    cases.compile_fail("placeholder/*.rs");
    cases.compile_fail("trait/*.rs");
    cases.compile_fail("signature/*.rs");
    cases.compile_fail("parameter/*.rs");
    cases.compile_fail("return/*.rs");
    cases.compile_fail("model/*.rs");
    cases.compile_fail("many/*.rs");
}

/// What must compile without a warning, and run.
#[test]
fn pass() {
    trybuild::TestCases::new().pass("pass/*.rs");
}
