//! Lets the clock drive the network.

use std::time::SystemTime;

use crate::clock::Clock;
use crate::resource::Resource;

/// Runs what is due in the network of `resource`, whenever `clock` says that it is. Never returns.
pub(crate) async fn run(resource: &Resource, clock: &Clock) {
    let mut moved = clock.moved();
    loop {
        tokio::select! {
            () = due(clock, resource.next_due()) => {}
            _ = moved.changed() => {}
            () = resource.rescheduled() => continue,
        }
        resource.command(clock.now(), |_| ());
    }
}

/// Waits until the clock shows `time`, for ever if it stands or nothing is due.
async fn due(clock: &Clock, time: Option<SystemTime>) {
    match time.and_then(|time| clock.until(time)) {
        Some(wait) => tokio::time::sleep(wait).await,
        None => std::future::pending().await,
    }
}
