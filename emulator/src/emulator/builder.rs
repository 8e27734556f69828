//! The settings of an emulator.

use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use crate::access_key::AccessKey;
use crate::clock::Clock;
use crate::emulator::Emulator;
use crate::log::Log;
use crate::server::Limits;
use crate::tls::TlsSettings;

mod start;

/// Builds an [`Emulator`] from its settings.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> std::io::Result<()> {
/// use acs_rest_emulator::Emulator;
///
/// let emulator = Emulator::builder().access_key("c2VjcmV0").page_size(2).start().await?;
/// assert!(emulator.connection_string().ends_with(";accesskey=c2VjcmV0"));
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
#[must_use = "nothing runs before `start`"]
pub struct EmulatorBuilder {
    hosts: Vec<IpAddr>,
    port: u16,
    https_port: Option<u16>,
    tls: Option<TlsSettings>,
    limits: Limits,
    log: Log,
    access_key: Option<Option<AccessKey>>,
    page_size: usize,
    clock: Clock,
    pace: f64,
    recording_host: Option<String>,
    event_grid_endpoints: Vec<String>,
    people: Option<PathBuf>,
    seeds: Option<PathBuf>,
    audio_directory: Option<PathBuf>,
    callback_cas: Vec<PathBuf>,
    prompt_hosts: Vec<String>,
}

impl EmulatorBuilder {
    pub(crate) fn new() -> Self {
        Self {
            hosts: vec![Ipv4Addr::LOCALHOST.into()],
            port: 0,
            https_port: None,
            tls: None,
            limits: Limits::default(),
            log: Log::default(),
            access_key: None,
            page_size: 10,
            clock: Clock::system(),
            pace: 0.0,
            recording_host: None,
            event_grid_endpoints: Vec::new(),
            people: None,
            seeds: None,
            audio_directory: None,
            callback_cas: Vec::new(),
            prompt_hosts: Vec::new(),
        }
    }

    /// Sets the addresses to listen on. The default is 127.0.0.1 only.
    ///
    /// Any program that reaches one of them can control the emulator without a key, by the paths
    /// under `/_emulator`.
    pub fn hosts(mut self, hosts: impl IntoIterator<Item = IpAddr>) -> Self {
        self.hosts = hosts.into_iter().collect();
        self
    }

    /// Sets the port. The default, 0, takes a free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Answers https as well as http, on the same port: the first byte of a connection decides.
    ///
    /// The certificate is valid for `localhost`, 127.0.0.1, `::1` and the
    /// [names](Self::certificate_name) that are added. It is issued at each start by a certificate
    /// authority that is created once and kept in `directory`: clients must trust the file `ca.pem`
    /// there. The key of the authority is beside it, readable only by its owner.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> std::io::Result<()> {
    /// # let directory = std::env::temp_dir().join(format!("acs-{}", std::process::id()));
    /// use acs_rest_emulator::Emulator;
    ///
    /// let emulator = Emulator::builder().https(&directory).start().await?;
    /// assert!(emulator.https_endpoint().is_some_and(|url| url.starts_with("https://127.0.0.1:")));
    /// assert!(emulator.ca_certificate().is_some_and(|path| path.is_file()));
    /// # std::fs::remove_dir_all(directory)?; Ok(()) }
    /// ```
    #[cfg(feature = "tls")]
    pub fn https(mut self, directory: impl Into<PathBuf>) -> Self {
        self.tls = Some(TlsSettings::new(directory.into()));
        self
    }

    /// Adds a host name or an IP address to the certificate. It has no effect without
    /// [`https`](Self::https).
    #[cfg(feature = "tls")]
    pub fn certificate_name(mut self, name: &str) -> Self {
        if let Some(tls) = &mut self.tls {
            tls.add_name(name);
        }
        self
    }

    /// Sets another port, for clients that expect https on a port of its own.
    #[cfg(feature = "tls")]
    pub fn https_port(mut self, port: u16) -> Self {
        self.https_port = Some(port);
        self
    }

    /// Sets the access key, in base64. The default is a random one.
    ///
    /// The resource id and the key that signs the tokens of callbacks are derived from it: both stay
    /// the same after a restart with the same access key. Without one, the emulators of a process
    /// share a signing key, which takes about half a second to make without optimisation.
    pub fn access_key(mut self, base64: &str) -> Self {
        self.access_key = Some(AccessKey::from_base64(base64));
        self
    }

    /// Sets how many participants a page lists. The default is 10; that of the service is not
    /// known.
    pub fn page_size(mut self, participants: usize) -> Self {
        self.page_size = participants;
        self
    }

    /// Sets the clock by which dates and tokens are checked. The default is the system's.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Sets a function that writes a line for each request and its result, such as `14:07:36.120
    /// POST /calling/callConnections?api-version=2024-09-15 201 CreateCall`.
    ///
    /// `write` is called by the tasks that answer requests, and must not block.
    pub fn log(mut self, write: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.log = Log::new(write);
        self
    }

    /// Sets the factor of the emulator's own delays: 20 ms for a step, 200 ms of ringing, 500 ms
    /// for a prompt. The default is 0: states change as soon as the request is answered. The pace
    /// does not affect timeouts in requests.
    pub fn pace(mut self, factor: f64) -> Self {
        self.pace = factor;
        self
    }

    /// Adds a URL that receives every event of Event Grid once it has answered the handshake of a
    /// subscription; until then the handshake is retried every second.
    pub fn event_grid_endpoint(mut self, url: impl Into<String>) -> Self {
        self.event_grid_endpoints.push(url.into());
        self
    }

    /// Sets a JSON file of people: by phone number or raw id, an object with `outcome` (`answers`,
    /// `busy`, `declines`, `noAnswer` or `waits`), `answerAfterMs`, `tones`, `says`,
    /// `hangsUpAfterMs` and `voice`.
    pub fn people(mut self, path: impl Into<PathBuf>) -> Self {
        self.people = Some(path.into());
        self
    }

    /// Sets a JSON file with the state at the start, which a reset restores: `people` as in
    /// [`people`](Self::people), `identities` (the raw ids of existing users) and `numbers` (the phone
    /// numbers of the resource: with them, no other number can be a caller id).
    pub fn seeds(mut self, path: impl Into<PathBuf>) -> Self {
        self.seeds = Some(path.into());
        self
    }

    /// Sets a directory for the audio of calls: `<callConnectionId>.wav`, with the people on the left
    /// channel, and the bot with its prompts on the right. It is created if it does not exist.
    pub fn audio_directory(mut self, path: impl Into<PathBuf>) -> Self {
        self.audio_directory = Some(path.into());
        self
    }

    /// Adds a host from which the files of prompts are downloaded, besides loopback; `*` stands for
    /// every host. A file on another host is silent: a test must not depend on the network.
    pub fn prompt_host(mut self, host: impl Into<String>) -> Self {
        self.prompt_hosts.push(host.into());
        self
    }

    /// Adds a PEM file of certificates to trust for https and wss callbacks, beside the authorities
    /// of the system and that of [`https`](Self::https).
    #[cfg(feature = "tls")]
    pub fn callback_ca(mut self, path: impl Into<PathBuf>) -> Self {
        self.callback_cas.push(path.into());
        self
    }

    /// Sets the origin in the locations of recorded files. The default is
    /// `https://storage.asm.skype.com`. The emulator serves the files on its own origin, under the
    /// same paths.
    pub fn recording_host(mut self, origin: impl Into<String>) -> Self {
        self.recording_host = Some(origin.into());
        self
    }

    /// Starts the emulator on the Tokio runtime that runs this future.
    ///
    /// # Errors
    /// If the port cannot be used, the access key is not base64, or the page size is 0.
    ///
    /// # Panics
    /// Outside a Tokio runtime.
    pub async fn start(self) -> io::Result<Emulator> {
        start::start(self)
    }
}
