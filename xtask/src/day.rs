//! The calendar day.

use std::time::{SystemTime, UNIX_EPOCH};

/// Returns the current day in UTC, like `2026-01-31`.
pub(crate) fn today() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_secs());
    write_day(seconds / 86_400)
}

/// Writes a day, given as the number of days since 1970-01-01.
fn write_day(days: u64) -> String {
    // Years that start in March end with the leap day. 719,468 days are between 0000-03-01 and 1970-01-01.
    let days = days + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (year, month) = match month {
        0..10 => (year, month + 3),
        _ => (year + 1, month - 9),
    };
    format!("{:04}-{month:02}-{day:02}", era * 400 + year)
}

#[cfg(test)]
mod tests {
    use super::write_day;

    #[test]
    fn a_day_is_counted_from_1970() {
        let days =
            [(0, "1970-01-01"), (11_016, "2000-02-29"), (11_017, "2000-03-01"), (20_783, "2026-11-26")];
        for (number, day) in days {
            assert_eq!(write_day(number), day);
        }
    }
}
