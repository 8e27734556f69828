//! Matches events with listeners: a state machine without clocks, tasks or futures.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::disposition::EventDisposition;
use super::interest::{ContextFilter, Delivery, Filter, Interest, Listener};
use super::kept::KeptEvents;
use super::limits::Limits;
use super::recent::RecentSet;
use crate::call_automation::events::{CallEvent, CallEventKind};

/// How long the ids of events, and the contexts of waits that ended without an answer, are
/// remembered.
const ID_RETENTION: Duration = Duration::from_secs(10 * 60);

struct Entry<L> {
    call: Option<Arc<str>>,
    interest: Interest,
    listener: L,
}

impl<L> Entry<L> {
    /// The context by which the listener finds events, if it does not know the id of its call.
    fn context(&self) -> Option<&str> {
        match (&self.call, &self.interest) {
            (None, Interest::Answer(filter)) => match &filter.context {
                ContextFilter::Exactly(context) => context.as_deref(),
                ContextFilter::Any => None,
            },
            _ => None,
        }
    }
}

/// The state of a call, as long as it has a listener or a kept event.
#[derive(Default)]
struct CallState {
    listeners: Vec<u64>,
    kept: VecDeque<u64>,
    sequence_number: Option<i32>,
}

/// The dispositions of events.
pub(super) type Dispositions = Vec<(Arc<CallEvent>, EventDisposition)>;

/// The result of processing an event.
pub(super) struct Processed {
    /// Whether a wait or a stream took the event, or it must not be delivered.
    pub(super) is_taken: bool,
    pub(super) dispositions: Dispositions,
}

/// The listeners, and the events that none of them has taken yet.
pub(super) struct State<L> {
    limits: Limits,
    calls: HashMap<Arc<str>, CallState>,
    listeners: HashMap<u64, Entry<L>>,
    /// The waits that do not know the id of their call, by operation context.
    by_context: HashMap<String, Vec<u64>>,
    next_listener: u64,
    kept: KeptEvents,
    ids: RecentSet,
    /// The contexts of waits that ended without an answer.
    ended: RecentSet,
}

impl<L: Listener> State<L> {
    pub(super) fn new(limits: Limits) -> Self {
        Self {
            limits,
            calls: HashMap::new(),
            listeners: HashMap::new(),
            by_context: HashMap::new(),
            next_listener: 0,
            kept: KeptEvents::default(),
            ids: RecentSet::new(ID_RETENTION, limits.max_ids),
            ended: RecentSet::new(ID_RETENTION, limits.max_ids),
        }
    }

    /// Delivers an event to all its listeners, and keeps it if no wait takes it.
    pub(super) fn process(&mut self, now: Instant, event: Arc<CallEvent>) -> Processed {
        let mut dispositions = self.expire(now);
        let call: Arc<str> = call_of(&event).unwrap_or_default().into();
        let refused = match () {
            () if !self.ids.insert(now, &(&event.source, &event.id)) => {
                Some(EventDisposition::Duplicate)
            }
            () if self.is_superseded(&call, &event) => Some(EventDisposition::Superseded),
            () => None,
        };
        if let Some(refused) = refused {
            dispositions.push((event, refused));
            return Processed { is_taken: true, dispositions };
        }
        let (is_matched, is_observed) = self.deliver(&call, &event);
        let disposition = match (is_matched, is_observed) {
            (true, _) => EventDisposition::Matched,
            (false, _) if self.is_late(now, &event) => EventDisposition::Late,
            (false, true) => EventDisposition::Observed,
            (false, false) => EventDisposition::Unmatched,
        };
        self.settle(now, &call, event, disposition, &mut dispositions);
        Processed { is_taken: is_matched || is_observed, dispositions }
    }

    /// Keeps an event that a later listener may take, and records the disposition of the others.
    fn settle(
        &mut self,
        now: Instant,
        call: &Arc<str>,
        event: Arc<CallEvent>,
        disposition: EventDisposition,
        dispositions: &mut Dispositions,
    ) {
        let is_final = match disposition {
            EventDisposition::Matched => true,
            EventDisposition::Observed => is_state(&event),
            _ => false,
        };
        if is_final {
            dispositions.push((event.clone(), disposition));
        }
        if !is_final || is_state(&event) {
            self.keep(now, call, event, (!is_final).then_some(disposition), dispositions);
        }
    }

    /// Adds a listener, and returns its number. The kept events that it listens for are delivered
    /// to it, the oldest first.
    pub(super) fn listen(
        &mut self,
        now: Instant,
        call: Option<&str>,
        interest: Interest,
        listener: L,
    ) -> (u64, Dispositions) {
        let mut dispositions = self.expire(now);
        let number = self.next_listener;
        self.next_listener += 1;
        let entry = Entry { call: call.map(Arc::from), interest, listener };
        if let Some(context) = entry.context() {
            self.by_context.entry(context.to_owned()).or_default().push(number);
        }
        if let Some(call) = &entry.call {
            self.calls.entry(call.clone()).or_default().listeners.push(number);
        }
        self.listeners.insert(number, entry);
        self.replay(number, &mut dispositions);
        (number, dispositions)
    }

    /// Removes a listener.
    pub(super) fn remove(&mut self, now: Instant, number: u64) {
        let Some(entry) = self.detach(number) else { return };
        if let Interest::Answer(Filter { context: ContextFilter::Exactly(Some(context)), .. }) =
            &entry.interest
        {
            self.ended.insert(now, context);
        }
    }

    fn detach(&mut self, number: u64) -> Option<Entry<L>> {
        let entry = self.listeners.remove(&number)?;
        if let Some(context) = entry.context() {
            remove_from(&mut self.by_context, context, number);
        }
        if let Some(call) = &entry.call {
            if let Some(state) = self.calls.get_mut(call) {
                state.listeners.retain(|listener| *listener != number);
            }
            self.forget_if_unused(call);
        }
        Some(entry)
    }

    /// Delivers an event. Returns whether a wait took it, and whether a stream took it.
    fn deliver(&mut self, call: &Arc<str>, event: &Arc<CallEvent>) -> (bool, bool) {
        let of_call = self.calls.get(call).map(|call| call.listeners.clone()).unwrap_or_default();
        let by_context = event.operation_context().and_then(|it| self.by_context.get(it));
        let by_context = by_context.cloned().unwrap_or_default();
        let (mut is_matched, mut is_observed) = (false, false);
        for number in of_call.into_iter().chain(by_context) {
            match self.offer(number, event) {
                Some(Delivery::Event(_)) => is_observed = true,
                Some(Delivery::Answer(_)) => is_matched = true,
                Some(Delivery::Disconnected(_)) | None => {}
            }
        }
        (is_matched, is_observed)
    }

    /// Delivers an event to a listener if it listens for the event, and returns the delivery.
    fn offer(&mut self, number: u64, event: &Arc<CallEvent>) -> Option<Delivery> {
        let entry = self.listeners.get_mut(&number)?;
        let (delivery, is_last) = match &mut entry.interest {
            Interest::Call => (Delivery::Event(event.clone()), false),
            Interest::Answer(filter) if filter.accepts(event) => {
                filter.count = filter.count.saturating_sub(1);
                (Delivery::Answer(event.clone()), filter.count == 0)
            }
            Interest::Answer(_) if event.kind == CallEventKind::CallDisconnected => {
                (Delivery::Disconnected(event.clone()), false)
            }
            Interest::Answer(_) => return None,
        };
        entry.listener.deliver(delivery.clone());
        if is_last {
            // A further event with its context is not late.
            self.detach(number);
        }
        Some(delivery)
    }

    /// Delivers the kept events to a new listener.
    fn replay(&mut self, number: u64, dispositions: &mut Dispositions) {
        let kept: Vec<u64> = match self.listeners.get(&number).map(|entry| &entry.call) {
            Some(Some(call)) => {
                self.calls.get(call).into_iter().flat_map(|call| &call.kept).copied().collect()
            }
            _ => self.kept.numbers().collect(),
        };
        for kept_number in kept {
            let Some(event) = self.kept.get(kept_number).map(|kept| kept.event.clone()) else {
                continue;
            };
            match self.offer(number, &event) {
                Some(Delivery::Event(_)) => self.observe(kept_number),
                Some(Delivery::Answer(_)) => self.take(kept_number, dispositions),
                Some(Delivery::Disconnected(_)) | None => {}
            }
        }
    }

    /// Records that a stream delivered a kept event.
    fn observe(&mut self, number: u64) {
        let Some(kept) = self.kept.get_mut(number) else { return };
        if kept.disposition == Some(EventDisposition::Unmatched) {
            kept.disposition = Some(EventDisposition::Observed);
        }
    }

    /// Records that a wait took a kept event, and removes the event unless later listeners need it.
    fn take(&mut self, number: u64, dispositions: &mut Dispositions) {
        let Some(kept) = self.kept.get_mut(number) else { return };
        let event = kept.event.clone();
        if kept.disposition.take().is_some() {
            dispositions.push((event.clone(), EventDisposition::Matched));
        }
        if !is_state(&event) {
            self.drop_kept(number);
        }
    }

    fn keep(
        &mut self,
        now: Instant,
        call: &Arc<str>,
        event: Arc<CallEvent>,
        disposition: Option<EventDisposition>,
        dispositions: &mut Dispositions,
    ) {
        if matches!(event.kind, CallEventKind::ParticipantsUpdated(_)) {
            self.drop_older_participants(call, dispositions);
        }
        let number = self.kept.push(now, event, disposition);
        let state = self.calls.entry(call.clone()).or_default();
        state.kept.push_back(number);
        if state.kept.len() > self.limits.max_kept_events_per_call {
            let oldest = state.kept.front().copied();
            if let Some(oldest) = oldest {
                self.evict(oldest, EventDisposition::Discarded, dispositions);
            }
        }
        while let Some(oldest) = self.kept.excess(&self.limits) {
            self.evict(oldest, EventDisposition::Discarded, dispositions);
        }
    }

    /// Drops all kept `ParticipantsUpdated` of a call except the last one.
    fn drop_older_participants(&mut self, call: &Arc<str>, dispositions: &mut Dispositions) {
        let Some(state) = self.calls.get(call) else { return };
        let is_older = |number: &&u64| {
            let kept = self.kept.get(**number);
            kept.is_some_and(|it| matches!(it.event.kind, CallEventKind::ParticipantsUpdated(_)))
        };
        if let Some(number) = state.kept.iter().find(is_older).copied() {
            self.evict(number, EventDisposition::Unmatched, dispositions);
        }
    }

    /// Drops the kept events whose retention has expired.
    fn expire(&mut self, now: Instant) -> Dispositions {
        let mut dispositions = Vec::new();
        while let Some(number) = self.kept.expired(now, &self.limits) {
            self.evict(number, EventDisposition::Unmatched, &mut dispositions);
        }
        dispositions
    }

    fn evict(&mut self, number: u64, why: EventDisposition, dispositions: &mut Dispositions) {
        let Some(kept) = self.kept.get(number) else { return };
        let (event, disposition) = (kept.event.clone(), kept.disposition);
        self.drop_kept(number);
        match disposition {
            Some(known @ (EventDisposition::Observed | EventDisposition::Late)) => {
                dispositions.push((event, known));
            }
            Some(_) => dispositions.push((event, why)),
            None => {}
        }
    }

    fn drop_kept(&mut self, number: u64) {
        let Some(kept) = self.kept.remove(number) else { return };
        let call = call_of(&kept.event).unwrap_or_default();
        let Some(state) = self.calls.get_mut(call) else { return };
        match state.kept.iter().position(|kept| *kept == number) {
            Some(0) => drop(state.kept.pop_front()),
            Some(position) => drop(state.kept.remove(position)),
            None => {}
        }
        self.forget_if_unused(call);
    }

    fn forget_if_unused(&mut self, call: &str) {
        if self.calls.get(call).is_some_and(|it| it.kept.is_empty() && it.listeners.is_empty()) {
            self.calls.remove(call);
        }
    }

    /// Whether a later state of the participants was received before. Gaps in the numbers have no
    /// meaning.
    fn is_superseded(&mut self, call: &Arc<str>, event: &CallEvent) -> bool {
        let CallEventKind::ParticipantsUpdated(update) = &event.kind else { return false };
        let Some(number) = update.sequence_number else { return false };
        let state = self.calls.entry(call.clone()).or_default();
        if state.sequence_number.is_some_and(|last| number <= last) {
            return true;
        }
        state.sequence_number = Some(number);
        false
    }

    fn is_late(&mut self, now: Instant, event: &CallEvent) -> bool {
        event.operation_context().is_some_and(|context| self.ended.contains(now, &context))
    }
}

/// Returns the id of the call of an event. Some events contain it only in their source.
pub(super) fn call_of(event: &CallEvent) -> Option<&str> {
    let of_source = || {
        let (_, rest) = event.source.as_deref()?.split_once("calling/callConnections/")?;
        rest.split('/').next().filter(|id| !id.is_empty())
    };
    event.call_connection_id().or_else(of_source)
}

/// Whether an event reports the state of its call, which later listeners need.
fn is_state(event: &CallEvent) -> bool {
    matches!(event.kind, CallEventKind::CallDisconnected | CallEventKind::ParticipantsUpdated(_))
}

fn remove_from(index: &mut HashMap<String, Vec<u64>>, key: &str, number: u64) {
    let Some(numbers) = index.get_mut(key) else { return };
    numbers.retain(|it| *it != number);
    if numbers.is_empty() {
        index.remove(key);
    }
}
