//! The emulator, run by hand until Ctrl-C.

use std::env;
use std::io::{self, Write};
use std::process::ExitCode;

use acs_rest_emulator::Emulator;

const USAGE: &str = "\
Azure Communication Services on loopback.

Usage: acs-rest-emulator [--port N]

  --port N  listen on 127.0.0.1:N; without it, on any port that is free
  --help    print this text";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let done = match Command::parse(env::args().skip(1)) {
        Ok(Command::Serve { port }) => serve(port).await.map_err(|error| (1, error.to_string())),
        Ok(Command::Help) => {
            writeln!(io::stdout(), "{USAGE}").map_err(|error| (1, error.to_string()))
        }
        Err(message) => Err((2, message)),
    };
    let Err((code, message)) = done else { return ExitCode::SUCCESS };
    // Nothing is left to do when even this cannot be written.
    drop(writeln!(io::stderr(), "acs-rest-emulator: {message}"));
    ExitCode::from(code)
}

#[derive(Debug, PartialEq)]
enum Command {
    Serve { port: u16 },
    Help,
}

impl Command {
    fn parse(arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let (mut port, mut arguments) = (0, arguments);
        while let Some(argument) = arguments.next() {
            let (name, value) = match argument.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (argument.as_str(), None),
            };
            match name {
                "--help" | "-h" => return Ok(Self::Help),
                "--port" => port = parse_port(value.or_else(|| arguments.next()))?,
                _ => return Err(format!("`{argument}` is not known; see `--help`")),
            }
        }
        Ok(Self::Serve { port })
    }
}

fn parse_port(value: Option<String>) -> Result<u16, String> {
    let value = value.ok_or("`--port` needs a number, as in `--port 4280`")?;
    value.parse().map_err(|_| format!("`--port {value}` is not a port; give 0 to 65535"))
}

async fn serve(port: u16) -> io::Result<()> {
    let emulator = Emulator::builder().port(port).start().await?;
    // Listened for before the text is out that invites it.
    let interrupted = tokio::spawn(tokio::signal::ctrl_c());
    tokio::task::yield_now().await;
    writeln!(
        io::stdout(),
        "Emulating Azure Communication Services on {}; Ctrl-C stops it.\n\n\
         Connection string:\n{}\n\nUser token:\n{}",
        emulator.endpoint(),
        emulator.connection_string(),
        emulator.user_token(),
    )?;
    interrupted.await??;
    emulator.stop().await;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Command, String> {
        Command::parse(arguments.iter().map(|&argument| argument.to_owned()))
    }

    #[test]
    fn a_port_is_given_in_two_ways_or_not_at_all() {
        assert_eq!(parse(&[]), Ok(Command::Serve { port: 0 }));
        assert_eq!(parse(&["--port", "4280"]), Ok(Command::Serve { port: 4280 }));
        assert_eq!(parse(&["--port=4280"]), Ok(Command::Serve { port: 4280 }));
        assert_eq!(parse(&["--port", "1", "--help"]), Ok(Command::Help));
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for arguments in [&["--port"][..], &["--port", "65536"], &["--port="], &["4280"], &["-x"]] {
            let message = parse(arguments).unwrap_err();
            assert!(message.starts_with('`') && !message.contains('\n'), "{message}");
        }
    }
}
