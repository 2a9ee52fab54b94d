use std::fmt;
use std::time::Duration;

use redis::aio::ConnectionLike;
use redis::{FromRedisValue, cmd};

use super::{Claim, ClaimResult, EventStore, StoreError};
use crate::EventKey;

/// A store in Redis.
///
/// **An event never has two holders at the same time, and is handled at least once.** The handler's effect is not
/// written to Redis, so if a process dies after the effect has happened and before the event is recorded as handled,
/// the handler runs again. The Redis server measures the time, so the clocks of the receivers do not matter.
///
/// If the server loses records, their events may be handled again. The server needs `appendonly yes` with `appendfsync
/// always` (with `everysec` a crash loses up to a second), and `maxmemory-policy noeviction`. A failover to a replica
/// may lose the last records, because Redis replicates asynchronously.
///
/// # Keys
///
/// Each event has one string with the key `<prefix>:<key>`. Its value is the token of the claim, which expires with the
/// lease, or `done`, which expires with the retention of the event.
#[derive(Clone)]
pub struct RedisStore<C> {
    connection: C,
    key_prefix: String,
}

/// A script that claims an event: stores the token of the claim, unless a value is already stored for the event.
/// Returns 0 if the claim is granted, -1 if the event was handled, and otherwise the milliseconds until the lease of
/// the other claim ends.
const CLAIM_SCRIPT: &str = "\
local held = redis.call('GET', KEYS[1])
if not held then
    redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
    return 0
elseif held == 'done' then
    return -1
end
return math.max(redis.call('PTTL', KEYS[1]), 1)";

/// A script that records the event as handled, if the token is that of the current claim.
const COMPLETE_SCRIPT: &str = "\
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
    return 0
end
redis.call('SET', KEYS[1], 'done', 'PX', ARGV[2])
return 1";

/// A script that deletes the stored value for the event, if the token is that of the current claim.
const RELEASE_SCRIPT: &str = "\
if redis.call('GET', KEYS[1]) == ARGV[1] then
    redis.call('DEL', KEYS[1])
end
return 1";

impl<C: ConnectionLike + Clone + Send + Sync + 'static> RedisStore<C> {
    /// Makes a store that uses a connection, such as a `ConnectionManager`. The keys of the store begin with
    /// `partner-webhooks`.
    pub fn new(connection: C) -> RedisStore<C> {
        RedisStore { connection, key_prefix: "partner-webhooks".to_owned() }
    }

    /// Sets the prefix of the keys in Redis. The default is `partner-webhooks`.
    #[must_use]
    pub fn key_prefix(self, prefix: impl Into<String>) -> RedisStore<C> {
        RedisStore { key_prefix: prefix.into(), ..self }
    }

    /// Runs a script for an event. The arguments of the script are the token of a claim, and the time after which the
    /// stored value expires.
    async fn run_script<T: FromRedisValue>(
        &self,
        script: &str,
        key: &EventKey,
        token: u128,
        time: Duration,
    ) -> Result<T, StoreError> {
        let mut command = cmd("EVAL");
        command.arg(script).arg(1).arg(format!("{}:{key}", self.key_prefix)).arg(format!("{token:032x}"));
        command.arg(to_expiry_milliseconds(time));
        let mut connection = self.connection.clone();
        command.query_async(&mut connection).await.map_err(|error| StoreError::Failed(error.into()))
    }
}

impl<C: ConnectionLike + Clone + Send + Sync + 'static> EventStore for RedisStore<C> {
    type Session = ();

    async fn claim(&self, key: &EventKey, lease: Duration) -> Result<ClaimResult<()>, StoreError> {
        let claim = Claim::new(key);
        let held: i64 = self.run_script(CLAIM_SCRIPT, key, claim.token(), lease).await?;
        Ok(match u64::try_from(held) {
            Ok(0) => ClaimResult::Granted(claim, ()),
            Ok(remaining) => ClaimResult::HeldByOther { remaining: Duration::from_millis(remaining) },
            Err(_) => ClaimResult::AlreadyHandled,
        })
    }

    async fn complete(&self, claim: Claim, (): ()) -> Result<(), StoreError> {
        let key = claim.key();
        match self.run_script::<bool>(COMPLETE_SCRIPT, key, claim.token(), key.retention()).await? {
            true => Ok(()),
            false => Err(StoreError::LeaseLost),
        }
    }

    async fn release(&self, claim: Claim) -> Result<(), StoreError> {
        self.run_script::<bool>(RELEASE_SCRIPT, claim.key(), claim.token(), Duration::ZERO).await?;
        Ok(())
    }
}

/// Converts a duration into milliseconds for the expiry of a Redis key: at least 1, which Redis requires, and at most a
/// century.
fn to_expiry_milliseconds(time: Duration) -> u64 {
    const CENTURY: u128 = 100 * 365 * 86_400_000;
    u64::try_from(time.as_millis().clamp(1, CENTURY)).unwrap_or(1)
}

impl<C> fmt::Debug for RedisStore<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RedisStore({})", self.key_prefix)
    }
}
