use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

/// The clock of a [`Verifier`](crate::Verifier) or a store. Tests can replace the clock of the operating system by
/// another clock.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> SystemTime + Send + Sync>);

impl Clock {
    /// Returns the clock of the operating system.
    pub fn system() -> Clock {
        Clock::new(SystemTime::now)
    }

    /// Makes a clock that gets the current time from a function.
    pub fn new(now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Clock {
        Clock(Arc::new(now))
    }

    /// Makes a clock that always returns the same time.
    pub fn fixed(time: SystemTime) -> Clock {
        Clock::new(move || time)
    }

    /// Returns the current time of the clock.
    pub fn now(&self) -> SystemTime {
        (self.0)()
    }
}

impl Default for Clock {
    fn default() -> Clock {
        Clock::system()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}
