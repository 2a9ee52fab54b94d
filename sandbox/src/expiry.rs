//! Moves the moments of an example, so that what has just been created has not expired yet.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde_json::Value;

/// How long it takes until the first thing in a response expires.
const TIME_LEFT: TimeDelta = TimeDelta::seconds(60);

/// Moves all moments of a response by the same time when one of them is an expiry in the past. The earliest expiry is
/// a minute from now then, and the time between two moments stays the same.
pub(crate) fn renew(body: &mut Value) {
    let now = Utc::now();
    let mut expiries = Vec::new();
    visit_moments(body, None, &mut |key, moment, _| {
        if is_expiry(key) {
            expiries.push(moment);
        }
    });
    if let Some(earliest) = expiries.into_iter().min().filter(|earliest| *earliest <= now) {
        let offset = now + TIME_LEFT - earliest;
        visit_moments(body, None, &mut |_, moment, text| {
            *text = (moment + offset).to_rfc3339_opts(SecondsFormat::Secs, true);
        });
    }
}

/// Whether a property is the moment at which something expires.
fn is_expiry(key: &str) -> bool {
    ["expires_at", "expiresAt", "validUntil"].iter().any(|name| key.ends_with(name))
}

/// Calls a function for each moment in a value, with the key that it has.
fn visit_moments(
    value: &mut Value,
    key: Option<&str>,
    visit: &mut dyn FnMut(&str, DateTime<Utc>, &mut String),
) {
    match value {
        Value::Object(fields) => {
            fields.iter_mut().for_each(|(key, value)| visit_moments(value, Some(key), visit));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| visit_moments(item, key, visit)),
        Value::String(text) => {
            if let (Some(key), Ok(moment)) = (key, DateTime::parse_from_rfc3339(text)) {
                visit(key, moment.to_utc(), text);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_moments_of_a_response_move_together_when_something_has_expired() {
        let mut body =
            json!({ "data": { "created_at": "2026-01-01T12:00:00Z", "expires_at": "2026-01-01T12:05:00Z" } });
        renew(&mut body);
        let moment = |key: &str| body["data"][key].as_str().unwrap().parse::<DateTime<Utc>>().unwrap();
        assert!(moment("expires_at") > Utc::now());
        assert_eq!(moment("expires_at") - moment("created_at"), TimeDelta::minutes(5));
    }

    #[test]
    fn a_response_in_which_nothing_has_expired_stays_as_it_is() {
        let documented =
            json!({ "created_at": "2026-01-01T12:00:00Z", "expires_at": "9999-01-01T00:00:00Z" });
        let mut body = documented.clone();
        renew(&mut body);
        assert_eq!(body, documented);
    }
}
