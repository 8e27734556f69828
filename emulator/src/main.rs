//! The emulator as a program: serves until it is stopped, or controls a running one.

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
    // If standard error is closed, the message is lost.
    drop(writeln!(io::stderr(), "acs-rest-emulator: {error}"));
    ExitCode::FAILURE
}
