//! Stands in for https without the feature `tls`: types without values.

use std::convert::Infallible;
use std::io;
use std::path::{Path, PathBuf};

use tokio::net::TcpStream;

#[derive(Clone, Debug)]
pub(crate) struct TlsSettings(Infallible);

impl TlsSettings {
    pub(crate) fn load(&self) -> io::Result<Tls> {
        match self.0 {}
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Tls(Infallible);

impl Tls {
    pub(crate) fn ca_certificate(&self) -> &Path {
        match self.0 {}
    }

    pub(crate) async fn accept(&self, _stream: TcpStream) -> io::Result<TcpStream> {
        match self.0 {}
    }
}

#[derive(Clone, Debug)]
pub(crate) struct TlsClient;

impl TlsClient {
    #[expect(clippy::unnecessary_wraps, reason = "the other one can fail")]
    pub(crate) fn new(_trusted: &[PathBuf]) -> io::Result<Self> {
        Ok(Self)
    }

    #[expect(clippy::unused_async, reason = "the other one connects")]
    pub(crate) async fn connect(&self, _host: &str, _stream: TcpStream) -> io::Result<TcpStream> {
        let message = "https and wss need the feature `tls` of acs-rest-emulator";
        Err(io::Error::new(io::ErrorKind::Unsupported, message))
    }
}
