//! The command line.

use std::io;

use clap::Parser;

mod banner;
mod log;
mod serve;
mod stop;

use self::serve::ServeArguments;

const AFTER_HELP: &str = "\
Each option can also be given by the environment variable beside it.
At its start the program prints the lines to paste into a bot, language by language.";

/// Azure Communication Services on this machine, for bots in any language
#[derive(Debug, Parser)]
#[command(name = "acs-rest-emulator", version, after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    #[command(flatten)]
    serve: ServeArguments,
}

impl Arguments {
    pub(crate) async fn run(self) -> io::Result<()> {
        self.serve.run().await
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
        for argument in command.get_arguments().filter(|argument| argument.get_long().is_some()) {
            assert!(argument.get_env().is_some(), "{}", argument.get_id());
        }
    }
}
