//! A server that does as little as possible, so that the benchmarks measure the clients. It sends the same response to
//! every request.

use std::net::{Ipv4Addr, SocketAddr};
use std::thread;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use super::BoxError;

/// The body of all responses. It has all properties that the calls of the benchmarks read.
const RESPONSE_BODY: &str = r#"{"success":true,"data":{"user_uuid":"550e8400-e29b-41d4-a716-446655440000","email":"customer@example.com","kyc_status":"VERIFIED","wallet_type":"smart","wallet":{"address":"0x0000000000000000000000000000000000000000","status":"linked"},"created_at":"2026-01-15T10:30:00Z","kyc":{"status":"VERIFIED"},"payment_profiles":[],"order_id":"550e8400-e29b-41d4-a716-446655440001","quote_id":"550e8400-e29b-41d4-a716-446655440002","order_type":"OFFRAMP","amounts":{"crypto_amount":"101.50","fiat_amount":"152880.00","crypto_currency":"USDT","fiat_currency":"NGN","rate":"1530.12"},"document_id":"d-1","document_type":"selfie","file_name":"selfie.jpg","message":"received"}}"#;

/// Starts the server in a thread, which runs until the process ends. Returns the address of the server.
pub(crate) fn start_server() -> Result<SocketAddr, BoxError> {
    let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    thread::spawn(move || runtime.block_on(accept(listener)));
    Ok(address)
}

async fn accept(listener: std::net::TcpListener) -> std::io::Result<()> {
    let listener = TcpListener::from_std(listener)?;
    loop {
        let (stream, _) = listener.accept().await?;
        tokio::spawn(serve(stream));
    }
}

async fn serve(stream: TcpStream) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let response = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{RESPONSE_BODY}",
        RESPONSE_BODY.len()
    );
    let mut stream = BufReader::with_capacity(64 * 1024, stream);
    let mut head = Vec::new();
    while read_head(&mut stream, &mut head).await? {
        let length = content_length(&head);
        tokio::io::copy(&mut (&mut stream).take(length), &mut tokio::io::sink()).await?;
        stream.get_mut().write_all(response.as_bytes()).await?;
    }
    Ok(())
}

/// Reads the head of a request. Returns false at the end of the connection.
async fn read_head(stream: &mut (impl AsyncRead + Unpin), head: &mut Vec<u8>) -> std::io::Result<bool> {
    head.clear();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => return Ok(false),
            Err(error) => return Err(error),
        }
    }
    Ok(true)
}

fn content_length(head: &[u8]) -> u64 {
    let head = String::from_utf8_lossy(head);
    let mut headers = head.lines().filter_map(|line| line.split_once(':'));
    let length = headers.find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    length.and_then(|(_, value)| value.trim().parse().ok()).unwrap_or_default()
}
