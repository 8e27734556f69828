//! Random schedules over HTTP/2: whatever the server does to its streams and connections, the
//! outcome of each call is what was carried out.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use acs_rest::Outcome;

use crate::http2_server::{
    Connection, Executed, INTERNAL_ERROR, MUTED, NO_ERROR, REFUSED_STREAM, each_transport, play,
    start,
};
use crate::operations::shown;
use crate::random_faults::wanted_schedules;

const AT_ONCE: u64 = 12;

/// SplitMix64: the same schedule for the same seed.
#[derive(Clone)]
struct Random(Arc<AtomicU64>);

impl Random {
    fn below(&self, limit: u64) -> u64 {
        let mut z = self.0.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % limit
    }
}

#[tokio::test]
async fn the_outcome_matches_the_execution() {
    let (calls, seed) = wanted_schedules().unwrap_or((240, 1));
    for (seed, transport) in each_transport([seed, seed + 1]) {
        schedule(seed, transport, calls).await;
    }
}

async fn schedule(seed: u64, transport: usize, calls: u64) {
    let executed = Executed::default();
    let random = Random(Arc::new(AtomicU64::new(seed)));
    let log = executed.clone();
    let server =
        start(&[], move |connection, _| misbehave(connection, log.clone(), random.clone())).await;
    let (name, client) = server.clients().swap_remove(transport);
    let client = client.try_timeout(Duration::from_millis(500)).max_retries(5).build().unwrap();
    let (mut answered, mut unknown, mut not_executed) = (0, 0, 0);
    let mut tasks = tokio::task::JoinSet::new();
    for worker in 0..AT_ONCE {
        let (client, executed) = (client.clone(), executed.clone());
        tasks.spawn(async move {
            let mut outcomes = Vec::new();
            for nth in 0..calls / AT_ONCE {
                let context = format!("{worker}-{nth}");
                let result = play(&client, &context).await;
                outcomes.push((result, executed.times(&context), context));
            }
            outcomes
        });
    }
    while let Some(outcomes) = tasks.join_next().await {
        for (result, times, context) in outcomes.unwrap() {
            let what = format!("{name}, seed {seed}, call {context}: {times} times");
            match result {
                Ok(_) => {
                    answered += 1;
                    assert_eq!(times, 1, "{what}");
                }
                Err(error) if error.outcome() == Outcome::NotExecuted => {
                    not_executed += 1;
                    assert_eq!(times, 0, "{what}: {}", shown(&error));
                }
                Err(error) if error.outcome() == Outcome::Executed => {
                    // The head of the answer came, and its body was lost.
                    assert_eq!(times, 1, "{what}: {}", shown(&error));
                }
                Err(error) => {
                    unknown += 1;
                    assert!(times <= 1, "{what}: {}", shown(&error));
                }
            }
        }
    }
    eprintln!("{name}, seed {seed}: {answered} answered, {unknown} unknown, {not_executed} not");
    assert!(answered > calls / 4, "{name}: only {answered} were answered");
}

async fn misbehave(
    mut connection: Connection,
    executed: Executed,
    random: Random,
) -> io::Result<()> {
    loop {
        let request = connection.request().await?;
        match random.below(60) {
            0 => connection.reset(request.stream, REFUSED_STREAM).await?,
            1 => {
                // Carried out or not, and no word about it.
                if random.below(2) == 0 {
                    executed.note(&request.body);
                }
                let code = [1, 2, 8, 11, 13][random.below(5) as usize];
                connection.reset(request.stream, code).await?;
            }
            2 => {
                // This one was not taken, nor any after it.
                connection.go_away(request.stream - 1, NO_ERROR).await?;
                while connection.event().await.is_ok() {}
                return Ok(());
            }
            3 => {
                executed.note(&request.body);
                connection.go_away(request.stream, INTERNAL_ERROR).await?;
                return Ok(());
            }
            4 => {
                executed.note(&request.body);
                return Ok(());
            }
            5 if random.below(4) == 0 => executed.note(&request.body), // And no answer.
            _ => {
                executed.note(&request.body);
                connection.respond(request.stream, MUTED).await?;
            }
        }
    }
}
