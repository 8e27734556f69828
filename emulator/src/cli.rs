//! The command line.

use std::io;

use clap::{Parser, Subcommand};

mod banner;
mod control;
mod log;
mod serve;
mod stop;

use self::serve::ServeArguments;

const AFTER_HELP: &str = "\
Without a command, the program serves until Ctrl-C or SIGTERM.
At its start it prints the lines to paste into a bot, for each language.
http://127.0.0.1:4280/_emulator/ is a page that shows the calls and acts for people.
Commands act on a running emulator; start it first, in another terminal.
Each option can also be set by the environment variable beside it.";

/// Azure Communication Services on this machine, for bots in any language
#[derive(Debug, Parser)]
#[command(
    name = "acs-rest-emulator",
    version,
    after_help = AFTER_HELP,
    args_conflicts_with_subcommands = true
)]
pub(crate) struct Arguments {
    #[command(flatten)]
    serve: ServeArguments,
    #[command(subcommand)]
    command: Option<Command>,
}

/// The commands to a running emulator.
#[derive(Debug, Subcommand)]
enum Command {
    Ring(control::Ring),
    Press(control::Press),
    Say(control::Say),
    HangUp(control::HangUp),
}

impl Arguments {
    pub(crate) async fn run(self) -> io::Result<()> {
        match self.command {
            None => self.serve.run().await,
            Some(Command::Ring(ring)) => ring.run().await,
            Some(Command::Press(press)) => press.run().await,
            Some(Command::Say(say)) => say.run().await,
            Some(Command::HangUp(hang_up)) => hang_up.run().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn every_option_has_an_environment_variable() {
        let command = Arguments::command();
        command.clone().debug_assert();
        for command in std::iter::once(&command).chain(command.get_subcommands()) {
            for argument in command.get_arguments().filter(|one| one.get_long().is_some()) {
                assert!(argument.get_env().is_some(), "{}", argument.get_id());
            }
        }
    }
}
