//! A server that misbehaves according to a script: raw TCP, so that no part of a response is
//! well-formed by accident. It depends on no HTTP library and on none of our packages.

mod exchange;
mod log;
mod script;

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use self::log::Log;
pub(crate) use self::log::Received;
pub(crate) use self::script::{Answer, Step, always, answers, in_turn};

/// A listening server. Dropping it stops it, and fails the test if a request was malformed.
pub(crate) struct Server {
    address: SocketAddr,
    log: Arc<Log>,
    listening: JoinHandle<()>,
}

impl Server {
    /// Listens on 127.0.0.1; `script` says what to do once a request's head is there.
    pub(crate) async fn start<S>(script: S) -> Self
    where
        S: Fn(&Received) -> Vec<Step> + Send + Sync + 'static,
    {
        Self::listen("127.0.0.1:0", script).await
    }

    pub(crate) async fn listen<S>(address: &str, script: S) -> Self
    where
        S: Fn(&Received) -> Vec<Step> + Send + Sync + 'static,
    {
        let listener = TcpListener::bind(address).await.unwrap();
        let address = listener.local_addr().unwrap();
        let log = Arc::new(Log::default());
        let listening = tokio::spawn(accept(listener, Arc::clone(&log), Arc::new(script)));
        Self { address, log, listening }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The requests so far, in the order of their heads.
    pub(crate) fn requests(&self) -> Vec<Received> {
        self.log.requests()
    }

    /// The targets that were carried out, each as often as it was.
    pub(crate) fn executions(&self) -> Vec<String> {
        self.log.executions()
    }

    pub(crate) fn connections(&self) -> usize {
        self.log.connections()
    }

    /// How many connections the client has left while an answer was due.
    pub(crate) fn left(&self) -> usize {
        self.log.left()
    }

    /// The bytes of answers that were taken off the server's hands.
    pub(crate) fn bytes_sent(&self) -> u64 {
        self.log.bytes_sent()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.listening.abort();
        if !std::thread::panicking() {
            assert_eq!(self.log.malformed(), [] as [String; 0], "malformed requests");
        }
    }
}

async fn accept<S>(listener: TcpListener, log: Arc<Log>, script: Arc<S>)
where
    S: Fn(&Received) -> Vec<Step> + Send + Sync + 'static,
{
    // Its connections end with it.
    let mut connections = tokio::task::JoinSet::new();
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let (log, script) = (Arc::clone(&log), Arc::clone(&script));
        connections.spawn(exchange::serve(stream, log, script));
        while connections.try_join_next().is_some() {}
    }
}
