//! The sockets of an emulator, and their endpoints.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use tokio::net::{TcpListener, TcpSocket};

use crate::tls::Tls;

/// How many connections may wait to be accepted: as many as may be open. The system lowers it to its own
/// limit.
const BACKLOG: u32 = 4096;

/// The sockets of one emulator.
#[derive(Debug)]
pub(crate) struct Sockets {
    pub(crate) listeners: Vec<TcpListener>,
    pub(crate) tls: Option<Tls>,
    /// The address of the first socket, as a client of this machine reaches it.
    address: SocketAddr,
    https_address: SocketAddr,
}

impl Sockets {
    /// Listens at `port` of each host; 0 takes one that is free, the same for all hosts.
    pub(crate) fn bind(
        hosts: &[IpAddr],
        port: u16,
        https_port: Option<u16>,
        tls: Option<Tls>,
    ) -> io::Result<Self> {
        let mut listeners = bind_all(hosts, port)?;
        let address = reachable(listeners[0].local_addr()?);
        let mut https_address = address;
        if let Some(port) = https_port {
            let others = bind_all(hosts, port)?;
            https_address = reachable(others[0].local_addr()?);
            listeners.extend(others);
        }
        Ok(Self { listeners, tls, address, https_address })
    }

    /// `http://HOST:PORT`, without a trailing slash.
    pub(crate) fn http_endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// `https://HOST:PORT`, without a trailing slash.
    pub(crate) fn https_endpoint(&self) -> Option<String> {
        self.tls.as_ref().map(|_| format!("https://{}", self.https_address))
    }
}

fn bind_all(hosts: &[IpAddr], mut port: u16) -> io::Result<Vec<TcpListener>> {
    let mut listeners = Vec::new();
    for host in hosts {
        let listener = bind(SocketAddr::new(*host, port))?;
        port = listener.local_addr()?.port();
        listeners.push(listener);
    }
    if listeners.is_empty() {
        let message = "there is no host to listen on; give at least one";
        return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
    }
    Ok(listeners)
}

fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    listen(address).map_err(|error| {
        io::Error::new(error.kind(), format!("cannot listen on {address}: {error}"))
    })
}

fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // As `TcpListener::bind` does: a port is free again as soon as its emulator has stopped. On Windows
    // the option means something else.
    #[cfg(not(windows))]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// All addresses of the machine include its loopback address.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
        _ => {}
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bind(hosts: &[IpAddr], https_port: Option<u16>) -> io::Result<Sockets> {
        Sockets::bind(hosts, 0, https_port, None)
    }

    #[tokio::test]
    async fn any_address_is_reached_by_loopback() {
        let sockets = bind(&[Ipv4Addr::UNSPECIFIED.into()], Some(0)).unwrap();
        assert!(sockets.http_endpoint().starts_with("http://127.0.0.1:"));
        assert_ne!(sockets.address.port(), sockets.https_address.port());
    }

    #[tokio::test]
    async fn every_host_has_the_same_port() {
        let hosts = [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
        // Not every machine has IPv6.
        let Ok(sockets) = bind(&hosts, None) else { return };
        let ports = sockets.listeners.iter().map(|l| l.local_addr().unwrap().port());
        let ports: Vec<u16> = ports.collect();
        assert_eq!((ports.len(), ports[0]), (2, ports[1]));
        assert!(bind(&[], None).is_err());
    }
}
