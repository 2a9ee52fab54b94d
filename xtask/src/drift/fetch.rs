//! Fetches a vendor's docs into a folder: one file, or all pages that an `llms.txt` lists.

use std::collections::BTreeSet;
use std::error::Error;
use std::io;
use std::net::IpAddr;
use std::path::Path;
use std::time::Duration;

use reqwest::redirect::{Attempt, Policy};
use reqwest::{Client, Url};

/// The limits of fetching.
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    /// The longest time for one file.
    pub(crate) timeout: Duration,
    /// The longest time for all files.
    pub(crate) total_timeout: Duration,
    /// The most bytes of one file.
    pub(crate) bytes: usize,
    /// The most pages.
    pub(crate) pages: usize,
}

impl Limits {
    /// The limits of the command. The vendors' documents have less than one megabyte, and about 150 pages.
    pub(crate) const DEFAULT: Limits = Limits {
        timeout: Duration::from_secs(60),
        total_timeout: Duration::from_secs(900),
        bytes: 16 * 1024 * 1024,
        pages: 500,
    };
}

/// A file that was fetched.
pub(crate) struct Fetched {
    /// The name of the file in the folder.
    pub(crate) file: String,
    /// The address that it was fetched from.
    pub(crate) address: String,
}

/// The most redirects of one file.
const MAX_REDIRECTS: usize = 5;

/// Fetches the file at an address into a folder. If the file is an `llms.txt`, fetches the Markdown pages of the same
/// host that it lists instead.
///
/// # Errors
///
/// If the address is not allowed, or something cannot be fetched within the limits.
pub(crate) fn fetch(address: &str, folder: &Path, limits: Limits) -> io::Result<Vec<Fetched>> {
    let url = Url::parse(address).map_err(|error| failure(address, &error.to_string()))?;
    check_address(&url).map_err(|problem| failure(address, problem))?;
    // This fails if a provider is installed already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = Client::builder()
        .user_agent(concat!("partner-apis/", env!("CARGO_PKG_VERSION")))
        .timeout(limits.timeout)
        .redirect(Policy::custom(follow_on_same_host))
        .build()
        .map_err(|error| failure(address, &chain(&error)))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let all = fetch_all(&client, &url, folder, limits);
        match tokio::time::timeout(limits.total_timeout, all).await {
            Ok(fetched) => fetched,
            Err(_) => Err(failure(address, "fetching everything took too long")),
        }
    })
}

async fn fetch_all(client: &Client, url: &Url, folder: &Path, limits: Limits) -> io::Result<Vec<Fetched>> {
    let body = fetch_body(client, url, limits).await?;
    if !url.path().ends_with("/llms.txt") {
        return Ok(vec![save(url, &body, folder, 0)?]);
    }
    let pages = listed_pages(&String::from_utf8_lossy(&body), url);
    if pages.is_empty() || pages.len() > limits.pages {
        let message = format!("it lists {} pages of its host; expected 1 to {}", pages.len(), limits.pages);
        return Err(failure(url.as_str(), &message));
    }
    let mut fetched = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        let body = fetch_body(client, page, limits).await?;
        fetched.push(save(page, &body, folder, index)?);
    }
    Ok(fetched)
}

/// Fetches one file.
async fn fetch_body(client: &Client, url: &Url, limits: Limits) -> io::Result<Vec<u8>> {
    let failed = |error: reqwest::Error| failure(url.as_str(), &chain(&error));
    let mut response = client.get(url.clone()).send().await.map_err(failed)?;
    if !response.status().is_success() {
        return Err(failure(url.as_str(), &format!("the server responded with {}", response.status())));
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(failed)? {
        if body.len() + chunk.len() > limits.bytes {
            return Err(failure(url.as_str(), &format!("it is larger than {} bytes", limits.bytes)));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn follow_on_same_host(attempt: Attempt<'_>) -> reqwest::redirect::Action {
    let first = attempt.previous().first().map(Url::origin);
    if attempt.previous().len() > MAX_REDIRECTS {
        attempt.error("too many redirects")
    } else if first == Some(attempt.url().origin()) {
        attempt.follow()
    } else {
        let message = format!("it redirects to another host, {}", attempt.url());
        attempt.error(message)
    }
}

/// Checks that an address is encrypted, or that of this machine.
fn check_address(url: &Url) -> Result<(), &'static str> {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let is_loopback =
        host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    match url.scheme() {
        _ if !url.username().is_empty() || url.password().is_some() => {
            Err("an address must not hold a password")
        }
        "https" => Ok(()),
        "http" if is_loopback => Ok(()),
        _ => Err("only addresses that begin with `https://` are fetched"),
    }
}

/// The addresses of the Markdown pages on the same host that an `llms.txt` lists, in its order.
fn listed_pages(text: &str, list: &Url) -> Vec<Url> {
    let words = text.split(|c: char| c.is_whitespace() || "()<>[]\"'".contains(c));
    let links = words.filter(|word| word.starts_with('/') || word.contains("://"));
    let mut seen = BTreeSet::new();
    links
        .filter_map(|link| list.join(link).ok())
        .filter(|url| url.origin() == list.origin() && url.path().ends_with(".md"))
        .filter(|url| seen.insert(url.path().to_owned()))
        .collect()
}

/// Writes a file into the folder, under the last part of its address.
fn save(url: &Url, body: &[u8], folder: &Path, index: usize) -> io::Result<Fetched> {
    let last = url.path().rsplit('/').next().unwrap_or_default();
    let safe = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let mut file: String = last.chars().filter(safe).take(120).collect();
    file = file.trim_start_matches('.').to_owned();
    let is_json = body.trim_ascii_start().starts_with(b"{");
    if ![".md", ".yaml", ".yml", ".json"].iter().any(|extension| file.ends_with(extension)) {
        file.push_str(if is_json { ".json" } else { ".yaml" });
    }
    if folder.join(&file).symlink_metadata().is_ok() {
        file = format!("{index}-{file}");
    }
    let mut target = std::fs::OpenOptions::new().write(true).create_new(true).open(folder.join(&file))?;
    io::Write::write_all(&mut target, body)?;
    Ok(Fetched { file, address: url.to_string() })
}

fn failure(address: &str, why: &str) -> io::Error {
    io::Error::other(format!("{address} cannot be fetched: {why}"))
}

/// The text of an error and of its causes.
fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}

#[cfg(test)]
#[path = "fetch_tests.rs"]
mod tests;
