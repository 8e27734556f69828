//! Sends the effects of the network: callbacks with a signed token, and the events of Event Grid.
//!
//! Sending does not delay requests: the network queues its effects. Callbacks to one URL are sent
//! one at a time, in order; those to different URLs in parallel.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::Method;
use hyper::body::Bytes;
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until};

use crate::activity::{Activity, DeliveryAttempt};
use crate::callback_token::CallbackTokens;
use crate::clock::{Clock, rfc3339_ticks, time_of_day};
use crate::http_client::{HttpClient, HttpResponse};
use crate::journal::Journal;
use crate::journal_entry;
use crate::log::Log;
use crate::network::{Callback, Effect, GridEvent, MediaCommand};

use self::faults::EventFaults;
use self::queue::{Job, Queues, callback_delay, is_retried};

pub(crate) use self::faults::EventFault;
pub(crate) use self::subscription::{Schema, Subscription};

mod event_grid;
mod faults;
mod queue;
mod subscription;

/// How long a program may take to respond to a callback.
const CALLBACK_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a program may take to respond to Event Grid.
const EVENT_GRID_TIMEOUT: Duration = Duration::from_secs(30);

/// The minimum delay of an event, which lets the response to the preceding request go first.
const MIN_DELAY: Duration = Duration::from_millis(3);

/// How long an event waits for the one that will overtake it.
const MAX_OVERTAKING_DELAY: Duration = Duration::from_millis(500);

/// The state of the delivery, shared by its tasks and the control API.
#[derive(Debug)]
pub(crate) struct Delivery {
    client: HttpClient,
    tokens: CallbackTokens,
    clock: Clock,
    log: Log,
    journal: Journal,
    pace: f64,
    /// The endpoint of the emulator, for the handshake of Event Grid.
    endpoint: String,
    pub(crate) activity: Activity,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    queues: Queues,
    subscriptions: Vec<Subscription>,
    faults: EventFaults,
    /// A callback that the next one will overtake.
    overtaken: Option<(Arc<str>, Job)>,
}

/// The settings of the delivery.
#[derive(Debug)]
pub(crate) struct DeliverySettings {
    pub(crate) clock: Clock,
    pub(crate) log: Log,
    pub(crate) journal: Journal,
    pub(crate) pace: f64,
    pub(crate) endpoint: String,
    pub(crate) tokens: CallbackTokens,
    pub(crate) client: HttpClient,
}

impl Delivery {
    pub(crate) fn new(settings: DeliverySettings) -> Arc<Self> {
        let DeliverySettings { clock, log, journal, pace, endpoint, tokens, client } = settings;
        Arc::new(Self {
            client,
            tokens,
            clock,
            log,
            journal,
            pace,
            endpoint,
            activity: Activity::default(),
            state: Mutex::default(),
        })
    }

    /// Sends effects until their sender is dropped. Dropping this future abandons pending
    /// deliveries. Commands for streams are passed to `media`.
    pub(crate) async fn run(
        self: Arc<Self>,
        mut effects: UnboundedReceiver<Effect>,
        media: UnboundedSender<MediaCommand>,
    ) {
        let mut tasks = JoinSet::new();
        loop {
            tokio::select! {
                effect = effects.recv() => match effect {
                    // The receiver is dropped only when the emulator stops.
                    Some(Effect::Media(command)) => drop(media.send(command)),
                    Some(Effect::Callback(callback)) => {
                        for url in self.enqueue(callback) {
                            tasks.spawn(self.clone().work(url));
                        }
                    }
                    Some(Effect::EventGrid(event)) => self.send_to_grid(&event, &mut tasks),
                    None => return,
                },
                Some(_) = tasks.join_next(), if !tasks.is_empty() => {}
            }
        }
    }

    pub(crate) fn plan(&self, fault: &EventFault, count: usize) {
        self.state().faults.plan(fault, count);
    }

    /// How many faults of events are planned.
    pub(crate) fn planned_faults(&self) -> usize {
        self.state().faults.count()
    }

    /// Drops queued events, recorded attempts and planned faults; subscriptions stay.
    pub(crate) fn reset(&self) {
        let mut state = self.state();
        state.queues.clear();
        state.faults.clear();
        state.overtaken = None;
        drop(state);
        self.activity.clear();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn send_to_grid(self: &Arc<Self>, event: &GridEvent, tasks: &mut JoinSet<()>) {
        let state = self.state();
        for subscription in state.subscriptions.iter().filter(|s| s.wants(event.kind)) {
            tasks.spawn(self.clone().publish(subscription.clone(), event.clone()));
        }
    }

    /// Queues a callback according to its fault. Returns the URLs whose queues need a task.
    fn enqueue(&self, callback: Callback) -> Vec<Arc<str>> {
        let Callback { uri, connection, kind, event } = callback;
        let mut state = self.state();
        let fault = state.faults.take();
        let wait = match fault {
            Some(EventFault::Early) => Duration::ZERO,
            Some(EventFault::Late(delay)) => delay,
            _ => MIN_DELAY,
        };
        let url = Arc::<str>::from(uri);
        let job = Job {
            kind,
            event_id: event["id"].as_str().unwrap_or_default().to_owned(),
            connection: connection.into(),
            body: json!([event]).to_string().into(),
            not_before: Instant::now() + wait,
            token_fault: match fault {
                Some(EventFault::Token(fault)) => Some(fault),
                _ => None,
            },
        };
        let mut jobs = vec![(url.clone(), job.clone())];
        if fault == Some(EventFault::Twice) {
            jobs.push((url.clone(), job));
        } else if fault == Some(EventFault::Reordered) && state.overtaken.is_none() {
            let (_, mut job) = jobs.remove(0);
            // Sent after this time even if no other event follows.
            job.not_before = Instant::now() + MAX_OVERTAKING_DELAY;
            state.overtaken = Some((url, job));
            return Vec::new();
        }
        if let Some((url, mut job)) = state.overtaken.take() {
            job.not_before = Instant::now();
            jobs.push((url, job));
        }
        jobs.retain(|(url, job)| state.queues.push(url, job.clone()));
        jobs.into_iter().map(|(url, _)| url).collect()
    }

    /// Sends the queued events of a URL one after the other.
    async fn work(self: Arc<Self>, url: Arc<str>) {
        loop {
            let Some(job) = self.state().queues.pop(&url) else { return };
            sleep_until(job.not_before).await;
            self.deliver(&url, &job).await;
        }
    }

    async fn deliver(&self, url: &Arc<str>, job: &Job) {
        for attempt in 1.. {
            let headers = self.callback_headers(job).await;
            let body = Bytes::from(job.body.as_bytes().to_vec());
            let response =
                self.client.send(Method::POST, url, &headers, body, CALLBACK_TIMEOUT).await;
            let status = self.record(url, job, attempt, response);
            match callback_delay(attempt + 1, self.pace) {
                Some(delay) if is_retried(status) => sleep(delay).await,
                _ => return,
            }
        }
    }

    /// Returns the discovery document or the keys, which need no authentication.
    pub(crate) async fn open_id(&self, path: &str, endpoint: &str) -> Option<Value> {
        match path {
            "/calling/.well-known/acsopenidconfiguration" => {
                Some(CallbackTokens::configuration(endpoint))
            }
            "/calling/keys" => self.tokens.keys_beside_tasks().await,
            _ => None,
        }
    }

    /// Each attempt has a token of its own.
    async fn callback_headers(&self, job: &Job) -> Vec<(&'static str, String)> {
        let mut headers = vec![("content-type", "application/json; charset=utf-8".to_owned())];
        if let Some(token) = self.tokens.issue_beside_tasks(self.clock.now(), job.token_fault).await
        {
            headers.push(("authorization", format!("Bearer {token}")));
        }
        headers
    }

    /// Records an attempt and logs it. Returns the status of the response.
    fn record(
        &self,
        url: &Arc<str>,
        job: &Job,
        attempt: u32,
        response: Result<HttpResponse, String>,
    ) -> Option<u16> {
        let (status, error) = match response {
            Ok(response) => (Some(response.status), None),
            Err(error) => (None, Some(error)),
        };
        let now = self.clock.now();
        self.log.line(|| {
            let outcome = match (&status, &error) {
                (Some(status), _) => status.to_string(),
                (None, error) => error.clone().unwrap_or_default(),
            };
            format!("{} {} to {url} (try {attempt}): {outcome}", time_of_day(now), job.kind)
        });
        let attempt = DeliveryAttempt {
            time: rfc3339_ticks(now),
            url: url.clone(),
            kind: job.kind,
            event_id: job.event_id.clone(),
            connection: job.connection.clone(),
            attempt,
            status,
            error,
            body: job.body.clone(),
        };
        if !attempt.is_delivered() {
            self.journal.add(&journal_entry::of_attempt(&attempt));
        }
        self.activity.push(attempt);
        status
    }
}
