//! The input of a participant that the application recognizes.

use serde_json::{Value, json};

use super::media_operation::MediaWork;
use super::recognition::Listening;
use super::tones::BETWEEN_KEYS;
use super::{Choice, Network, RecognizeInput, ResultInformation, Tone};

/// How a recognition ends.
struct Ending {
    kind: &'static str,
    result: ResultInformation,
    data: Value,
}

impl Ending {
    fn completed(result: ResultInformation, data: Value) -> Self {
        Self { kind: "RecognizeCompleted", result, data }
    }

    fn failed(code: u16, sub_code: u32, message: &str) -> Self {
        let result = ResultInformation::new(code, sub_code, message);
        Self { kind: "RecognizeFailed", result, data: json!({}) }
    }
}

impl Network {
    pub(super) fn start_recognizing(&mut self, connection: &str, number: u64) {
        if let Some(result) = self.planned_failure("CallMedia_Recognize") {
            let ending = Ending { kind: "RecognizeFailed", result, data: json!({}) };
            return self.end_recognition(connection, number, ending);
        }
        let Some(listening) = self.listening(connection, number) else { return };
        let recognition = listening.recognition.clone();
        if recognition.input.takes_words() && !self.has_speech(connection) {
            let message = "The call names no `cognitiveServicesEndpoint` to understand speech.";
            return self.end_recognition(connection, number, Ending::failed(400, 8564, message));
        }
        let sources = &recognition.prompt.sources;
        if let Some((index, _)) = self.unplayable(connection, sources) {
            let mut ending = Ending::failed(500, 8511, "The prompt cannot be played.");
            ending.data = json!({ "failedPlaySourceIndex": index });
            return self.end_recognition(connection, number, ending);
        }
        if sources.is_empty() {
            return self.listen(connection, number);
        }
        if let Some(listening) = self.listening(connection, number) {
            listening.is_prompting = true;
        }
        self.play_files(connection, &recognition.prompt);
        let prompted = connection.to_owned();
        self.after_prompt(move |network| network.prompt_ends(&prompted, number));
        if recognition.interrupts_prompt {
            self.answer_by_script(connection, number);
        }
    }

    /// A participant pressed a key.
    pub(super) fn recognize_tone(&mut self, connection: &str, raw_id: &str, tone: Tone) {
        let Some((number, listening)) = self.listening_to(connection, raw_id) else { return };
        let (recognition, tones) = (listening.recognition.clone(), listening.tones.clone());
        if !recognition.input.takes_tones() || !interrupt(listening) {
            return;
        }
        self.interrupt_prompt(connection, &recognition);
        if let RecognizeInput::Choices(choices) = &recognition.input {
            return self.end_recognition(connection, number, chosen_by_tone(choices, tone));
        }
        if recognition.stop_tones.contains(&tone) {
            let result = ResultInformation::new(200, 8514, "A stop tone was pressed.");
            let data = tones_result(&tones);
            return self.end_recognition(connection, number, Ending::completed(result, data));
        }
        let Some(listening) = self.listening(connection, number) else { return };
        listening.tones.push(tone);
        let (tones, count) = (tones_result(&listening.tones), listening.tones.len());
        if recognition.max_tones.is_some_and(|max| count >= max) {
            let result = ResultInformation::new(200, 8531, "The maximum of tones was pressed.");
            return self.end_recognition(connection, number, Ending::completed(result, tones));
        }
        let connection = connection.to_owned();
        self.after_timeout(recognition.between_tones, move |network| {
            network.no_further_tone(&connection, number, count);
        });
    }

    /// A participant said something.
    pub(super) fn recognize_words(&mut self, connection: &str, raw_id: &str, text: &str) {
        let Some((number, listening)) = self.listening_to(connection, raw_id) else { return };
        let recognition = listening.recognition.clone();
        if !recognition.input.takes_words() || !interrupt(listening) {
            return;
        }
        self.interrupt_prompt(connection, &recognition);
        let text = text.trim();
        let ending = match recognition.input {
            _ if text.is_empty() => Ending::failed(400, 8563, "The speech was not recognised."),
            RecognizeInput::Choices(choices) => chosen_by_words(&choices, text),
            _ => {
                let result = ResultInformation::new(200, 8569, "Speech was recognised.");
                let data =
                    json!({ "recognitionType": "speech", "speechResult": { "speech": text } });
                Ending::completed(result, data)
            }
        };
        self.end_recognition(connection, number, ending);
    }

    fn prompt_ends(&mut self, connection: &str, number: u64) {
        let listening = self.listening(connection, number);
        if listening.is_some_and(|listening| listening.is_prompting) {
            self.listen(connection, number);
        }
    }

    /// Starts the timeout of silence.
    fn listen(&mut self, connection: &str, number: u64) {
        let Some(listening) = self.listening(connection, number) else { return };
        listening.is_prompting = false;
        let silence = listening.recognition.initial_silence;
        let silent = connection.to_owned();
        self.after_timeout(silence, move |network| {
            let is_silent = network.listening(&silent, number).is_some_and(|l| l.tones.is_empty());
            if is_silent {
                let message = "Nothing was pressed or said in time.";
                network.end_recognition(&silent, number, Ending::failed(400, 8510, message));
            }
        });
        self.answer_by_script(connection, number);
    }

    /// Runs the next step of the participant's script, and further ones while input is expected.
    fn answer_by_script(&mut self, connection: &str, number: u64) {
        let connection = connection.to_owned();
        self.after(BETWEEN_KEYS, move |network| {
            let Some(listening) = network.listening(&connection, number) else { return };
            let (input, target) =
                (listening.recognition.input.clone(), listening.recognition.target.clone());
            let Ok(found) = network.connection(&connection) else { return };
            let server_call = found.server_call_id.clone();
            let Some(call) = network.call_mut(&server_call) else { return };
            let Some(person) = call.participant_mut(&target) else { return };
            let words = input.takes_words().then(|| person.says.pop_front()).flatten();
            let tone = (words.is_none() && input.takes_tones())
                .then(|| person.tones.pop_front())
                .flatten();
            match (words, tone) {
                (Some(words), _) => drop(network.speak(&server_call, &target, &words)),
                (None, Some(tone)) => drop(network.press(&server_call, &target, tone)),
                (None, None) => return,
            }
            network.answer_by_script(&connection, number);
        });
    }

    fn no_further_tone(&mut self, connection: &str, number: u64, count: usize) {
        let Some(listening) = self.listening(connection, number) else { return };
        if listening.tones.len() != count {
            return;
        }
        let data = tones_result(&listening.tones);
        let message = "No further tone was pressed in time.";
        let result = ResultInformation::new(400, 8532, message);
        self.end_recognition(connection, number, Ending::completed(result, data));
    }

    fn end_recognition(&mut self, connection: &str, number: u64, ending: Ending) {
        self.finish_media(connection, number, ending.kind, &ending.result, ending.data);
    }

    fn has_speech(&self, connection: &str) -> bool {
        self.connections.get(connection).is_some_and(|found| found.has_speech)
    }

    fn listening(&mut self, connection: &str, number: u64) -> Option<&mut Listening> {
        match &mut self.running(connection, number)?.work {
            MediaWork::Recognize(listening) => Some(listening),
            MediaWork::Play(_) => None,
        }
    }

    fn listening_to(&mut self, connection: &str, raw_id: &str) -> Option<(u64, &mut Listening)> {
        let front = self.connections.get_mut(connection)?.media.front_mut()?;
        match &mut front.work {
            MediaWork::Recognize(listening)
                if front.is_running && listening.recognition.target == raw_id =>
            {
                Some((front.number, listening))
            }
            _ => None,
        }
    }
}

/// Whether input of the participant counts: a prompt continues unless it may be interrupted.
fn interrupt(listening: &mut Listening) -> bool {
    if listening.is_prompting && !listening.recognition.interrupts_prompt {
        return false;
    }
    listening.is_prompting = false;
    true
}

fn tones_result(tones: &[Tone]) -> Value {
    let tones: Vec<&str> = tones.iter().map(|tone| tone.name()).collect();
    json!({ "recognitionType": "dtmf", "dtmfResult": { "tones": tones } })
}

fn chosen(label: &str, phrase: Option<&str>, result: ResultInformation) -> Ending {
    let mut choice = json!({ "label": label });
    if let Some(phrase) = phrase {
        choice["recognizedPhrase"] = phrase.into();
    }
    let data = json!({ "recognitionType": "choices", "choiceResult": choice });
    Ending::completed(result, data)
}

fn chosen_by_tone(choices: &[Choice], tone: Tone) -> Ending {
    let choice = choices.iter().find(|choice| choice.tone == Some(tone));
    choice.map_or_else(
        || Ending::failed(400, 8534, "The tone belongs to none of the choices."),
        |choice| {
            let result = ResultInformation::new(200, 8533, "A choice was made by its tone.");
            chosen(&choice.label, None, result)
        },
    )
}

fn chosen_by_words(choices: &[Choice], text: &str) -> Ending {
    let said = format!(" {} ", plain(text));
    let heard = |phrase: &&String| said.contains(&format!(" {} ", plain(phrase)));
    let choice =
        choices.iter().find_map(|choice| Some((choice, choice.phrases.iter().find(heard)?)));
    choice.map_or_else(
        || Ending::failed(400, 8547, "The speech matches none of the choices."),
        |(choice, phrase)| {
            let result = ResultInformation::new(200, 8545, "A choice was made by its phrase.");
            chosen(&choice.label, Some(phrase), result)
        },
    )
}

/// The words of a text in lower case, without punctuation.
fn plain(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}
