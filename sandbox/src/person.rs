//! Checks of personal data that are the same for P100 and Unigox, and the result of an identity check.

use chrono::{Datelike, NaiveDate, Utc};

/// The last name of a person whom an identity check rejects. A person with any other last name is verified.
pub(crate) const REJECTED_LAST_NAME: &str = "Rejected";

/// The result of an identity check (KYC, "know your customer").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KycResult {
    Verified,
    Rejected,
}

impl KycResult {
    /// Returns the result of the identity check for a person with this last name.
    pub(crate) fn from_last_name(last_name: &str) -> KycResult {
        match last_name == REJECTED_LAST_NAME {
            true => KycResult::Rejected,
            false => KycResult::Verified,
        }
    }
}

/// Whether a date, like a date of birth, is before today.
pub(crate) fn is_past_date(date: NaiveDate) -> bool {
    date < Utc::now().date_naive()
}

/// Whether a person who was born on this day is 18 or older.
pub(crate) fn is_adult(birth: NaiveDate) -> bool {
    is_adult_on(birth, Utc::now().date_naive())
}

fn is_adult_on(birth: NaiveDate, today: NaiveDate) -> bool {
    let birthday = (birth.month(), birth.day());
    let years = today.year() - birth.year() - i32::from((today.month(), today.day()) < birthday);
    years >= 18
}

/// Whether a text looks like a country code: two capital letters.
pub(crate) fn looks_like_country_code(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Whether a text looks roughly like an e-mail address.
pub(crate) fn looks_like_email_address(text: &str) -> bool {
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
