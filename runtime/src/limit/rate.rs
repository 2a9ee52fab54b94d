//! The rate limit, which allows a maximum number of requests in any period of a fixed length. Waiting calls are served
//! in the order in which they arrived.
//!
//! The limit applies to every period of that length, whenever the period begins. With a limit of `n` requests, a
//! request is sent only if the `n`th request before it was sent at least one period ago.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep_until, timeout_at};

pub(super) struct RateLimit {
    requests: usize,
    period: Duration,
    /// A semaphore with a single permit. The call that has the permit sends the next request. The other calls wait for
    /// the permit, and get it in the order in which they began to wait.
    turn_semaphore: Semaphore,
    queue: Mutex<RateLimitState>,
}

/// The times of the sent requests, and the number of waiting calls.
#[derive(Default)]
struct RateLimitState {
    /// The times at which the latest requests were sent, oldest first. If the limit is 10 requests per period, for
    /// example, the list has at most 10 entries.
    sent_times: VecDeque<Instant>,
    waiting: usize,
}

impl RateLimit {
    /// Makes a limit of `requests` requests in any time span of the length `period`. A limit of 0 counts as 1.
    pub(super) fn new(requests: u32, period: Duration) -> RateLimit {
        let requests = usize::try_from(requests).unwrap_or(usize::MAX).max(1);
        RateLimit {
            requests,
            period,
            turn_semaphore: Semaphore::new(1),
            queue: Mutex::new(RateLimitState::default()),
        }
    }

    /// Waits until the rate limit allows a call to send its request, and counts the request as sent. Returns an error
    /// as soon as it is clear that the request could only be sent after the time `until`.
    pub(super) async fn wait_for_turn_and_count_as_sent(&self, until: Instant) -> Result<(), ()> {
        let place = self.enqueue(until)?;
        // The semaphore is never closed, so an error can only mean that the deadline `until` has passed.
        let Ok(Ok(_turn)) = timeout_at(until, self.turn_semaphore.acquire()).await else { return Err(()) };
        // This call is now the first in the queue. While it has its turn, no other call sends a request, so the due
        // time that is computed here stays valid.
        let now = Instant::now();
        let due_time = self.queue().compute_due_time(0, self.requests, self.period, now);
        let Some(due_time) = due_time.filter(|due_time| *due_time <= until) else { return Err(()) };
        // A timer rounds its time up to a millisecond. So no timer is used for a request that is due now.
        if due_time != now {
            sleep_until(due_time).await;
        }
        place.leave_queue_and_count_as_sent();
        Ok(())
    }

    fn enqueue(&self, until: Instant) -> Result<QueuePlace<'_>, ()> {
        let mut queue = self.queue();
        let due = queue.compute_due_time(queue.waiting, self.requests, self.period, Instant::now());
        if due.is_none_or(|due| due > until) {
            return Err(());
        }
        queue.waiting += 1;
        Ok(QueuePlace { limit: self, is_sent: false })
    }

    fn queue(&self) -> MutexGuard<'_, RateLimitState> {
        // A thread that panics while it holds the lock leaves no half-written state behind. So the lock can still be
        // used, although it is poisoned.
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl RateLimitState {
    /// Returns the time at which a call may send its request. `calls_ahead` is the number of calls that wait before
    /// this call. Returns `None` if an [`Instant`] cannot represent the time.
    fn compute_due_time(
        &self,
        calls_ahead: usize,
        requests: usize,
        period: Duration,
        now: Instant,
    ) -> Option<Instant> {
        let free = requests.saturating_sub(self.sent_times.len());
        let Some(behind) = calls_ahead.checked_sub(free) else { return Some(now) };
        // The request is sent one or several periods after an earlier request, its predecessor. For example, with three
        // requests per period, the first request is the predecessor of the fourth and of the seventh request. The
        // fourth is sent one period after it. The seventh is sent two periods after it, so that its
        // `further_period_count` is 1. If the predecessor has not been sent yet, the current time is used as its time.
        let further_period_count = u32::try_from(behind / requests).ok()?;
        let predecessor = self.sent_times.get(behind % requests).copied().unwrap_or(now);
        predecessor.checked_add(period)?.max(now).checked_add(period.checked_mul(further_period_count)?)
    }
}

/// The place of a call in the queue of calls that wait for the rate limit. The call leaves the queue when its request
/// is sent, or when its future is dropped.
struct QueuePlace<'a> {
    limit: &'a RateLimit,
    is_sent: bool,
}

impl QueuePlace<'_> {
    /// Removes the call from the queue, and counts its request as sent now.
    fn leave_queue_and_count_as_sent(mut self) {
        let now = Instant::now();
        let mut queue = self.limit.queue();
        // Requests that were sent at least one period ago no longer delay other requests, so they are forgotten.
        while queue.sent_times.front().is_some_and(|oldest| now.duration_since(*oldest) >= self.limit.period)
        {
            queue.sent_times.pop_front();
        }
        queue.sent_times.push_back(now);
        queue.waiting -= 1;
        drop(queue);
        self.is_sent = true;
    }
}

impl Drop for QueuePlace<'_> {
    fn drop(&mut self) {
        if !self.is_sent {
            self.limit.queue().waiting -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// Starts `calls` calls at the same time, each of which waits at most for `max_wait`. Returns for each call the
    /// number of milliseconds after which it may be sent (`Ok`), or fails (`Err`).
    async fn measure_due_times(
        limit: &Arc<RateLimit>,
        calls: usize,
        max_wait: Duration,
    ) -> Vec<Result<u128, u128>> {
        let start = Instant::now();
        let elapsed = move |()| start.elapsed().as_millis();
        let call = |limit: Arc<RateLimit>| async move {
            limit.wait_for_turn_and_count_as_sent(start + max_wait).await.map(elapsed).map_err(elapsed)
        };
        let calls: Vec<_> = (0..calls).map(|_| tokio::spawn(call(Arc::clone(limit)))).collect();
        let mut due_times = Vec::new();
        for call in calls {
            due_times.push(call.await.unwrap());
        }
        due_times
    }

    #[tokio::test(start_paused = true)]
    async fn as_many_as_the_limit_are_sent_at_once_and_the_others_a_period_later() {
        let limit = Arc::new(RateLimit::new(3, SECOND));
        let due_times = measure_due_times(&limit, 8, 10 * SECOND).await;
        assert_eq!(due_times, [0, 0, 0, 1000, 1000, 1000, 2000, 2000].map(Ok));
        assert_eq!(limit.queue().waiting, 0);
    }

    #[tokio::test(start_paused = true)]
    async fn no_period_has_more_requests_than_the_limit_whenever_it_begins() {
        let limit = RateLimit::new(2, SECOND);
        let start = Instant::now();
        let mut sent = Vec::new();
        for pause in [0, 900, 0, 0, 50, 700, 0, 2000, 0, 0] {
            tokio::time::sleep(Duration::from_millis(pause)).await;
            limit.wait_for_turn_and_count_as_sent(start + 60 * SECOND).await.unwrap();
            sent.push(start.elapsed());
        }
        for window in sent.windows(3) {
            assert!(window[2] - window[0] >= SECOND, "{sent:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_that_cannot_be_sent_in_time_fails_at_once() {
        let limit = Arc::new(RateLimit::new(1, SECOND));
        let start = Instant::now();
        assert!(limit.wait_for_turn_and_count_as_sent(start).await.is_ok());
        assert!(limit.wait_for_turn_and_count_as_sent(start + SECOND / 2).await.is_err());
        assert_eq!(start.elapsed(), Duration::ZERO);
        assert_eq!(limit.queue().waiting, 0, "it is not in the queue");
        // Ten calls are made at the same time. The three that can be sent within three seconds succeed, and the others
        // fail without waiting.
        let due_times = measure_due_times(&limit, 10, 3 * SECOND).await;
        assert_eq!(due_times[..3], [Ok(1000), Ok(2000), Ok(3000)]);
        assert_eq!(due_times[3..], [Err(0); 7]);
    }

    #[test]
    fn a_request_is_due_a_period_after_its_predecessor() {
        let start = Instant::now();
        let at = |milliseconds| start + Duration::from_millis(milliseconds);
        let due_times = |requests: usize, sent: &[u64], now: u64| -> Vec<u128> {
            let queue = RateLimitState { sent_times: sent.iter().copied().map(at).collect(), waiting: 0 };
            let due = |ahead| queue.compute_due_time(ahead, requests, SECOND, at(now)).unwrap();
            (0..5).map(|ahead| due(ahead).duration_since(start).as_millis()).collect()
        };
        assert_eq!(due_times(2, &[0, 400], 600), [1000, 1400, 2000, 2400, 3000]);
        // The first of the five requests was due at 1000 ms. The current time is 1300 ms, so this request is sent now.
        assert_eq!(due_times(2, &[0, 400], 1300), [1300, 1400, 2300, 2400, 3300]);
        // Three requests are allowed per second, and one was sent at 0 ms. So the next two are due immediately, at 600
        // ms.
        assert_eq!(due_times(3, &[0], 600), [600, 600, 1000, 1600, 1600]);
        let queue = RateLimitState { sent_times: VecDeque::from([start]), waiting: 0 };
        assert_eq!(queue.compute_due_time(0, 1, Duration::MAX, start), None);
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_that_gives_up_leaves_its_place_to_the_next() {
        let limit = RateLimit::new(1, SECOND);
        let start = Instant::now();
        limit.wait_for_turn_and_count_as_sent(start + SECOND).await.unwrap();
        let impatient =
            tokio::time::timeout(SECOND / 2, limit.wait_for_turn_and_count_as_sent(start + 60 * SECOND));
        let (impatient, patient) =
            tokio::join!(impatient, limit.wait_for_turn_and_count_as_sent(start + 60 * SECOND));
        assert!(impatient.is_err() && patient.is_ok());
        assert_eq!(start.elapsed(), SECOND, "not two seconds: the place of the first was free");
        assert_eq!(limit.queue().waiting, 0);
    }

    #[tokio::test(start_paused = true)]
    async fn nothing_overflows() {
        let limit = RateLimit::new(1, Duration::MAX);
        let start = Instant::now();
        assert!(limit.wait_for_turn_and_count_as_sent(start).await.is_ok());
        assert!(limit.wait_for_turn_and_count_as_sent(start + SECOND).await.is_err());
        let generous = RateLimit::new(u32::MAX, Duration::from_millis(1));
        for _ in 0..100 {
            generous.wait_for_turn_and_count_as_sent(start + SECOND).await.unwrap();
            tokio::time::advance(Duration::from_millis(1)).await;
        }
        assert!(generous.queue().sent_times.len() <= 1, "requests from long ago are forgotten");
    }
}
