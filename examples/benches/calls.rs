//! Compares calls of the client with the same calls that are written by hand with reqwest: time, and instructions if
//! valgrind is installed.
//!
//! `cargo bench -p partner-examples --bench calls`

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

mod support;

use std::time::Duration;

use partner_client::unigox::{Client, NewOrder};
use partner_client::uuid::Uuid;
use tokio::task::JoinSet;

use support::handwritten::HandWritten;
use support::rounds::Rounds;
use support::{BoxError, KEY, process, server};

const ROUNDS: usize = 201;
const CALLS: usize = 320;
/// The number of calls that are made at the same time, in the rounds with concurrent calls.
const AT_ONCE: usize = 32;

/// The kind of a call.
#[derive(Clone, Copy, PartialEq)]
enum Call {
    /// A call that may be repeated.
    Get,
    /// A call that must not be repeated.
    Post,
}

impl Call {
    const ALL: [Call; 2] = [Call::Get, Call::Post];

    fn name(self) -> &'static str {
        match self {
            Call::Get => "GET",
            Call::Post => "POST",
        }
    }
}

#[derive(Clone)]
enum Caller {
    Client(Client),
    HandWritten(HandWritten),
}

impl Caller {
    fn new(name: &str, base_url: String) -> Result<Caller, BoxError> {
        Ok(match name {
            "client" => Caller::Client(
                Client::builder().api_key(KEY).base_url(base_url).timeout(Duration::from_secs(30)).build()?,
            ),
            _ => Caller::HandWritten(HandWritten::new(base_url, |http| http)?),
        })
    }

    async fn call(&self, call: Call) -> Result<(), BoxError> {
        let order = || NewOrder::new(Uuid::nil().into());
        match (self, call) {
            (Caller::Client(client), Call::Get) => drop(client.get_partner_user(Uuid::nil().into()).await?),
            (Caller::Client(client), Call::Post) => drop(client.initiate_off_ramp(order()).await?),
            (Caller::HandWritten(client), Call::Get) => drop(client.get_partner_user(Uuid::nil()).await?),
            (Caller::HandWritten(client), Call::Post) => drop(client.initiate_off_ramp(&order()).await?),
        }
        Ok(())
    }

    async fn one_after_the_other(&self, call: Call, calls: usize) -> Result<(), BoxError> {
        for _ in 0..calls {
            self.call(call).await?;
        }
        Ok(())
    }

    async fn side_by_side(&self, call: Call, calls: usize) -> Result<(), BoxError> {
        let mut tasks = JoinSet::new();
        for _ in 0..AT_ONCE {
            let caller = self.clone();
            tasks.spawn(async move { caller.one_after_the_other(call, calls / AT_ONCE).await });
        }
        while let Some(done) = tasks.join_next().await {
            done??;
        }
        Ok(())
    }
}

fn main() -> Result<(), BoxError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    match process::part() {
        Some((_, arguments)) => runtime.block_on(counted(&arguments)),
        None => runtime.block_on(benchmark()),
    }
}

/// Makes calls of one kind in the process whose instructions valgrind counts. The arguments are the caller, the kind of
/// call, the number of calls, and the base URL.
async fn counted(arguments: &[String]) -> Result<(), BoxError> {
    let [caller, call, calls, base_url] = arguments else { return Err("four arguments".into()) };
    let call = if call == Call::Get.name() { Call::Get } else { Call::Post };
    Caller::new(caller, base_url.clone())?.one_after_the_other(call, calls.parse()?).await
}

async fn benchmark() -> Result<(), BoxError> {
    let base_url = format!("http://{}", server::start()?);
    let client = Caller::new("client", base_url.clone())?;
    let by_hand = Caller::new("by hand", base_url.clone())?;
    println!("{ROUNDS} rounds of {CALLS} calls by each, in turns; quartiles of the rounds in brackets\n");
    println!("{:<24}{:>12}{:>12}{:>24}", "calls per second", "client", "by hand", "the client takes");
    for call in Call::ALL {
        let rounds = Rounds::measure(
            ROUNDS,
            || client.one_after_the_other(call, CALLS),
            || by_hand.one_after_the_other(call, CALLS),
        )
        .await?;
        print(&format!("{}, one by one", call.name()), &rounds);
        let rounds = Rounds::measure(
            ROUNDS,
            || client.side_by_side(call, CALLS),
            || by_hand.side_by_side(call, CALLS),
        )
        .await?;
        print(&format!("{}, {AT_ONCE} at once", call.name()), &rounds);
    }
    println!("\n{:<24}{:>12}{:>12}{:>24}", "instructions per call", "client", "by hand", "the client takes");
    for call in Call::ALL {
        match (per_call("client", call, &base_url)?, per_call("by hand", call, &base_url)?) {
            (Some(ours), Some(theirs)) => {
                let more = (ours / theirs - 1.0) * 100.0;
                println!("{:<24}{ours:>12.0}{theirs:>12.0}{:>24}", call.name(), format!("{more:+.1} %"));
            }
            _ => println!("{:<24}not counted: there is no valgrind", call.name()),
        }
    }
    Ok(())
}

fn print(what: &str, rounds: &Rounds) {
    let (ours, theirs) = rounds.per_second((CALLS / AT_ONCE * AT_ONCE) as f64);
    let (median, low, high) = rounds.overhead();
    let overhead = format!("{median:+.1} % ({low:+.1} to {high:+.1})");
    println!("{what:<24}{ours:>12.0}{theirs:>12.0}{overhead:>24}");
}

/// Returns the number of instructions per call. The instructions for a few calls are subtracted from those for many
/// calls, so that the start of the process does not count.
fn per_call(caller: &str, call: Call, base_url: &str) -> Result<Option<f64>, BoxError> {
    const FEW: u32 = 100;
    const MANY: u32 = 1100;
    let count =
        |calls: u32| process::instructions("counted", &[caller, call.name(), &calls.to_string(), base_url]);
    let (Some(few), Some(many)) = (count(FEW)?, count(MANY)?) else { return Ok(None) };
    Ok(Some(many.saturating_sub(few) as f64 / f64::from(MANY - FEW)))
}
