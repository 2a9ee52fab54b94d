//! The client's own limits: for concurrent requests, and for requests sent in a period. Both limits are off by default.

mod rate;

use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, timeout_at};

use crate::Error;
use rate::RateLimit;

/// The limits for the requests of a client. A call needs a permit for each request, and calls get permits in the order
/// in which they asked.
pub(crate) struct RequestLimits {
    concurrency: Option<Semaphore>,
    rate: Option<RateLimit>,
}

/// The permit to send one request. The request counts towards the concurrency limit until the permit is dropped.
pub(crate) struct RequestPermit<'a> {
    _concurrency: Option<SemaphorePermit<'a>>,
}

impl RequestLimits {
    pub(crate) fn new(concurrency: Option<usize>, rate: Option<(u32, Duration)>) -> RequestLimits {
        let concurrency = concurrency.map(|limit| Semaphore::new(limit.min(Semaphore::MAX_PERMITS)));
        RequestLimits { concurrency, rate: rate.map(|(requests, per)| RateLimit::new(requests, per)) }
    }

    /// Waits for the permit to send one request. Fails if there is no permit by the time `until`.
    ///
    /// The rate limit is applied after the concurrency limit. Otherwise a request could pass the rate limit and then
    /// wait for the concurrency limit, and would be sent later than the time with which the rate limit has counted it.
    pub(crate) async fn acquire_permit(&self, until: Instant) -> Result<RequestPermit<'_>, Error> {
        let concurrency = match &self.concurrency {
            Some(semaphore) => Some(acquire_concurrency_permit(semaphore, until).await?),
            None => None,
        };
        if let Some(rate) = &self.rate {
            rate.wait_for_turn_and_count_as_sent(until).await.map_err(|()| {
                Error::throttled("the client's rate limit has no permit left within the time of the call")
            })?;
        }
        Ok(RequestPermit { _concurrency: concurrency })
    }
}

async fn acquire_concurrency_permit(
    semaphore: &Semaphore,
    until: Instant,
) -> Result<SemaphorePermit<'_>, Error> {
    // The semaphore is never closed, so an error can only mean that the deadline `until` has passed.
    match timeout_at(until, semaphore.acquire()).await {
        Ok(Ok(permit)) => Ok(permit),
        _ => Err(Error::throttled(
            "the client's concurrency limit had no permit left within the time of the call",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;

    const SECOND: Duration = Duration::from_secs(1);

    #[tokio::test(start_paused = true)]
    async fn without_limits_no_call_waits() {
        let limits = RequestLimits::new(None, None);
        let start = Instant::now();
        for _ in 0..1000 {
            let _permit = limits.acquire_permit(start).await.unwrap();
        }
        assert_eq!(start.elapsed(), Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn no_more_requests_run_at_a_time_than_the_limit() {
        let limits = RequestLimits::new(Some(2), None);
        let until = Instant::now() + SECOND;
        let first = limits.acquire_permit(until).await.unwrap();
        let _second = limits.acquire_permit(until).await.unwrap();
        let error = limits.acquire_permit(until).await.err().unwrap();
        assert_eq!(error.kind(), ErrorKind::Throttled);
        assert!(!error.may_have_executed() && error.is_retryable());
        assert_eq!(Instant::now(), until, "a permit might have become free until then");
        drop(first);
        let _third = limits.acquire_permit(until + SECOND).await.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_that_gives_up_waiting_leaves_its_permit_to_the_next() {
        let limits = RequestLimits::new(Some(1), None);
        let start = Instant::now();
        let held = limits.acquire_permit(start + SECOND).await.unwrap();
        let impatient = limits.acquire_permit(start + SECOND);
        let patient = limits.acquire_permit(start + 10 * SECOND);
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
        let limits = RequestLimits::new(Some(2), Some((1, SECOND)));
        let start = Instant::now();
        let one = || async {
            let _permit = limits.acquire_permit(start + 60 * SECOND).await.unwrap();
            let sent = start.elapsed().as_millis();
            tokio::time::sleep(Duration::from_millis(2500)).await;
            sent
        };
        let (a, b, c, d) = tokio::join!(one(), one(), one(), one());
        assert_eq!([a, b, c, d].map(|sent| sent / 100), [0, 10, 25, 35]);
    }
}
