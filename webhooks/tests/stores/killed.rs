//! Tests with processes that are killed while they handle events.
//!
//! A child process runs this program again. An environment variable has the database that the child shares, and its
//! role. The child is killed with `SIGKILL`, so it cannot clean up.

use std::io::{BufRead, BufReader, Lines};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use partner_webhooks::{
    BoxError, Delivery, Event, EventStore, Handler, Inbox, InboxReceiver, InboxWorker, Outcome, Receive,
    Receiver,
};

use crate::backend::Backend;
use crate::deliveries::{PlainEvent, TrustingVerifier};
use crate::postgres::Postgres;
use crate::sqlite::Sqlite;
use crate::suite::run;

/// A database that several processes can share.
pub(crate) trait SharedDatabase: Backend {
    /// Returns the address with which other processes can open the database.
    fn address(&self) -> String;

    /// Opens the database that another process has started.
    fn attach(address: &str) -> impl Future<Output = Self> + Send;
}

type Session<B> = <<B as Backend>::Store as EventStore>::Session;

/// Returns the tests of a store, as pairs of name and function.
pub(crate) fn tests<B: SharedDatabase>() -> Vec<(&'static str, fn())>
where
    B::Store: Inbox<Session = Session<B>>,
{
    vec![
        ("what_a_worker_was_handling_when_it_was_killed_is_handled_once", || run(killed_worker::<B>)),
        ("what_a_receiver_was_handling_when_it_was_killed_is_handled_once", || run(killed_receiver::<B>)),
        ("ten_thousand_deliveries_to_receivers_that_are_killed_have_their_effects_once", || {
            run(killed_under_load::<B>)
        }),
    ]
}

const CHILD_VARIABLE: &str = "PARTNER_WEBHOOKS_TEST_CHILD";

const EVENTS: usize = 2_000;
/// The number of deliveries that each of the two receivers gets.
const DELIVERIES: usize = 5_000;

/// The role of a child process. The child prints a line for each step that its parent waits for.
#[derive(Clone, Copy)]
enum ChildRole {
    /// Takes a delivery from the inbox, applies its effect, and then waits forever.
    InboxWorker,
    /// Receives the event `1`, applies its effect, and then waits forever.
    Receiver,
    /// Receives all deliveries, in a random order with this seed.
    Deliveries { seed: u64 },
}

/// Runs the role that the environment variable has. Returns false if this process is not a child.
pub(crate) fn run_child() -> bool {
    let Ok(task) = std::env::var(CHILD_VARIABLE) else { return false };
    let mut words = task.splitn(3, ' ');
    let (store, role, address) = (words.next().unwrap(), words.next().unwrap(), words.next().unwrap());
    let role = match role {
        "worker" => ChildRole::InboxWorker,
        "receiver" => ChildRole::Receiver,
        seed => ChildRole::Deliveries { seed: seed.parse().unwrap() },
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        match store {
            Sqlite::NAME => run_role::<Sqlite>(role, address).await,
            Postgres::NAME => run_role::<Postgres>(role, address).await,
            other => panic!("no child knows {other}"),
        }
    });
    true
}

async fn run_role<B: SharedDatabase>(role: ChildRole, address: &str)
where
    B::Store: Inbox<Session = Session<B>>,
{
    let backend = Arc::new(B::attach(address).await);
    let store = backend.replica().await;
    let handler = ApplyingHandler { backend, waits: !matches!(role, ChildRole::Deliveries { .. }) };
    match role {
        ChildRole::InboxWorker => {
            InboxWorker::new(TrustingVerifier, store, handler).handle_next_delivery().await.unwrap();
        }
        ChildRole::Receiver => {
            Receiver::new(TrustingVerifier, store, handler).receive(delivery("1")).await;
        }
        ChildRole::Deliveries { seed } => {
            receive_all(Receiver::new(TrustingVerifier, store, handler), seed).await
        }
    }
}

/// A handler that applies the effect of an event.
struct ApplyingHandler<B> {
    backend: Arc<B>,
    /// Whether the handler prints a line after the effect, and then waits forever.
    waits: bool,
}

impl<B: Backend> Handler<PlainEvent, Session<B>> for ApplyingHandler<B> {
    async fn handle(&self, event: PlainEvent, session: Session<B>) -> Result<Session<B>, BoxError> {
        let session = self.backend.apply(session, &event.0).await?;
        if self.waits {
            println!("applied {}", event.key());
            std::future::pending::<()>().await;
        }
        Ok(session)
    }
}

fn delivery(event: &str) -> Delivery {
    Delivery::new("/", Default::default(), event.to_owned())
}

/// Receives all deliveries, four at a time, and repeats each delivery until it is acknowledged. Prints a line for every
/// hundredth acknowledgement.
async fn receive_all<R: Receive + Clone>(receiver: R, seed: u64) {
    let mut order: Vec<usize> = (0..DELIVERIES).map(|number| number % EVENTS).collect();
    fastrand::Rng::with_seed(seed).shuffle(&mut order);
    let (order, next, acknowledged) =
        (Arc::new(order), Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let mut tasks = Vec::new();
    for _ in 0..4 {
        let (receiver, order) = (receiver.clone(), Arc::clone(&order));
        let (next, acknowledged) = (Arc::clone(&next), Arc::clone(&acknowledged));
        tasks.push(tokio::spawn(async move {
            while let Some(event) = order.get(next.fetch_add(1, Ordering::SeqCst)) {
                loop {
                    match receiver.receive(delivery(&event.to_string())).await {
                        Outcome::Handled | Outcome::Duplicate => break,
                        _ => tokio::time::sleep(Duration::from_millis(10)).await,
                    }
                }
                let count = acknowledged.fetch_add(1, Ordering::SeqCst) + 1;
                if count % 100 == 0 {
                    println!("acknowledged {count}");
                }
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
}

/// A child process whose output is read. The process is killed when this value is dropped.
struct ChildProcess {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl ChildProcess {
    fn start<B: SharedDatabase>(backend: &B, role: &str) -> ChildProcess {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.env(CHILD_VARIABLE, format!("{} {role} {}", B::NAME, backend.address()));
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        ChildProcess { child, lines }
    }

    fn wait_for_line(&mut self, line: &str) {
        let found = self.lines.any(|read| read.unwrap() == line);
        assert!(found, "the child ends before it prints {line:?}");
    }
}

impl Drop for ChildProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits until the condition is true. Panics after ten seconds.
async fn wait_until<F: Future<Output = bool>>(condition: impl Fn() -> F) {
    for _ in 0..100 {
        if condition().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("it does not happen in ten seconds");
}

async fn killed_worker<B: SharedDatabase>(backend: Arc<B>)
where
    B::Store: Inbox<Session = Session<B>>,
{
    let store = backend.replica().await;
    let receiver = InboxReceiver::new(TrustingVerifier, store.clone());
    assert!(matches!(receiver.receive(delivery("1")).await, Outcome::Stored));
    let mut process = ChildProcess::start(&*backend, "worker");
    process.wait_for_line("applied test:1");
    drop(process);
    assert_eq!(backend.count_effects("1").await, 0, "its transaction went with it");
    let handler = ApplyingHandler { backend: Arc::clone(&backend), waits: false };
    let worker = InboxWorker::new(TrustingVerifier, store, handler);
    wait_until(async || worker.handle_next_delivery().await.unwrap_or(false)).await;
    assert_eq!(backend.count_effects("1").await, 1);
    assert!(!worker.handle_next_delivery().await.unwrap(), "nothing is left");
}

async fn killed_receiver<B: SharedDatabase>(backend: Arc<B>)
where
    B::Store: Inbox<Session = Session<B>>,
{
    let store = backend.replica().await;
    let mut process = ChildProcess::start(&*backend, "receiver");
    process.wait_for_line("applied test:1");
    drop(process);
    assert_eq!(backend.count_effects("1").await, 0, "its transaction went with it");
    let handler = ApplyingHandler { backend: Arc::clone(&backend), waits: false };
    let receiver = Receiver::new(TrustingVerifier, store, handler);
    wait_until(async || matches!(receiver.receive(delivery("1")).await, Outcome::Handled)).await;
    assert_eq!(backend.count_effects("1").await, 1);
    assert!(matches!(receiver.receive(delivery("1")).await, Outcome::Duplicate));
}

async fn killed_under_load<B: SharedDatabase>(backend: Arc<B>)
where
    B::Store: Inbox<Session = Session<B>>,
{
    drop(backend.replica().await);
    let mut first = ChildProcess::start(&*backend, "1");
    let mut second = ChildProcess::start(&*backend, "2");
    first.wait_for_line("acknowledged 800");
    drop(first);
    let mut first = ChildProcess::start(&*backend, "3");
    second.wait_for_line("acknowledged 1600");
    drop(second);
    let mut second = ChildProcess::start(&*backend, "4");
    first.wait_for_line("acknowledged 5000");
    second.wait_for_line("acknowledged 5000");
    for event in 0..EVENTS {
        assert_eq!(backend.count_effects(&event.to_string()).await, 1, "event {event}");
    }
}
