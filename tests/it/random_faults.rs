//! Schedules of faults, made from a seed. All calls succeed, each carried out once.

use std::collections::HashMap;

use acs_rest::Client;

use crate::fault_server::{Answer, Received, Server, Step};
use crate::operations::{Scripted, builder, millis, request};

const FAULTS: u64 = 18;

/// splitmix64: the same numbers from the same seed, for ever.
fn random(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Up to five faults, then a good answer. The schedule's number is the argument of the call.
fn turn(seed: u64, request: &Received) -> Vec<Step> {
    let number = request.target.trim_start_matches("/calls/s-");
    let number: u64 = number.split(':').next().unwrap().parse().unwrap();
    let schedule = random(seed ^ random(number));
    match request.try_of_call {
        nth if nth as u64 >= schedule % 6 => Answer::muted().into(),
        nth => fault(random(schedule.wrapping_add(nth as u64)) % FAULTS),
    }
}

fn fault(kind: u64) -> Vec<Step> {
    let read = |then: Vec<Step>| [vec![Step::ReadBody], then].concat();
    let executed = |then: Vec<Step>| [vec![Step::ReadBody, Step::Execute], then].concat();
    let raw = |text: &str| Step::Raw(text.into());
    let error = |status| read(vec![Step::Answer(Answer::error(status))]);
    match kind {
        0 => vec![Step::Reset],
        1 => vec![Step::Fin],
        2 => read(vec![Step::Reset]),
        3 => executed(vec![Step::Reset]),
        4 => executed(vec![Step::Fin]),
        5 => executed(vec![raw("HTTP/1.1 200 OK\r\ncont"), Step::Reset]),
        6 => executed(vec![raw("HTTP/1.1 200 OK\r\ncontent-length: 31\r\n\r\n{\"o"), Step::Fin]),
        7 => executed(vec![
            raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n"),
            Step::Reset,
        ]),
        8 => error(503),
        9 => error(500),
        10 => error(502),
        11 => error(504),
        12 => read(vec![Step::Answer(Answer::error(429).header("retry-after-ms", "5"))]),
        13 => executed(vec![Step::Answer(Answer::error(500))]),
        14 => executed(vec![Step::Answer(
            Answer::muted().without_echo().header("x-ms-client-request-id", "foreign"),
        )]),
        15 => executed(vec![raw("garbage\r\n\r\n"), Step::Fin]),
        // It says that it closes (RFC 9110, section 15.5.9): else the next try may be lost on the way,
        // and be a fault that is in no schedule.
        16 => executed(vec![
            Step::Answer(Answer::error(408).header("connection", "close")),
            Step::Fin,
        ]),
        _ => executed(vec![Step::Wait(millis(3)), Step::Reset]),
    }
}

async fn mutes(client: Client, numbers: impl Iterator<Item = u64>) {
    for number in numbers {
        let muted = client.mute(&format!("s-{number}"), &request()).await;
        let muted = muted.unwrap_or_else(|error| panic!("schedule {number}: {error:?}"));
        assert_eq!(muted.operation_context.as_deref(), Some("muted"));
    }
}

/// Each call of the server's log: once carried out, its ids and bytes the same at each try.
fn assert_once_each(server: &Server, calls: u64) {
    let mut executions = server.executions();
    assert_eq!(executions.len() as u64, calls);
    executions.sort();
    executions.dedup();
    assert_eq!(executions.len() as u64, calls, "one was carried out twice");
    let mut first: HashMap<String, Received> = HashMap::new();
    for request in server.requests() {
        let earlier = first.entry(request.target.clone()).or_insert_with(|| request.clone());
        let mut request = request;
        // A try that was cut off before its body was read has none in the log.
        if request.body.is_empty() || earlier.body.is_empty() {
            (request.body, earlier.body) = (Vec::new(), Vec::new());
        }
        assert_eq!(request.identity(), earlier.identity());
    }
}

async fn schedules(seed: u64, calls: u64, at_once: u64) {
    let server = Server::start(move |request| turn(seed, request)).await;
    let client = builder(&server.endpoint()).max_retries(5);
    let client = client.build().unwrap();
    let tasks = (0..at_once).map(|task| {
        let numbers = (task..calls).step_by(at_once as usize);
        tokio::spawn(mutes(client.clone(), numbers))
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap();
    }
    assert_once_each(&server, calls);
    eprintln!(
        "seed {seed}: {calls} calls, {} requests, all carried out once",
        server.requests().len()
    );
}

/// How many schedules and from which seed: `ACS_REST_TEST_SCHEDULES=10000:7`.
pub(crate) fn wanted_schedules() -> Option<(u64, u64)> {
    let wanted = std::env::var("ACS_REST_TEST_SCHEDULES").ok()?;
    let (calls, seed) = wanted.split_once(':').unwrap();
    Some((calls.parse().unwrap(), seed.parse().unwrap()))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_thousand_schedules_at_once() {
    let (calls, seed) = wanted_schedules().unwrap_or((2_000, 1));
    schedules(seed, calls, 64).await;
}

#[tokio::test]
async fn and_several_in_a_row() {
    schedules(2, 200, 4).await;
}
