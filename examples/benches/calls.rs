//! Compares calls of the client with the same calls that are written by hand with reqwest: time, and instructions if
//! valgrind is installed.
//!
//! `cargo bench -p partner-examples --bench calls`

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

mod support;

use std::time::Duration;

use partner_client::unigox::{Client, NewOrder, QuoteId, UserUuid};
use partner_client::uuid::Uuid;
use tokio::task::JoinSet;

use support::handwritten::HandwrittenClient;
use support::rounds::RoundTimes;
use support::{BoxError, KEY, process, server};

const ROUNDS: usize = 201;
const CALLS: usize = 320;
/// The number of calls that are made at the same time, in the rounds with concurrent calls.
const CONCURRENT_CALLS: usize = 32;

/// The kind of a call.
#[derive(Clone, Copy, PartialEq)]
enum CallKind {
    /// A call that may be repeated.
    Get,
    /// A call that must not be repeated.
    Post,
}

impl CallKind {
    const ALL: [CallKind; 2] = [CallKind::Get, CallKind::Post];

    fn name(self) -> &'static str {
        match self {
            CallKind::Get => "GET",
            CallKind::Post => "POST",
        }
    }
}

#[derive(Clone)]
enum Caller {
    Client(Client),
    HandWritten(HandwrittenClient),
}

impl Caller {
    fn new(name: &str, base_url: String) -> Result<Caller, BoxError> {
        Ok(match name {
            "client" => Caller::Client(
                Client::builder().api_key(KEY).base_url(base_url).timeout(Duration::from_secs(30)).build()?,
            ),
            _ => Caller::HandWritten(HandwrittenClient::new(base_url, |http| http)?),
        })
    }

    async fn call(&self, call: CallKind) -> Result<(), BoxError> {
        let order = || NewOrder::new(QuoteId::from(Uuid::nil()));
        match (self, call) {
            (Caller::Client(client), CallKind::Get) => {
                drop(client.get_partner_user(UserUuid::from(Uuid::nil())).await?)
            }
            (Caller::Client(client), CallKind::Post) => drop(client.initiate_off_ramp(order()).await?),
            (Caller::HandWritten(client), CallKind::Get) => drop(client.get_partner_user(Uuid::nil()).await?),
            (Caller::HandWritten(client), CallKind::Post) => drop(client.initiate_off_ramp(&order()).await?),
        }
        Ok(())
    }

    async fn one_after_the_other(&self, call: CallKind, calls: usize) -> Result<(), BoxError> {
        for _ in 0..calls {
            self.call(call).await?;
        }
        Ok(())
    }

    async fn side_by_side(&self, call: CallKind, calls: usize) -> Result<(), BoxError> {
        let mut tasks = JoinSet::new();
        for _ in 0..CONCURRENT_CALLS {
            let caller = self.clone();
            tasks.spawn(async move { caller.one_after_the_other(call, calls / CONCURRENT_CALLS).await });
        }
        while let Some(done) = tasks.join_next().await {
            done??;
        }
        Ok(())
    }
}

fn main() -> Result<(), BoxError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    match process::parse_part() {
        Some((_, arguments)) => runtime.block_on(make_counted_calls(&arguments)),
        None => runtime.block_on(benchmark()),
    }
}

/// Makes calls of one kind in the process whose instructions valgrind counts. The arguments are the caller, the kind of
/// call, the number of calls, and the base URL.
async fn make_counted_calls(arguments: &[String]) -> Result<(), BoxError> {
    let [caller, call, calls, base_url] = arguments else { return Err("four arguments".into()) };
    let call = if call == CallKind::Get.name() { CallKind::Get } else { CallKind::Post };
    Caller::new(caller, base_url.clone())?.one_after_the_other(call, calls.parse()?).await
}

async fn benchmark() -> Result<(), BoxError> {
    let base_url = format!("http://{}", server::start_server()?);
    let client = Caller::new("client", base_url.clone())?;
    let by_hand = Caller::new("by hand", base_url.clone())?;
    println!("{ROUNDS} rounds of {CALLS} calls by each, in turns; quartiles of the rounds in brackets\n");
    println!("{:<24}{:>12}{:>12}{:>24}", "calls per second", "client", "by hand", "the client takes");
    for call in CallKind::ALL {
        let rounds = RoundTimes::measure(
            ROUNDS,
            || client.one_after_the_other(call, CALLS),
            || by_hand.one_after_the_other(call, CALLS),
        )
        .await?;
        print(&format!("{}, one by one", call.name()), &rounds);
        let rounds = RoundTimes::measure(
            ROUNDS,
            || client.side_by_side(call, CALLS),
            || by_hand.side_by_side(call, CALLS),
        )
        .await?;
        print(&format!("{}, {CONCURRENT_CALLS} at once", call.name()), &rounds);
    }
    println!("\n{:<24}{:>12}{:>12}{:>24}", "instructions per call", "client", "by hand", "the client takes");
    for call in CallKind::ALL {
        match (
            count_instructions_per_call("client", call, &base_url)?,
            count_instructions_per_call("by hand", call, &base_url)?,
        ) {
            (Some(ours), Some(theirs)) => {
                let more = (ours / theirs - 1.0) * 100.0;
                println!("{:<24}{ours:>12.0}{theirs:>12.0}{:>24}", call.name(), format!("{more:+.1} %"));
            }
            _ => println!("{:<24}not counted: there is no valgrind", call.name()),
        }
    }
    Ok(())
}

fn print(what: &str, rounds: &RoundTimes) {
    let (ours, theirs) = rounds.compute_rates((CALLS / CONCURRENT_CALLS * CONCURRENT_CALLS) as f64);
    let (median, low, high) = rounds.compute_overhead();
    let overhead = format!("{median:+.1} % ({low:+.1} to {high:+.1})");
    println!("{what:<24}{ours:>12.0}{theirs:>12.0}{overhead:>24}");
}

/// Returns the number of instructions per call. The instructions for a few calls are subtracted from those for many
/// calls, so that the start of the process does not count.
fn count_instructions_per_call(
    caller: &str,
    call: CallKind,
    base_url: &str,
) -> Result<Option<f64>, BoxError> {
    const FEW: u32 = 100;
    const MANY: u32 = 1100;
    let count = |calls: u32| {
        process::count_instructions("counted", &[caller, call.name(), &calls.to_string(), base_url])
    };
    let (Some(few), Some(many)) = (count(FEW)?, count(MANY)?) else { return Ok(None) };
    Ok(Some(many.saturating_sub(few) as f64 / f64::from(MANY - FEW)))
}
