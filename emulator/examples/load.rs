//! What the emulator costs under load; the figures in its README come from here.
//!
//! `cargo run --release -p acs-rest-emulator --no-default-features --example load [at-once | in-a-row | kept]`
//!
//! Client, bot and emulator are in one process, which needs 10,000 descriptors (`ulimit -n 10000`).

use std::error::Error;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};

use acs_rest_emulator::Emulator;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use uuid::Uuid;

const CONNECTIONS: usize = 16;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let (callback, events) = event_sink().await?;
    let emulator = Emulator::start().await;
    let client = Client {
        address: emulator.endpoint().trim_start_matches("http://").to_owned(),
        token: emulator.user_token().to_owned(),
        callback,
    };
    say(&format!("at the start: {}", memory()?))?;
    let is_wanted = |part: &str| std::env::args().nth(1).is_none_or(|only| only == part);
    if is_wanted("at-once") {
        at_once(&client, &events).await?;
    }
    if is_wanted("in-a-row") {
        created_and_terminated(&client, &events).await?;
    }
    if is_wanted("kept") {
        kept(client, &events).await?;
    }
    Ok(())
}

/// Measures the memory of calls that never end and of bodies that are never read.
async fn kept(client: Client, events: &AtomicU64) -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    client.run(Work::Create, 50_000).await?;
    let seconds = started.elapsed().as_secs_f64();
    say(&format!("50,000 calls created and kept: {seconds:.1} s; {}", memory()?))?;
    let stranger = Client { token: "no token".to_owned(), ..client };
    stranger.run(Work::SendOneMebibyte, 3_000).await?;
    say(&format!("3,000 bodies of 1 MiB with a wrong token: {}", memory()?))?;
    tokio::time::sleep(Duration::from_secs(5)).await;
    say(&format!("{} events arrived; {}", events.load(Ordering::Relaxed), memory()?))?;
    Ok(())
}

/// Whether each of many calls at the same time has all of its events.
async fn at_once(client: &Client, events: &AtomicU64) -> Result<(), Box<dyn Error>> {
    const CALLS: u64 = 2_000;
    const EVENTS: u64 = 10;
    let (started, before) = (Instant::now(), events.load(Ordering::Relaxed));
    let mut calls = JoinSet::new();
    for number in 0..CALLS {
        calls.spawn(client.clone().whole_call(number));
    }
    let mut failed = 0;
    while let Some(call) = calls.join_next().await {
        if let Err(error) = call? {
            if failed == 0 {
                say(&format!("a call failed: {error}"))?;
            }
            failed += 1;
        }
    }
    let answered = started.elapsed().as_secs_f64();
    let arrived = || events.load(Ordering::Relaxed) - before;
    while arrived() < CALLS * EVENTS && started.elapsed() < Duration::from_secs(300) {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    say(&format!(
        "{CALLS} calls at once with {EVENTS} events each: answered in {answered:.1} s, {failed} failed; {} events \
         arrived within {:.1} s; {}",
        arrived(),
        started.elapsed().as_secs_f64(),
        memory()?,
    ))?;
    Ok(())
}

/// Whether the last of many calls are as fast as the first.
async fn created_and_terminated(client: &Client, events: &AtomicU64) -> Result<(), Box<dyn Error>> {
    const PARTS: usize = 10;
    const PART: usize = 2_000;
    // A key is made before the first event is sent, and later parts share the processor with events.
    let before = events.load(Ordering::Relaxed);
    client.run(Work::CreateAndTerminate, CONNECTIONS).await?;
    while events.load(Ordering::Relaxed) == before {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let (began, mut times, mut cpu_times) = (Instant::now(), Vec::new(), Vec::new());
    for _ in 0..PARTS {
        let (started, cpu) = (Instant::now(), cpu_seconds()?);
        client.run(Work::CreateAndTerminate, PART).await?;
        times.push(started.elapsed().as_secs_f64());
        cpu_times.push(cpu_seconds()? - cpu);
    }
    let compared = |times: &[f64]| {
        let (first, last) = (times[0], times[PARTS - 1]);
        format!("{first:.2} s and {last:.2} s, {:.2} times as long", last / first)
    };
    say(&format!(
        "{} calls created and terminated in {:.1} s; the first and the last {PART}: {}; in CPU time, {}; {}",
        PARTS * PART,
        began.elapsed().as_secs_f64(),
        compared(&times),
        compared(&cpu_times),
        memory()?,
    ))?;
    Ok(())
}

#[derive(Clone, Copy)]
enum Work {
    CreateAndTerminate,
    Create,
    SendOneMebibyte,
}

#[derive(Clone)]
struct Client {
    address: String,
    token: String,
    callback: String,
}

impl Client {
    /// Does `work` so many times, over several connections.
    async fn run(&self, work: Work, times: usize) -> Result<(), Box<dyn Error>> {
        let mut connections = JoinSet::new();
        for number in 0..CONNECTIONS {
            let share = times / CONNECTIONS + usize::from(number < times % CONNECTIONS);
            connections.spawn(self.clone().run_share(work, share));
        }
        while let Some(done) = connections.join_next().await {
            done??;
        }
        Ok(())
    }

    async fn run_share(self, work: Work, times: usize) -> io::Result<()> {
        let mut stream = BufReader::new(TcpStream::connect(&self.address).await?);
        for _ in 0..times {
            match work {
                Work::Create => drop(self.create(&mut stream).await?),
                Work::CreateAndTerminate => {
                    let path = format!("/{}:terminate", self.create(&mut stream).await?);
                    self.post(&mut stream, &path, "", 204).await?;
                }
                Work::SendOneMebibyte => {
                    let body = " ".repeat(1024 * 1024);
                    self.post(&mut stream, "", &body, 401).await?;
                }
            }
        }
        Ok(())
    }

    /// A call with ten events, on a connection of its own and with a callback URL of its own.
    async fn whole_call(mut self, number: u64) -> io::Result<()> {
        self.callback = format!("{}call/{number}", self.callback);
        let mut stream = BufReader::new(TcpStream::connect(&self.address).await?);
        let id = self.create(&mut stream).await?;
        let add = r#"{"participantToAdd":{"rawId":"8:acs:b"}}"#;
        let mute = r#"{"targetParticipants":[{"rawId":"8:acs:b"}]}"#;
        let play = r#"{"playSources":[{"kind":"file","file":{"uri":"http://a/"}}]}"#;
        for (action, body, status) in [
            ("/participants:add", add, 202),
            ("/participants:mute", mute, 200),
            (":play", play, 202),
            (":play", play, 202),
            (":terminate", "", 204),
        ] {
            self.post(&mut stream, &format!("/{id}{action}"), body, status).await?;
        }
        Ok(())
    }

    /// The id of a new call connection.
    async fn create(&self, stream: &mut BufReader<TcpStream>) -> io::Result<String> {
        let callback = &self.callback;
        let body = format!(r#"{{"targets":[{{"rawId":"8:acs:a"}}],"callbackUri":"{callback}"}}"#);
        let answer = self.post(stream, "", &body, 201).await?;
        let id = answer.split_once(r#""callConnectionId":""#).and_then(|(_, rest)| rest.get(..36));
        Ok(id.ok_or_else(|| io::Error::other("there is no call connection"))?.to_owned())
    }

    async fn post(
        &self,
        stream: &mut BufReader<TcpStream>,
        path: &str,
        body: &str,
        status: u16,
    ) -> io::Result<String> {
        let pair = match path.ends_with(":play") {
            true => String::new(),
            false => format!(
                "Repeatability-Request-ID: {}\r\nRepeatability-First-Sent: {}\r\n",
                Uuid::new_v4(),
                httpdate::fmt_http_date(SystemTime::now()),
            ),
        };
        let head = format!(
            "POST /calling/callConnections{path}?api-version=2024-09-15 HTTP/1.1\r\nHost: {}\r\n\
             Authorization: Bearer {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
             {pair}\r\n",
            self.address,
            self.token,
            body.len(),
        );
        stream.write_all(format!("{head}{body}").as_bytes()).await?;
        let (line, answer) = read_message(stream).await?;
        if line.split(' ').nth(1) == Some(&status.to_string()) {
            return Ok(answer);
        }
        Err(io::Error::other(format!("{line}{answer}")))
    }
}

/// A URL that answers 200 to every event, and how many have come.
async fn event_sink() -> io::Result<(String, Arc<AtomicU64>)> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/", listener.local_addr()?);
    let events = Arc::new(AtomicU64::new(0));
    let counted = events.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(count_events(BufReader::new(stream), counted.clone()));
        }
    });
    Ok((url, events))
}

async fn count_events(mut stream: BufReader<TcpStream>, events: Arc<AtomicU64>) -> io::Result<()> {
    loop {
        read_message(&mut stream).await?;
        events.fetch_add(1, Ordering::Relaxed);
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await?;
    }
}

/// The first line of a request or response, and its body.
async fn read_message<S: AsyncRead + Unpin>(
    stream: &mut BufReader<S>,
) -> io::Result<(String, String)> {
    let (mut first, mut length) = (String::new(), 0);
    if stream.read_line(&mut first).await? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await?;
        let line = line.trim_end().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().map_err(io::Error::other)?;
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await?;
    Ok((first, String::from_utf8(body).map_err(io::Error::other)?))
}

/// The resident memory of this process, which is client and emulator in one.
fn memory() -> io::Result<String> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kibibytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    Ok(format!("{} MiB resident", kibibytes.unwrap_or_default() / 1024))
}

/// The CPU time of this process, which other work on the machine changes less than the elapsed time.
fn cpu_seconds() -> io::Result<f64> {
    /// The unit of the file: a hundredth of a second.
    const TICKS_A_SECOND: f64 = 100.0;
    /// The positions of the time in user mode and in the kernel, after the name of the program.
    const TIMES: std::ops::RangeInclusive<usize> = 11..=12;
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let fields = stat.rsplit_once(") ").map_or("", |(_, fields)| fields).split(' ');
    let ticks = fields.skip(*TIMES.start()).take(TIMES.count());
    Ok(ticks.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / TICKS_A_SECOND)
}

fn say(text: &str) -> io::Result<()> {
    writeln!(io::stdout(), "{text}")
}
