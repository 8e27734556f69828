//! Tests of the network as tables: the actions with their times, and the events that follow.

use std::time::{Duration, SystemTime};

use serde_json::{Value, json};

use super::*;
use crate::identifier::Identifier;

mod calls;
mod media;
mod streams;

const CUSTOMER: &str = "4:+14255550123";
const AGENT: &str = "8:acs:agent";
const CALL: &str = "call";

/// A network at a pace of 1, with what has been sent and when.
struct Scenario {
    network: Network,
    connection: String,
    /// Milliseconds since the start, and the type with its sub-code if that is not 0.
    sent: Vec<(u64, String)>,
}

impl Scenario {
    fn new() -> Self {
        let network = Network::new(1.0, "https://storage.asm.skype.com");
        Self { network, connection: String::new(), sent: Vec::new() }
    }

    /// A call that the application makes.
    fn calling(people: &[&str]) -> Self {
        let mut scenario = Self::new();
        scenario.create(people, Vec::new());
        scenario
    }

    /// The same, once it is established.
    fn connected(people: &[&str]) -> Self {
        let mut scenario = Self::calling(people);
        scenario.until(1000);
        assert_eq!(
            scenario.network.connection(&scenario.connection).unwrap().state.name(),
            "connected"
        );
        scenario.sent.clear();
        scenario
    }

    fn create(&mut self, people: &[&str], streams: Vec<StreamSettings>) {
        let new = NewConnection {
            targets: people.iter().map(|raw_id| identifier(raw_id)).collect(),
            streams,
            ..new_connection()
        };
        let properties = self.network.create_call(CALL.to_owned(), new);
        properties["callConnectionId"].as_str().unwrap().clone_into(&mut self.connection);
    }

    /// Advances to this number of milliseconds after the start, step by step.
    fn until(&mut self, millis: u64) {
        let end = SystemTime::UNIX_EPOCH + Duration::from_millis(millis);
        while let Some(due) = self.network.next_due().filter(|due| *due <= end) {
            self.network.advance(due);
            self.collect(due);
        }
        self.network.advance(end);
        self.collect(end);
    }

    fn collect(&mut self, now: SystemTime) {
        let at = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_millis();
        for effect in self.network.take_effects() {
            let text = match effect {
                Effect::Callback(Callback { kind, event, .. }) => {
                    match &event["data"]["resultInformation"]["subCode"] {
                        Value::Null => kind.to_owned(),
                        sub_code if *sub_code == 0 => kind.to_owned(),
                        sub_code => format!("{kind} {sub_code}"),
                    }
                }
                Effect::EventGrid(event) => format!("grid {}", event.kind),
                Effect::Media(MediaCommand::Open(open)) => format!("opens {:?}", open.id.kind),
                Effect::Media(MediaCommand::Close(id)) => format!("closes {:?}", id.kind),
                Effect::Media(MediaCommand::Speakers { speakers, .. }) => {
                    let ids: Vec<_> = speakers.into_iter().map(|one| one.raw_id).collect();
                    format!("hears {}", ids.join(" "))
                }
                Effect::Media(MediaCommand::Frame { frame, .. }) => {
                    format!("frame {}", frame["kind"].as_str().unwrap())
                }
                Effect::Media(MediaCommand::Play(files)) => {
                    format!("plays {}", files.urls.join(" "))
                }
                // Also where nothing is played.
                Effect::Media(MediaCommand::StopPrompts(_)) => continue,
            };
            self.sent.push((u64::try_from(at).unwrap(), text));
        }
    }

    /// The callbacks, without the events of Event Grid.
    fn sent(&self) -> Vec<(u64, &str)> {
        let sent = self.sent.iter().filter(|(_, text)| !text.starts_with("grid"));
        sent.map(|(at, text)| (*at, text.as_str())).collect()
    }

    fn kinds(&self) -> Vec<&str> {
        self.sent().into_iter().map(|(_, text)| text).collect()
    }
}

fn identifier(raw_id: &str) -> Identifier {
    Identifier::read(&json!({ "rawId": raw_id }), "").unwrap()
}

fn new_connection() -> NewConnection {
    NewConnection {
        callback_uri: "https://app.contoso.com/".to_owned(),
        operation_context: None,
        targets: Vec::new(),
        source: None,
        details: Value::Null,
        application: Some(identifier("8:acs:application")),
        has_speech: true,
        streams: Vec::new(),
    }
}

fn script(change: impl FnOnce(&mut Script)) -> Script {
    let mut script = Script::default();
    change(&mut script);
    script
}

fn audio() -> StreamSettings {
    let format = AudioFormat {
        sample_rate: 16_000,
        is_mixed: true,
        is_bidirectional: true,
        has_tones: true,
    };
    StreamSettings { url: "ws://a/".to_owned(), starts: true, format: StreamFormat::Audio(format) }
}
