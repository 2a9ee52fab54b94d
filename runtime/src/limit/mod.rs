//! What a client keeps itself to: how many requests at a time, and how many in a span of time. Off unless the builder
//! says otherwise.

mod rate;

use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, timeout_at};

use crate::Error;
use rate::RateLimit;

/// The limits of a client. Whoever came first goes first.
pub(crate) struct Limits {
    concurrency: Option<Semaphore>,
    rate: Option<RateLimit>,
}

/// The right to send one request, until it is dropped.
pub(crate) struct Turn<'a> {
    _permit: Option<SemaphorePermit<'a>>,
}

impl Limits {
    pub(crate) fn new(concurrency: Option<usize>, rate: Option<(u32, Duration)>) -> Limits {
        let concurrency = concurrency.map(|limit| Semaphore::new(limit.min(Semaphore::MAX_PERMITS)));
        Limits { concurrency, rate: rate.map(|(requests, per)| RateLimit::new(requests, per)) }
    }

    /// Waits for a turn, until then at the latest.
    ///
    /// The turn of the rate comes second: a request that had it already, and then had to wait, would be sent together
    /// with others.
    pub(crate) async fn turn(&self, until: Instant) -> Result<Turn<'_>, Error> {
        let permit = match &self.concurrency {
            Some(semaphore) => Some(permit(semaphore, until).await?),
            None => None,
        };
        if let Some(rate) = &self.rate {
            rate.turn(until).await.map_err(|()| {
                Error::throttled("the client's rate limit has no turn left within the time of the call")
            })?;
        }
        Ok(Turn { _permit: permit })
    }
}

async fn permit(semaphore: &Semaphore, until: Instant) -> Result<SemaphorePermit<'_>, Error> {
    // Nobody closes the semaphore, and so only the time can run out.
    match timeout_at(until, semaphore.acquire()).await {
        Ok(Ok(permit)) => Ok(permit),
        _ => Err(Error::throttled(
            "the client's concurrency limit had no turn left within the time of the call",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;

    const SECOND: Duration = Duration::from_secs(1);

    #[tokio::test(start_paused = true)]
    async fn without_limits_nobody_waits() {
        let limits = Limits::new(None, None);
        let start = Instant::now();
        for _ in 0..1000 {
            let _turn = limits.turn(start).await.unwrap();
        }
        assert_eq!(start.elapsed(), Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn only_so_many_are_under_way_at_a_time() {
        let limits = Limits::new(Some(2), None);
        let until = Instant::now() + SECOND;
        let first = limits.turn(until).await.unwrap();
        let _second = limits.turn(until).await.unwrap();
        let error = limits.turn(until).await.err().unwrap();
        assert_eq!(error.kind(), ErrorKind::Throttled);
        assert!(!error.may_have_executed() && error.is_retryable());
        assert_eq!(Instant::now(), until, "its turn might have come until then");
        drop(first);
        let _third = limits.turn(until + SECOND).await.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_gives_up_waiting_leaves_its_turn_to_the_next() {
        let limits = Limits::new(Some(1), None);
        let start = Instant::now();
        let held = limits.turn(start + SECOND).await.unwrap();
        let impatient = limits.turn(start + SECOND);
        let patient = limits.turn(start + 10 * SECOND);
        let release = async {
            tokio::time::sleep(2 * SECOND).await;
            drop(held);
        };
        let (impatient, patient, ()) = tokio::join!(impatient, patient, release);
        assert!(impatient.is_err() && patient.is_ok());
        assert_eq!(start.elapsed(), 2 * SECOND);
    }

    #[tokio::test(start_paused = true)]
    async fn both_limits_hold_together() {
        let limits = Limits::new(Some(2), Some((1, SECOND)));
        let start = Instant::now();
        let one = || async {
            let _turn = limits.turn(start + 60 * SECOND).await.unwrap();
            let sent = start.elapsed().as_millis();
            tokio::time::sleep(Duration::from_millis(2500)).await;
            sent
        };
        let (a, b, c, d) = tokio::join!(one(), one(), one(), one());
        assert_eq!([a, b, c, d].map(|sent| sent / 100), [0, 10, 25, 35]);
    }
}
