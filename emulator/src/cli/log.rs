//! Lines on standard output.

use std::io::{self, Write};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

/// Writes each line in a thread of its own. Lines are dropped while standard output is blocked: a
/// slow reader must not delay responses.
pub(super) fn to_stdout() -> impl Fn(&str) + Send + Sync + 'static {
    const WAITING_LINES: usize = 10_000;
    let (sender, lines) = sync_channel(WAITING_LINES);
    thread::spawn(move || write_all(&lines));
    move |line| drop(sender.try_send(line.to_owned()))
}

fn write_all(lines: &Receiver<String>) {
    for line in lines {
        if writeln!(io::stdout().lock(), "{line}").is_err() {
            return;
        }
    }
}
