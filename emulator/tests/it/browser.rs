//! The page in headless Chromium.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use acs_rest_emulator::Emulator;
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};

use crate::client::{call, mute, request, send};

/// How long the page may take on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often an element may be replaced while a test acts on it.
const TRIES: usize = 20;

/// A browser of its own, with the driver's process.
struct Browser {
    client: Client,
    driver: Child,
    profile: PathBuf,
}

impl Drop for Browser {
    /// Ends the browser with its driver, though a test has failed.
    fn drop(&mut self) {
        if let Some(pid) = self.driver.id() {
            let _ended = std::process::Command::new("kill")
                .args(["-KILL", "--", &format!("-{pid}")])
                .status();
        }
        let _absent = std::fs::remove_dir_all(&self.profile);
    }
}

impl Browser {
    /// `None` where there is no Chromium, which is said loudly.
    async fn start() -> Option<Self> {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut driver = Command::new("chromedriver");
        driver.arg(format!("--port={port}")).stdout(Stdio::null()).process_group(0);
        let Ok(driver) = driver.spawn() else {
            say("\n!!!!!!!! SKIPPED: the page in a browser: there is no `chromedriver`\n");
            return None;
        };
        let profile = std::env::temp_dir().join(format!("chromium-{}", uuid::Uuid::new_v4()));
        let client = connect(port, &profile).await;
        Some(Self { client, driver, profile })
    }

    async fn find(&self, css: &str) -> Element {
        let wait = self.client.wait().at_most(PATIENCE);
        wait.for_element(Locator::Css(css)).await.expect(css)
    }

    async fn click(&self, css: &str) {
        self.act(css, async |element| element.click().await).await;
    }

    async fn type_keys(&self, css: &str, keys: &str) {
        self.act(css, async |element| element.send_keys(keys).await).await;
    }

    /// Does something to an element; finds it anew if the page has replaced it meanwhile.
    async fn act(&self, css: &str, act: impl AsyncFn(&Element) -> Result<(), CmdError>) {
        for _ in 0..TRIES {
            match act(&self.find(css).await).await {
                Err(error) if error.is_stale_element_reference() => {}
                done => return done.expect(css),
            }
        }
        panic!("`{css}` was replaced {TRIES} times");
    }

    /// Waits until the text of the page has `text` in it.
    async fn shows(&self, text: &str) {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            let shown = self.find("body").await.text().await.unwrap_or_default();
            if shown.contains(text) {
                return;
            }
            assert!(tokio::time::Instant::now() < deadline, "`{text}` is not shown in: {shown}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// What has the focus, by its `data-key`.
    async fn focused(&self) -> Value {
        let script = "return document.activeElement.dataset.key ?? null";
        self.client.execute(script, Vec::new()).await.unwrap()
    }

    /// Keeps a picture of the page with the build's other results.
    async fn screenshot(&self, name: &str) {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::write(&path, self.client.screenshot().await.unwrap()).unwrap();
        say(&format!("a screenshot is in {}", path.display()));
    }
}

/// Past the test harness, which keeps what a passing test prints.
fn say(text: &str) {
    eprintln!("{text}");
}

async fn connect(port: u16, profile: &Path) -> Client {
    let arguments = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1400,1000",
        &format!("--user-data-dir={}", profile.display()),
    ];
    let options = json!({ "goog:chromeOptions": { "args": arguments } });
    let mut builder = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new());
    builder.capabilities(options.as_object().unwrap().clone());
    for _ in 0..PATIENCE.as_millis() / 50 {
        if let Ok(client) = builder.connect(&format!("http://127.0.0.1:{port}")).await {
            return client;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the driver gives no browser");
}

#[tokio::test]
async fn a_call_is_drawn_as_it_happens() {
    let Some(browser) = Browser::start().await else { return };
    let emulator = Emulator::start().await;
    browser.client.goto(&format!("{}/_emulator/", emulator.endpoint())).await.unwrap();
    browser.shows("live").await;
    // A text that would run if it were taken for markup.
    let hostile = "<img src=x onerror=document.title='run'>";
    let body = json!({
        "targets": [{ "rawId": "8:acs:alice" }],
        "operationContext": hostile,
        "callbackUri": "http://127.0.0.1:9/",
    });
    let create = "POST /calling/callConnections?api-version=2024-09-15";
    let created = send(&emulator, &request(&emulator, create, "", &body.to_string())).await;
    assert_eq!(created.status, 201, "{created:?}");
    browser.shows("CreateCall").await;
    browser.shows("ParticipantsUpdated").await;
    // A step opens its bodies, by the keyboard too.
    browser.type_keys(".step.request", "\u{e007}").await;
    browser.shows(hostile).await;
    assert_ne!(browser.client.title().await.unwrap(), "run");
    browser.screenshot("page-call.png").await;
}

#[tokio::test]
async fn focus_and_input_survive_redrawing() {
    let Some(browser) = Browser::start().await else { return };
    let emulator = Emulator::start().await;
    let call = call(&emulator).await;
    browser.client.goto(&format!("{}/_emulator/", emulator.endpoint())).await.unwrap();
    browser.shows("ParticipantsUpdated").await;
    browser.type_keys(".step.request", "\u{e007}").await;
    let step = browser.focused().await;
    assert!(step.as_str().is_some_and(|key| key.starts_with("step ")), "{step}");
    browser.type_keys("input[data-key^='say ']", "half a sent").await;
    let typed = browser.find("input[data-key^='say ']").await;
    send(&emulator, &mute(&emulator, &call, &uuid::Uuid::new_v4().to_string())).await;
    browser.shows("muted").await;
    browser.shows("Mute").await;
    // The same elements as before, not others in their place.
    typed.send_keys("ence").await.unwrap();
    assert_eq!(typed.prop("value").await.unwrap().unwrap(), "half a sentence");
    assert_eq!(browser.focused().await, format!("say {}", emulator.user_id()));
    browser.find(".step.request[aria-expanded='true']").await;
}

#[tokio::test]
async fn a_call_is_rung_answered_and_hung_up() {
    let Some(browser) = Browser::start().await else { return };
    let bot = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/incoming", bot.local_addr().unwrap());
    let emulator = Emulator::builder().event_grid_endpoint(url).start().await.unwrap();
    browser.client.goto(&format!("{}/_emulator/", emulator.endpoint())).await.unwrap();
    let answering = answer_the_first_call(&bot, &emulator);
    let looking = async {
        browser.shows("live").await;
        // Without the handshake of Event Grid the bot would not learn of the call.
        browser.shows("subscribed").await;
        browser.click("#ring button").await;
        browser.shows("CallConnected").await;
        browser.click("[data-key='key 5 4:+14255550123']").await;
        browser.shows("press 5").await;
        browser.screenshot("page-connected.png").await;
        browser.click("[data-key='hang up 4:+14255550123']").await;
        browser.shows("CallDisconnected").await;
        browser.screenshot("page-ended.png").await;
    };
    tokio::select! {
        () = looking => {}
        () = answering => unreachable!("the bot answers for ever"),
    }
}

#[cfg(feature = "media-streaming")]
#[tokio::test]
async fn a_call_is_listened_to() {
    let Some(browser) = Browser::start().await else { return };
    let emulator = Emulator::start().await;
    emulator.person("+14255550123").plays_tone(400);
    let bot = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let body = json!({
        "targets": [{ "rawId": "4:+14255550123" }],
        "sourceCallerIdNumber": { "value": "+14255550100" },
        "callbackUri": "http://127.0.0.1:9/",
        "mediaStreamingOptions": {
            "transportUrl": format!("ws://{}/", bot.local_addr().unwrap()),
            "transportType": "websocket",
            "audioChannelType": "mixed",
            "startMediaStreaming": true,
        },
    });
    let create = "POST /calling/callConnections?api-version=2025-06-15";
    let created = send(&emulator, &request(&emulator, create, "", &body.to_string())).await;
    assert_eq!(created.status, 201, "{created:?}");
    browser.client.goto(&format!("{}/_emulator/", emulator.endpoint())).await.unwrap();
    let hearing = async {
        use futures_util::StreamExt;
        let (stream, _) = bot.accept().await.unwrap();
        let mut frames = tokio_tungstenite::accept_async(stream).await.unwrap();
        while frames.next().await.is_some() {}
    };
    let looking = async {
        browser.shows("Audio: AudioData ×").await;
        browser.click("#listen").await;
        browser.shows("Stop listening").await;
        // What the page fetches while it plays.
        let script = "return performance.getEntriesByType('resource')\
                      .filter((entry) => entry.name.includes('/audio?after=')).length > 2";
        let deadline = tokio::time::Instant::now() + PATIENCE;
        while browser.client.execute(script, Vec::new()).await.unwrap() != true {
            assert!(tokio::time::Instant::now() < deadline, "no audio is fetched");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        browser.screenshot("page-audio.png").await;
        browser.click("#listen").await;
        let notice = browser.find("#notice").await.text().await.unwrap();
        assert_eq!(notice, "");
    };
    tokio::select! {
        () = looking => {}
        () = hearing => panic!("the emulator closed the WebSocket"),
    }
}

/// A bot that passes the handshake of Event Grid, and answers what comes in.
async fn answer_the_first_call(bot: &TcpListener, emulator: &Emulator) {
    loop {
        let (mut stream, _) = bot.accept().await.unwrap();
        let body = read_json(&mut stream).await;
        let data = &body[0]["data"];
        let response = json!({ "validationResponse": data["validationCode"] }).to_string();
        let head = format!(
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
            response.len()
        );
        stream.write_all(format!("{head}{response}").as_bytes()).await.unwrap();
        if let Some(context) = data["incomingCallContext"].as_str() {
            let callback = format!("http://{}/callback", bot.local_addr().unwrap());
            let body = json!({ "incomingCallContext": context, "callbackUri": callback });
            let line = "POST /calling/callConnections:answer?api-version=2024-09-15";
            let answered = send(emulator, &request(emulator, line, "", &body.to_string())).await;
            assert_eq!(answered.status, 200, "{answered:?}");
        }
    }
}

/// The body of a request that has a `Content-Length`.
async fn read_json(stream: &mut TcpStream) -> Value {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let lower = head.to_ascii_lowercase();
            let length = lower.lines().find_map(|line| line.strip_prefix("content-length:"));
            let length: usize = length.unwrap().trim().parse().unwrap();
            if body.len() >= length {
                return serde_json::from_str(body).unwrap();
            }
        }
        assert_ne!(stream.read_buf(&mut bytes).await.unwrap(), 0);
    }
}
