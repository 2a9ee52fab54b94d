//! Uploads 1 GiB that is generated while it is sent, and prints the most memory that this took.
//!
//! `cargo run --release --example upload_memory`

#![allow(clippy::print_stdout, reason = "an example shows what happens")]

use std::error::Error;
use std::time::{Duration, Instant};

use partner_client::Upload;
use partner_client::unigox::{Client, KycDocumentType, UserUuid};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

const SIZE: u64 = 1024 * 1024 * 1024;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let client = Client::builder()
        .api_key("example-key")
        .base_url(format!("http://{}", listener.local_addr()?))
        .timeout(Duration::from_secs(120))
        .build()?;
    let server = tokio::spawn(receive_request(listener));

    let start = Instant::now();
    let picture =
        Upload::from_reader("selfie.jpg", Some(SIZE), || async { Ok(tokio::io::repeat(0xD8).take(SIZE)) });
    let response = client
        .upload_kyc_document(
            UserUuid::from(partner_client::uuid::Uuid::nil()),
            KycDocumentType::Selfie,
            picture,
        )
        .await?;
    let elapsed = start.elapsed();

    let received = server.await??;
    println!("response     {} {:?}", response.http_status(), *response);
    println!("sent         {} MiB in {:.1} s", SIZE >> 20, elapsed.as_secs_f64());
    println!("received     {} MiB, form included", received >> 20);
    match read_peak_memory_kib() {
        Some(kib) => {
            println!("peak memory  {:.1} MiB, the receiving server included", f64::from(kib) / 1024.0)
        }
        None => println!("peak memory  not known on this system"),
    }
    Ok(())
}

/// Receives one request, counts the bytes of its body without storing them, and sends a response. Returns the number of
/// bytes.
async fn receive_request(listener: TcpListener) -> std::io::Result<u64> {
    let (stream, _) = listener.accept().await?;
    let mut stream = BufReader::with_capacity(64 * 1024, stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await?;
        match line.trim_end().split_once(": ") {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.parse().map_err(std::io::Error::other)?;
            }
            Some(_) => {}
            None if line.trim_end().is_empty() => break,
            None => {}
        }
    }
    let received = tokio::io::copy(&mut (&mut stream).take(length), &mut tokio::io::sink()).await?;
    let body = r#"{"success":true,"data":{"document_id":"d","document_type":"selfie","file_name":"f","message":"m"}}"#;
    let response = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.get_mut().write_all(response.as_bytes()).await?;
    Ok(received)
}

/// Returns the most memory that this process has used, in KiB; `None` on systems other than Linux.
fn read_peak_memory_kib() -> Option<u32> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}
