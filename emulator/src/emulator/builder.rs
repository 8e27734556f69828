//! An emulator with settings of one's own.

use std::io;
use std::net::Ipv4Addr;

use tokio::net::TcpListener;
use uuid::Uuid;

use crate::access_key::AccessKey;
use crate::clock::Clock;
use crate::emulator::Emulator;
use crate::jwt::Tokens;
use crate::resource::Resource;
use crate::server::Server;
use crate::settings::Settings;

/// Sets up an [`Emulator`].
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
    port: u16,
    access_key: Option<Option<AccessKey>>,
    page_size: usize,
    clock: Clock,
}

impl EmulatorBuilder {
    pub(crate) fn new() -> Self {
        Self { port: 0, access_key: None, page_size: 10, clock: Clock::system() }
    }

    /// The port on 127.0.0.1; 0, the default, takes any that is free.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// The access key, in base64; by default a random one.
    pub fn access_key(mut self, base64: &str) -> Self {
        self.access_key = Some(AccessKey::from_base64(base64));
        self
    }

    /// How many participants a page lists; by default 10. What the service does is not known.
    pub fn page_size(mut self, participants: usize) -> Self {
        self.page_size = participants;
        self
    }

    /// The time by which dates and tokens are judged; by default the system's.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Starts the emulator on the Tokio runtime that runs this future.
    ///
    /// # Errors
    /// The port cannot be used, the access key is not base64, or the page size is 0.
    ///
    /// # Panics
    /// Outside a Tokio runtime.
    pub async fn start(self) -> io::Result<Emulator> {
        let access_key = match self.access_key {
            None => AccessKey::random(),
            Some(Some(key)) => key,
            Some(None) => return Err(invalid("the access key is empty or not base64")),
        };
        if self.page_size == 0 {
            return Err(invalid("the page size is 0; a page lists at least 1 participant"));
        }
        let (listener, endpoint) = listen(self.port).await?;
        let settings = Settings {
            endpoint,
            page_size: self.page_size,
            access_key,
            tokens: Tokens::new(),
            resource_id: Uuid::new_v4(),
        };
        Ok(Emulator::run(listener, Server::new(Resource::new(settings), self.clock)))
    }
}

async fn listen(port: u16) -> io::Result<(TcpListener, String)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(|error| {
        io::Error::new(error.kind(), format!("cannot listen on 127.0.0.1:{port}: {error}"))
    })?;
    let endpoint = format!("http://{}", listener.local_addr()?);
    Ok((listener, endpoint))
}

fn invalid(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, message)
}
