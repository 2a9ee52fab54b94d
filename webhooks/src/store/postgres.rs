use std::time::Duration;

use sqlx::postgres::PgPool;
use sqlx::{PgConnection, Postgres, Transaction};

use super::{Claim, ClaimResult, EventStore, StoreError};
use crate::{Delivery, DueDelivery, EventKey, Inbox};

/// An event store and an inbox in Postgres. Both record an event in the transaction in which the event's handler
/// writes.
///
/// **The effect of an event happens exactly once** if the handler writes it in its session, because the effect and the
/// record are committed together. If the handler fails, its process dies or its connection breaks, Postgres rolls back
/// both. No other handler can take over a claim; the lease only limits how long a transaction may be idle before
/// Postgres ends it.
///
/// The store needs the tables of [`MIGRATION_SQL`](Self::MIGRATION_SQL).
#[derive(Debug, Clone)]
pub struct PostgresStore {
    pool: PgPool,
}

/// The time after which the sender should repeat a delivery if another transaction is handling the event. The time is a
/// guess, because the store does not know how long the other transaction takes.
const REDELIVERY_DELAY_WHEN_BUSY: Duration = Duration::from_secs(1);

impl PostgresStore {
    /// The SQL that creates the tables of the store and the inbox, for a migration tool. It is harmless to run it
    /// again.
    pub const MIGRATION_SQL: &'static str = "\
CREATE TABLE IF NOT EXISTS partner_webhook_events (
    key text PRIMARY KEY,
    handled_at timestamptz NOT NULL,
    keep_until timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS partner_webhook_events_keep_until ON partner_webhook_events (keep_until);

CREATE TABLE IF NOT EXISTS partner_webhook_inbox (
    key text PRIMARY KEY,
    path text NOT NULL,
    body bytea NOT NULL,
    keep interval NOT NULL,
    received_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    failures integer NOT NULL DEFAULT 0,
    handled_at timestamptz
);
CREATE INDEX IF NOT EXISTS partner_webhook_inbox_due_at
    ON partner_webhook_inbox (due_at) WHERE handled_at IS NULL;
";

    /// Makes a store that uses the connections of a pool.
    pub fn new(pool: PgPool) -> PostgresStore {
        PostgresStore { pool }
    }

    /// Creates the tables if they do not exist.
    ///
    /// # Errors
    ///
    /// When the database cannot be reached, or the database user may not create tables.
    pub async fn create_tables(&self) -> Result<(), StoreError> {
        sqlx::raw_sql(Self::MIGRATION_SQL).execute(&self.pool).await.map_err(to_store_error)?;
        Ok(())
    }

    /// Deletes the events whose retention has ended, and returns the number of deleted events. Call this function once
    /// a day.
    ///
    /// # Errors
    ///
    /// When the database cannot be reached.
    pub async fn delete_expired_events(&self) -> Result<u64, StoreError> {
        let mut forgotten = 0;
        for delete in [
            "DELETE FROM partner_webhook_events WHERE keep_until <= now()",
            "DELETE FROM partner_webhook_inbox WHERE handled_at + keep <= now()",
        ] {
            forgotten +=
                sqlx::query(delete).execute(&self.pool).await.map_err(to_store_error)?.rows_affected();
        }
        Ok(forgotten)
    }

    /// Begins a transaction with a timeout: Postgres ends the transaction if it is idle for longer than `idle_timeout`.
    async fn begin_transaction_with_idle_timeout(
        &self,
        idle_timeout: Duration,
    ) -> Result<Transaction<'static, Postgres>, StoreError> {
        let mut transaction = self.pool.begin().await.map_err(to_store_error)?;
        let idle = sqlx::query("SELECT set_config('idle_in_transaction_session_timeout', $1, true)");
        let idle = idle.bind(idle_timeout.as_millis().clamp(1, i32::MAX.unsigned_abs().into()).to_string());
        idle.execute(&mut *transaction).await.map_err(to_store_error)?;
        Ok(transaction)
    }

    /// Claims an event in the caller's transaction, by writing the record that the event was handled. To complete the
    /// claim, commit the transaction; to release the claim, roll the transaction back.
    ///
    /// # Errors
    ///
    /// When the database cannot be reached, or the transaction has failed already.
    pub async fn claim_event_in_transaction(
        transaction: &mut PgConnection,
        key: &EventKey,
    ) -> Result<ClaimResult<()>, StoreError> {
        // With this lock, a second delivery of the event finds out immediately that the event is being handled. Without
        // the lock, the `INSERT` for the second delivery would wait until this transaction ends, and the sender would
        // wait, too. The id of the lock is a hash of the event's key. So while an event is handled, other events with
        // the same hash count as busy, and have to be delivered again.
        let lock_query = sqlx::query_scalar("SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0))");
        let locked: bool =
            lock_query.bind(key.as_str()).fetch_one(&mut *transaction).await.map_err(to_store_error)?;
        if !locked {
            return Ok(ClaimResult::HeldByAnother { remaining_time: REDELIVERY_DELAY_WHEN_BUSY });
        }
        let insert = sqlx::query(
            "INSERT INTO partner_webhook_events AS event (key, handled_at, keep_until) \
             VALUES ($1, now(), now() + make_interval(secs => $2)) \
             ON CONFLICT (key) DO UPDATE SET handled_at = excluded.handled_at, keep_until = excluded.keep_until \
             WHERE event.keep_until <= now()",
        );
        let insert = insert.bind(key.as_str()).bind(to_capped_seconds(key.retention()));
        match insert.execute(transaction).await.map_err(to_store_error)?.rows_affected() {
            0 => Ok(ClaimResult::AlreadyHandled),
            _ => Ok(ClaimResult::Granted(Claim::new(key), ())),
        }
    }
}

impl EventStore for PostgresStore {
    type Session = Transaction<'static, Postgres>;

    async fn claim_event(
        &self,
        key: &EventKey,
        lease: Duration,
    ) -> Result<ClaimResult<Self::Session>, StoreError> {
        let mut transaction = self.begin_transaction_with_idle_timeout(lease).await?;
        let other = match Self::claim_event_in_transaction(&mut transaction, key).await? {
            ClaimResult::Granted(claim, ()) => return Ok(ClaimResult::Granted(claim, transaction)),
            ClaimResult::AlreadyHandled => ClaimResult::AlreadyHandled,
            ClaimResult::HeldByAnother { remaining_time } => ClaimResult::HeldByAnother { remaining_time },
        };
        // Without this rollback, the dropped transaction would keep its lock until the pool uses the connection again.
        transaction.rollback().await.map_err(to_store_error)?;
        Ok(other)
    }

    async fn complete_claim(&self, claim: Claim, mut session: Self::Session) -> Result<(), StoreError> {
        // If a statement of the handler has failed, a commit rolls the transaction back, but reports success. To notice
        // this, a query is executed before the commit: the query fails after a failed statement, so the event is not
        // reported as handled.
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
        // Nothing is left to do: the caller has dropped the session, which rolls back the record of the event.
        Ok(())
    }
}

impl Inbox for PostgresStore {
    type Session = Transaction<'static, Postgres>;

    async fn store_delivery(&self, key: &EventKey, delivery: &Delivery) -> Result<bool, StoreError> {
        let insert = sqlx::query(
            "INSERT INTO partner_webhook_inbox AS event (key, path, body, keep, received_at, due_at) \
             VALUES ($1, $2, $3, make_interval(secs => $4), now(), now()) \
             ON CONFLICT (key) DO UPDATE SET path = excluded.path, body = excluded.body, keep = excluded.keep, \
             received_at = now(), due_at = now(), failures = 0, handled_at = NULL \
             WHERE event.handled_at + event.keep <= now()",
        );
        let insert = insert.bind(key.as_str()).bind(&delivery.path).bind(&delivery.body[..]);
        let insert = insert.bind(to_capped_seconds(key.retention()));
        Ok(insert.execute(&self.pool).await.map_err(to_store_error)?.rows_affected() == 1)
    }

    async fn take_due_delivery(
        &self,
        idle_timeout: Duration,
    ) -> Result<Option<DueDelivery<Self::Session>>, StoreError> {
        let mut session = self.begin_transaction_with_idle_timeout(idle_timeout).await?;
        let due = sqlx::query_as(
            "SELECT key, path, body, failures FROM partner_webhook_inbox \
             WHERE handled_at IS NULL AND due_at <= now() \
             ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED",
        );
        let due: Option<(String, String, Vec<u8>, i32)> =
            due.fetch_optional(&mut *session).await.map_err(to_store_error)?;
        let Some((key, path, body, failures)) = due else {
            session.rollback().await.map_err(to_store_error)?;
            return Ok(None);
        };
        let failures = u32::try_from(failures).unwrap_or(0);
        Ok(Some(DueDelivery { key, path, body: body.into(), failure_count: failures, session }))
    }

    async fn complete_delivery(&self, key: &str, mut session: Self::Session) -> Result<(), StoreError> {
        let done = sqlx::query(
            "UPDATE partner_webhook_inbox SET handled_at = now(), body = '' WHERE key = $1 AND handled_at IS NULL",
        );
        match done.bind(key).execute(&mut *session).await.map_err(to_store_error)?.rows_affected() {
            0 => Err(StoreError::LeaseExpired),
            _ => session.commit().await.map_err(to_store_error),
        }
    }

    async fn postpone_delivery(&self, key: &str, delay: Duration) -> Result<(), StoreError> {
        let later = sqlx::query(
            "UPDATE partner_webhook_inbox SET failures = failures + 1, due_at = now() + make_interval(secs => $2) \
             WHERE key = $1 AND handled_at IS NULL",
        );
        later.bind(key).bind(to_capped_seconds(delay)).execute(&self.pool).await.map_err(to_store_error)?;
        Ok(())
    }
}

/// Converts a duration into seconds, limited to a century, so that it fits into a Postgres interval.
fn to_capped_seconds(time: Duration) -> f64 {
    const CENTURY: f64 = 100.0 * 365.0 * 86_400.0;
    time.as_secs_f64().min(CENTURY)
}

fn to_store_error(error: sqlx::Error) -> StoreError {
    StoreError::Failed(error.into())
}
