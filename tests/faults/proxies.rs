//! Proxies that the environment sets. Plain HTTP goes to this machine only, so it must not go through a proxy.

use std::process::Command;

use partner_client::ErrorKind;

use crate::server::{Behavior, Server, assert_outcome, client, order_error, response};

/// The variable in which the test below passes the address to its child process.
const ADDRESS: &str = "PARTNER_TESTS_ADDRESS";

#[tokio::test]
async fn a_server_on_this_machine_is_not_reached_through_a_proxy() {
    let failing = || response("500 Oops", "content-length: 0\r\nconnection: close\r\n", "");
    let (server, proxy) =
        (Server::start(Behavior::Write(failing())).await, Server::start(Behavior::Write(failing())).await);
    let (address, proxy_address) = (server.base_url.clone(), proxy.base_url.clone());
    // The environment belongs to a process, so this needs a child process.
    let child = tokio::task::spawn_blocking(move || {
        Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "proxies::call_in_a_child_process", "--ignored"])
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
async fn call_in_a_child_process() {
    let error = order_error(&client(&std::env::var(ADDRESS).unwrap())).await;
    assert_outcome(&error, ErrorKind::Api, true, 1);
}
