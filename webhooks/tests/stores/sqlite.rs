use std::time::{Duration, SystemTime};

use partner_webhooks::sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
};
use partner_webhooks::sqlx::{self, Transaction};
use partner_webhooks::{BoxError, Clock, SqliteStore};

use crate::backend::Backend;

/// A file, to which each replica has a pool of its own.
pub(crate) struct Sqlite {
    folder: tempfile::TempDir,
    look: SqlitePool,
}

impl Sqlite {
    async fn pool(folder: &tempfile::TempDir) -> SqlitePool {
        let options = SqliteConnectOptions::new()
            .filename(folder.path().join("events.db"))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .busy_timeout(Duration::from_millis(200));
        SqlitePoolOptions::new().max_connections(10).connect_with(options).await.unwrap()
    }
}

impl Backend for Sqlite {
    const NAME: &'static str = "sqlite";
    const TRANSACTIONAL: bool = true;
    const PARALLEL: bool = false;

    type Store = SqliteStore;

    async fn start() -> Sqlite {
        let folder = tempfile::tempdir().unwrap();
        let look = Sqlite::pool(&folder).await;
        sqlx::raw_sql("CREATE TABLE effects (event TEXT NOT NULL)").execute(&look).await.unwrap();
        Sqlite { folder, look }
    }

    async fn replica(&self) -> SqliteStore {
        let store = SqliteStore::new(Sqlite::pool(&self.folder).await);
        store.migrate().await.unwrap();
        store
    }

    async fn apply(
        &self,
        mut session: Transaction<'static, sqlx::Sqlite>,
        event: &str,
    ) -> Result<Transaction<'static, sqlx::Sqlite>, BoxError> {
        sqlx::query("INSERT INTO effects (event) VALUES ($1)").bind(event).execute(&mut *session).await?;
        Ok(session)
    }

    async fn fail_statement(
        &self,
        mut session: Transaction<'static, sqlx::Sqlite>,
    ) -> Transaction<'static, sqlx::Sqlite> {
        let failed = sqlx::query("SELECT * FROM no_such_table").execute(&mut *session).await;
        assert!(failed.is_err());
        session
    }

    async fn replica_of_the_future(&self) -> SqliteStore {
        let century = Duration::from_secs(100 * 365 * 86_400);
        self.replica().await.clock(Clock::fixed(SystemTime::now() + century))
    }

    async fn effects(&self, event: &str) -> u64 {
        let count = sqlx::query_scalar("SELECT count(*) FROM effects WHERE event = $1").bind(event);
        let count: i64 = count.fetch_one(&self.look).await.unwrap();
        u64::try_from(count).unwrap()
    }

    // A new replica opens the file anew, which is all that a restart is.
    async fn restart(&self) {}

    async fn break_connections(&self) {}
}
