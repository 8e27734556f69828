//! Serves until a signal arrives.

use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, TcpListener};
use std::path::PathBuf;

use acs_rest_emulator::{Emulator, EmulatorBuilder};
use clap::Args;

use super::banner::{Banner, Https};
use super::log;
use super::stop;

/// A public key: an emulator has nothing to protect.
const DEFAULT_KEY: &str = "YWNzLXJlc3QtZW11bGF0b3I6IGEga2V5IHRoYXQgZXZlcnlib2R5IGtub3dz";

const DEFAULT_PORT: u16 = 4280;

#[derive(Args, Debug)]
pub(super) struct ServeArguments {
    /// The port for http and https; 0 takes a free one
    #[arg(long, env = "ACS_EMULATOR_PORT", default_value_t = DEFAULT_PORT)]
    port: u16,
    /// Another port, for clients that expect https on a port of its own
    #[arg(long, env = "ACS_EMULATOR_HTTPS_PORT", value_name = "PORT")]
    https_port: Option<u16>,
    /// The address to listen on [default: 127.0.0.1 and ::1]
    #[arg(long, env = "ACS_EMULATOR_HOST", value_name = "ADDRESS")]
    host: Option<IpAddr>,
    /// The access key, in base64 [default: a fixed public key]
    #[arg(long, env = "ACS_EMULATOR_KEY", value_name = "BASE64", hide_env_values = true)]
    key: Option<String>,
    /// The directory of the certificate authority [default: acs-rest-emulator in the user's data
    /// directory]
    #[arg(long, env = "ACS_EMULATOR_CERTIFICATES", value_name = "DIRECTORY")]
    certificates: Option<PathBuf>,
    /// A further host name or IP address of the certificate; may be repeated
    #[arg(long, env = "ACS_EMULATOR_CERTIFICATE_NAME", value_name = "NAME", value_delimiter = ',')]
    certificate_name: Vec<String>,
    /// Serve http only
    #[arg(long, env = "ACS_EMULATOR_NO_HTTPS")]
    no_https: bool,
    /// The factor of the emulator's own delays: 0 for none, 10 to watch calls
    #[arg(long, env = "ACS_EMULATOR_PACE", value_name = "FACTOR", default_value_t = 1.0)]
    pace: f64,
    /// A JSON file that describes the behaviour of people, by phone number or raw id
    #[arg(long, env = "ACS_EMULATOR_PEOPLE", value_name = "FILE")]
    people: Option<PathBuf>,
    /// A JSON file with the state at the start and after a reset: people, identities and numbers
    #[arg(long, env = "ACS_EMULATOR_SEEDS", value_name = "FILE")]
    seeds: Option<PathBuf>,
    /// The directory for a WAV file of each call that has audio
    #[arg(long, env = "ACS_EMULATOR_AUDIO_DIRECTORY", value_name = "DIRECTORY")]
    audio_directory: Option<PathBuf>,
    /// A host besides loopback from which the files of prompts are downloaded, or `*` for every host;
    /// may be repeated
    #[arg(long, env = "ACS_EMULATOR_PROMPT_HOST", value_name = "HOST", value_delimiter = ',')]
    prompt_host: Vec<String>,
    /// A PEM file of further certificates to trust for https and wss callbacks; may be repeated
    #[arg(long, env = "ACS_EMULATOR_CALLBACK_CA", value_name = "FILE", value_delimiter = ',')]
    callback_ca: Vec<PathBuf>,
    /// A URL that receives the events of Event Grid, such as incoming calls; may be repeated
    #[arg(
        long,
        env = "ACS_EMULATOR_EVENT_GRID_ENDPOINT",
        value_name = "URL",
        value_delimiter = ','
    )]
    event_grid_endpoint: Vec<String>,
    /// The base URL of recordings, for clients that accept hosts other than the service's own
    #[arg(long, env = "ACS_EMULATOR_RECORDING_HOST", value_name = "URL")]
    recording_host: Option<String>,
    /// Print a user access token, which is valid for a day
    #[arg(long, env = "ACS_EMULATOR_PRINT_TOKEN")]
    print_token: bool,
    /// Do not write a line for each request
    #[arg(long, env = "ACS_EMULATOR_QUIET")]
    quiet: bool,
}

impl ServeArguments {
    pub(super) async fn run(self) -> io::Result<()> {
        let signalled = stop::signalled()?;
        let builder = self.builder()?;
        let emulator = builder.start().await.map_err(|error| self.explained(error))?;
        self.warn()?;
        write!(io::stdout(), "{}", self.banner(&emulator))?;
        io::stdout().flush()?;
        signalled.await;
        emulator.stop().await;
        Ok(())
    }

    fn builder(&self) -> io::Result<EmulatorBuilder> {
        let key = self.key.as_deref().unwrap_or(DEFAULT_KEY);
        let builder =
            Emulator::builder().access_key(key).port(self.port).hosts(self.hosts()).pace(self.pace);
        let builder = match &self.recording_host {
            Some(url) => builder.recording_host(url),
            None => builder,
        };
        let builder = if self.quiet { builder } else { builder.log(log::to_stdout()) };
        self.with_https(self.with_network(builder))
    }

    fn with_network(&self, mut builder: EmulatorBuilder) -> EmulatorBuilder {
        if let Some(people) = &self.people {
            builder = builder.people(people);
        }
        if let Some(seeds) = &self.seeds {
            builder = builder.seeds(seeds);
        }
        if let Some(directory) = &self.audio_directory {
            builder = builder.audio_directory(directory);
        }
        builder = self.callback_ca.iter().fold(builder, EmulatorBuilder::callback_ca);
        builder = self.prompt_host.iter().fold(builder, EmulatorBuilder::prompt_host);
        self.event_grid_endpoint.iter().fold(builder, EmulatorBuilder::event_grid_endpoint)
    }

    fn with_https(&self, mut builder: EmulatorBuilder) -> io::Result<EmulatorBuilder> {
        if self.no_https {
            return Ok(builder);
        }
        let directory = self.certificates.clone().or_else(data_directory).ok_or_else(|| {
            io::Error::other(
                "the user has no home directory to keep a certificate authority in; name a \
                 directory with `--certificates`, or serve http only with `--no-https`",
            )
        })?;
        builder = builder.https(directory);
        for name in
            self.certificate_name.iter().cloned().chain(self.host.map(|host| host.to_string()))
        {
            builder = builder.certificate_name(&name);
        }
        Ok(match self.https_port {
            Some(port) => builder.https_port(port),
            None => builder,
        })
    }

    /// Some clients resolve `localhost` to ::1, on machines that have IPv6.
    fn hosts(&self) -> Vec<IpAddr> {
        let has_ipv6 = || TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_ok();
        match self.host {
            Some(host) => vec![host],
            None if has_ipv6() => vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()],
            None => vec![Ipv4Addr::LOCALHOST.into()],
        }
    }

    fn explained(&self, error: io::Error) -> io::Error {
        let way_out = match error.kind() {
            io::ErrorKind::AddrInUse => "choose another port with `--port`, or any with `--port 0`",
            io::ErrorKind::PermissionDenied => "see `--port` and `--certificates`",
            _ => return error,
        };
        io::Error::new(error.kind(), format!("{error}; {way_out}"))
    }

    fn warn(&self) -> io::Result<()> {
        let Some(host) = self.host.filter(|host| !host.is_loopback()) else { return Ok(()) };
        writeln!(
            io::stderr(),
            "acs-rest-emulator: warning: `--host {host}` lets other machines in. They need no key to \
             control the emulator under /_emulator, and it sends requests wherever a client asks for; \
             use it on networks that you trust."
        )
    }

    fn banner(&self, emulator: &Emulator) -> Banner {
        let https = emulator.https_endpoint().zip(emulator.ca_certificate());
        Banner {
            http_endpoint: emulator.endpoint().to_owned(),
            https: https.map(|(endpoint, path)| Https {
                endpoint: endpoint.to_owned(),
                ca_certificate: path.display().to_string(),
            }),
            access_key: emulator.access_key(),
            audience: emulator.resource_id(),
            user_token: self.print_token.then(|| emulator.user_token().to_owned()),
        }
    }
}

/// The data directory of this program for the current user.
fn data_directory() -> Option<PathBuf> {
    let absolute =
        |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = absolute("XDG_DATA_HOME").or_else(|| absolute("LOCALAPPDATA"));
    let base = base.or_else(|| Some(std::env::home_dir()?.join(".local").join("share")));
    base.map(|base| base.join("acs-rest-emulator"))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Program {
        #[command(flatten)]
        serve: ServeArguments,
    }

    fn parse(arguments: &[&str]) -> Result<ServeArguments, clap::Error> {
        let arguments = ["acs-rest-emulator"].iter().chain(arguments);
        Program::try_parse_from(arguments).map(|program| program.serve)
    }

    #[test]
    fn names_are_separated_by_commas_or_given_twice() {
        let arguments = ["--certificate-name", "a,b", "--certificate-name=c"];
        assert_eq!(parse(&arguments).unwrap().certificate_name, ["a", "b", "c"]);
    }

    #[test]
    fn invalid_arguments_are_refused() {
        for arguments in
            [&["--port", "65536"][..], &["--port="], &["4280"], &["-x"], &["--host", "localhost:1"]]
        {
            assert!(parse(arguments).is_err(), "{arguments:?}");
        }
    }
}
