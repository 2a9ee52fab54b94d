use partner_webhooks::{BoxError, MemoryStore};

use crate::backend::{Backend, OutsideEffects};

/// The store in the memory of this process, which cannot be restarted or disconnected.
pub(crate) struct Memory {
    store: MemoryStore,
    effects: OutsideEffects,
}

impl Backend for Memory {
    const NAME: &'static str = "memory";
    const TRANSACTIONAL: bool = false;
    const PARALLEL: bool = true;

    type Store = MemoryStore;

    async fn start() -> Memory {
        Memory { store: MemoryStore::new(10_000), effects: OutsideEffects::default() }
    }

    async fn replica(&self) -> MemoryStore {
        self.store.clone()
    }

    async fn apply(&self, (): (), event: &str) -> Result<(), BoxError> {
        self.effects.add(event);
        Ok(())
    }

    async fn count_effects(&self, event: &str) -> u64 {
        self.effects.count(event)
    }

    async fn restart(&self) {}

    async fn break_connections(&self) {}
}
