//! The program, as a process.

use std::process::Stdio;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::Command;

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_acs-rest-emulator"));
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    command
}

#[cfg(unix)]
#[tokio::test]
async fn it_prints_its_credentials_and_stops_on_ctrl_c() {
    let mut child = program().args(["--port", "0"]).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut printed = Vec::new();
    while printed.len() < 7 {
        printed.push(lines.next_line().await.unwrap().unwrap());
    }
    let (endpoint, key) = printed[3].split_once("/;accesskey=").unwrap();
    assert!(!key.is_empty());
    let address = endpoint.strip_prefix("endpoint=http://").unwrap();
    assert_eq!(printed[6].split('.').count(), 3);
    TcpStream::connect(address).await.unwrap();
    let pid = child.id().unwrap().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().await.unwrap().success());
    assert_eq!(child.wait().await.unwrap().code(), Some(0));
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn bad_arguments_are_one_line_and_code_2() {
    let output = program().args(["--prot", "1"]).output().await.unwrap();
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(stderr, "acs-rest-emulator: `--prot` is not known; see `--help`\n");
    assert!(output.stdout.is_empty());
}

#[tokio::test]
async fn help_is_printed_and_a_port_in_use_is_code_1() {
    let help = program().arg("--help").output().await.unwrap();
    assert!(help.status.success() && help.stdout.starts_with(b"Azure"));
    let emulator = acs_rest_emulator::Emulator::start().await;
    let port = emulator.endpoint().rsplit_once(':').unwrap().1;
    let output = program().args(["--port", port]).output().await.unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("cannot listen"));
}
