//! Subscriptions of Event Grid: the handshake, and the events.

use std::sync::Arc;
use std::time::Duration;

use http::Method;
use hyper::body::Bytes;
use tokio::time::{Instant, sleep};
use uuid::Uuid;

use super::queue::{Job, paced};
use super::subscription::{ORIGIN, Schema, Subscription};
use super::{Delivery, EVENT_GRID_TIMEOUT, MIN_DELAY};
use crate::clock::{rfc3339_ticks, time_of_day};
use crate::http_client::HttpResponse;
use crate::journal_entry;
use crate::network::GridEvent;

impl Delivery {
    /// Subscribes an endpoint and starts the handshake, which is retried until it is answered if
    /// `retries` is set.
    pub(crate) fn subscribe(self: &Arc<Self>, subscription: Subscription, retries: bool) {
        let id = subscription.id;
        self.state().subscriptions.push(subscription);
        let delivery = Arc::downgrade(self);
        tokio::spawn(async move {
            loop {
                let Some(strong) = delivery.upgrade() else { return };
                let (is_answered, is_pending) = strong.validate(id).await;
                drop(strong);
                if is_answered || !is_pending || !retries {
                    return;
                }
                sleep(Duration::from_secs(1)).await;
            }
        });
    }

    pub(crate) fn subscriptions(&self) -> Vec<Subscription> {
        self.state().subscriptions.clone()
    }

    /// Removes a subscription. Returns whether it existed.
    pub(crate) fn unsubscribe(&self, id: Uuid) -> bool {
        let mut state = self.state();
        let before = state.subscriptions.len();
        state.subscriptions.retain(|subscription| subscription.id != id);
        state.subscriptions.len() < before
    }

    /// Marks the handshake of a subscription as passed. Returns whether the subscription exists.
    pub(crate) fn pass(&self, id: Uuid) -> bool {
        let mut state = self.state();
        let found = state.subscriptions.iter_mut().find(|subscription| subscription.id == id);
        let Some(subscription) = found else { return false };
        subscription.is_validated = true;
        self.journal.add(&journal_entry::of_handshake(self.clock.now(), &subscription.endpoint));
        true
    }

    /// Sends one event to one subscriber, up to three times.
    pub(super) async fn publish(self: Arc<Self>, subscription: Subscription, event: GridEvent) {
        sleep(MIN_DELAY).await;
        let url = Arc::<str>::from(&*subscription.endpoint);
        let job = Job {
            kind: event.kind,
            event_id: event.id.clone(),
            connection: "".into(),
            body: subscription.body(&event).to_string().into(),
            not_before: Instant::now(),
            token_fault: None,
        };
        for (attempt, delay) in [(1, Some(10.0)), (2, Some(30.0)), (3, None)] {
            let headers = grid_headers("Notification", &subscription, attempt - 1);
            let body = Bytes::from(job.body.as_bytes().to_vec());
            let response =
                self.client.send(Method::POST, &url, &headers, body, EVENT_GRID_TIMEOUT).await;
            let status = self.record(&url, &job, attempt, response);
            let is_final = status.is_some_and(|status| {
                (200..300).contains(&status) || matches!(status, 400 | 401 | 403 | 413)
            });
            match delay {
                Some(delay) if !is_final => sleep(paced(delay, self.pace)).await,
                _ => return,
            }
        }
    }

    /// Performs the handshake of a subscription. Returns whether the endpoint answered, and whether
    /// it has not passed.
    async fn validate(&self, id: Uuid) -> (bool, bool) {
        let found = self.subscriptions().into_iter().find(|subscription| subscription.id == id);
        let Some(subscription) = found.filter(|subscription| !subscription.is_validated) else {
            return (true, false);
        };
        let time = rfc3339_ticks(self.clock.now());
        let (method, headers, body) = match subscription.schema {
            Schema::EventGrid => {
                let body = subscription.validation(&self.endpoint, &time).to_string();
                (Method::POST, grid_headers("SubscriptionValidation", &subscription, 0), body)
            }
            Schema::CloudEvents => {
                let origin = vec![("webhook-request-origin", ORIGIN.to_owned())];
                (Method::OPTIONS, origin, String::new())
            }
        };
        let url = &subscription.endpoint;
        let response =
            self.client.send(method, url, &headers, body.into(), EVENT_GRID_TIMEOUT).await;
        let (is_answered, outcome) = match &response {
            Ok(response)
                if subscription.is_passed_by(
                    response.status,
                    &response.headers,
                    &response.body,
                ) =>
            {
                self.pass(id);
                (true, "validated".to_owned())
            }
            Ok(response) => {
                (true, format!("not validated: {}", self.missing(&subscription, response)))
            }
            Err(error) => (false, format!("not validated yet: {error}")),
        };
        self.log.line(|| format!("{} Event Grid: {url} {outcome}", time_of_day(self.clock.now())));
        let is_pending = !self.subscriptions().iter().any(|s| s.id == id && s.is_validated);
        (is_answered, is_pending)
    }

    /// Explains why a response does not pass the handshake.
    fn missing(&self, subscription: &Subscription, response: &HttpResponse) -> String {
        match subscription.schema {
            _ if response.status != 200 => {
                format!("it responded with {} instead of 200", response.status)
            }
            Schema::EventGrid => format!(
                "answer with {{\"validationResponse\": …}}, or GET \
                 {}/_emulator/eventGrid/validate?id={}",
                self.endpoint, subscription.id,
            ),
            Schema::CloudEvents => {
                format!("the response has no `WebHook-Allowed-Origin: {ORIGIN}`")
            }
        }
    }
}

fn grid_headers(
    kind: &str,
    subscription: &Subscription,
    delivery_count: u32,
) -> Vec<(&'static str, String)> {
    let content_type = match subscription.schema {
        Schema::EventGrid => "application/json; charset=utf-8",
        Schema::CloudEvents => "application/cloudevents-batch+json; charset=utf-8",
    };
    vec![
        ("content-type", content_type.to_owned()),
        ("aeg-event-type", kind.to_owned()),
        ("aeg-subscription-name", subscription.id.to_string().to_uppercase()),
        ("aeg-delivery-count", delivery_count.to_string()),
    ]
}
