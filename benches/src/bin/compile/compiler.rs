//! Runs cargo and rustc, and measures their cost.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::{env, fs};

use anyhow::{Context, Result, anyhow};

/// A workspace of generated crates.
pub(crate) struct Compiler {
    folder: PathBuf,
}

/// The commands that compile one crate, as cargo gave them.
pub(crate) struct Prepared {
    pub(crate) check: String,
    pub(crate) release: String,
}

impl Compiler {
    /// Compiles what is in `folder`.
    pub(crate) fn in_workspace(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Builds the dependencies of a crate, and records how it is compiled.
    pub(crate) fn prepare(&self, name: &str) -> Result<Prepared> {
        let learn = |arguments: &[&str]| -> Result<String> {
            // Otherwise cargo has nothing to run.
            let source = self.folder.join(name).join("src/main.rs");
            fs::write(&source, fs::read(&source)?)?;
            self.command(&[arguments, &["-v", "-p", name]].concat(), name)
        };
        Ok(Prepared { check: learn(&["check"])?, release: learn(&["build", "--release"])? })
    }

    /// How `dependency` is checked as the crate `name` has it.
    pub(crate) fn check_of_dependency(&self, name: &str, dependency: &str) -> Result<String> {
        self.cargo(&["clean", "-p", dependency])?;
        self.command(&["check", "-v", "-p", name], dependency)
    }

    /// Runs cargo, and returns the command by which it compiled that crate.
    fn command(&self, arguments: &[&str], name: &str) -> Result<String> {
        let output = self.cargo(arguments)?;
        let crate_name = format!("--crate-name {} ", name.replace('-', "_"));
        let log = String::from_utf8(output.stderr)?;
        let line = log.lines().find(|line| line.contains(&crate_name));
        let command = line.and_then(|line| line.trim().strip_prefix("Running `"));
        let command = command.and_then(|line| line.strip_suffix('`'));
        Ok(command.with_context(|| format!("cargo did not say how it compiles {name}"))?.into())
    }

    /// The CPU time that a command and its children take, to 10 ms.
    pub(crate) fn cpu_seconds(&self, command: &str) -> Result<f64> {
        let before = children_ticks()?;
        succeed(self.shell(command).output()?)?;
        Ok((children_ticks()? - before) as f64 / 100.0)
    }

    /// Code and constants of a program.
    pub(crate) fn text_bytes(&self, name: &str) -> Result<f64> {
        let program = self.folder.join("target/release").join(name);
        let output = Command::new("size").arg(program).output();
        let output = succeed(output.context("cannot run `size` of binutils")?)?;
        let table = String::from_utf8(output.stdout)?;
        let text = table.lines().nth(1).and_then(|line| line.split_whitespace().next());
        Ok(text.context("`size` printed no size")?.parse()?)
    }

    /// The source after macro expansion, as rustfmt prints it.
    pub(crate) fn expanded(&self, check: &str) -> Result<String> {
        let mut expand = self.shell(&format!("{check} -Zunpretty=expanded"));
        let expanded = succeed(expand.env("RUSTC_BOOTSTRAP", "1").output()?)?.stdout;
        let mut rustfmt = Command::new("rustfmt");
        rustfmt.args(["--edition", "2024"]).current_dir(&self.folder);
        rustfmt.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut rustfmt = rustfmt.spawn()?;
        let mut input = rustfmt.stdin.take().context("rustfmt has no input")?;
        let writer = std::thread::spawn(move || input.write_all(&expanded));
        let output = succeed(rustfmt.wait_with_output()?)?;
        writer.join().map_err(|_| anyhow!("the expansion was not written to rustfmt"))??;
        Ok(String::from_utf8(output.stdout)?)
    }

    /// Runs cargo in the generated workspace.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Result<Output> {
        let mut cargo = Command::new(env!("CARGO"));
        // Variables from outside would belong to the other workspace.
        cargo.env("CARGO_TARGET_DIR", self.folder.join("target")).env("CARGO_INCREMENTAL", "0");
        succeed(cargo.args(arguments).current_dir(&self.folder).output()?)
    }

    fn shell(&self, command: &str) -> Command {
        let mut shell = Command::new("sh");
        shell.args(["-c", command]).current_dir(&self.folder);
        shell
    }
}

fn succeed(output: Output) -> Result<Output> {
    match output.status.success() {
        true => Ok(output),
        false => Err(anyhow!("{}", String::from_utf8_lossy(&output.stderr))),
    }
}

/// User and system time of all children that ended, in 1/100 s (proc_pid_stat(5), fields 16, 17).
fn children_ticks() -> Result<u64> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let (_, after_name) =
        stat.rsplit_once(')').context("/proc/self/stat does not have the expected form")?;
    let ticks = after_name.split_whitespace().skip(13).take(2).map(str::parse::<u64>);
    Ok(ticks.sum::<Result<u64, _>>()?)
}
