//! Tests of fetching files from a server on this machine.

#![allow(clippy::unwrap_used, reason = "a test that fails panics")]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

const LIMITS: FetchLimits = FetchLimits {
    file_timeout: Duration::from_millis(500),
    total_timeout: Duration::from_secs(20),
    max_file_bytes: 10_000,
    max_page_count: 3,
};

/// A server that responds to each request. The function `respond` makes the response from the path of the request.
struct Server {
    address: String,
    requests: Arc<AtomicUsize>,
}

fn serve(respond: impl Fn(&str) -> String + Send + 'static) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let requests = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&requests);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            counted.fetch_add(1, Ordering::SeqCst);
            let mut request = [0; 4096];
            let length = stream.read(&mut request).unwrap_or(0);
            let text = String::from_utf8_lossy(&request[..length]).into_owned();
            let response = respond(text.split(' ').nth(1).unwrap_or_default());
            // The result is ignored, because the client may have closed the connection.
            let _ = stream.write_all(response.as_bytes());
        }
    });
    Server { address, requests }
}

fn ok(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

fn redirect(to: &str) -> String {
    format!("HTTP/1.1 302 Found\r\nconnection: close\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n")
}

/// Fetches an address. Returns pairs of file name and text, or the error.
fn fetched(address: &str) -> Result<Vec<(String, String)>, String> {
    let folder = tempfile::tempdir().unwrap();
    let files = fetch_docs(address, folder.path(), LIMITS).map_err(|error| error.to_string())?;
    let entries = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(entries, files.len());
    let read = |file: &FetchedFile| std::fs::read_to_string(folder.path().join(&file.file_name)).unwrap();
    Ok(files.iter().map(|file| (file.file_name.clone(), read(file))).collect())
}

fn assert_fails(address: &str, expected: &str) {
    let error = fetched(address).unwrap_err();
    assert!(error.contains(expected), "{error}");
}

#[test]
fn a_file_is_fetched_under_its_name() {
    let server = serve(|path| ok(&format!("openapi: 3.0.3 # {path}\n")));
    let text = "openapi: 3.0.3 # /a/swagger.yaml\n";
    assert_eq!(
        fetched(&format!("{}/a/swagger.yaml", server.address)).unwrap(),
        [(String::from("swagger.yaml"), text.to_owned())]
    );
    assert_eq!(fetched(&format!("{}/a/..%2fb", server.address)).unwrap()[0].0, "2fb.yaml");
    let json = serve(|_| ok("{\"openapi\": \"3.0.3\"}"));
    assert_eq!(fetched(&format!("{}/docs", json.address)).unwrap()[0].0, "docs.json");
}

#[test]
fn the_pages_of_the_same_host_that_a_list_names_are_fetched() {
    let server = serve(|path| match path {
        "/llms.txt" => ok(
            "# Docs\n- [A](/a-1e0.md): text\n- [A](/a-1e0.md)\n- [B](https://other.example/b.md)\n- [C](/c.html)\n- /d-2e0.md\n",
        ),
        path => ok(&format!("# Page {path}\n")),
    });
    let names: Vec<String> =
        fetched(&format!("{}/llms.txt", server.address)).unwrap().into_iter().map(|f| f.0).collect();
    assert_eq!(names, ["a-1e0.md", "d-2e0.md"]);
    let many = serve(|_| ok("/a.md /b.md /c.md /d.md"));
    assert_fails(&format!("{}/llms.txt", many.address), "it lists 4 pages of its host; expected 1 to 3");
    let none = serve(|_| ok("nothing"));
    assert_fails(&format!("{}/llms.txt", none.address), "it lists 0 pages");
}

#[test]
fn a_slow_server_is_given_up() {
    let silent = serve(|_| {
        std::thread::sleep(Duration::from_secs(5));
        ok("late")
    });
    assert_fails(&format!("{}/a.yaml", silent.address), "timed out");
    let unfinished = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = unfinished.local_addr().unwrap();
    std::thread::spawn(move || {
        let mut open = Vec::new();
        for stream in unfinished.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]).unwrap();
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nbegin");
            open.push(stream);
        }
    });
    assert_fails(&format!("http://{address}/a.yaml"), "timed out");
}

#[test]
fn a_body_that_is_too_large_is_refused() {
    let known = serve(|_| ok(&"x".repeat(10_001)));
    assert_fails(&format!("{}/a.yaml", known.address), "it is larger than 10000 bytes");
    let unknown = serve(|_| format!("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{}", "x".repeat(1_000_000)));
    assert_fails(&format!("{}/a.yaml", unknown.address), "it is larger than 10000 bytes");
    let limit = serve(|_| ok(&"x".repeat(10_000)));
    assert_eq!(fetched(&format!("{}/a.yaml", limit.address)).unwrap()[0].1.len(), 10_000);
}

#[test]
fn a_redirect_on_the_same_host_is_followed() {
    let server = serve(|path| match path {
        "/old.yaml" => redirect("/new.yaml"),
        _ => ok("new"),
    });
    assert_eq!(fetched(&format!("{}/old.yaml", server.address)).unwrap()[0].1, "new");
    let endless = serve(|_| redirect("/again"));
    assert_fails(&format!("{}/a.yaml", endless.address), "too many redirects");
    assert_eq!(endless.requests.load(Ordering::SeqCst), 6);
}

#[test]
fn a_redirect_to_another_host_is_not_followed() {
    let other = serve(|_| ok("secret"));
    let port = other.address.rsplit(':').next().unwrap().to_owned();
    for target in [format!("http://localhost:{port}/a.yaml"), format!("{}/a.yaml", other.address)] {
        let server = serve(move |_| redirect(&target));
        assert_fails(&format!("{}/a.yaml", server.address), "it redirects to another host");
    }
    assert_eq!(other.requests.load(Ordering::SeqCst), 0);
}

#[test]
fn a_failure_of_the_server_is_reported() {
    let server =
        serve(|_| String::from("HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"));
    assert_fails(&format!("{}/a.yaml", server.address), "404 Not Found");
}

#[test]
fn only_encrypted_addresses_are_fetched_except_for_those_of_this_machine() {
    for address in [
        "http://docs.example/a.yaml",
        "file:///etc/passwd",
        "ftp://docs.example/a",
        "http://127.0.0.1.example/a",
    ] {
        assert_fails(address, "only addresses that begin with `https://`");
    }
    assert_fails("https://user:secret@docs.example/a.yaml", "must not hold a password");
    assert_fails("swagger.yaml", "cannot be fetched");
    for address in
        ["https://docs.example/a", "http://localhost:1/a", "http://127.0.0.1:1/a", "http://[::1]:1/a"]
    {
        assert_eq!(check_url_is_allowed(&Url::parse(address).unwrap()), Ok(()), "{address}");
    }
}
