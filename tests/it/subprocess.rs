//! Runs tests of process-wide state in a process of their own: the environment, memory,
//! subscribers.

use std::process::Command;

const MARK: &str = "ACS_REST_TEST_SUBPROCESS";

/// Runs `act`, the body of the test of that name, in a process of its own.
pub(crate) fn in_subprocess(
    test: &str,
    environment: &[(&str, &str)],
    act: impl Future<Output = ()>,
) {
    if std::env::var_os(MARK).is_some() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        return runtime.block_on(act);
    }
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .envs(environment.iter().copied())
        .env(MARK, "1")
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&child.stderr);
    eprint!("{text}");
    assert!(child.status.success(), "{test}, in a process of its own");
}
