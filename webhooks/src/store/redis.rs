use std::fmt;
use std::time::Duration;

use redis::aio::ConnectionLike;
use redis::{FromRedisValue, cmd};

use super::{Claim, ClaimResult, EventStore, StoreError};
use crate::EventKey;

/// An event store in Redis.
///
/// **Only one handler at a time holds the claim of an event, and the event is handled at least once.** The handler's
/// effect is not written to Redis. So if a process dies after the effect has happened, but before the event is recorded
/// as handled, the handler runs again. The Redis server measures the time, so the clocks of the receivers do not
/// matter.
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

/// A Lua script that claims an event: it stores the token of the claim, if no value is stored for the event. Returns:
///
/// - `0` if the claim is granted
/// - `-1` if the event was handled before
/// - otherwise, the number of milliseconds until the lease of the other claim ends
const CLAIM_EVENT_SCRIPT: &str = "\
local held = redis.call('GET', KEYS[1])
if not held then
    redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
    return 0
elseif held == 'done' then
    return -1
end
return math.max(redis.call('PTTL', KEYS[1]), 1)";

/// A Lua script that completes a claim: it records the event as handled, if the stored token is that of the claim.
const COMPLETE_CLAIM_SCRIPT: &str = "\
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
    return 0
end
redis.call('SET', KEYS[1], 'done', 'PX', ARGV[2])
return 1";

/// A Lua script that releases a claim: it deletes the stored token, if that is the token of the claim.
const RELEASE_CLAIM_SCRIPT: &str = "\
if redis.call('GET', KEYS[1]) == ARGV[1] then
    redis.call('DEL', KEYS[1])
end
return 1";

impl<C: ConnectionLike + Clone + Send + Sync + 'static> RedisStore<C> {
    /// Makes a store that uses a connection, such as a `ConnectionManager`.
    pub fn new(connection: C) -> RedisStore<C> {
        RedisStore { connection, key_prefix: "partner-webhooks".to_owned() }
    }

    /// Sets the prefix of all keys that the store writes to Redis. The default is `partner-webhooks`.
    #[must_use]
    pub fn key_prefix(self, prefix: impl Into<String>) -> RedisStore<C> {
        RedisStore { key_prefix: prefix.into(), ..self }
    }

    /// Runs a Lua script for an event. The script gets two arguments: the token of a claim (`token`), and the time
    /// after which a value that the script stores expires (`time`).
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

    async fn claim_event(&self, key: &EventKey, lease: Duration) -> Result<ClaimResult<()>, StoreError> {
        let claim = Claim::new(key);
        let held: i64 = self.run_script(CLAIM_EVENT_SCRIPT, key, claim.token(), lease).await?;
        Ok(match u64::try_from(held) {
            Ok(0) => ClaimResult::Granted(claim, ()),
            Ok(remaining_time) => {
                ClaimResult::HeldByAnother { remaining_time: Duration::from_millis(remaining_time) }
            }
            Err(_) => ClaimResult::AlreadyHandled,
        })
    }

    async fn complete_claim(&self, claim: Claim, (): ()) -> Result<(), StoreError> {
        let key = claim.key();
        match self.run_script::<bool>(COMPLETE_CLAIM_SCRIPT, key, claim.token(), key.retention()).await? {
            true => Ok(()),
            false => Err(StoreError::LeaseExpired),
        }
    }

    async fn release_claim(&self, claim: Claim) -> Result<(), StoreError> {
        self.run_script::<bool>(RELEASE_CLAIM_SCRIPT, claim.key(), claim.token(), Duration::ZERO).await?;
        Ok(())
    }
}

/// Converts a duration into milliseconds for the expiry of a Redis key: at least 1, because Redis refuses 0, and at
/// most a century.
fn to_expiry_milliseconds(time: Duration) -> u64 {
    const CENTURY: u128 = 100 * 365 * 86_400_000;
    u64::try_from(time.as_millis().clamp(1, CENTURY)).unwrap_or(1)
}

impl<C> fmt::Debug for RedisStore<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RedisStore({})", self.key_prefix)
    }
}
