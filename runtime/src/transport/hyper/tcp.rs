//! TCP connections to a host that may have several addresses (RFC 8305, "Happy Eyeballs").

use std::io::{Error, ErrorKind, Result};
use std::net::SocketAddr;
use std::time::Duration;

use socket2::{SockRef, TcpKeepalive};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::timeout;

/// How long one address is tried before the next one is tried in parallel: the Connection Attempt
/// Delay that RFC 8305, section 5, recommends.
const ATTEMPT_DELAY: Duration = Duration::from_millis(250);
/// How long a connection is silent before the operating system probes it.
const KEEPALIVE: Duration = Duration::from_secs(15);

/// Connects to the address that answers first. Dropping the future gives up all attempts.
pub(super) async fn connect(addresses: Vec<SocketAddr>) -> Result<TcpStream> {
    let stream = match *addresses {
        [] => return Err(Error::new(ErrorKind::NotFound, "the host has no address")),
        [address] => TcpStream::connect(address).await?,
        _ => race(interleaved(addresses)).await?,
    };
    stream.set_nodelay(true)?;
    let keepalive = TcpKeepalive::new().with_time(KEEPALIVE);
    // A connection without it works too.
    let _ = SockRef::from(&stream).set_tcp_keepalive(&keepalive);
    Ok(stream)
}

async fn race(addresses: Vec<SocketAddr>) -> Result<TcpStream> {
    let mut addresses = addresses.into_iter();
    let mut attempts = JoinSet::new();
    let mut failure = None;
    loop {
        if let Some(address) = addresses.next() {
            attempts.spawn(TcpStream::connect(address));
        }
        let delay = if addresses.len() > 0 { ATTEMPT_DELAY } else { Duration::MAX };
        match timeout(delay, attempts.join_next()).await {
            Ok(Some(Ok(Ok(stream)))) => return Ok(stream),
            Ok(Some(Ok(Err(error)))) => failure = Some(error),
            Ok(Some(Err(error))) => failure = Some(Error::other(error)),
            Ok(None) => return Err(failure.unwrap_or_else(|| ErrorKind::NotConnected.into())),
            Err(_elapsed) => {}
        }
    }
}

/// The addresses in the resolver's order, the two families in turn (RFC 8305, section 4).
fn interleaved(addresses: Vec<SocketAddr>) -> Vec<SocketAddr> {
    let is_v6 = addresses.first().is_some_and(SocketAddr::is_ipv6);
    let (preferred, other): (Vec<_>, Vec<_>) =
        addresses.into_iter().partition(|address| address.is_ipv6() == is_v6);
    let (mut preferred, mut other) = (preferred.into_iter(), other.into_iter());
    let mut all = Vec::with_capacity(preferred.len() + other.len());
    loop {
        let (one, two) = (preferred.next(), other.next());
        if one.is_none() && two.is_none() {
            return all;
        }
        all.extend(one.into_iter().chain(two));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_families_take_turns() {
        let order = |addresses: &[&str]| {
            let addresses = addresses.iter().map(|address| address.parse().unwrap()).collect();
            interleaved(addresses).iter().map(SocketAddr::to_string).collect::<Vec<_>>()
        };
        assert_eq!(
            order(&["[::1]:1", "[::2]:1", "[::3]:1", "127.0.0.1:1", "127.0.0.2:1"]),
            ["[::1]:1", "127.0.0.1:1", "[::2]:1", "127.0.0.2:1", "[::3]:1"]
        );
        assert_eq!(order(&["127.0.0.1:1", "[::1]:1"]), ["127.0.0.1:1", "[::1]:1"]);
        assert_eq!(order(&["127.0.0.1:1", "127.0.0.2:1"]), ["127.0.0.1:1", "127.0.0.2:1"]);
    }
}
