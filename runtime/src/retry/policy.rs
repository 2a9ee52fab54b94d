//! The retry policy: how many attempts a call makes, and how long it pauses between them.

use std::time::Duration;

/// Determines how many attempts a call makes, and how long it pauses between them.
///
/// The policy limits how often a request *may* be sent again. Whether the request is sent again depends on how the
/// attempt failed, see [`retry`](crate::retry). All attempts and pauses have to fit into the time limit of the call.
///
/// ```
/// use partner_runtime::RetryPolicy;
/// use std::time::Duration;
///
/// let patient = RetryPolicy::default().max_attempts(6).max_delay(Duration::from_secs(20));
/// assert_ne!(patient, RetryPolicy::default());
/// assert_eq!(RetryPolicy::none(), RetryPolicy::default().max_attempts(1));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct RetryPolicy {
    pub(super) max_attempts: u32,
    pub(super) base_delay: Duration,
    pub(super) max_delay: Duration,
    pub(super) max_retry_after: Duration,
}

/// The default policy: three attempts, with a first pause of at most 200 ms and a second one of at most 400 ms.
impl Default for RetryPolicy {
    fn default() -> RetryPolicy {
        RetryPolicy {
            max_attempts: 3,
            base_delay: Duration::from_millis(200),
            max_delay: Duration::from_secs(5),
            max_retry_after: Duration::from_secs(60),
        }
    }
}

impl RetryPolicy {
    /// Makes a policy without retries: each call makes one attempt.
    pub fn none() -> RetryPolicy {
        RetryPolicy::default().max_attempts(1)
    }

    /// Sets the maximum number of attempts of a call, including the first one. The default is 3; 0 counts as 1.
    pub fn max_attempts(mut self, attempts: u32) -> RetryPolicy {
        self.max_attempts = attempts.max(1);
        self
    }

    /// Sets the base delay: the upper limit of the first pause. The limit doubles with each further pause. The default
    /// is 200 ms.
    pub fn base_delay(mut self, delay: Duration) -> RetryPolicy {
        self.base_delay = delay;
        self
    }

    /// Sets the maximum delay: the upper limit of all pauses, except those that the server asks for. The default is
    /// 5 seconds.
    pub fn max_delay(mut self, delay: Duration) -> RetryPolicy {
        self.max_delay = delay;
        self
    }

    /// Sets the longest pause that the server may request with `Retry-After`. The default is 60 seconds.
    ///
    /// When the server requests a longer pause, the call fails at once, and
    /// [`Error::retry_after`](crate::Error::retry_after) returns the requested pause.
    pub fn max_retry_after(mut self, delay: Duration) -> RetryPolicy {
        self.max_retry_after = delay;
        self
    }

    /// Whether the attempt with this number, counted from 1, is the last one that the policy allows.
    pub(crate) fn is_last_attempt(&self, attempt: u32) -> bool {
        attempt >= self.max_attempts
    }
}
