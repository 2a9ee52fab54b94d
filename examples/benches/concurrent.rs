//! Measures ten thousand calls at once through one client, against the sandbox: their duration, the number of failures,
//! and the memory and open files afterwards.
//!
//! `cargo bench -p partner-examples --bench concurrent`

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

mod support;

use std::io::Write;
use std::time::{Duration, Instant};

use partner_client::unigox::{Client, NewPartnerUser, NewPartnerUserRequired, UserRef};
use partner_sandbox::Sandbox;
use tokio::task::JoinSet;

use support::process::{self, ServerProcess};
use support::{BoxError, memory};

const CALLS: usize = 10_000;
const ROUNDS: usize = 12;

fn main() -> Result<(), BoxError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    match process::parse_part() {
        Some(_) => runtime.block_on(run_sandbox()),
        None => runtime.block_on(benchmark()),
    }
}

/// Runs the sandbox in a process of its own, because each side of a connection counts as an open file of its process.
async fn run_sandbox() -> Result<(), BoxError> {
    let sandbox = Sandbox::start().await?;
    println!("{}", sandbox.unigox_base_url());
    std::io::stdout().flush()?;
    std::future::pending().await
}

async fn benchmark() -> Result<(), BoxError> {
    let sandbox = ServerProcess::start("sandbox")?;
    println!("{CALLS} calls at once, {ROUNDS} times through the same client\n");
    for limit in [Some(100), Some(1000), None] {
        let name =
            limit.map_or_else(|| String::from("no limit"), |limit| format!("at most {limit} under way"));
        // Without a limit, each call has a connection of its own, which needs an open file.
        if limit.is_none() && memory::read_open_file_limit().is_some_and(|most| most < CALLS + 100) {
            println!("{name}: left out, since this system allows fewer than {CALLS} open files");
            continue;
        }
        println!("{name}");
        rounds(&sandbox.ready_line, limit).await?;
    }
    println!("peak memory of all, without the sandbox: {}", memory::format_mib(memory::read_peak_mib()));
    Ok(())
}

async fn rounds(base_url: &str, limit: Option<usize>) -> Result<(), BoxError> {
    let builder = Client::builder().api_key(Sandbox::UNIGOX_API_KEY).base_url(base_url);
    let builder = builder.timeout(Duration::from_secs(120)).connect_timeout(Duration::from_secs(60));
    let client = match limit {
        Some(limit) => builder.concurrency_limit(limit).build()?,
        None => builder.build()?,
    };
    for round in 1..=ROUNDS {
        let started = Instant::now();
        let failed = make_calls_at_once(&client, round).await?;
        let seconds = started.elapsed().as_secs_f64();
        println!(
            "  round {round}: {seconds:.2} s, {:.0} calls/s, {failed} failed, {} resident, {} files open",
            CALLS as f64 / seconds,
            memory::format_mib(memory::read_resident_mib()),
            memory::count_open_files().map_or_else(|| String::from("unknown"), |files| files.to_string()),
        );
    }
    drop(client);
    // The pause lets the background tasks of the client close the connections before the open files are counted.
    tokio::time::sleep(Duration::from_millis(500)).await;
    println!(
        "  without the client: {} resident, {} files open",
        memory::format_mib(memory::read_resident_mib()),
        memory::count_open_files().map_or_else(|| String::from("unknown"), |files| files.to_string()),
    );
    Ok(())
}

/// Makes all calls of a round at once, half of them reads and half of them writes. Returns the number of failed calls.
async fn make_calls_at_once(client: &Client, round: usize) -> Result<usize, BoxError> {
    let mut calls = JoinSet::new();
    for number in 0..CALLS {
        let client = client.clone();
        calls.spawn(async move {
            if number % 2 == 0 {
                client.verify_auth().await.map(drop)
            } else {
                let name = format!("customer-{round}-{number}");
                let user = NewPartnerUser::new(NewPartnerUserRequired {
                    user_ref: UserRef::from(name.clone()),
                    email: format!("{name}@example.com"),
                });
                client.create_partner_user(user).await.map(drop)
            }
        });
    }
    let mut failed = 0;
    while let Some(call) = calls.join_next().await {
        if let Err(error) = call? {
            if failed == 0 {
                println!("  the first failure: {error:?}");
            }
            failed += 1;
        }
    }
    Ok(failed)
}
