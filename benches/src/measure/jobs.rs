//! The jobs of a child process: each measures one contender. It prints raw `key value` lines.
//!
//! * `call`: so many calls, one after the other, after a warm-up.
//! * `clients`: so many clients, one after the other; what the last one holds.
//! * `flight`: so many calls at once, none of which is answered; what they hold.
//! * `cold`: one call of a new client; how long both take.
//! * `many`: so many calls at once, all of which are answered; by how much the process grows.
//! * `throughput-1`, `throughput-2`: so many calls, 64 at once, on one thread or two.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use stats_alloc::INSTRUMENTED_SYSTEM;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;

use crate::contenders::{
    Contender, HyperByHand, InMemory, Name, OnHyper, OnReqwest, Ours, ReqwestExpert, ReqwestPlain,
};
use crate::server::Server;
use crate::unit::{self, Variant};

/// The server to call; without it, a child starts one of its own.
pub(super) const ENDPOINT: &str = "ACS_REST_BENCHES_ENDPOINT";
/// Names the server to ask how many requests it holds, where that is not the same.
pub(super) const CONTROL: &str = "ACS_REST_BENCHES_CONTROL";
/// Calls that make connections, fill caches and grow buffers.
const WARM_UP: usize = 20;
/// Calls in flight when throughput is measured.
const AT_ONCE: usize = 64;

pub(crate) fn run(job: &str, contender: &str, variant: &str, count: &str) -> Result<()> {
    let name = Name::named(contender).context("no such contender")?;
    let variant = Variant::named(variant).context("the variant is `bearer` or `access-key`")?;
    let count = count.parse()?;
    let server = match std::env::var(ENDPOINT) {
        Ok(_) => None,
        Err(_) => Some(Server::start(if job == "flight" { "hold" } else { "answer" })?),
    };
    let endpoint = server.as_ref().map_or_else(
        || std::env::var(ENDPOINT).unwrap_or_default(),
        |server| server.endpoint().to_owned(),
    );
    match name {
        Name::OursOnReqwest => run_as::<Ours<OnReqwest>>(job, &endpoint, variant, count),
        Name::OursOnHyper => run_as::<Ours<OnHyper>>(job, &endpoint, variant, count),
        Name::ReqwestPlain => run_as::<ReqwestPlain>(job, &endpoint, variant, count),
        Name::ReqwestExpert => run_as::<ReqwestExpert>(job, &endpoint, variant, count),
        Name::HyperByHand => run_as::<HyperByHand>(job, &endpoint, variant, count),
        Name::OursInMemory => run_as::<Ours<InMemory>>(job, &endpoint, variant, count),
    }
}

fn run_as<C: Contender>(job: &str, endpoint: &str, variant: Variant, count: usize) -> Result<()> {
    let client = || C::new(endpoint, variant);
    match job {
        "call" => one_thread()?.block_on(calls(&client(), count)),
        "clients" => {
            clients(client, count);
            Ok(())
        }
        "cold" => one_thread()?.block_on(cold(client)),
        "many" => one_thread()?.block_on(many(client(), count)),
        "flight" => one_thread()?.block_on(flight(client(), endpoint, count)),
        "throughput-1" => one_thread()?.block_on(throughput(client(), count)),
        "throughput-2" => {
            let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
            runtime.block_on(throughput(client(), count))
        }
        _ => Err(anyhow!("`{job}` is not a job")),
    }
}

fn one_thread() -> std::io::Result<Runtime> {
    Builder::new_current_thread().enable_all().build()
}

/// Makes one call and checks its result.
async fn call<C: Contender>(client: &C) -> Result<()> {
    let request = C::request();
    match client.mute(unit::CALL, &request).await {
        Ok(answer) if C::context(&answer) == Some(unit::CONTEXT) => Ok(()),
        Ok(_) => Err(anyhow!("the answer has another context")),
        Err(error) => Err(anyhow!("the call failed: {error:?}")),
    }
}

async fn calls<C: Contender>(client: &C, count: usize) -> Result<()> {
    for _ in 0..WARM_UP {
        call(client).await?;
    }
    let before = INSTRUMENTED_SYSTEM.stats();
    for _ in 0..count {
        call(client).await?;
    }
    let change = INSTRUMENTED_SYSTEM.stats() - before;
    println!("allocations {}", change.allocations + change.reallocations);
    println!("bytes {}", change.bytes_allocated);
    let request = C::request();
    let before = live();
    let future = client.mute(unit::CALL, &request);
    println!("future {}", size_of_val(&future) + live() - before);
    Ok(())
}

fn clients<C>(client: impl Fn() -> C, count: usize) {
    let mut held = Vec::with_capacity(count);
    let mut before = live();
    for _ in 0..count {
        before = live();
        held.push(client());
    }
    println!("bytes {}", live() - before);
}

async fn flight<C: Contender>(client: C, endpoint: &str, count: usize) -> Result<()> {
    let client = Arc::new(client);
    let before = live();
    let mut tasks = JoinSet::new();
    for _ in 0..count {
        let client = Arc::clone(&client);
        tasks.spawn(async move { call(&*client).await });
    }
    while count_on(endpoint, "/held").await? < count {
        if let Some(ended) = tasks.try_join_next() {
            return ended?.and(Err(anyhow!("a call that should be held has ended")));
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    println!("bytes {}", live() - before);
    if std::env::var(CONTROL).is_ok() {
        println!("connections {}", count_on(endpoint, "/connections").await?);
    }
    Ok(())
}

/// A client that is made, and its first call.
async fn cold<C: Contender>(client: impl Fn() -> C) -> Result<()> {
    let start = Instant::now();
    call(&client()).await?;
    println!("nanoseconds {}", start.elapsed().as_nanos());
    Ok(())
}

async fn many<C: Contender>(client: C, count: usize) -> Result<()> {
    call(&client).await?;
    let before = memory("VmRSS")?;
    let client = Arc::new(client);
    let start = Instant::now();
    let mut tasks = JoinSet::new();
    for _ in 0..count {
        let client = Arc::clone(&client);
        tasks.spawn(async move { call(&*client).await });
    }
    let mut failed = 0;
    while let Some(done) = tasks.join_next().await {
        failed += usize::from(done?.is_err());
    }
    println!("nanoseconds {}", start.elapsed().as_nanos());
    println!("failed {failed}");
    println!("growth {}", memory("VmHWM")?.saturating_sub(before));
    Ok(())
}

/// Bytes of this process, as the system has them.
fn memory(field: &str) -> Result<usize> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with(field)).context("no such field")?;
    let kilobytes = line.split_whitespace().nth(1).context("the field is empty")?;
    Ok(kilobytes.parse::<usize>()? * 1024)
}

/// How many requests the server holds, or connections it has.
async fn count_on(endpoint: &str, target: &str) -> Result<usize> {
    let control = std::env::var(CONTROL);
    let endpoint = control.as_deref().unwrap_or(endpoint);
    let mut stream = TcpStream::connect(endpoint.trim_start_matches("http://")).await?;
    stream.write_all(format!("GET {target} HTTP/1.1\r\n\r\n").as_bytes()).await?;
    let mut answer = [0; 256];
    let length = stream.read(&mut answer).await?;
    let answer = std::str::from_utf8(&answer[..length])?;
    let (_, body) = answer.split_once("\r\n\r\n").context("the server did not report a number")?;
    Ok(body.parse()?)
}

async fn throughput<C: Contender>(client: C, count: usize) -> Result<()> {
    let client = Arc::new(client);
    at_once(&client, AT_ONCE * 4).await?;
    let start = Instant::now();
    at_once(&client, count).await?;
    println!("nanoseconds {}", start.elapsed().as_nanos());
    Ok(())
}

async fn at_once<C: Contender>(client: &Arc<C>, count: usize) -> Result<()> {
    let mut tasks = JoinSet::new();
    for _ in 0..AT_ONCE {
        let client = Arc::clone(client);
        tasks.spawn(async move {
            for _ in 0..count / AT_ONCE {
                call(&*client).await?;
            }
            anyhow::Ok(())
        });
    }
    while let Some(done) = tasks.join_next().await {
        done??;
    }
    Ok(())
}

/// Bytes allocated and not freed.
fn live() -> usize {
    let stats = INSTRUMENTED_SYSTEM.stats();
    stats.bytes_allocated - stats.bytes_deallocated
}
