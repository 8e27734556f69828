//! Sockets: connections in, http or https by their first byte, requests out to a handler.

use std::convert::Infallible;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use crate::body::Body;
use http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{sleep, timeout};

use super::connections::{Connection, Connections, Work};
use super::limits::Limits;
use crate::request::Scheme;
use crate::tls::Tls;

/// The properties of the connection of a request.
#[derive(Clone, Debug)]
pub(super) struct ConnectionContext {
    pub(super) scheme: Scheme,
    connection: Arc<Connection>,
}

impl ConnectionContext {
    /// The request has arrived whole: its connection is kept until the guard is dropped.
    pub(super) fn work(&self) -> Work {
        self.connection.work()
    }
}

/// Listens on sockets, and passes requests to a handler.
#[derive(Clone)]
pub(super) struct Listener<H> {
    limits: Limits,
    connections: Connections,
    tls: Option<Tls>,
    handler: H,
}

impl<H, F> Listener<H>
where
    H: Fn(Request<Incoming>, ConnectionContext) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Response<Body>> + Send + 'static,
{
    pub(super) fn new(limits: Limits, tls: Option<Tls>, handler: H) -> Self {
        Self { limits, connections: Connections::new(limits.connections), tls, handler }
    }

    /// Serves until `stop` is sent or dropped; requests that have arrived by then are answered.
    pub(super) async fn run(self, sockets: Vec<TcpListener>, stop: oneshot::Receiver<()>) {
        let (stopping, stopped) = watch::channel(());
        let (open, mut all_closed) = mpsc::channel::<Infallible>(1);
        for socket in sockets {
            tokio::spawn(self.clone().accept(socket, stopped.clone(), open.clone()));
        }
        drop((open, stopped));
        drop(stop.await);
        drop(stopping);
        // Every socket and connection holds a sender.
        all_closed.recv().await;
    }

    async fn accept(
        self,
        socket: TcpListener,
        mut stopped: watch::Receiver<()>,
        open: mpsc::Sender<Infallible>,
    ) {
        loop {
            let next = async { (self.next(&socket).await, self.connections.open().await) };
            let (stream, connection) = tokio::select! {
                _ = stopped.changed() => return,
                next = next => next,
            };
            tokio::spawn(self.clone().serve(stream, connection, stopped.clone(), open.clone()));
        }
    }

    async fn next(&self, socket: &TcpListener) -> TcpStream {
        const PAUSE: Duration = Duration::from_millis(10);
        loop {
            match socket.accept().await {
                Ok((stream, _)) => return stream,
                Err(error) if is_of_one_connection(&error) => {}
                Err(_) => {
                    // Most likely no descriptor is left. Opening waits until one is closed.
                    self.connections.lower_limit();
                    drop(self.connections.open().await);
                    sleep(PAUSE).await;
                }
            }
        }
    }

    async fn serve(
        self,
        stream: TcpStream,
        connection: Connection,
        stopped: watch::Receiver<()>,
        _open: mpsc::Sender<Infallible>,
    ) {
        // Small responses go out at once.
        drop(stream.set_nodelay(true));
        let connection = Arc::new(connection);
        tokio::select! {
            () = connection.evicted() => {}
            () = self.speak(stream, connection.clone(), stopped) => {}
        }
    }

    async fn speak(
        &self,
        stream: TcpStream,
        connection: Arc<Connection>,
        mut stopped: watch::Receiver<()>,
    ) {
        let is_tls = self.in_time(&mut stopped, is_tls(&stream)).await;
        if let (Some(Ok(true)), Some(tls)) = (&is_tls, &self.tls) {
            if let Some(Ok(stream)) = self.in_time(&mut stopped, tls.accept(stream)).await {
                let context = ConnectionContext { scheme: Scheme::Https, connection };
                self.speak_http(stream, context, stopped).await;
            }
            return;
        }
        if let Some(Ok(_)) = is_tls {
            let context = ConnectionContext { scheme: Scheme::Http, connection };
            self.speak_http(stream, context, stopped).await;
        }
    }

    /// `None` when the emulator stops first, or the time for a head is over.
    async fn in_time<T>(
        &self,
        stopped: &mut watch::Receiver<()>,
        future: impl Future<Output = T>,
    ) -> Option<T> {
        tokio::select! {
            _ = stopped.changed() => None,
            output = timeout(self.limits.head_timeout, future) => output.ok(),
        }
    }

    async fn speak_http(
        &self,
        stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
        context: ConnectionContext,
        mut stopped: watch::Receiver<()>,
    ) {
        /// After this time a connection without a request is closed.
        const PATIENCE: Duration = Duration::from_millis(100);
        let (handler, connection) = (self.handler.clone(), context.connection.clone());
        let service = service_fn(move |request| {
            let response = handler(request, context.clone());
            async { Ok::<_, Infallible>(response.await) }
        });
        let mut http = pin!(
            http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(self.limits.head_timeout)
                .serve_connection(TokioIo::new(stream), service)
        );
        tokio::select! {
            _ = http.as_mut() => return,
            _ = stopped.changed() => {}
        }
        http.as_mut().graceful_shutdown();
        while timeout(PATIENCE, http.as_mut()).await.is_err() && connection.is_working() {}
    }
}

/// Whether a connection starts with a TLS handshake (RFC 8446, section 5.1: content type 22).
async fn is_tls(stream: &TcpStream) -> io::Result<bool> {
    let mut first = [0];
    match stream.peek(&mut first).await? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        _ => Ok(first[0] == 22),
    }
}

/// Whether the error is about the connection that would have been accepted, and not the socket.
fn is_of_one_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionReset
    )
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use http::StatusCode;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::task::JoinHandle;

    use super::*;

    const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    /// A listener that responds with 204, until the sender is dropped.
    async fn listen(limits: Limits) -> (SocketAddr, oneshot::Sender<()>, JoinHandle<()>) {
        let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = socket.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let handler = |_, context: ConnectionContext| async move {
            let _work = context.work();
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::NO_CONTENT;
            response
        };
        let listener = Listener::new(limits, None, handler);
        (address, stop, tokio::spawn(listener.run(vec![socket], stopped)))
    }

    async fn send(address: SocketAddr, bytes: &[u8]) -> TcpStream {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(bytes).await.unwrap();
        stream
    }

    async fn read(mut stream: TcpStream) -> String {
        let mut text = String::new();
        let read = timeout(Duration::from_secs(10), stream.read_to_string(&mut text));
        drop(read.await.expect("the connection is closed in time"));
        text
    }

    #[tokio::test]
    async fn slow_heads_leave_room_for_a_request() {
        let limits = Limits { connections: 8, ..Limits::default() };
        let (address, _stop, _task) = listen(limits).await;
        let mut slow = Vec::new();
        for _ in 0..16 {
            slow.push(send(address, b"GET / HTTP/1.1\r\nHost:").await);
        }
        assert!(read(send(address, REQUEST).await).await.starts_with("HTTP/1.1 204"));
    }

    #[tokio::test]
    async fn a_head_has_to_arrive_in_time() {
        let limits = Limits { head_timeout: Duration::from_millis(50), ..Limits::default() };
        let (address, _stop, _task) = listen(limits).await;
        for start in [&b""[..], b"GET / HTTP/1.1\r\nHost:", b"\x16\x03\x01"] {
            let response = read(send(address, start).await).await;
            assert!(!response.contains("204"), "{response}");
        }
        assert!(read(send(address, REQUEST).await).await.starts_with("HTTP/1.1 204"));
    }

    #[tokio::test]
    async fn stopping_does_not_wait_for_slow_clients() {
        let (address, stop, task) = listen(Limits::default()).await;
        let (silent, half) = (send(address, b"").await, send(address, b"GET / HT").await);
        // Both are accepted by the time that a later one is answered.
        read(send(address, REQUEST).await).await;
        drop(stop);
        timeout(Duration::from_secs(2), task).await.unwrap().unwrap();
        drop((silent, half));
    }
}
