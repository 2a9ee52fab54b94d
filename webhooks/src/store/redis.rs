use std::fmt;
use std::time::Duration;

use redis::aio::ConnectionLike;
use redis::{FromRedisValue, cmd};

use super::{Claim, Claimed, EventStore, StoreError};
use crate::EventKey;

/// Remembers events in Redis.
///
/// **Never two holders at once, and at least once after a crash**: the effect is written elsewhere, so a handler that dies
/// between its effect and the mark is run again. Time is measured by the server, so clocks of receivers do not matter.
///
/// A server that forgets lets events be handled again. It needs `appendonly yes` with `appendfsync always` (with `everysec`
/// it forgets up to a second), and `maxmemory-policy noeviction`. After a failover to a replica, which Redis updates late,
/// the last marks may be gone as well.
///
/// # Keys
///
/// One string for each event, `<prefix>:<key>`: the token of the holder, which expires with the lease, or `done`, which
/// expires when the event need not be kept any longer.
#[derive(Clone)]
pub struct RedisStore<C> {
    connection: C,
    prefix: String,
}

/// Sets the token of a holder where there is nothing. Returns the time to live of a holder, -1 for what is done, and 0
/// for a granted claim.
const CLAIM: &str = "\
local held = redis.call('GET', KEYS[1])
if not held then
    redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
    return 0
elseif held == 'done' then
    return -1
end
return math.max(redis.call('PTTL', KEYS[1]), 1)";

/// Marks the event as done, where the token is that of the holder.
const COMPLETE: &str = "\
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
    return 0
end
redis.call('SET', KEYS[1], 'done', 'PX', ARGV[2])
return 1";

/// Forgets the event, where the token is that of the holder.
const RELEASE: &str = "\
if redis.call('GET', KEYS[1]) == ARGV[1] then
    redis.call('DEL', KEYS[1])
end
return 1";

impl<C: ConnectionLike + Clone + Send + Sync + 'static> RedisStore<C> {
    /// A store behind a connection, such as a `ConnectionManager`, whose keys begin with `partner-webhooks`.
    pub fn new(connection: C) -> RedisStore<C> {
        RedisStore { connection, prefix: "partner-webhooks".to_owned() }
    }

    /// Begins keys with another prefix.
    #[must_use]
    pub fn prefix(self, prefix: impl Into<String>) -> RedisStore<C> {
        RedisStore { prefix: prefix.into(), ..self }
    }

    async fn run<T: FromRedisValue>(
        &self,
        script: &str,
        key: &EventKey,
        token: u128,
        time: Duration,
    ) -> Result<T, StoreError> {
        let mut command = cmd("EVAL");
        command.arg(script).arg(1).arg(format!("{}:{key}", self.prefix)).arg(format!("{token:032x}"));
        command.arg(milliseconds(time));
        let mut connection = self.connection.clone();
        command.query_async(&mut connection).await.map_err(|error| StoreError::Failed(error.into()))
    }
}

impl<C: ConnectionLike + Clone + Send + Sync + 'static> EventStore for RedisStore<C> {
    type Session = ();

    async fn claim(&self, key: &EventKey, lease: Duration) -> Result<Claimed<()>, StoreError> {
        let claim = Claim::new(key);
        let held: i64 = self.run(CLAIM, key, claim.token(), lease).await?;
        Ok(match u64::try_from(held) {
            Ok(0) => Claimed::Granted(claim, ()),
            Ok(remaining) => Claimed::Held { remaining: Duration::from_millis(remaining) },
            Err(_) => Claimed::Done,
        })
    }

    async fn complete(&self, claim: Claim, (): ()) -> Result<(), StoreError> {
        let key = claim.key();
        match self.run::<bool>(COMPLETE, key, claim.token(), key.retention()).await? {
            true => Ok(()),
            false => Err(StoreError::LeaseLost),
        }
    }

    async fn release(&self, claim: Claim) -> Result<(), StoreError> {
        self.run::<bool>(RELEASE, claim.key(), claim.token(), Duration::ZERO).await?;
        Ok(())
    }
}

/// A time in milliseconds, at least one and at most a century, as Redis takes it.
fn milliseconds(time: Duration) -> u64 {
    const CENTURY: u128 = 100 * 365 * 86_400_000;
    u64::try_from(time.as_millis().clamp(1, CENTURY)).unwrap_or(1)
}

impl<C> fmt::Debug for RedisStore<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RedisStore({})", self.prefix)
    }
}
