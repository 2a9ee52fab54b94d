use std::process::{Child, Stdio};
use std::sync::Mutex;
use std::time::Duration;

use partner_webhooks::redis::aio::{ConnectionManager, ConnectionManagerConfig};
use partner_webhooks::redis::{Client, cmd};
use partner_webhooks::{BoxError, RedisStore};

use crate::backend::{Backend, OutsideEffects};
use crate::process::{build_command, free_port};

/// A Redis server on a free port, with the settings that the store requires. The effects of events are not written to
/// Redis.
pub(crate) struct Redis {
    folder: tempfile::TempDir,
    port: u16,
    server: Mutex<Child>,
    effects: OutsideEffects,
}

fn run(folder: &tempfile::TempDir, port: u16) -> Child {
    build_command("redis-server", folder.path())
        .args(["--port", &port.to_string(), "--bind", "127.0.0.1", "--save", "", "--appendonly", "yes"])
        .args(["--appendfsync", "always", "--maxmemory-policy", "noeviction"])
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

impl Redis {
    /// Connects to the server. Waits until the server has started.
    async fn connection(&self) -> ConnectionManager {
        let client = Client::open(format!("redis://127.0.0.1:{}/", self.port)).unwrap();
        let config = ConnectionManagerConfig::new().set_response_timeout(Some(Duration::from_secs(2)));
        for _ in 0..100 {
            match ConnectionManager::new_with_config(client.clone(), config.clone()).await {
                Ok(connection) => return connection,
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
        panic!("the server does not come up");
    }
}

impl Backend for Redis {
    const NAME: &'static str = "redis";
    const TRANSACTIONAL: bool = false;
    const PARALLEL: bool = true;

    type Store = RedisStore<ConnectionManager>;

    async fn start() -> Redis {
        let folder = tempfile::tempdir().unwrap();
        let port = free_port();
        let server = Mutex::new(run(&folder, port));
        let redis = Redis { folder, port, server, effects: OutsideEffects::default() };
        redis.connection().await;
        redis
    }

    async fn replica(&self) -> RedisStore<ConnectionManager> {
        RedisStore::new(self.connection().await)
    }

    async fn apply(&self, (): (), event: &str) -> Result<(), BoxError> {
        self.effects.add(event);
        Ok(())
    }

    async fn count_effects(&self, event: &str) -> u64 {
        self.effects.count(event)
    }

    async fn restart(&self) {
        {
            let mut server = self.server.lock().unwrap();
            server.kill().unwrap();
            server.wait().unwrap();
            *server = run(&self.folder, self.port);
        }
        self.connection().await;
    }

    async fn break_connections(&self) {
        let mut connection = self.connection().await;
        cmd("CLIENT")
            .arg("KILL")
            .arg("TYPE")
            .arg("normal")
            .query_async::<i64>(&mut connection)
            .await
            .unwrap();
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        let server = self.server.get_mut().unwrap();
        let _ = server.kill();
        let _ = server.wait();
    }
}
