//! Lets the clock drive the network.

use std::time::SystemTime;

use crate::clock::Clock;
use crate::resource::Resource;

/// Runs the timers of the network of `resource` when they are due by `clock`. Never returns.
pub(crate) async fn run(resource: &Resource, clock: &Clock) {
    loop {
        tokio::select! {
            () = due(clock, resource.next_due()) => {}
            () = resource.rescheduled() => continue,
        }
        resource.command(clock.now(), |_| ());
    }
}

/// Waits until the clock reaches `time`, or forever without one.
async fn due(clock: &Clock, time: Option<SystemTime>) {
    match time {
        Some(time) => clock.reach(time).await,
        None => std::future::pending().await,
    }
}
