//! Child processes, on their own and under valgrind and strace.

use std::path::PathBuf;
use std::process::{Command, Output};

use super::jobs::{CONTROL, ENDPOINT};
use crate::contenders::Name;
use crate::server::TlsServer;
use crate::unit::Variant;
use anyhow::{Context, Result, anyhow};

/// One run of a child process.
#[derive(Clone, Copy, Debug)]
pub(super) struct Job<'a> {
    pub(super) job: &'a str,
    pub(super) name: Name,
    pub(super) variant: Variant,
    pub(super) endpoint: &'a str,
    /// The server behind TLS, if it is one.
    pub(super) tls: Option<&'a TlsServer>,
}

impl Job<'_> {
    /// The values that the child prints.
    pub(super) fn values(&self, count: usize) -> Result<Values> {
        let output = self.output(Command::new(std::env::current_exe()?), count)?;
        Ok(Values(String::from_utf8(output.stdout)?))
    }

    /// All instructions of the child, in user space.
    pub(super) fn instructions(&self, count: usize) -> Result<f64> {
        let file = Scratch::new("callgrind");
        let mut command = Command::new("valgrind");
        command.arg("--tool=callgrind");
        command.arg(format!("--callgrind-out-file={}", file.0.display()));
        command.arg(std::env::current_exe()?);
        let output = self.output(command, count)?;
        let text = String::from_utf8_lossy(&output.stderr);
        let collected = text.lines().find_map(|line| line.split_once("Collected : "));
        let (_, count) =
            collected.context("valgrind did not report how many instructions there were")?;
        Ok(count.trim().parse()?)
    }

    /// All system calls of the child.
    pub(super) fn syscalls(&self, count: usize) -> Result<f64> {
        let file = Scratch::new("strace");
        let mut command = Command::new("strace");
        command.args(["-f", "-c", "-o"]).arg(&file.0).arg(std::env::current_exe()?);
        self.output(command, count)?;
        let text = std::fs::read_to_string(&file.0)?;
        let total = text.lines().find(|line| line.trim_end().ends_with(" total"));
        let calls = total.and_then(|line| line.split_whitespace().nth(3));
        Ok(calls.context("strace did not report how many system calls there were")?.parse()?)
    }

    fn output(&self, mut command: Command, count: usize) -> Result<Output> {
        command.args([self.job, self.name.argument(), self.variant.name(), &count.to_string()]);
        command.env(ENDPOINT, self.endpoint);
        if let Some(tls) = self.tls {
            command.env(CONTROL, tls.control()).env("SSL_CERT_FILE", tls.certificate());
        }
        for proxy in ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"] {
            command.env_remove(proxy);
        }
        let output = command.output()?;
        if output.status.success() {
            return Ok(output);
        }
        let text = String::from_utf8_lossy(&output.stderr);
        Err(anyhow!("{} of {} failed: {text}", self.job, self.name.argument()))
    }
}

/// `key value` lines.
pub(super) struct Values(String);

impl Values {
    pub(super) fn value(&self, key: &str) -> Result<f64> {
        let mut lines = self.0.lines().filter_map(|line| line.split_once(' '));
        let (_, value) = lines
            .find(|(name, _)| *name == key)
            .with_context(|| format!("no `{key}` was printed"))?;
        Ok(value.parse()?)
    }
}

/// A file that is gone when this value is.
struct Scratch(PathBuf);

impl Scratch {
    fn new(what: &str) -> Self {
        let name = format!("acs-rest-benches-{}.{what}", std::process::id());
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Whether the tool is installed and allowed to run a program here; if not, what to say.
pub(super) fn is_usable(tool: &str, missing: &str) -> Result<(), String> {
    match Command::new(tool).arg("true").output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => {
            let text = String::from_utf8_lossy(&output.stderr);
            let reason = text.lines().next().unwrap_or("it does not say why").to_owned();
            Err(format!("{missing} not measured: `{tool}` does not run here ({reason})"))
        }
        Err(error) => Err(format!(
            "{missing} not measured: `{tool}` cannot be started ({error}); install it from your distribution"
        )),
    }
}
