//! So many requests in any span of time, first come, first served.
//!
//! The limit holds for every span of that length, not only for spans that begin when a clock says so: before a request
//! goes out, the one that is as many places before it as the limit allows has to be a whole span old.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep_until, timeout_at};

pub(super) struct RateLimit {
    requests: usize,
    per: Duration,
    /// Whoever holds it is next. Its queue is first in, first out, and whoever is dropped leaves it.
    next: Semaphore,
    line: Mutex<Line>,
}

/// Who was let through, and who waits.
#[derive(Default)]
struct Line {
    /// When the latest ones were let through, as many as the limit allows, oldest first.
    passed: VecDeque<Instant>,
    waiting: usize,
}

impl RateLimit {
    /// So many requests, at least one, in any span of that length.
    pub(super) fn new(requests: u32, per: Duration) -> RateLimit {
        let requests = usize::try_from(requests).unwrap_or(usize::MAX).max(1);
        RateLimit { requests, per, next: Semaphore::new(1), line: Mutex::new(Line::default()) }
    }

    /// Waits for a turn. Fails at once when it cannot come until then.
    pub(super) async fn turn(&self, until: Instant) -> Result<(), ()> {
        let place = self.stand_in_line(until)?;
        // Nobody closes the semaphore, and so only the time can run out.
        let Ok(Ok(_next)) = timeout_at(until, self.next.acquire()).await else { return Err(()) };
        // The place is the first one now, and only this call lets somebody through.
        let Some(turn) = self.line().turn(0, self.requests, self.per, Instant::now()) else { return Err(()) };
        if turn > until {
            return Err(());
        }
        if turn > Instant::now() {
            sleep_until(turn).await;
        }
        place.pass();
        Ok(())
    }

    fn stand_in_line(&self, until: Instant) -> Result<Place<'_>, ()> {
        let mut line = self.line();
        let turn = line.turn(line.waiting, self.requests, self.per, Instant::now());
        if turn.is_none_or(|turn| turn > until) {
            return Err(());
        }
        line.waiting += 1;
        Ok(Place { limit: self, left: false })
    }

    fn line(&self) -> MutexGuard<'_, Line> {
        // What it guards is whole at any time.
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Line {
    /// When the turn of the one comes who has so many before it; nothing when that is beyond all time.
    fn turn(&self, before: usize, requests: usize, per: Duration, now: Instant) -> Option<Instant> {
        let free = requests.saturating_sub(self.passed.len());
        let Some(behind) = before.checked_sub(free) else { return Some(now) };
        // Everybody waits for the one who is `requests` places ahead: somebody who has passed, or somebody who goes
        // now, or somebody who waits in the same way, for one span longer each time.
        let rounds = u32::try_from(behind / requests).ok()?;
        let ahead = self.passed.get(behind % requests).copied().unwrap_or(now);
        ahead.checked_add(per)?.max(now).checked_add(per.checked_mul(rounds)?)
    }
}

/// A place in the line, which is left when its call goes on or is dropped.
struct Place<'a> {
    limit: &'a RateLimit,
    left: bool,
}

impl Place<'_> {
    /// Leaves the line and counts as let through now.
    fn pass(mut self) {
        let now = Instant::now();
        let mut line = self.limit.line();
        // Who passed more than a span ago holds up nobody.
        while line.passed.front().is_some_and(|oldest| now.duration_since(*oldest) >= self.limit.per) {
            line.passed.pop_front();
        }
        line.passed.push_back(now);
        line.waiting -= 1;
        drop(line);
        self.left = true;
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if !self.left {
            self.limit.line().waiting -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// When each of so many calls that come together gets its turn, in milliseconds; nothing for those that fail.
    async fn turns(limit: &Arc<RateLimit>, calls: usize, time: Duration) -> Vec<Option<u128>> {
        let start = Instant::now();
        let call = |limit: Arc<RateLimit>| async move {
            limit.turn(start + time).await.ok().map(|()| start.elapsed().as_millis())
        };
        let calls: Vec<_> = (0..calls).map(|_| tokio::spawn(call(Arc::clone(limit)))).collect();
        let mut turns = Vec::new();
        for call in calls {
            turns.push(call.await.unwrap());
        }
        turns
    }

    #[tokio::test(start_paused = true)]
    async fn so_many_go_at_once_and_the_next_ones_a_span_later() {
        let limit = Arc::new(RateLimit::new(3, SECOND));
        let turns = turns(&limit, 8, 10 * SECOND).await;
        assert_eq!(turns, [0, 0, 0, 1000, 1000, 1000, 2000, 2000].map(Some));
        assert_eq!(limit.line().waiting, 0);
    }

    #[tokio::test(start_paused = true)]
    async fn no_span_holds_more_than_the_limit_whenever_it_begins() {
        let limit = RateLimit::new(2, SECOND);
        let start = Instant::now();
        let mut sent = Vec::new();
        for pause in [0, 900, 0, 0, 50, 700, 0, 2000, 0, 0] {
            tokio::time::sleep(Duration::from_millis(pause)).await;
            limit.turn(start + 60 * SECOND).await.unwrap();
            sent.push(start.elapsed());
        }
        for three in sent.windows(3) {
            assert!(three[2] - three[0] >= SECOND, "{sent:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn who_cannot_have_a_turn_in_time_fails_at_once() {
        let limit = Arc::new(RateLimit::new(1, SECOND));
        let start = Instant::now();
        assert!(limit.turn(start).await.is_ok());
        assert!(limit.turn(start + SECOND / 2).await.is_err());
        assert_eq!(start.elapsed(), Duration::ZERO);
        assert_eq!(limit.line().waiting, 0, "it does not stand in line");
        // Of ten that come together, those that can go within three seconds do.
        let turns = turns(&limit, 10, 3 * SECOND).await;
        let went: Vec<u128> = turns.iter().flatten().copied().collect();
        assert_eq!((went, turns.len()), (vec![1000, 2000, 3000], 10));
    }

    #[tokio::test(start_paused = true)]
    async fn who_gives_up_leaves_its_turn_to_the_next() {
        let limit = RateLimit::new(1, SECOND);
        let start = Instant::now();
        limit.turn(start + SECOND).await.unwrap();
        let impatient = tokio::time::timeout(SECOND / 2, limit.turn(start + 60 * SECOND));
        let (impatient, patient) = tokio::join!(impatient, limit.turn(start + 60 * SECOND));
        assert!(impatient.is_err() && patient.is_ok());
        assert_eq!(start.elapsed(), SECOND, "not two seconds: the place of the first was free");
        assert_eq!(limit.line().waiting, 0);
    }

    #[tokio::test(start_paused = true)]
    async fn nothing_overflows() {
        let limit = RateLimit::new(1, Duration::MAX);
        let start = Instant::now();
        assert!(limit.turn(start).await.is_ok());
        assert!(limit.turn(start + SECOND).await.is_err());
        let generous = RateLimit::new(u32::MAX, Duration::from_millis(1));
        for _ in 0..100 {
            generous.turn(start + SECOND).await.unwrap();
            tokio::time::advance(Duration::from_millis(1)).await;
        }
        assert!(generous.line().passed.len() <= 1, "who passed long ago is forgotten");
    }
}
