//! Memory stays flat, whatever comes. A process of its own, so that no other test is counted.

use crate::fault_server::{Answer, Server, Step, always};
use crate::operations::{Scripted, client, mute};
use crate::subprocess::in_subprocess;

const MIB: u64 = 1 << 20;

/// The most that this process has held, in bytes.
pub(crate) fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1024
}

/// A body of ten times the limit and more costs at most the limit and 16 MiB.
#[test]
fn no_answer_fills_it() {
    if !cfg!(target_os = "linux") {
        return;
    }
    in_subprocess("memory_usage::no_answer_fills_it", &[], flood());
}

async fn flood() {
    let good = Server::start(always(Answer::muted())).await;
    mute(&client(&good.endpoint())).await.unwrap();
    let before = peak();
    let head = |rest: &str| Step::Raw(format!("HTTP/1.1 200 OK\r\n{rest}").into());
    let chunk = [b"10000\r\n", &[b' '; 65_536][..], b"\r\n"].concat();
    let chunked = || head("transfer-encoding: chunked\r\n\r\n");
    let floods = [
        vec![chunked(), Step::Repeat(chunk.clone(), u64::MAX)],
        vec![head("content-length: 999999999\r\n\r\n"), Step::Repeat(vec![b' '; 65_536], u64::MAX)],
        vec![head(""), Step::Repeat(b"x-field: value\r\n".repeat(4_096), u64::MAX)],
        vec![
            Step::Raw(b"HTTP/1.1 403 No\r\n\r\n".into()),
            Step::Repeat(vec![b'x'; 65_536], u64::MAX),
        ],
    ];
    for flood in floods {
        let steps: Vec<_> = [Step::ReadBody].into_iter().chain(flood).collect();
        let server = Server::start(always(steps)).await;
        client(&server.endpoint()).call("a").await.unwrap_err();
    }
    let steps =
        vec![Step::ReadBody, chunked(), Step::Repeat(chunk, 3_200), Step::Raw(b"0\r\n\r\n".into())];
    let server = Server::start(always(steps)).await;
    let mut stream = client(&server.endpoint()).download("a").await.unwrap();
    let mut length = 0;
    while let Some(chunk) = stream.next().await {
        length += chunk.unwrap().len();
    }
    assert_eq!(length, 200 << 20);
    let growth = peak() - before;
    eprintln!("memory growth: {} KiB", growth / 1024);
    assert!(growth < 24 * MIB, "{} MiB", growth / MIB);
}
