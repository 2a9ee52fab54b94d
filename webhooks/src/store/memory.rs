use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::{Claim, ClaimResult, EventStore, StoreError};
use crate::EventKey;

/// An event store in the memory of one process, for a limited number of events.
///
/// The events are lost when the process ends, so an event that is delivered again after a restart is handled again. The
/// store measures time with a monotonic clock. Clones of the store share its events.
#[derive(Clone)]
pub struct MemoryStore {
    state: Arc<Mutex<State>>,
    capacity: usize,
}

#[derive(Default)]
struct State {
    entries: HashMap<String, Entry>,
    /// The expiry times and keys of all entries, sorted by time.
    expiry_times_and_keys: BTreeSet<(Instant, String)>,
}

struct Entry {
    state: EventState,
    /// The time at which the entry expires, and is deleted. For a claimed event, this is the end of the lease (the time
    /// for which the claim is valid). For a handled event, this is the end of the retention.
    expires_at: Instant,
}

/// The state of an event.
enum EventState {
    /// A handler has claimed the event. The number is the token of the claim.
    Claimed(u128),
    /// The event was handled.
    Handled,
}

impl MemoryStore {
    /// Makes a store for at most `capacity` events, each of which takes about 200 bytes. A full store refuses new
    /// events until a stored event can be deleted: when its claim is released, or when its lease or retention ends.
    /// Events are not deleted earlier, because they could then be handled twice.
    pub fn new(capacity: usize) -> MemoryStore {
        MemoryStore { state: Arc::default(), capacity }
    }

    /// Returns the number of events in the store.
    pub fn len(&self) -> usize {
        self.lock().entries.len()
    }

    /// Whether the store has no events.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A poisoned lock can be used, because a panic leaves no half-written state behind.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn try_claim(
        &self,
        key: &EventKey,
        lease: Duration,
        now: Instant,
    ) -> Result<ClaimResult<()>, StoreError> {
        let mut state = self.lock();
        state.delete_expired_events(now);
        match state.entries.get(key.as_str()) {
            Some(Entry { state: EventState::Handled, .. }) => return Ok(ClaimResult::AlreadyHandled),
            Some(Entry { state: EventState::Claimed(_), expires_at }) => {
                return Ok(ClaimResult::HeldByAnother {
                    remaining_time: expires_at.saturating_duration_since(now),
                });
            }
            None if state.entries.len() >= self.capacity => return Err(StoreError::Full),
            None => {}
        }
        let claim = Claim::new(key);
        state.insert(key, EventState::Claimed(claim.token()), compute_expiry_time(now, lease));
        Ok(ClaimResult::Granted(claim, ()))
    }
}

/// Returns the time at which a period ends, such as a lease. The period begins at `now`. A `length` of more than a
/// century counts as a century, so that the addition cannot overflow.
fn compute_expiry_time(now: Instant, length: Duration) -> Instant {
    const CENTURY: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);
    now + length.min(CENTURY)
}

impl State {
    fn insert(&mut self, key: &EventKey, state: EventState, expires_at: Instant) {
        let text = key.as_str().to_owned();
        self.expiry_times_and_keys.insert((expires_at, text.clone()));
        if let Some(before) = self.entries.insert(text.clone(), Entry { state, expires_at }) {
            self.expiry_times_and_keys.remove(&(before.expires_at, text));
        }
    }

    fn remove(&mut self, key: &EventKey) {
        if let Some(entry) = self.entries.remove(key.as_str()) {
            self.expiry_times_and_keys.remove(&(entry.expires_at, key.as_str().to_owned()));
        }
    }

    fn delete_expired_events(&mut self, now: Instant) {
        while self.expiry_times_and_keys.first().is_some_and(|(expires_at, _)| *expires_at <= now) {
            if let Some((_, key)) = self.expiry_times_and_keys.pop_first() {
                self.entries.remove(&key);
            }
        }
    }

    fn is_held_by(&self, claim: &Claim) -> bool {
        let entry = self.entries.get(claim.key().as_str());
        entry.is_some_and(|entry| matches!(entry.state, EventState::Claimed(token) if token == claim.token()))
    }
}

impl EventStore for MemoryStore {
    type Session = ();

    async fn claim_event(&self, key: &EventKey, lease: Duration) -> Result<ClaimResult<()>, StoreError> {
        self.try_claim(key, lease, Instant::now())
    }

    async fn complete_claim(&self, claim: Claim, (): ()) -> Result<(), StoreError> {
        let now = Instant::now();
        let mut state = self.lock();
        state.delete_expired_events(now);
        if !state.is_held_by(&claim) {
            return Err(StoreError::LeaseExpired);
        }
        state.insert(claim.key(), EventState::Handled, compute_expiry_time(now, claim.key().retention()));
        Ok(())
    }

    async fn release_claim(&self, claim: Claim) -> Result<(), StoreError> {
        let mut state = self.lock();
        if state.is_held_by(&claim) {
            state.remove(claim.key());
        }
        Ok(())
    }
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MemoryStore({} of {} events)", self.len(), self.capacity)
    }
}
