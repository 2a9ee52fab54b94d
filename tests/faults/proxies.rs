//! Proxies of the environment, which plain HTTP must not go through: it is for this machine only.

use std::process::Command;

use partner_client::ErrorKind;

use crate::server::{Server, Then, answer, assert_is, client, post};

/// Where the test below puts the address for its child.
const ADDRESS: &str = "PARTNER_TESTS_ADDRESS";

#[tokio::test]
async fn a_server_on_this_machine_is_not_reached_through_a_proxy() {
    let failing = || answer("500 Oops", "content-length: 0\r\nconnection: close\r\n", "");
    let (server, proxy) =
        (Server::that(Then::Write(failing())).await, Server::that(Then::Write(failing())).await);
    let (address, proxy_address) = (server.base_url.clone(), proxy.base_url.clone());
    // An environment belongs to a whole process, so this takes one of its own.
    let child = tokio::task::spawn_blocking(move || {
        Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "proxies::one_call_in_a_process_of_its_own", "--ignored"])
            .env(ADDRESS, address)
            .env("HTTP_PROXY", &proxy_address)
            .env("http_proxy", &proxy_address)
            .env("ALL_PROXY", &proxy_address)
            .env_remove("NO_PROXY")
            .env_remove("no_proxy")
            .env_remove("REQUEST_METHOD")
            .output()
    });
    let output = child.await.unwrap().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert_eq!((server.requests(), proxy.requests()), (1, 0), "requests to the server, and to the proxy");
}

#[tokio::test]
#[ignore = "the test above runs it in a process of its own"]
async fn one_call_in_a_process_of_its_own() {
    let error = post(&client(&std::env::var(ADDRESS).unwrap())).await;
    assert_is(&error, ErrorKind::Api, true, 1);
}
