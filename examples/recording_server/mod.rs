//! A server on loopback for the examples: it checks each request against the facts of the service's
//! specification, and gives the replies that it was told.

#![allow(clippy::unwrap_used, reason = "an example that panics has failed")]
#![allow(unreachable_pub, reason = "the examples are programs")]
#![allow(dead_code, reason = "no example uses all of it")]

mod facts;
mod http;

use std::collections::{HashMap, VecDeque};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::Value;

use self::facts::Facts;
pub use self::http::Reply;
use self::http::{Request, read_request, write_reply};

/// A server that records what is wrong with the requests.
pub struct RecordingServer {
    endpoint: String,
    state: Arc<Mutex<State>>,
}

struct State {
    facts: Facts,
    replies: HashMap<String, VecDeque<Reply>>,
    called: Vec<String>,
    problems: Vec<String>,
}

impl RecordingServer {
    /// Starts a server of the facts, which are JSON. The operations that they call repeatable are sent
    /// with `repeatability_headers`.
    pub fn start(facts: &str, repeatability_headers: &[&'static str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let state = State {
            facts: Facts::read(facts, repeatability_headers),
            replies: HashMap::new(),
            called: Vec::new(),
            problems: Vec::new(),
        };
        let state = Arc::new(Mutex::new(state));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = Arc::clone(&shared);
                thread::spawn(move || serve(stream, &state));
            }
        });
        Self { endpoint, state }
    }

    /// Where the server is.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// Adds a reply to an operation; several are given in turn.
    pub fn reply(&self, operation: &str, reply: Reply) -> &Self {
        let mut state = self.state.lock().unwrap();
        assert!(state.facts.has(operation), "there is no operation `{operation}`");
        state.replies.entry(operation.to_owned()).or_default().push_back(reply);
        self
    }

    /// Ends the example: with what was called, if every request was right and every operation called.
    ///
    /// # Errors
    /// If one was not.
    pub fn finish(self) -> Result<String, String> {
        let state = self.state.lock().unwrap();
        let mut problems = state.problems.clone();
        let missing = state.facts.ids().filter(|id| !state.called.contains(id));
        problems.extend(missing.map(|id| format!("`{id}` was not called")));
        match problems.is_empty() {
            true => Ok(format!("{} requests, as the facts say", state.called.len())),
            false => Err(problems.join("\n")),
        }
    }
}

impl State {
    fn answer(&mut self, request: &Request) -> Reply {
        let (operation, problems) = self.facts.check(request);
        let line = format!("{} {}", request.method, request.target);
        self.problems.extend(problems.into_iter().map(|problem| format!("{line}: {problem}")));
        let Some(operation) = operation else {
            return Reply::new(404, &Value::Null);
        };
        let reply = self.replies.get_mut(&operation).and_then(VecDeque::pop_front);
        self.called.push(operation);
        reply.unwrap_or_else(|| {
            self.problems.push(format!("{line}: the example has no reply to it"));
            Reply::new(500, &Value::Null)
        })
    }
}

fn serve(stream: TcpStream, state: &Mutex<State>) {
    let mut reader = std::io::BufReader::new(stream);
    while let Some(request) = read_request(&mut reader) {
        let reply = state.lock().unwrap().answer(&request);
        if !write_reply(reader.get_mut(), &reply) {
            return;
        }
    }
}
