//! Tests of resumed streams, with a paused clock: the length of their pauses, and that they end.

use std::collections::VecDeque;
use std::future::{Ready, ready};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::header::RETRY_AFTER;
use http::{HeaderMap, StatusCode};
use tokio::time::Instant;

use super::{Items, PageInfo, PageParamUnit, Paged, Pages};
use crate::api::Api;
use crate::api::failure::Failure;
use crate::operation::OperationEntry;
use crate::{Error, Response};

static API: Api = Api::new("Sample");
static OPERATION: OperationEntry = OperationEntry::new("list_numbers").method("GET").path("/numbers");

type Page = Result<Vec<u32>, Error>;

/// A call that returns scripted pages and failures, and records when it was sent and for which page.
#[derive(Clone)]
struct Script {
    page: i64,
    start: Instant,
    results: Arc<Mutex<VecDeque<Page>>>,
    sent: Arc<Mutex<Vec<(i64, Duration)>>>,
}

impl Script {
    fn new(results: impl IntoIterator<Item = Page>) -> Script {
        let results = Arc::new(Mutex::new(results.into_iter().collect()));
        Script { page: 1, start: Instant::now(), results, sent: Arc::default() }
    }

    fn sent(&self) -> Vec<(i64, Duration)> {
        self.sent.lock().unwrap().clone()
    }
}

impl IntoFuture for Script {
    type Output = Result<Response<Vec<u32>>, Error>;
    type IntoFuture = Ready<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        self.sent.lock().unwrap().push((self.page, self.start.elapsed()));
        let result = self.results.lock().unwrap().pop_front().unwrap_or(Err(down(None)));
        ready(result.map(|page| Response::new(page, StatusCode::OK, HeaderMap::new(), Default::default())))
    }
}

impl Paged for Script {
    type Page = Vec<u32>;
    type Item = u32;
    type ItemId = u32;

    const API: &'static Api = &API;
    const OPERATION: &'static OperationEntry = &OPERATION;
    const PAGE_PARAM_UNIT: PageParamUnit = PageParamUnit::Pages;
    const FIRST_POSITION: i64 = 1;

    fn requested_position(&self) -> Option<i64> {
        None
    }

    fn move_to(&mut self, position: i64) {
        self.page = position;
    }

    fn page_size(&self) -> Option<i64> {
        None
    }

    fn items(page: &Vec<u32>) -> Option<&[u32]> {
        Some(page)
    }

    fn into_items(page: Vec<u32>) -> Vec<u32> {
        page
    }

    fn item_id(item: &u32) -> Option<&u32> {
        Some(item)
    }

    fn page_info(_: &Vec<u32>) -> PageInfo {
        PageInfo::default()
    }
}

/// Returns the failure of a server that is down, with the seconds in its `Retry-After`.
fn down(retry_after: Option<u32>) -> Error {
    let mut headers = HeaderMap::new();
    headers.extend(retry_after.map(|seconds| (RETRY_AFTER, seconds.into())));
    let status = StatusCode::SERVICE_UNAVAILABLE;
    Error::api_failure(status, Failure::default()).with_response(status, headers, Bytes::new())
}

#[tokio::test(start_paused = true)]
async fn a_loop_that_always_resumes_ends_and_pauses_longer_each_time() {
    let script = Script::new([]);
    let mut items = Items::new(script.clone());
    let mut errors = 0;
    loop {
        match items.next().await {
            Some(Ok(item)) => panic!("{item}"),
            Some(Err(_)) => errors += 1,
            None if items.resume() => {}
            None => break,
        }
    }
    let sent: Vec<_> = script.sent().into_iter().map(|(_, at)| at.as_millis() / 100).collect();
    assert_eq!((errors, sent), (11, vec![0, 2, 6, 14, 30, 62, 126, 254, 510, 810, 1110]));
    assert!(items.next().await.is_none() && !items.resume());
}

#[tokio::test(start_paused = true)]
async fn a_page_resets_the_count_of_errors() {
    let fails = |count| (0..count).map(|_| Err(down(None)));
    let results = fails(10).chain([Ok(vec![1])]).chain(fails(10)).chain([Ok(vec![2]), Ok(vec![])]);
    let script = Script::new(results);
    let mut pages = Pages::new(script.clone());
    let mut items = Vec::new();
    while let Some(page) = pages.next().await {
        match page {
            Ok(page) => items.extend(page.into_inner()),
            Err(_) => assert!(pages.resume(), "after {items:?}"),
        }
    }
    assert_eq!(items, [1, 2]);
    let positions: Vec<_> = script.sent().into_iter().map(|(page, _)| page).collect();
    assert_eq!(positions, [vec![1; 11], vec![2; 11], vec![3]].concat());
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_is_resumed_pauses_as_long_as_the_server_asks() {
    let script = Script::new([Err(down(Some(90))), Ok(vec![1]), Err(down(Some(90))), Ok(vec![])]);
    let mut pages = Pages::new(script.clone());
    assert!(pages.next().await.unwrap().is_err() && pages.resume());
    assert!(pages.next().await.unwrap().is_ok());
    assert!(pages.next().await.unwrap().is_err());
    // The time before the stream is resumed counts as a part of the pause.
    tokio::time::sleep(Duration::from_secs(100)).await;
    assert!(pages.resume());
    assert!(pages.next().await.unwrap().is_ok());
    let sent: Vec<_> = script.sent().into_iter().map(|(_, at)| at.as_secs()).collect();
    assert_eq!(sent, [0, 90, 90, 190]);
}

#[tokio::test(start_paused = true)]
async fn a_pause_that_is_longer_than_the_longest_one_is_cut() {
    let script = Script::new([Err(down(Some(u32::MAX))), Ok(vec![])]);
    let mut pages = Pages::new(script.clone());
    assert!(pages.next().await.unwrap().is_err() && pages.resume());
    assert!(pages.next().await.unwrap().is_ok());
    assert_eq!(script.sent().last().unwrap().1.as_secs(), 24 * 60 * 60);
}
