//! The emulator as a program: serves until it is stopped, or steers one that is running.

mod cli;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

use crate::cli::Arguments;

#[tokio::main]
async fn main() -> ExitCode {
    // Prints help and mistakes itself; a mistake ends with code 2.
    let arguments = Arguments::parse();
    let Err(error) = arguments.run().await else { return ExitCode::SUCCESS };
    // Nothing is left to do when even this cannot be written.
    drop(writeln!(io::stderr(), "acs-rest-emulator: {error}"));
    ExitCode::FAILURE
}
