//! Compares the speed of uploads through the client with the same uploads through plain reqwest.
//!
//! `cargo bench -p partner-examples --bench uploads`

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

mod support;

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use partner_client::Upload;
use partner_client::unigox::{Client, KycDocumentType, UserUuid};
use partner_client::uuid::Uuid;
use tokio::io::{AsyncRead, ReadBuf};

use support::handwritten::HandwrittenClient;
use support::rounds::RoundTimes;
use support::{BoxError, KEY, memory, server};

const ROUNDS: usize = 41;
const MIB: u64 = 1024 * 1024;
const SIZE: u64 = 256 * MIB;

/// The number of idle connections that are kept. None are kept, because the speed of a connection depends on the
/// buffers that the system gives it, and a fast connection would favor its client in all rounds.
const KEPT_CONNECTIONS: usize = 0;

fn main() -> Result<(), BoxError> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(benchmark())
}

/// The contents of an upload, which take almost no time to generate. The field is the number of bytes that are left.
/// `tokio::io::repeat` is not used, because it writes byte by byte, which takes longer than sending the bytes.
struct GeneratedContents(u64);

impl AsyncRead for GeneratedContents {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        static PIECE: [u8; 64 * 1024] = [0xD8; 64 * 1024];
        let left = usize::try_from(self.0).unwrap_or(usize::MAX);
        let piece = PIECE.get(..left.min(buffer.remaining())).unwrap_or(&PIECE);
        buffer.put_slice(piece);
        self.0 -= piece.len() as u64;
        Poll::Ready(Ok(()))
    }
}

async fn benchmark() -> Result<(), BoxError> {
    let base_url = format!("http://{}", server::start_server()?);
    let client = Client::builder()
        .api_key(KEY)
        .base_url(&base_url)
        .max_idle_connections_per_host(KEPT_CONNECTIONS)
        .build()?;
    let by_hand = HandwrittenClient::new(base_url, |http| http.pool_max_idle_per_host(KEPT_CONNECTIONS))?;
    let rounds = RoundTimes::measure(
        ROUNDS,
        async || {
            let selfie =
                Upload::from_reader("selfie.jpg", Some(SIZE), || async { Ok(GeneratedContents(SIZE)) });
            client.upload_kyc_document(UserUuid::from(Uuid::nil()), KycDocumentType::Selfie, selfie).await?;
            Ok(())
        },
        async || by_hand.upload(Uuid::nil(), SIZE, GeneratedContents(SIZE)).await.map(drop),
    )
    .await?;
    let (ours, theirs) = rounds.compute_rates((SIZE / MIB) as f64);
    let (median, low, high) = rounds.compute_overhead();
    println!("{ROUNDS} uploads of {} MiB by each, in turns; quartiles in brackets\n", SIZE / MIB);
    println!("client       {ours:.0} MiB/s");
    println!("by hand      {theirs:.0} MiB/s");
    println!("difference   {median:+.1} % ({low:+.1} to {high:+.1}) of the time");
    println!("peak memory  {}, the receiving server included", memory::format_mib(memory::read_peak_mib()));
    Ok(())
}
