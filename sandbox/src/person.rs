//! What both APIs want to know about people, and what becomes of them.

use chrono::{Datelike, NaiveDate, Utc};

use crate::Sandbox;

/// How a check of identity ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Verified,
    Rejected,
}

impl Verdict {
    /// The verdict on a person. One last name is refused, so that callers can try what they do then.
    pub(crate) fn on(last_name: &str) -> Verdict {
        match last_name == Sandbox::REJECTED_LAST_NAME {
            true => Verdict::Rejected,
            false => Verdict::Verified,
        }
    }
}

/// Whether somebody can have been born on this day.
pub(crate) fn is_past(date: NaiveDate) -> bool {
    date < Utc::now().date_naive()
}

/// Whether somebody who was born on this day is 18 or older.
pub(crate) fn is_adult(birth: NaiveDate) -> bool {
    is_adult_on(birth, Utc::now().date_naive())
}

fn is_adult_on(birth: NaiveDate, today: NaiveDate) -> bool {
    let birthday = (birth.month(), birth.day());
    let years = today.year() - birth.year() - i32::from((today.month(), today.day()) < birthday);
    years >= 18
}

/// Whether it looks like a country: two capital letters.
pub(crate) fn is_country(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Whether it looks like an e-mail address. More than that only sending one can tell.
pub(crate) fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_come_of_age_on_their_birthday() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert!(is_adult_on(day("2000-05-05"), day("2018-05-05")));
        assert!(!is_adult_on(day("2000-05-05"), day("2018-05-04")));
        assert!(!is_adult_on(day("2000-02-29"), day("2018-02-28")));
        assert!(is_adult_on(day("2000-02-29"), day("2018-03-01")));
    }
}
