//! The server as seen from the process that started it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};

/// A server in a process of its own; it ends with this value.
#[derive(Debug)]
pub(crate) struct Server {
    process: Child,
    endpoint: String,
}

impl Server {
    /// Starts one: `check`, `answer` or `hold`.
    pub(crate) fn start(mode: &str) -> Result<Self> {
        let mut process = Command::new(std::env::current_exe()?)
            .args(["serve", mode])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let output = process.stdout.take().context("the server has no output")?;
        let mut endpoint = String::new();
        BufReader::new(output).read_line(&mut endpoint)?;
        Ok(Self { process, endpoint: endpoint.trim().to_owned() })
    }

    pub(crate) fn endpoint(&self) -> &str {
        &self.endpoint
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
