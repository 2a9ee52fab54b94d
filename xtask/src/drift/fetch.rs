//! Fetches a vendor's docs into a folder: one file, or all pages that an `llms.txt` lists.

use std::collections::BTreeSet;
use std::error::Error;
use std::io;
use std::net::IpAddr;
use std::path::Path;
use std::time::Duration;

use reqwest::redirect::{Attempt, Policy};
use reqwest::{Client, Url};

/// The limits within which a vendor's docs are fetched.
#[derive(Clone, Copy)]
pub(crate) struct FetchLimits {
    /// The maximum time for fetching one file.
    pub(crate) file_timeout: Duration,
    /// The maximum time for fetching all files.
    pub(crate) total_timeout: Duration,
    /// The maximum size of one file, in bytes.
    pub(crate) max_file_bytes: usize,
    /// The maximum number of pages that an `llms.txt` may list.
    pub(crate) max_page_count: usize,
}

impl FetchLimits {
    /// The limits that the command `drift` uses. A vendor's docs have about 150 pages, and each file has less than one
    /// megabyte.
    pub(crate) const DEFAULT: FetchLimits = FetchLimits {
        file_timeout: Duration::from_secs(60),
        total_timeout: Duration::from_secs(900),
        max_file_bytes: 16 * 1024 * 1024,
        max_page_count: 500,
    };
}

/// A file that was fetched into a folder.
pub(crate) struct FetchedFile {
    /// The name under which the file was saved.
    pub(crate) file_name: String,
    /// The URL from which the file was fetched.
    pub(crate) url: String,
}

/// The maximum number of redirects that are followed for one file.
const MAX_REDIRECTS: usize = 5;

/// Fetches the file at a URL into a folder. If the file is an `llms.txt` (a list of pages), fetches the listed Markdown
/// pages on the same host instead.
///
/// # Errors
///
/// If the URL is not allowed, or a file cannot be fetched within the limits.
pub(crate) fn fetch_docs(address: &str, folder: &Path, limits: FetchLimits) -> io::Result<Vec<FetchedFile>> {
    let url = Url::parse(address).map_err(|error| make_fetch_error(address, &error.to_string()))?;
    check_url_is_allowed(&url).map_err(|problem| make_fetch_error(address, problem))?;
    // The result is ignored: installing the TLS provider fails only if another provider is installed already, and that
    // provider can be used as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = Client::builder()
        .user_agent(concat!("partner-apis/", env!("CARGO_PKG_VERSION")))
        .timeout(limits.file_timeout)
        .redirect(Policy::custom(follow_on_same_host))
        .build()
        .map_err(|error| make_fetch_error(address, &format_error_chain(&error)))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let all = fetch_all(&client, &url, folder, limits);
        match tokio::time::timeout(limits.total_timeout, all).await {
            Ok(fetched) => fetched,
            Err(_) => Err(make_fetch_error(address, "fetching everything took too long")),
        }
    })
}

async fn fetch_all(
    client: &Client,
    url: &Url,
    folder: &Path,
    limits: FetchLimits,
) -> io::Result<Vec<FetchedFile>> {
    let body = fetch_file_contents(client, url, limits).await?;
    if !url.path().ends_with("/llms.txt") {
        return Ok(vec![save_fetched_file(url, &body, folder, 0)?]);
    }
    let pages = parse_llms_txt(&String::from_utf8_lossy(&body), url);
    if pages.is_empty() || pages.len() > limits.max_page_count {
        let message =
            format!("it lists {} pages of its host; expected 1 to {}", pages.len(), limits.max_page_count);
        return Err(make_fetch_error(url.as_str(), &message));
    }
    let mut fetched = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        let body = fetch_file_contents(client, page, limits).await?;
        fetched.push(save_fetched_file(page, &body, folder, index)?);
    }
    Ok(fetched)
}

/// Fetches one file, and returns its contents.
async fn fetch_file_contents(client: &Client, url: &Url, limits: FetchLimits) -> io::Result<Vec<u8>> {
    let failed = |error: reqwest::Error| make_fetch_error(url.as_str(), &format_error_chain(&error));
    let mut response = client.get(url.clone()).send().await.map_err(failed)?;
    if !response.status().is_success() {
        return Err(make_fetch_error(
            url.as_str(),
            &format!("the server responded with {}", response.status()),
        ));
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(failed)? {
        if body.len() + chunk.len() > limits.max_file_bytes {
            return Err(make_fetch_error(
                url.as_str(),
                &format!("it is larger than {} bytes", limits.max_file_bytes),
            ));
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

/// Checks that a URL uses HTTPS, or plain HTTP on this machine, and contains no user name or password.
fn check_url_is_allowed(url: &Url) -> Result<(), &'static str> {
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

/// Parses an `llms.txt`, the list of a site's docs pages. Returns the URLs of the listed Markdown pages that are on the
/// same host as the list, in the order of the list. `list` is the URL of the list.
fn parse_llms_txt(text: &str, list: &Url) -> Vec<Url> {
    let words = text.split(|c: char| c.is_whitespace() || "()<>[]\"'".contains(c));
    let links = words.filter(|word| word.starts_with('/') || word.contains("://"));
    let mut seen = BTreeSet::new();
    links
        .filter_map(|link| list.join(link).ok())
        .filter(|url| url.origin() == list.origin() && url.path().ends_with(".md"))
        .filter(|url| seen.insert(url.path().to_owned()))
        .collect()
}

/// Writes a fetched file into a folder. The file name is made from the last segment of the URL. Only letters, digits,
/// `.`, `-` and `_` are kept.
fn save_fetched_file(url: &Url, body: &[u8], folder: &Path, index: usize) -> io::Result<FetchedFile> {
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
    Ok(FetchedFile { file_name: file, url: url.to_string() })
}

fn make_fetch_error(address: &str, why: &str) -> io::Error {
    io::Error::other(format!("{address} cannot be fetched: {why}"))
}

/// Returns the text of an error, followed by the texts of its causes.
fn format_error_chain(error: &dyn Error) -> String {
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
