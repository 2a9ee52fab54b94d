use std::time::{Duration, SystemTime};

use sqlx::sqlite::SqlitePool;
use sqlx::{Sqlite, SqliteConnection, Transaction};

use super::{Claim, ClaimResult, EventStore, StoreError};
use crate::{Clock, Delivery, DueDelivery, EventKey, Inbox};

/// An event store and an inbox in SQLite, for services on one machine. Both record an event in the same transaction as
/// the handler's effect.
///
/// **The effect happens exactly once** if it is written in the handler's session, because the effect and the record are
/// committed together. No other handler can take over a claim.
///
/// SQLite allows one writer at a time, and a claim is a write, so only one event is handled at a time. Other deliveries
/// wait up to the busy timeout of the database; after that, the sender has to repeat them. So handlers should be short.
///
/// The store needs the tables of [`MIGRATION_SQL`](Self::MIGRATION_SQL).
#[derive(Debug, Clone)]
pub struct SqliteStore {
    pool: SqlitePool,
    clock: Clock,
}

/// The time after which the sender should deliver an event again if the store could not claim it, because another
/// connection was writing to the database.
const REDELIVERY_DELAY_WHEN_BUSY: Duration = Duration::from_secs(1);

impl SqliteStore {
    /// The SQL that creates the tables of the store and the inbox, for a migration tool. It is harmless to run it
    /// again. The times in the tables are in seconds since 1970.
    pub const MIGRATION_SQL: &'static str = "\
CREATE TABLE IF NOT EXISTS partner_webhook_events (
    key TEXT PRIMARY KEY,
    handled_at INTEGER NOT NULL,
    keep_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS partner_webhook_events_keep_until ON partner_webhook_events (keep_until);

CREATE TABLE IF NOT EXISTS partner_webhook_inbox (
    key TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    body BLOB NOT NULL,
    keep INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0,
    handled_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS partner_webhook_inbox_due_at
    ON partner_webhook_inbox (due_at) WHERE handled_at IS NULL;
";

    /// Makes a store that uses the connections of a pool.
    pub fn new(pool: SqlitePool) -> SqliteStore {
        SqliteStore { pool, clock: Clock::system() }
    }

    /// Sets the clock from which the store reads the current time. The default is the clock of the operating system.
    #[must_use]
    pub fn clock(self, clock: Clock) -> SqliteStore {
        SqliteStore { clock, ..self }
    }

    /// Creates the tables if they do not exist.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub async fn create_tables(&self) -> Result<(), StoreError> {
        sqlx::raw_sql(Self::MIGRATION_SQL).execute(&self.pool).await.map_err(to_store_error)?;
        Ok(())
    }

    /// Deletes the events whose retention has ended, and returns the number of deleted events. Call this function once
    /// a day.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub async fn delete_expired_events(&self) -> Result<u64, StoreError> {
        let delete = sqlx::query("DELETE FROM partner_webhook_events WHERE keep_until <= $1")
            .bind(self.current_unix_seconds());
        Ok(delete.execute(&self.pool).await.map_err(to_store_error)?.rows_affected())
    }

    /// Claims an event in the caller's transaction, by writing the record that the event was handled. To complete the
    /// claim, commit the transaction; to release the claim, roll the transaction back. Begin the transaction with
    /// `BEGIN IMMEDIATE`.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub async fn claim_event_in_transaction(
        &self,
        transaction: &mut SqliteConnection,
        key: &EventKey,
    ) -> Result<ClaimResult<()>, StoreError> {
        let now = self.current_unix_seconds();
        let insert = sqlx::query(
            "INSERT INTO partner_webhook_events (key, handled_at, keep_until) VALUES ($1, $2, $3) \
             ON CONFLICT (key) DO UPDATE SET handled_at = excluded.handled_at, keep_until = excluded.keep_until \
             WHERE partner_webhook_events.keep_until <= $2",
        );
        let insert =
            insert.bind(key.as_str()).bind(now).bind(now.saturating_add(to_capped_seconds(key.retention())));
        match insert.execute(transaction).await.map_err(to_store_error)?.rows_affected() {
            0 => Ok(ClaimResult::AlreadyHandled),
            _ => Ok(ClaimResult::Granted(Claim::new(key), ())),
        }
    }

    /// Returns the current time in seconds since 1970.
    fn current_unix_seconds(&self) -> i64 {
        let since = self.clock.now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
    }
}

impl EventStore for SqliteStore {
    type Session = Transaction<'static, Sqlite>;

    async fn claim_event(
        &self,
        key: &EventKey,
        _lease: Duration,
    ) -> Result<ClaimResult<Self::Session>, StoreError> {
        let mut transaction = match self.pool.begin_with("BEGIN IMMEDIATE").await {
            Ok(transaction) => transaction,
            Err(error) if is_busy_error(&error) => {
                return Ok(ClaimResult::HeldByAnother { remaining_time: REDELIVERY_DELAY_WHEN_BUSY });
            }
            Err(error) => return Err(to_store_error(error)),
        };
        let other = match self.claim_event_in_transaction(&mut transaction, key).await? {
            ClaimResult::Granted(claim, ()) => return Ok(ClaimResult::Granted(claim, transaction)),
            ClaimResult::AlreadyHandled => ClaimResult::AlreadyHandled,
            ClaimResult::HeldByAnother { remaining_time } => ClaimResult::HeldByAnother { remaining_time },
        };
        // Without this rollback, the dropped transaction would keep its lock until the pool uses the connection again.
        transaction.rollback().await.map_err(to_store_error)?;
        Ok(other)
    }

    async fn complete_claim(&self, claim: Claim, mut session: Self::Session) -> Result<(), StoreError> {
        // After some errors, SQLite rolls the transaction back, and later statements of the session run without a
        // transaction. The rollback also removes the record that the claim inserted. So if this query does not find the
        // record, the function returns an error.
        let record_lookup_query = sqlx::query("SELECT 1 FROM partner_webhook_events WHERE key = $1");
        let record = record_lookup_query
            .bind(claim.key().as_str())
            .fetch_optional(&mut *session)
            .await
            .map_err(to_store_error)?;
        match record {
            Some(_) => session.commit().await.map_err(to_store_error),
            None => Err(StoreError::LeaseExpired),
        }
    }

    async fn release_claim(&self, _claim: Claim) -> Result<(), StoreError> {
        // Nothing to do here: the caller has already dropped the session, which rolls back the record of the event.
        Ok(())
    }
}

impl Inbox for SqliteStore {
    type Session = Transaction<'static, Sqlite>;

    async fn store_delivery(&self, key: &EventKey, delivery: &Delivery) -> Result<bool, StoreError> {
        let insert = sqlx::query(
            "INSERT INTO partner_webhook_inbox (key, path, body, keep, received_at, due_at) \
             VALUES ($1, $2, $3, $4, $5, $5) \
             ON CONFLICT (key) DO UPDATE SET path = excluded.path, body = excluded.body, keep = excluded.keep, \
             received_at = $5, due_at = $5, failures = 0, handled_at = NULL \
             WHERE partner_webhook_inbox.handled_at + partner_webhook_inbox.keep <= $5",
        );
        let insert = insert.bind(key.as_str()).bind(&delivery.path).bind(&delivery.body[..]);
        let insert = insert.bind(to_capped_seconds(key.retention())).bind(self.current_unix_seconds());
        Ok(insert.execute(&self.pool).await.map_err(to_store_error)?.rows_affected() == 1)
    }

    async fn take_due_delivery(
        &self,
        _session_idle_timeout: Duration,
    ) -> Result<Option<DueDelivery<Self::Session>>, StoreError> {
        let mut session = match self.pool.begin_with("BEGIN IMMEDIATE").await {
            Ok(session) => session,
            Err(error) if is_busy_error(&error) => return Ok(None),
            Err(error) => return Err(to_store_error(error)),
        };
        let due = sqlx::query_as(
            "SELECT key, path, body, failures FROM partner_webhook_inbox \
             WHERE handled_at IS NULL AND due_at <= $1 ORDER BY due_at LIMIT 1",
        );
        let due: Option<(String, String, Vec<u8>, u32)> = due
            .bind(self.current_unix_seconds())
            .fetch_optional(&mut *session)
            .await
            .map_err(to_store_error)?;
        let Some((key, path, body, failures)) = due else {
            session.rollback().await.map_err(to_store_error)?;
            return Ok(None);
        };
        Ok(Some(DueDelivery { key, path, body: body.into(), failure_count: failures, session }))
    }

    async fn complete_delivery(&self, key: &str, mut session: Self::Session) -> Result<(), StoreError> {
        let done = sqlx::query(
            "UPDATE partner_webhook_inbox SET handled_at = $2, body = x'' WHERE key = $1 AND handled_at IS NULL",
        );
        match done
            .bind(key)
            .bind(self.current_unix_seconds())
            .execute(&mut *session)
            .await
            .map_err(to_store_error)?
            .rows_affected()
        {
            0 => Err(StoreError::LeaseExpired),
            _ => session.commit().await.map_err(to_store_error),
        }
    }

    async fn postpone_delivery(&self, key: &str, delay: Duration) -> Result<(), StoreError> {
        let later = sqlx::query(
            "UPDATE partner_webhook_inbox SET failures = failures + 1, due_at = $2 \
             WHERE key = $1 AND handled_at IS NULL",
        );
        let due = self.current_unix_seconds().saturating_add(to_capped_seconds(delay));
        later.bind(key).bind(due).execute(&self.pool).await.map_err(to_store_error)?;
        Ok(())
    }
}

/// Converts a duration into seconds, limited to a century, so that adding it to a time cannot overflow.
fn to_capped_seconds(time: Duration) -> i64 {
    const CENTURY: i64 = 100 * 365 * 86_400;
    i64::try_from(time.as_secs()).unwrap_or(CENTURY).min(CENTURY)
}

/// Whether a statement failed because another connection is writing (`SQLITE_BUSY`). The lowest byte of an extended
/// error code is the basic error code.
fn is_busy_error(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|error| error.code()?.parse::<u32>().ok());
    code.is_some_and(|code| code & 0xFF == 5)
}

fn to_store_error(error: sqlx::Error) -> StoreError {
    StoreError::Failed(error.into())
}
