//! Lists as streams, in each style of pagination: the requests of the pages, the end of the list, and errors.

use std::time::Duration;

use partner_client::futures_core::Stream;
use partner_client::unigox::{Client, CryptoCurrencyCode, InstitutionPage, OrderPage, OrderStatus};
use partner_client::{Error, ErrorKind, Items, Pages, RetryPolicy};
use partner_tests::capture::Received;
use partner_tests::case::uuid;
use partner_tests::script::{Script, ScriptedResponse};
use serde_json::{Value, json};

use partner_tests::unigox::client;

fn success(data: Value) -> ScriptedResponse {
    (200, json!({"success": true, "data": data}))
}

/// The value of a parameter of the query.
fn asked(request: &Received, name: &str) -> Option<usize> {
    let pairs = request.query().unwrap_or_default().split('&');
    pairs.filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name)?.1.parse().ok()
}

/// The items of a page, as numbers below `total`.
fn part(total: usize, skip: usize, size: usize) -> std::ops::Range<usize> {
    skip..total.min(skip + size)
}

/// A page of orders as the vendor returns it: 20 of them by default, and 100 at most.
fn orders(request: &Received, total: usize) -> ScriptedResponse {
    let (page, size) = (asked(request, "page").unwrap_or(1), asked(request, "limit").unwrap_or(20).min(100));
    let rows: Vec<Value> = part(total, (page - 1) * size, size).map(order).collect();
    success(json!({
        "orders": rows,
        "pagination": {"page": page, "limit": size, "total_count": total, "total_pages": total.div_ceil(size)},
    }))
}

fn order(number: usize) -> Value {
    json!({"vendor_payment_details": {"payment_method_name": number.to_string()}})
}

async fn numbers(mut orders: Items<partner_client::unigox::Order>) -> Result<Vec<usize>, Error> {
    let mut numbers = Vec::new();
    while let Some(order) = orders.next().await {
        numbers.push(number(&order?));
    }
    assert!(orders.next().await.is_none(), "what has ended stays so");
    Ok(numbers)
}

fn number(order: &partner_client::unigox::Order) -> usize {
    let details = order.vendor_payment_details.as_ref().unwrap();
    details.payment_method_name.as_ref().unwrap().parse().unwrap()
}

fn up_to(total: usize) -> Vec<usize> {
    (0..total).collect()
}

#[tokio::test]
async fn all_pages_are_read_and_none_after_the_last_one() {
    let server = Script::new(|_, request| orders(request, 45)).await;
    let all = numbers(client(server.base_url()).list_orders().items()).await.unwrap();
    assert_eq!(all, up_to(45));
    assert_eq!(server.queries(), ["", "page=2", "page=3"]);
}

#[tokio::test]
async fn a_last_page_that_is_full_is_the_last_one() {
    let server = Script::new(|_, request| orders(request, 40)).await;
    assert_eq!(numbers(client(server.base_url()).list_orders().items()).await.unwrap(), up_to(40));
    assert_eq!(server.queries(), ["", "page=2"]);
}

#[tokio::test]
async fn filters_and_page_size_are_those_of_every_page() {
    let server = Script::new(|_, request| orders(request, 5)).await;
    let call = client(server.base_url()).list_orders().status(OrderStatus::Completed).limit(2);
    assert_eq!(numbers(call.items()).await.unwrap(), up_to(5));
    let queries = server.queries();
    assert_eq!(queries.len(), 3);
    for (query, page) in queries.iter().zip([None, Some("page=2"), Some("page=3")]) {
        assert!(query.contains("status=completed") && query.contains("limit=2"), "{query}");
        assert_eq!(query.split('&').find(|pair| pair.starts_with("page=")), page);
    }
}

#[tokio::test]
async fn a_stream_begins_at_the_page_that_was_set() {
    let server = Script::new(|_, request| orders(request, 7)).await;
    let call = client(server.base_url()).list_orders().page(3).limit(2);
    assert_eq!(numbers(call.items()).await.unwrap(), [4, 5, 6]);
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn an_empty_list_is_one_request_and_one_empty_page() {
    let server = Script::new(|_, request| orders(request, 0)).await;
    assert!(numbers(client(server.base_url()).list_orders().items()).await.unwrap().is_empty());
    assert_eq!(server.received().len(), 1);
    let mut pages = client(server.base_url()).list_orders().pages();
    assert_eq!(pages.next().await.unwrap().unwrap().orders.as_ref().map(Vec::len), Some(0));
    assert!(pages.next().await.is_none());
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn a_stream_that_is_dropped_sends_no_further_request() {
    let server = Script::new(|_, request| orders(request, 45)).await;
    let client = client(server.base_url());
    let mut items = client.list_orders().limit(2).items();
    assert!(server.received().is_empty(), "nothing is sent before it is polled");
    for expected in 0..2 {
        assert_eq!(number(&items.next().await.unwrap().unwrap()), expected);
    }
    drop(items);
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(server.received().len(), 1, "the second page was not needed");
}

#[tokio::test]
async fn the_options_of_a_call_are_those_of_every_page() {
    let server = Script::new(|_, request| orders(request, 3)).await;
    let call = client(server.base_url()).list_orders().limit(1).header("x-trace", "t-1");
    assert_eq!(numbers(call.items()).await.unwrap(), up_to(3));
    let received = server.received();
    assert_eq!(received.len(), 3);
    assert!(received.iter().all(|request| request.header("x-trace") == Some("t-1")));
}

#[tokio::test]
async fn the_timeout_of_a_call_is_that_of_each_page() {
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}", silent.local_addr().unwrap());
    let call = client(&base_url).list_orders().timeout(Duration::from_millis(100));
    let error = call.items().next().await.unwrap().unwrap_err();
    assert!(error.is_timeout(), "{error}");
}

/// A client that does not retry, so that every request of a list is counted.
fn client_without_retries(base_url: &str) -> Client {
    Client::builder().api_key("key").base_url(base_url).retry(RetryPolicy::none()).build().unwrap()
}

/// The items and errors of a loop that skips errors, and ends only when the stream ends.
async fn skip_errors<T>(mut items: Items<T>) -> (Vec<T>, Vec<Error>) {
    let (mut seen, mut errors) = (Vec::new(), Vec::new());
    let all = async {
        while let Some(item) = items.next().await {
            match item {
                Ok(item) => seen.push(item),
                Err(error) => errors.push(error),
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(20), all).await.expect("the loop ends");
    (seen, errors)
}

#[tokio::test]
async fn a_loop_that_skips_errors_ends_against_a_server_that_is_down() {
    for status in [500, 503, 429, 404] {
        let server = Script::in_turn([(status, json!({"error": "down"}))]).await;
        let (seen, errors) =
            skip_errors(client_without_retries(server.base_url()).list_orders().items()).await;
        assert_eq!((seen.len(), errors.len(), server.received().len()), (0, 1, 1), "{status}");

        let mut pages = client_without_retries(server.base_url()).list_orders().pages();
        let mut errors = 0;
        while let Some(page) = pages.next().await {
            let Err(_) = page else { panic!("{status}: a page") };
            errors += 1;
        }
        assert_eq!((errors, server.received().len()), (1, 2), "{status}");
    }
}

#[tokio::test]
async fn a_loop_that_skips_errors_ends_against_a_closed_port_or_a_malformed_page() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let (_, errors) = skip_errors(client_without_retries(&base_url).list_orders().items()).await;
    assert_eq!(errors.iter().map(Error::kind).collect::<Vec<_>>(), [ErrorKind::Connect]);

    let server = Script::in_turn([success(json!({"orders": 7}))]).await;
    let (_, errors) = skip_errors(client_without_retries(server.base_url()).list_orders().items()).await;
    assert_eq!(errors.iter().map(Error::kind).collect::<Vec<_>>(), [ErrorKind::Decode]);
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn a_stream_that_is_resumed_requests_the_failed_page_again_without_loss_or_duplicates() {
    let server = Script::new(|before, request| match before {
        1 | 2 => (503, json!({"error": "down"})),
        _ => orders(request, 5),
    })
    .await;
    let mut items = client_without_retries(server.base_url()).list_orders().limit(2).items();
    assert!(!items.resume(), "it has not ended at an error");
    let mut seen = Vec::new();
    let mut failures = 0;
    while let Some(item) = items.next().await {
        match item {
            Ok(order) => seen.push(number(&order)),
            Err(error) => {
                assert!(error.is_retryable(), "{error}");
                assert_eq!(seen, [0, 1], "the error comes in its place");
                assert_eq!(items.position(), 2);
                assert!(items.next().await.is_none() && items.resume(), "it has ended until it is resumed");
                failures += 1;
            }
        }
    }
    assert_eq!((seen, failures), (up_to(5), 2));
    assert!(!items.resume(), "it has come to the end of the list");
    let pages: Vec<_> = server.received().iter().map(|request| asked(request, "page")).collect();
    assert_eq!(pages, [None, Some(2), Some(2), Some(2), Some(3)]);
}

#[tokio::test]
async fn a_stream_that_is_resumed_pauses_before_its_request() {
    let server = Script::in_turn([(503, json!({"error": "down"}))]).await;
    let mut pages = client_without_retries(server.base_url()).list_orders().pages();
    assert!(pages.next().await.unwrap().is_err() && pages.resume());
    // Dropping the future during the pause loses nothing.
    assert!(tokio::time::timeout(Duration::from_millis(60), pages.next()).await.is_err());
    assert_eq!(server.received().len(), 1);
    assert!(pages.next().await.unwrap().is_err());
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn the_position_of_a_stream_can_be_kept_for_another_process() {
    let server = Script::new(|before, request| match before {
        2 => (503, json!({"error": "down"})),
        _ => recipients(request, 8),
    })
    .await;
    let mut items = client_without_retries(server.base_url()).list_recipients().items();
    assert_eq!(items.position(), 0);
    let mut seen = Vec::new();
    while let Some(Ok(item)) = items.next().await {
        seen.push(item.recipient_name);
        // The position of an item in the middle of a page is that of the page.
        let begin_of_page = (seen.len() / 3 * 3) as i64;
        assert_eq!(items.position(), begin_of_page, "after {seen:?}");
    }
    let mut rest =
        client_without_retries(server.base_url()).list_recipients().offset(items.position()).items();
    while let Some(item) = rest.next().await {
        seen.push(item.unwrap().recipient_name);
    }
    assert_eq!(seen, up_to(8).iter().map(usize::to_string).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_server_that_repeats_a_page_is_an_error_and_not_asked_forever() {
    let page = json!({"transactions": [{"transaction_id": "5f1b2c9a-1d44-4f0e-9c1a-2b5f0d7e9a31"}], "has_more": true});
    let server = Script::in_turn([success(page)]).await;
    let mut items = client(server.base_url()).list_fiat_account_transactions(uuid().into()).items();
    assert!(items.next().await.unwrap().is_ok());
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("list_fiat_account_transactions"), "{error}");
    assert!(items.next().await.is_none());
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn a_page_whose_list_cannot_be_read_or_is_missing_is_no_end_of_the_list() {
    let two = json!({"total_count": 2});
    for data in [
        json!({"orders": 7, "pagination": {"total_count": 0}}),
        json!({"orders": {"order_id": uuid()}}),
        json!({"pagination": two}),
        json!({"orders": null, "pagination": two}),
    ] {
        let server = Script::in_turn([success(data.clone())]).await;
        let (_, errors) = skip_errors(client_without_retries(server.base_url()).list_orders().items()).await;
        assert_eq!(errors.iter().map(Error::kind).collect::<Vec<_>>(), [ErrorKind::Decode], "{data}");
        assert!(errors[0].to_string().contains("no list of items that can be read"), "{}", errors[0]);
    }
    let server = Script::in_turn([success(json!({"has_more": true}))]).await;
    assert_eq!(read_transactions(&server).await.1.len(), 1);

    // Some servers leave out an empty list.
    for data in
        [json!({"orders": null, "pagination": {"total_count": 0}}), json!({}), json!({"orders": null})]
    {
        let server = Script::in_turn([success(data.clone())]).await;
        let (seen, errors) =
            skip_errors(client_without_retries(server.base_url()).list_orders().items()).await;
        assert_eq!((seen.len(), errors.len(), server.received().len()), (0, 0, 1), "{data}");
    }
}

/// A page of transactions, each with an id and a field that differs in every response.
fn transactions(ids: &[usize], live: usize) -> ScriptedResponse {
    let rows =
        ids.iter().map(|id| json!({"transaction_id": id.to_string(), "description": live.to_string()}));
    success(json!({"transactions": rows.collect::<Vec<_>>(), "has_more": true}))
}

async fn read_transactions(server: &Script) -> (usize, Vec<Error>) {
    let items =
        client_without_retries(server.base_url()).list_fiat_account_transactions(uuid().into()).items();
    let (seen, errors) = skip_errors(items).await;
    (seen.len(), errors)
}

#[tokio::test]
async fn pages_that_repeat_in_a_circle_are_an_error() {
    let server = Script::new(|before, _| transactions(&[[1, 2], [3, 4], [5, 6]][before % 3], 0)).await;
    let (seen, errors) = read_transactions(&server).await;
    assert_eq!((seen, errors.len(), server.received().len()), (6, 1, 4));
    assert_eq!(errors[0].kind(), ErrorKind::Decode);
    assert!(
        errors[0].to_string().contains("the page at 4 has no item that did not come before"),
        "{}",
        errors[0]
    );
}

#[tokio::test]
async fn a_page_that_repeats_with_a_field_that_changes_or_in_another_order_is_an_error() {
    let server = Script::new(|before, _| transactions(&[1, 2], before)).await;
    let (seen, errors) = read_transactions(&server).await;
    assert_eq!((seen, errors.len(), server.received().len()), (2, 1, 2));

    let server = Script::new(|before, _| transactions(&[[1, 2], [2, 1]][before % 2], before)).await;
    let (seen, errors) = read_transactions(&server).await;
    assert_eq!((seen, errors.len(), server.received().len()), (2, 1, 2));
}

#[tokio::test]
async fn pages_without_ids_that_repeat_in_a_circle_are_an_error_but_equal_items_are_not() {
    let page = |names: &[&str]| {
        let rows = names.iter().map(|name| json!({"description": name}));
        success(json!({"transactions": rows.collect::<Vec<_>>(), "has_more": true}))
    };
    let server = Script::in_turn([page(&["fee", "fee"]), page(&["fee"]), page(&["fee", "fee"])]).await;
    let (seen, errors) = read_transactions(&server).await;
    assert_eq!((seen, errors.len(), server.received().len()), (3, 1, 3));
}

#[tokio::test]
async fn every_list_of_the_api_knows_its_items_by_their_ids() {
    let at = json!("2026-09-18T10:00:00Z");
    let live = |before: usize| json!(format!("2026-09-18T10:00:{before:02}Z"));
    let order = move |before| json!({"orders": [{"order_id": uuid(), "updated_at": live(before)}], "pagination": {"total_count": 9}});
    let server = Script::new(move |before, _| success(order(before))).await;
    let (_, errors) = skip_errors(client_without_retries(server.base_url()).list_orders().items()).await;
    assert_eq!((errors.len(), server.received().len()), (1, 2));

    let server = Script::new(move |before, _| {
        let row = json!({
            "id": uuid(), "kind": "business", "recipient_name": before.to_string(), "recipient_country": "CN",
            "lifecycle": "active", "version": 1, "screening_status": "cleared", "created_at": at,
        });
        success(json!({"recipients": [row], "total": 9, "limit": 1, "offset": 0}))
    })
    .await;
    let (_, errors) = skip_errors(client_without_retries(server.base_url()).list_recipients().items()).await;
    assert_eq!((errors.len(), server.received().len()), (1, 2));

    let server = Script::new(|before, _| {
        let row = json!({"id": "a", "name": before.to_string()});
        success(json!({"institutions": [row], "pagination": {"total": 9}}))
    })
    .await;
    let (_, errors) =
        skip_errors(client_without_retries(server.base_url()).list_institutions("DE".into()).items()).await;
    assert_eq!((errors.len(), server.received().len()), (1, 2));

    let server = Script::new(|before, _| {
        let row = json!({"withdrawal_id": uuid(), "failure_reason": before.to_string()});
        success(json!({"withdrawals": [row], "total": 9}))
    })
    .await;
    let (_, errors) = skip_errors(
        client_without_retries(server.base_url()).list_customer_withdrawals(uuid().into()).items(),
    )
    .await;
    assert_eq!((errors.len(), server.received().len()), (1, 2));
}

#[tokio::test]
async fn a_server_that_ignores_the_page_is_an_error_although_its_pages_grow_in_number() {
    let server = Script::new(|before, _| {
        let rows: Vec<Value> = up_to(2).into_iter().map(identified).collect();
        let pagination = json!({"total_count": 1000, "total_pages": before + 5});
        success(json!({"orders": rows, "pagination": pagination}))
    })
    .await;
    let (seen, errors) = skip_errors(client_without_retries(server.base_url()).list_orders().items()).await;
    assert_eq!((seen.len(), errors.len(), server.received().len()), (2, 1, 2));
}

#[tokio::test]
async fn more_items_than_the_newest_total_are_given_and_then_an_error_with_both_numbers() {
    // The total of the newest page is 3, and that of the page before was 9.
    let server = Script::new(|before, request| {
        let skip = asked(request, "offset").unwrap_or(0);
        withdrawals_from(skip, 2, [9, 3][before.min(1)])
    })
    .await;
    let items = client_without_retries(server.base_url()).list_customer_withdrawals(uuid().into()).items();
    let (seen, errors) = skip_errors(items).await;
    assert_eq!((seen.len(), errors.len(), server.received().len()), (4, 1, 2));
    assert_eq!(errors[0].kind(), ErrorKind::Decode);
    let text = "4 items have come, but the newest page says that there are 3 in all";
    assert!(errors[0].to_string().contains(text), "{}", errors[0]);
}

#[tokio::test]
async fn a_stream_with_too_many_items_can_be_resumed_a_limited_number_of_times() {
    let server = Script::new(|before, request| {
        withdrawals_from(asked(request, "offset").unwrap_or(0), usize::from(before < 2), 1)
    })
    .await;
    let mut items = client_without_retries(server.base_url())
        .list_customer_withdrawals(uuid().into())
        .limit(1)
        .offset(1)
        .items();
    let mut seen = Vec::new();
    while let Some(item) = items.next().await {
        match item {
            Ok(item) => seen.push(item.crypto_currency.unwrap()),
            Err(_) => assert!(items.resume()),
        }
    }
    assert_eq!(seen, ["1", "2"].map(CryptoCurrencyCode::from));
    assert_eq!(server.queries().len(), 3, "the last one is the page without items");
}

/// A page of withdrawals from a number on, with any total.
fn withdrawals_from(skip: usize, count: usize, total: usize) -> ScriptedResponse {
    let rows: Vec<Value> = (skip..skip + count).map(|n| json!({"crypto_currency": n.to_string()})).collect();
    success(json!({"withdrawals": rows, "total": total}))
}

/// An order with an id.
fn identified(number: usize) -> Value {
    let mut order = order(number);
    order["order_id"] = json!(format!("5f1b2c9a-1d44-4f0e-9c1a-{number:012}"));
    order
}

/// A page of a list of orders with these numbers.
fn listed(request: &Received, numbers: &[usize]) -> ScriptedResponse {
    let (page, size) = (asked(request, "page").unwrap_or(1), asked(request, "limit").unwrap_or(20));
    let rows: Vec<Value> =
        numbers.iter().skip((page - 1) * size).take(size).copied().map(identified).collect();
    let total = numbers.len();
    let pagination = json!({"total_count": total, "total_pages": total.div_ceil(size)});
    success(json!({"orders": rows, "pagination": pagination}))
}

/// Reads a list that changes with each request, two orders a page.
async fn changing(lists: impl Fn(usize) -> Vec<usize> + Send + Sync + 'static) -> Result<Vec<usize>, Error> {
    let server = Script::new(move |before, request| listed(request, &lists(before))).await;
    numbers(client_without_retries(server.base_url()).list_orders().limit(2).items()).await
}

#[tokio::test]
async fn a_list_to_which_items_are_added_stays_readable() {
    // Items at the end.
    assert_eq!(changing(|before| up_to(6 + before.min(2))).await.unwrap(), up_to(8));
    // One at the beginning, before each of the first two requests: an item that moves to the next page is read twice.
    let grows = |before: usize| (10 - before.min(2)..16).collect();
    assert_eq!(changing(grows).await.unwrap(), [10, 11, 11, 12, 12, 13, 14, 15]);
    // A whole page at the beginning: the page after it is read twice.
    let grows = |before: usize| (10 - 2 * before.min(1)..14).collect();
    assert_eq!(changing(grows).await.unwrap(), [10, 11, 10, 11, 12, 13]);
}

#[tokio::test]
async fn a_list_from_which_items_are_removed_stays_readable() {
    // Items that were read are removed, so that the following ones move up, until the next page is after the last one.
    let shrinks = |before: usize| up_to(8).split_off(before * 2);
    assert_eq!(changing(shrinks).await.unwrap(), [0, 1, 4, 5]);
    assert_eq!(changing(|before| up_to([6, 2][before.min(1)])).await.unwrap(), [0, 1]);
}

#[tokio::test]
async fn a_server_that_repeats_its_last_page_after_the_end_ends_the_list() {
    // The list becomes shorter than the position, and the server returns its last page again.
    let server = Script::new(|before, _| {
        let total = if before < 2 { 6 } else { 3 };
        withdrawal_ids([&[0, 1][..], &[2, 3], &[2]][before.min(2)], total)
    })
    .await;
    let mut pages =
        client_without_retries(server.base_url()).list_customer_withdrawals(uuid().into()).limit(2).pages();
    let mut count = 0;
    while let Some(page) = pages.next().await {
        count += page.unwrap().withdrawals.as_ref().map_or(0, Vec::len);
    }
    assert_eq!((count, server.received().len()), (4, 3));
}

fn withdrawal_ids(ids: &[usize], total: usize) -> ScriptedResponse {
    let id = |id: &usize| json!({"withdrawal_id": format!("5f1b2c9a-1d44-4f0e-9c1a-{id:012}")});
    success(json!({"withdrawals": ids.iter().map(id).collect::<Vec<_>>(), "total": total}))
}

#[tokio::test]
async fn a_list_that_grows_as_fast_as_it_is_read_ends_at_an_error() {
    // Every page is the first one again, and the total grows with each.
    let server = Script::new(|before, _| withdrawal_ids(&[0, 1], 100 + 2 * before)).await;
    let items = client_without_retries(server.base_url()).list_customer_withdrawals(uuid().into()).items();
    let (seen, errors) = skip_errors(items).await;
    assert_eq!((seen.len(), errors.len(), server.received().len()), (22, 1, 12));
}

#[tokio::test]
async fn a_server_that_announces_more_items_and_has_none_is_asked_once() {
    let full = json!({"transactions": [{"description": "a"}], "has_more": true});
    let server =
        Script::in_turn([success(full), success(json!({"transactions": [], "has_more": true}))]).await;
    let mut items = client(server.base_url()).list_fiat_account_transactions(uuid().into()).items();
    assert!(items.next().await.unwrap().is_ok());
    assert!(items.next().await.is_none());
    assert_eq!(server.queries(), ["", "page=2"]);
}

#[tokio::test]
async fn transactions_are_read_for_as_long_as_there_are_more() {
    let server = Script::new(|before, _| {
        let rows = [json!({"description": before.to_string()}), json!({"description": "again"})];
        success(json!({"transactions": rows, "has_more": before < 2}))
    })
    .await;
    let mut items = client(server.base_url()).list_fiat_account_transactions(uuid().into()).page(4).items();
    let mut seen = Vec::new();
    while let Some(item) = items.next().await {
        seen.push(item.unwrap().description.unwrap());
    }
    assert_eq!(seen, ["0", "again", "1", "again", "2", "again"]);
    assert_eq!(server.queries(), ["page=4", "page=5", "page=6"]);
}

/// A page of the recipients, of which the server returns 3 at most.
fn recipients(request: &Received, total: usize) -> ScriptedResponse {
    let (skip, size) = (asked(request, "offset").unwrap_or(0), asked(request, "limit").unwrap_or(20).min(3));
    let rows: Vec<Value> = part(total, skip, size)
        .map(|n| {
            json!({
                "id": format!("5f1b2c9a-1d44-4f0e-9c1a-{n:012}"), "kind": "business",
                "recipient_name": n.to_string(), "recipient_country": "CN", "lifecycle": "active", "version": 1, "screening_status": "cleared",
                "created_at": "2026-09-18T10:00:00Z",
            })
        })
        .collect();
    success(json!({"recipients": rows, "total": total, "limit": size, "offset": skip}))
}

#[tokio::test]
async fn an_offset_grows_by_what_came_so_that_a_smaller_page_skips_nothing() {
    let server = Script::new(|_, request| recipients(request, 8)).await;
    let mut items = client(server.base_url()).list_recipients().offset(1).limit(50).items();
    let mut seen = Vec::new();
    while let Some(item) = items.next().await {
        seen.push(item.unwrap().recipient_name);
    }
    assert_eq!(seen, ["1", "2", "3", "4", "5", "6", "7"]);
    let offsets: Vec<_> = server.received().iter().map(|request| asked(request, "offset")).collect();
    assert_eq!(offsets, [Some(1), Some(4), Some(7)]);
}

#[tokio::test]
async fn institutions_are_pages_with_their_totals() {
    let server = Script::new(|_, request| {
        let (skip, size) = (asked(request, "offset").unwrap_or(0), asked(request, "limit").unwrap_or(20));
        let rows: Vec<Value> = part(3, skip, size)
            .map(|n| json!({"id": n.to_string(), "name": "A bank", "type": "BANK", "supported_rails": []}))
            .collect();
        success(json!({"institutions": rows, "pagination": {"total": 3, "limit": size, "offset": skip}}))
    })
    .await;
    let mut pages: Pages<InstitutionPage> =
        client(server.base_url()).list_institutions("DE".into()).limit(2).pages();
    let mut lengths = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        assert_eq!((page.http_status().as_u16(), page.pagination.total), (200, Some(3)));
        lengths.push(page.institutions.len());
    }
    assert_eq!(lengths, [2, 1]);
    assert_eq!(server.received().len(), 2);
}

/// A page of the withdrawals, with or without the total.
fn withdrawals(request: &Received, stored: usize, total: Option<usize>) -> ScriptedResponse {
    let (skip, size) = (asked(request, "offset").unwrap_or(0), asked(request, "limit").unwrap_or(50));
    let rows: Vec<Value> = part(stored, skip, size)
        .map(|n| json!({"crypto_currency": n.to_string(), "status": "completed"}))
        .collect();
    match total {
        Some(total) => success(json!({"withdrawals": rows, "total": total})),
        None => success(json!({"withdrawals": rows})),
    }
}

async fn count_withdrawals(client: Client, limit: Option<i64>) -> usize {
    let call = client.list_customer_withdrawals(uuid().into());
    let mut items = match limit {
        Some(limit) => call.limit(limit).items(),
        None => call.items(),
    };
    let mut count = 0;
    while let Some(item) = items.next().await {
        assert_eq!(item.unwrap().crypto_currency, Some(count.to_string().into()));
        count += 1;
    }
    count
}

#[tokio::test]
async fn withdrawals_end_with_their_total() {
    let server = Script::new(|_, request| withdrawals(request, 4, Some(4))).await;
    assert_eq!(count_withdrawals(client(server.base_url()), Some(2)).await, 4);
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn without_a_total_a_page_that_is_not_full_is_the_last_one() {
    let server = Script::new(|_, request| withdrawals(request, 5, None)).await;
    assert_eq!(count_withdrawals(client(server.base_url()), Some(2)).await, 5);
    assert_eq!(server.received().len(), 3);
}

#[tokio::test]
async fn without_a_total_a_full_last_page_is_followed_by_an_empty_one() {
    let server = Script::new(|_, request| withdrawals(request, 4, None)).await;
    assert_eq!(count_withdrawals(client(server.base_url()), Some(2)).await, 4);
    assert_eq!(server.received().len(), 3);
}

#[tokio::test]
async fn without_a_total_and_a_page_size_only_an_empty_page_is_the_last_one() {
    let server = Script::new(|_, request| withdrawals(request, 60, None)).await;
    assert_eq!(count_withdrawals(client(server.base_url()), None).await, 60);
    assert_eq!(server.queries(), ["", "offset=50", "offset=60"]);
}

#[tokio::test]
async fn a_page_size_above_the_maximum_does_not_end_the_list_early() {
    let server = Script::new(|_, request| {
        let (skip, size) = (asked(request, "offset").unwrap_or(0), asked(request, "limit").unwrap().min(100));
        let rows = vec![json!({"crypto_currency": "USDC"}); 150_usize.saturating_sub(skip).min(size)];
        success(json!({"withdrawals": rows}))
    })
    .await;
    let mut pages = client(server.base_url()).list_customer_withdrawals(uuid().into()).limit(500).pages();
    let mut count = 0;
    while let Some(page) = pages.next().await {
        count += page.unwrap().withdrawals.as_ref().map_or(0, Vec::len);
    }
    assert_eq!((count, server.received().len()), (150, 2));
}

#[tokio::test]
async fn a_future_that_was_dropped_loses_nothing() {
    let server = Script::new(|_, request| orders(request, 3)).await;
    let mut items = client(server.base_url()).list_orders().limit(1).items();
    let mut seen = Vec::new();
    loop {
        // Drops the future during the request, again and again.
        match tokio::time::timeout(Duration::from_micros(200), items.next()).await {
            Err(_) => continue,
            Ok(Some(item)) => seen.push(number(&item.unwrap())),
            Ok(None) => break,
        }
    }
    assert_eq!(seen, up_to(3));
    assert_eq!(server.received().len(), 3, "no request was sent twice");
}

#[test]
fn streams_can_be_kept_and_sent() {
    fn check<S: Stream<Item = Result<T, Error>> + Send + Unpin + 'static, T>() {}
    check::<Items<partner_client::unigox::Order>, _>();
    check::<Pages<OrderPage>, _>();
}

#[tokio::test]
async fn debug_shows_no_item() {
    let server = Script::new(|_, request| orders(request, 3)).await;
    let mut items = client(server.base_url()).list_orders().items();
    items.next().await.unwrap().unwrap();
    assert_eq!(format!("{items:?}"), "Items { ready: 2, .. }");
}
