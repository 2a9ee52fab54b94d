use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use partner_webhooks::sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
};
use partner_webhooks::sqlx::{self, Transaction};
use partner_webhooks::{BoxError, Clock, SqliteStore};

use crate::backend::Backend;
use crate::killed::SharedDatabase;

/// A SQLite file, with which each replica has its own pool of connections.
pub(crate) struct Sqlite {
    file: PathBuf,
    look: SqlitePool,
    /// The folder of the file. It is deleted when this value is dropped.
    _folder: Option<tempfile::TempDir>,
}

impl Sqlite {
    async fn pool(file: &Path) -> SqlitePool {
        let options = SqliteConnectOptions::new()
            .filename(file)
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
        let file = folder.path().join("events.db");
        let look = Sqlite::pool(&file).await;
        sqlx::raw_sql("CREATE TABLE effects (event TEXT NOT NULL)").execute(&look).await.unwrap();
        Sqlite { file, look, _folder: Some(folder) }
    }

    async fn replica(&self) -> SqliteStore {
        let store = SqliteStore::new(Sqlite::pool(&self.file).await);
        store.create_tables().await.unwrap();
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

    async fn count_effects(&self, event: &str) -> u64 {
        let count = sqlx::query_scalar("SELECT count(*) FROM effects WHERE event = $1").bind(event);
        let count: i64 = count.fetch_one(&self.look).await.unwrap();
        u64::try_from(count).unwrap()
    }

    // SQLite has no server to restart. The tests in `killed` kill processes that use the file.
    async fn restart(&self) {}

    async fn break_connections(&self) {}
}

impl SharedDatabase for Sqlite {
    fn address(&self) -> String {
        self.file.display().to_string()
    }

    async fn attach(address: &str) -> Sqlite {
        let file = PathBuf::from(address);
        Sqlite { look: Sqlite::pool(&file).await, file, _folder: None }
    }
}
