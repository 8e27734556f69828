//! The program, as a process.

use std::path::PathBuf;
use std::process::{Output, Stdio};

use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::net::TcpStream;
use tokio::process::{Child, ChildStdout, Command};

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_acs-rest-emulator"));
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    // Of this build, so that no user's files are touched.
    command.env("XDG_DATA_HOME", PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("data"));
    command
}

async fn output(arguments: &[&str]) -> Output {
    program().args(arguments).output().await.unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

struct Running {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    banner: String,
}

impl Running {
    async fn start(command: &mut Command) -> Self {
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut banner = String::new();
        while !banner.ends_with("\n\n\n") {
            banner.push_str(&lines.next_line().await.unwrap().expect("the banner ends"));
            banner.push('\n');
        }
        Self { child, lines, banner }
    }

    fn line(&self, start: &str) -> &str {
        let mut lines = self.banner.lines();
        lines.find_map(|line| line.strip_prefix(start)).expect(start).trim()
    }

    fn address(&self) -> &str {
        let (endpoint, _) = self.line("Connection string:").split_once("/;accesskey=").unwrap();
        endpoint.strip_prefix("endpoint=").unwrap().split_once("://").unwrap().1
    }

    #[cfg(unix)]
    async fn signal(&mut self, name: &str) -> Option<i32> {
        let pid = self.child.id().unwrap().to_string();
        assert!(Command::new("kill").args([name, &pid]).status().await.unwrap().success());
        self.child.wait().await.unwrap().code()
    }
}

#[tokio::test]
async fn it_prints_the_lines_to_paste_and_no_token() {
    let running = Running::start(program().args(["--port", "0"])).await;
    assert!(running.line("Connection string:").starts_with("endpoint=https://127.0.0.1:"));
    assert!(PathBuf::from(running.line("CA certificate:")).is_file());
    assert_eq!(running.line("Webhook audience:").len(), 36);
    for expected in [
        "Rust\n",
        "Python\n",
        "JavaScript\n",
        ".NET\n",
        "Java\n",
        "REQUESTS_CA_BUNDLE=",
        "NODE_EXTRA_CA_CERTS=",
        "Client::from_connection_string(\"endpoint=http://127.0.0.1:",
    ] {
        assert!(running.banner.contains(expected), "{expected}");
    }
    assert!(!running.banner.contains("User token"));
}

#[tokio::test]
async fn the_key_is_fixed_or_given_and_decides_the_audience() {
    let start = async |key: Option<&str>| {
        let mut command = program();
        command.args(["--port", "0", "--print-token"]);
        key.map(|key| command.env("ACS_EMULATOR_KEY", key));
        Running::start(&mut command).await
    };
    let (first, second, other) =
        (start(None).await, start(None).await, start(Some("b3RoZXI=")).await);
    let key = |running: &Running| {
        running.line("Connection string:").split_once(";accesskey=").unwrap().1.to_owned()
    };
    assert_eq!(key(&first), key(&second));
    assert_eq!(first.line("Webhook audience:"), second.line("Webhook audience:"));
    assert_eq!(key(&other), "b3RoZXI=");
    assert_ne!(first.line("Webhook audience:"), other.line("Webhook audience:"));
    assert_eq!(first.line("User token:").split('.').count(), 3);
}

#[tokio::test]
async fn each_request_is_a_line() {
    use tokio::io::AsyncWriteExt;

    let mut running = Running::start(program().args(["--port", "0", "--no-https"])).await;
    assert!(running.line("Connection string:").starts_with("endpoint=http://127.0.0.1:"));
    let mut stream = TcpStream::connect(running.address()).await.unwrap();
    stream.write_all(b"GET /a%1b?b HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
    let line = running.lines.next_line().await.unwrap().unwrap();
    let (time, line) = line.split_at(12);
    assert_eq!(time.matches(':').count(), 2);
    assert!(line.starts_with(" GET /a%1b?b 401 -: `authorization` is missing"), "{line}");
}

#[cfg(unix)]
#[tokio::test]
async fn signals_stop_it_at_once_despite_a_slow_client() {
    use tokio::io::AsyncWriteExt;

    for signal in ["-INT", "-TERM"] {
        let mut running = Running::start(program().args(["--port", "0"])).await;
        let address = running.address().to_owned();
        let mut slow = TcpStream::connect(&address).await.unwrap();
        slow.write_all(b"POST / HTTP/1.1\r\nContent-Length: 9\r\nHost: a\r\n\r\nab").await.unwrap();
        let started = std::time::Instant::now();
        assert_eq!(running.signal(signal).await, Some(0), "{signal}");
        assert!(started.elapsed() < std::time::Duration::from_secs(3), "{signal}");
        assert!(TcpStream::connect(&address).await.is_err());
    }
}

#[tokio::test]
async fn another_host_is_warned_about() {
    let running = Running::start(program().args(["--port", "0", "--host", "0.0.0.0"])).await;
    assert!(running.address().starts_with("127.0.0.1:"));
    let mut stderr = BufReader::new(running.child.stderr.unwrap()).lines();
    let warning = stderr.next_line().await.unwrap().unwrap();
    assert!(warning.contains("warning: `--host 0.0.0.0` lets other machines in"), "{warning}");
}

#[tokio::test]
async fn a_mistake_is_explained() {
    let emulator = acs_rest_emulator::Emulator::start().await;
    let port = emulator.endpoint().rsplit_once(':').unwrap().1;
    for (arguments, code, explained) in [
        (&["--prot", "1"][..], 2, "--port"),
        (&["--port", "65536"], 2, "65536"),
        (&["--key", "!", "--port", "0"], 1, "the access key is empty or not base64"),
        (&["--port", port], 1, "choose another port with `--port`"),
    ] {
        let output = output(arguments).await;
        let stderr = text(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{stderr}");
        assert!(stderr.contains(explained) && output.stdout.is_empty(), "{stderr}");
    }
}

#[tokio::test]
async fn help_and_version_are_printed() {
    let help = output(&["--help"]).await;
    for option in ["--port", "--https-port", "--host", "--key", "ACS_EMULATOR_KEY"] {
        assert!(help.status.success() && text(&help.stdout).contains(option), "{option}");
    }
    let version = output(&["--version"]).await;
    assert_eq!(
        text(&version.stdout),
        concat!("acs-rest-emulator ", env!("CARGO_PKG_VERSION"), "\n")
    );
}

#[tokio::test]
async fn commands_control_a_running_emulator() {
    let emulator = acs_rest_emulator::Emulator::start().await;
    let steer = async |arguments: &[&str]| {
        let target = ["--emulator", emulator.endpoint()];
        program().args(arguments).args(target).output().await.unwrap()
    };
    let rung = steer(&["ring", "+14255550123"]).await;
    assert!(rung.status.success() && !rung.stdout.is_empty(), "{}", text(&rung.stderr));
    for arguments in [
        &["press", "+14255550123", "1", "#"][..],
        &["say", "+14255550123", "yes"],
        &["hang-up", "8:acs:a"],
    ] {
        let output = steer(arguments).await;
        assert_eq!(output.status.code(), Some(1));
        assert!(text(&output.stderr).contains("is not in a call"), "{}", text(&output.stderr));
    }
    let call = crate::client::call(&emulator).await;
    assert!(!call.is_empty());
    let user = emulator.user_id();
    for arguments in
        [&["press", user, "12#"][..], &["say", user, "yes", "please"], &["hang-up", user]]
    {
        let output = steer(arguments).await;
        assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
    }
}

/// The memory that a process uses, in KiB.
#[cfg(target_os = "linux")]
fn resident_kibibytes(process: u32) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().strip_suffix(" kB").unwrap().parse().unwrap()
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn refused_bodies_leave_no_memory_behind() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    let running = Running::start(program().args(["--port", "0", "--quiet"])).await;
    let head = format!(
        "POST /calling/callConnections?api-version=2024-09-15 HTTP/1.1\r\nHost: {}\r\n\
         Authorization: Bearer wrong\r\nContent-Length: 1048576\r\n\r\n",
        running.address()
    );
    let body = vec![b' '; 1024 * 1024];
    let mut stream = TcpStream::connect(running.address()).await.unwrap();
    let (mut before, mut response) = (0, Vec::new());
    for number in 0..300 {
        // The first ones fill buffers that are used again.
        if number == 50 {
            before = resident_kibibytes(running.child.id().unwrap());
        }
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(&body).await.unwrap();
        response.clear();
        while !response.ends_with(b"}}") {
            assert_ne!(stream.read_buf(&mut response).await.unwrap(), 0);
        }
    }
    let growth = resident_kibibytes(running.child.id().unwrap()).saturating_sub(before);
    assert!(growth < 50 * 1024, "{growth} KiB for 250 MiB of refused bodies");
}
