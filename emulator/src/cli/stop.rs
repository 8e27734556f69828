//! Waits for a signal to stop.

use std::io;

/// Returns at Ctrl-C or SIGTERM.
///
/// The handlers are installed when this is called, not when it is awaited: the first process of a
/// container ignores SIGTERM unless it has a handler.
#[cfg(unix)]
pub(super) fn signalled() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let (mut interrupt, mut terminate) =
        (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(not(unix))]
pub(super) fn signalled() -> io::Result<impl Future<Output = ()>> {
    Ok(async { drop(tokio::signal::ctrl_c().await) })
}
