//! Mistakes in a declaration: each is one clear error. `tests/ui/README.md` says how to add one.

/// One test, so that trybuild makes one project and builds the dependencies once.
#[test]
fn ui() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/ui/pass/*.rs");
    cases.compile_fail("tests/ui/attribute/*.rs");
    cases.compile_fail("tests/ui/path/*.rs");
    cases.compile_fail("tests/ui/placeholder/*.rs");
    cases.compile_fail("tests/ui/trait/*.rs");
    cases.compile_fail("tests/ui/signature/*.rs");
    cases.compile_fail("tests/ui/parameter/*.rs");
    cases.compile_fail("tests/ui/return/*.rs");
    cases.compile_fail("tests/ui/many/*.rs");
}
