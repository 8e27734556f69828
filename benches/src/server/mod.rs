//! A minimal HTTP/1.1 server on loopback, in another process, and so it is not part of the
//! measurement.

mod check;
mod message;
mod process;
mod tls;

use std::io::{self, Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Result, anyhow};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use self::message::Message;
pub(crate) use self::process::Server;
pub(crate) use self::tls::{TlsServer, serve_tls};

/// The mode of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// Checks every part of a request, and answers.
    Check,
    /// Answers at once.
    Answer,
    /// Never answers; `GET /held` reports how many requests are waiting.
    Hold,
}

/// Serves until standard input ends, which it does with the process that started it; the address
/// is the one line that is printed.
pub(crate) fn serve(mode: &str) -> Result<()> {
    let mode = match mode {
        "check" => Mode::Check,
        "answer" => Mode::Answer,
        "hold" => Mode::Hold,
        _ => return Err(anyhow!("`{mode}` is not a mode of the server")),
    };
    std::thread::spawn(|| {
        let _ = io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    runtime.block_on(accept(mode))
}

async fn accept(mode: Mode) -> Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    io::stdout().flush()?;
    let held = Arc::new(AtomicUsize::new(0));
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let held = Arc::clone(&held);
        tokio::spawn(async move {
            if let Err(error) = converse(stream, mode, &held).await {
                eprintln!("server: {error}");
            }
        });
    }
}

/// One connection, request by request.
async fn converse(mut stream: TcpStream, mode: Mode, held: &AtomicUsize) -> Result<()> {
    let mut received = Vec::with_capacity(8 * 1024);
    let mut answer = Vec::with_capacity(1024);
    while let Some(length) = receive(&mut stream, &mut received).await? {
        let message = Message::new(&received[..length]);
        if message.target() == "/held" {
            message::held(held.load(Ordering::SeqCst), &mut answer);
        } else if mode == Mode::Hold {
            held.fetch_add(1, Ordering::SeqCst);
            return std::future::pending().await;
        } else {
            let checked = if mode == Mode::Check { check::check(&message) } else { Ok(()) };
            if let Err(wrong) = &checked {
                eprintln!("not the unit of work: {wrong}");
            }
            message::answer(&message, checked, &mut answer);
        }
        stream.write_all(&answer).await?;
        received.drain(..length);
    }
    Ok(())
}

/// Reads until one request is there, and returns its length; none at the end of the connection.
async fn receive(stream: &mut TcpStream, received: &mut Vec<u8>) -> io::Result<Option<usize>> {
    loop {
        if let Some(length) = message::length(received) {
            return Ok(Some(length));
        }
        match stream.read_buf(received).await {
            Ok(0) => return Ok(None),
            // A client that is done may reset its connections.
            Err(error) if error.kind() == io::ErrorKind::ConnectionReset => return Ok(None),
            Ok(_) => {}
            Err(error) => return Err(error),
        }
    }
}
