//! What stands for https without the feature `tls`: types that have no value.

use std::convert::Infallible;
use std::io;
use std::path::Path;

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
