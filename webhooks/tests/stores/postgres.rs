use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use partner_webhooks::sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use partner_webhooks::sqlx::{self, Transaction};
use partner_webhooks::{BoxError, PostgresStore};

use crate::backend::Backend;
use crate::killed::SharedDatabase;
use crate::process::{build_command, free_port};

/// A Postgres server on a free port, with its data in a temporary folder.
pub(crate) struct Postgres {
    /// The folder of the server; `None` if another process has started the server.
    folder: Option<tempfile::TempDir>,
    port: u16,
    look: PgPool,
}

impl Postgres {
    fn folder(&self) -> &Path {
        self.folder.as_ref().expect("this process has started the server").path()
    }

    fn pg_ctl(&self, arguments: &[&str]) -> bool {
        let folder = self.folder();
        let log = std::fs::File::create(folder.join("pg_ctl.log")).unwrap();
        let mut control = build_command("pg_ctl", folder);
        control.args(["-D", "data", "-w", "-s"]).args(arguments);
        control.stdout(log.try_clone().unwrap()).stderr(log).stdin(Stdio::null()).status().unwrap().success()
    }

    fn run(&self) {
        let folder = self.folder();
        let options = format!(
            "-p {} -k {} -c listen_addresses=127.0.0.1 -c max_connections=60",
            self.port,
            folder.display()
        );
        let log = folder.join("server.log");
        let started = self.pg_ctl(&["-l", log.to_str().unwrap(), "-o", &options, "start"]);
        assert!(started, "{}", std::fs::read_to_string(log).unwrap_or_default());
    }

    async fn pool(&self, connections: u32) -> PgPool {
        let pool = pool(self.port, connections);
        pool.acquire().await.unwrap();
        pool
    }

    async fn execute(&self, sql: &'static str) {
        let pool = self.pool(1).await;
        sqlx::raw_sql(sql).execute(&pool).await.unwrap();
        pool.close().await;
    }
}

/// Creates a pool, which connects when it is first used.
fn pool(port: u16, connections: u32) -> PgPool {
    let options = PgConnectOptions::new().host("127.0.0.1").port(port).username("test").database("postgres");
    let pool = PgPoolOptions::new().max_connections(connections).acquire_timeout(Duration::from_secs(5));
    pool.connect_lazy_with(options)
}

impl Backend for Postgres {
    const NAME: &'static str = "postgres";
    const TRANSACTIONAL: bool = true;
    const PARALLEL: bool = true;

    type Store = PostgresStore;

    async fn start() -> Postgres {
        let folder = tempfile::tempdir().unwrap();
        let arguments =
            ["-D", "data", "-U", "test", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale", "C"];
        let made =
            build_command("initdb", folder.path()).args(arguments).stdout(Stdio::null()).status().unwrap();
        assert!(made.success());
        let port = free_port();
        let server = Postgres { folder: Some(folder), port, look: pool(port, 1) };
        server.run();
        server.execute("CREATE TABLE effects (event text NOT NULL)").await;
        server
    }

    async fn replica(&self) -> PostgresStore {
        let store = PostgresStore::new(self.pool(10).await);
        store.create_tables().await.unwrap();
        store
    }

    async fn apply(
        &self,
        mut session: Transaction<'static, sqlx::Postgres>,
        event: &str,
    ) -> Result<Transaction<'static, sqlx::Postgres>, BoxError> {
        sqlx::query("INSERT INTO effects (event) VALUES ($1)").bind(event).execute(&mut *session).await?;
        Ok(session)
    }

    async fn fail_statement(
        &self,
        mut session: Transaction<'static, sqlx::Postgres>,
    ) -> Transaction<'static, sqlx::Postgres> {
        let failed = sqlx::query("SELECT * FROM no_such_table").execute(&mut *session).await;
        assert!(failed.is_err());
        session
    }

    async fn count_effects(&self, event: &str) -> u64 {
        let count = sqlx::query_scalar("SELECT count(*) FROM effects WHERE event = $1").bind(event);
        let count: i64 = count.fetch_one(&self.look).await.unwrap();
        u64::try_from(count).unwrap()
    }

    async fn restart(&self) {
        assert!(self.pg_ctl(&["-m", "immediate", "stop"]));
        self.run();
    }

    async fn break_connections(&self) {
        self.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND usename = 'test'").await;
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if self.folder.is_some() {
            self.pg_ctl(&["-m", "immediate", "stop"]);
        }
    }
}

impl SharedDatabase for Postgres {
    fn address(&self) -> String {
        self.port.to_string()
    }

    async fn attach(address: &str) -> Postgres {
        let port = address.parse().unwrap();
        Postgres { folder: None, port, look: pool(port, 1) }
    }
}
