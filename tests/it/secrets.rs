//! The secrets of the tests, and the search for them in all output of the suite.

use std::fmt::Write;
use std::fs::File;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, OnceLock};

use acs_rest::{
    AccessKey, Client, ClientBuilder, Credential, RandomSource, SystemRandomSource, UserToken,
};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use crate::memory_transport::{Memory, Reply};
use crate::operations::{mute, tested};

const SEED: &str = "ACS_REST_TEST_SECRETS";
/// What would only do the same again, at length.
const HEAVY: [&str; 6] =
    ["secrets::", "memory_usage::", "telemetry::", "nonsense", "thousand", "schedules"];
const CAPTURE: &str = "ACS_REST_TEST_CAPTURE";

/// Of one run of the suite: random, and the same in all its tests.
pub(crate) struct Secrets {
    seed: String,
    pub(crate) token: String,
    pub(crate) next_token: String,
    /// Base64, as the portal shows it.
    pub(crate) key: String,
    pub(crate) next_key: String,
    pub(crate) argument: String,
    pub(crate) body: String,
}

pub(crate) fn all() -> &'static Secrets {
    static ALL: OnceLock<Secrets> = OnceLock::new();
    ALL.get_or_init(|| {
        let seed = std::env::var(SEED).unwrap_or_else(|_| seed());
        let secret = |name: &str| format!("{name}-{seed}+/?{name}");
        let token = |name: &str| format!("{name}.{}.{seed}", URL_SAFE_NO_PAD.encode(secret(name)));
        Secrets {
            token: token("first"),
            next_token: token("second"),
            key: STANDARD.encode(secret("key")),
            next_key: STANDARD.encode(secret("next")),
            argument: secret("argument"),
            body: secret("body"),
            seed,
        }
    })
}

fn seed() -> String {
    format!("{:032x}", SystemRandomSource.random())
}

impl Secrets {
    /// Each in every form that something might print it in.
    fn forms(&self) -> Vec<String> {
        let all =
            [&self.token, &self.next_token, &self.key, &self.next_key, &self.argument, &self.body];
        let keys = [&self.key, &self.next_key].map(|key| STANDARD.decode(key).unwrap());
        let plain = all.map(|secret| secret.clone().into_bytes()).into_iter().chain(keys);
        plain.flat_map(|secret| forms(&secret)).collect()
    }
}

fn forms(secret: &[u8]) -> [String; 6] {
    let each = |format: fn(u8) -> String| secret.iter().map(|&byte| format(byte)).collect();
    [
        String::from_utf8(secret.to_vec()).unwrap(),
        STANDARD.encode(secret).trim_end_matches('=').to_owned(),
        URL_SAFE_NO_PAD.encode(secret),
        each(|byte| match byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            true => char::from(byte).to_string(),
            false => format!("%{byte:02X}"),
        }),
        each(|byte| format!("{byte:02x}")),
        each(|byte| format!("{byte:02X}")),
    ]
}

/// Fails if `text` holds a secret in any form.
pub(crate) fn assert_none_in(text: &str) {
    static FORMS: OnceLock<Vec<String>> = OnceLock::new();
    for form in FORMS.get_or_init(|| all().forms()) {
        let Some(at) = text.find(form) else { continue };
        let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
        panic!("a secret is seen in {:?}", &text[start..at + form.len()]);
    }
}

/// Writes all that `tracing` and `log` say, at TRACE, where the parent process wants it.
pub(crate) fn capture() {
    static ONCE: OnceLock<()> = OnceLock::new();
    ONCE.get_or_init(|| {
        let Ok(path) = std::env::var(CAPTURE) else { return };
        tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
            .with_writer(Mutex::new(File::create(path).unwrap()))
            .init();
    });
}

/// Runs this binary once more, all but the heavy tests, and searches everything that it prints.
#[test]
fn the_whole_suite_keeps_its_secrets() {
    let file = std::env::temp_dir().join(format!("acs-rest-trace-{}", seed()));
    let run = Command::new(std::env::current_exe().unwrap())
        .arg("--nocapture")
        .args(HEAVY.iter().flat_map(|name| ["--skip", name]))
        .env(SEED, &all().seed)
        .env(CAPTURE, &file)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let mut text = String::from_utf8_lossy(&run.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success(), "{text}");
    let trace = std::fs::read_to_string(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    assert!(
        trace.contains("acs_rest.call") && (trace.contains("hyper") || trace.contains("h2::")),
        "nothing was captured"
    );
    text.push_str(&trace);
    assert_none_in(&text);
}

#[test]
fn nothing_that_holds_a_secret_shows_it() {
    let secrets = all();
    let token = UserToken::new(&secrets.token);
    let key = AccessKey::new(&secrets.key).unwrap();
    let refreshed = UserToken::with_refresher(|| async { Ok::<_, String>(all().token.clone()) });
    let text = format!("endpoint=https://h/;accesskey={}", secrets.key);
    let client = tested(ClientBuilder::from_connection_string(&text).unwrap()).build().unwrap();
    let builder = Client::builder("https://h", token.clone());
    let credentials: [Arc<dyn Credential>; 2] = [Arc::new(token.clone()), Arc::new(key.clone())];
    let mut shown = String::new();
    write!(shown, "{token:?} {key:?} {refreshed:?} {client:?} {builder:?} {credentials:?}")
        .unwrap();
    write!(shown, "{token:#?} {key:#?} {refreshed:#?} {client:#?} {builder:#?} {credentials:#?}")
        .unwrap();
    assert_none_in(&shown);
}

#[tokio::test]
async fn authorization_headers_are_marked_sensitive() {
    let key = AccessKey::new(&all().key).unwrap();
    let credentials: [Arc<dyn Credential>; 2] =
        [Arc::new(UserToken::new(&all().token)), Arc::new(key)];
    for credential in credentials {
        let memory = Memory::in_turn([Reply::Ok("{}")]);
        let client = Client::builder("https://h", credential).transport(memory.clone());
        mute(&client.build().unwrap()).await.unwrap();
        assert!(memory.tries()[0].headers["authorization"].is_sensitive());
    }
}
