//! Parses the header `Retry-After`, with which a server asks the client to wait for a number of seconds or until a
//! date.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};

/// The maximum wait that is read from a `Retry-After` header. A longer wait is shortened to this limit, so that
/// computing with times does not overflow.
pub(crate) const MAX_RETRY_AFTER: Duration = Duration::from_secs(24 * 60 * 60);

/// Returns how long a response with these headers asks the client to wait; `None` if the response does not ask for a
/// wait. `now` is the time at which the response arrived.
///
/// A date is compared with the header `Date` of the same response, if there is one, because the clock of this machine
/// may be wrong.
pub(crate) fn parse_retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let wait = if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number that is too large to parse counts as the maximum wait.
        text.parse().map_or(MAX_RETRY_AFTER, Duration::from_secs)
    } else {
        let until = httpdate::parse_http_date(text).ok()?;
        until.duration_since(date(headers).unwrap_or(now)).unwrap_or_default()
    };
    Some(wait.min(MAX_RETRY_AFTER))
}

fn date(headers: &HeaderMap) -> Option<SystemTime> {
    httpdate::parse_http_date(headers.get(DATE)?.to_str().ok()?.trim()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(retry_after: &str, date: Option<&str>) -> Option<u64> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, retry_after.parse().unwrap());
        if let Some(date) = date {
            headers.insert(DATE, date.parse().unwrap());
        }
        // The response arrives at Thu, 01 Jan 1970 00:01:00 GMT.
        parse_retry_after(&headers, SystemTime::UNIX_EPOCH + Duration::from_secs(60))
            .map(|wait| wait.as_secs())
    }

    #[test]
    fn seconds_are_parsed() {
        assert_eq!(seconds("120", None), Some(120));
        assert_eq!(seconds(" 0 ", None), Some(0));
    }

    #[test]
    fn a_date_is_counted_from_now() {
        assert_eq!(seconds("Thu, 01 Jan 1970 00:02:30 GMT", None), Some(90));
        assert_eq!(seconds("Thursday, 01-Jan-70 00:02:30 GMT", None), Some(90), "RFC 850");
        assert_eq!(seconds("Thu Jan  1 00:02:30 1970", None), Some(90), "asctime");
    }

    #[test]
    fn a_date_is_counted_from_the_date_of_the_response_where_it_has_one() {
        let until = "Wed, 21 Oct 2015 07:28:00 GMT";
        assert_eq!(seconds(until, Some("Wed, 21 Oct 2015 07:27:55 GMT")), Some(5));
        assert_eq!(
            seconds(until, Some("yesterday")),
            Some(24 * 60 * 60),
            "a date that is none does not count"
        );
    }

    #[test]
    fn a_date_in_the_past_is_no_wait() {
        assert_eq!(seconds("Thu, 01 Jan 1970 00:00:30 GMT", None), Some(0));
    }

    #[test]
    fn no_wait_is_longer_than_a_day() {
        assert_eq!(seconds("86401", None), Some(86400));
        assert_eq!(seconds(&"9".repeat(40), None), Some(86400));
        assert_eq!(seconds("Fri, 31 Dec 9999 23:59:59 GMT", None), Some(86400));
    }

    #[test]
    fn a_value_that_is_neither_seconds_nor_a_date_is_ignored() {
        for text in ["", "soon", "-1", "1.5", "1s", "2015-10-21"] {
            assert_eq!(seconds(text, None), None, "{text}");
        }
        assert_eq!(parse_retry_after(&HeaderMap::new(), SystemTime::UNIX_EPOCH), None);
    }
}
