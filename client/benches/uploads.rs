//! How fast files are uploaded, against plain reqwest that streams the same.
//!
//! `cargo bench -p partner-client --bench uploads`

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

mod support;

use std::time::Duration;

use partner_client::Upload;
use partner_client::unigox::{Client, KycDocumentType};
use partner_client::uuid::Uuid;
use tokio::io::AsyncReadExt;

use support::handwritten::HandWritten;
use support::rounds::Rounds;
use support::{BoxError, KEY, memory, server};

const ROUNDS: usize = 15;
const MIB: u64 = 1024 * 1024;
const SIZE: u64 = 256 * MIB;

fn main() -> Result<(), BoxError> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(benchmark())
}

/// Contents that take no time to make.
fn contents() -> tokio::io::Take<tokio::io::Repeat> {
    tokio::io::repeat(0xD8).take(SIZE)
}

async fn benchmark() -> Result<(), BoxError> {
    let base_url = format!("http://{}", server::start()?);
    let client =
        Client::builder().api_key(KEY).base_url(&base_url).timeout(Duration::from_secs(120)).build()?;
    let by_hand = HandWritten::new(base_url)?;
    let rounds = Rounds::of(
        ROUNDS,
        async || {
            let selfie = Upload::reader("selfie.jpg", Some(SIZE), || async { Ok(contents()) });
            client.upload_kyc_document(Uuid::nil(), KycDocumentType::Selfie, selfie).await?;
            Ok(())
        },
        async || by_hand.upload(Uuid::nil(), SIZE, contents()).await.map(drop),
    )
    .await?;
    let (ours, theirs) = rounds.per_second((SIZE / MIB) as f64);
    let (median, low, high) = rounds.overhead();
    println!("{ROUNDS} uploads of {} MiB by each, in turns; quartiles in brackets\n", SIZE / MIB);
    println!("client       {ours:.0} MiB/s");
    println!("by hand      {theirs:.0} MiB/s");
    println!("difference   {median:+.1} % ({low:+.1} to {high:+.1}) of the time");
    println!("peak memory  {}, the receiving server included", memory::show(memory::peak()));
    Ok(())
}
