//! Moves the timestamps of response examples to later times, so that, for example, a new quote has not expired yet.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde_json::Value;

/// If an expiry time in a response has passed, all timestamps in the response are moved by the same duration. After the
/// move, the earliest expiry time is this far in the future.
const TIME_TO_EARLIEST_EXPIRY: TimeDelta = TimeDelta::seconds(60);

/// The name of the only property whose timestamp is a number of seconds since 1970, as a string. It is the deadline of
/// a request that a wallet signs.
const UNIX_SECONDS_PROPERTY_NAME: &str = "deadline";

/// If any expiry time in a response has passed, moves all timestamps in the response by the same duration, so that the
/// earliest expiry time is a minute from now. Otherwise changes nothing.
pub(crate) fn move_timestamps_if_expired(body: &mut Value) {
    let now = Utc::now();
    let mut expiries = Vec::new();
    visit_timestamps(body, None, &mut |key, timestamp, _| {
        if is_expiry_property_name(key) {
            expiries.push(timestamp);
        }
    });
    if let Some(earliest) = expiries.into_iter().min().filter(|earliest| *earliest <= now) {
        let offset = now + TIME_TO_EARLIEST_EXPIRY - earliest;
        visit_timestamps(body, None, &mut |key, timestamp, text| {
            let moved = timestamp + offset;
            *text = match key {
                UNIX_SECONDS_PROPERTY_NAME => moved.timestamp().to_string(),
                _ => moved.to_rfc3339_opts(SecondsFormat::Secs, true),
            };
        });
    }
}

/// Whether a property with this name contains the time at which something expires.
fn is_expiry_property_name(key: &str) -> bool {
    ["expires_at", "expiresAt", "validUntil", UNIX_SECONDS_PROPERTY_NAME]
        .iter()
        .any(|name| key.ends_with(name))
}

/// Calls `visit` for each timestamp in a JSON value. The arguments of `visit` are the name of the property, the parsed
/// timestamp and the text of the timestamp.
fn visit_timestamps(
    value: &mut Value,
    key: Option<&str>,
    visit: &mut dyn FnMut(&str, DateTime<Utc>, &mut String),
) {
    match value {
        Value::Object(fields) => {
            fields.iter_mut().for_each(|(key, value)| visit_timestamps(value, Some(key), visit));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| visit_timestamps(item, key, visit)),
        Value::String(text) => {
            if let Some((key, timestamp)) = key.and_then(|key| Some((key, parse_timestamp(key, text)?))) {
                visit(key, timestamp, text);
            }
        }
        _ => {}
    }
}

/// Parses `text`, the value of the property `key`, as a timestamp. Returns `None` if the text is not a timestamp.
fn parse_timestamp(key: &str, text: &str) -> Option<DateTime<Utc>> {
    match key {
        UNIX_SECONDS_PROPERTY_NAME => DateTime::from_timestamp(text.parse().ok()?, 0),
        _ => DateTime::parse_from_rfc3339(text).ok().map(|timestamp| timestamp.to_utc()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_timestamps_of_a_response_move_together_when_something_has_expired() {
        let mut body =
            json!({ "data": { "created_at": "2026-01-01T12:00:00Z", "expires_at": "2026-01-01T12:05:00Z" } });
        move_timestamps_if_expired(&mut body);
        let timestamp = |key: &str| body["data"][key].as_str().unwrap().parse::<DateTime<Utc>>().unwrap();
        assert!(timestamp("expires_at") > Utc::now());
        assert_eq!(timestamp("expires_at") - timestamp("created_at"), TimeDelta::minutes(5));
    }

    #[test]
    fn a_deadline_in_seconds_since_1970_moves_with_the_other_timestamps() {
        let mut body = json!({ "expires_at": "2026-01-01T12:00:00Z", "deadline": "1767268830" });
        move_timestamps_if_expired(&mut body);
        let expires_at: DateTime<Utc> = body["expires_at"].as_str().unwrap().parse().unwrap();
        let deadline: i64 = body["deadline"].as_str().unwrap().parse().unwrap();
        assert_eq!(deadline - expires_at.timestamp(), 30);
        assert!(expires_at > Utc::now());
    }

    #[test]
    fn a_response_in_which_nothing_has_expired_stays_as_it_is() {
        let documented =
            json!({ "created_at": "2026-01-01T12:00:00Z", "expires_at": "9999-01-01T00:00:00Z" });
        let mut body = documented.clone();
        move_timestamps_if_expired(&mut body);
        assert_eq!(body, documented);
    }
}
