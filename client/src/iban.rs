//! Checks the format and the check digits of IBANs. This check finds most typing errors before money is sent.

use std::fmt;

/// The reason why a text is not a valid IBAN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IbanError {
    /// The text does not consist of a country code, two check digits and up to 30 letters and digits.
    WrongFormat,
    /// The two check digits do not match the rest of the IBAN.
    WrongCheckDigits,
}

impl fmt::Display for IbanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            IbanError::WrongFormat => "not in the form of an IBAN",
            IbanError::WrongCheckDigits => "the check digits of the IBAN do not fit the rest of it",
        })
    }
}

impl std::error::Error for IbanError {}

/// Implements the method `check` for the type `Iban` of an API.
macro_rules! impl_iban_check {
    ($iban:ty) => {
        impl $iban {
            /// Checks the format and the check digits (ISO 13616). Spaces in the IBAN are ignored.
            ///
            /// The client never calls this method by itself: it keeps the IBANs of responses unchanged, and the vendor
            /// decides about the IBANs of requests. A valid IBAN may still belong to no account.
            ///
            /// # Errors
            ///
            /// When no bank account can have this number.
            pub fn check(&self) -> Result<(), crate::IbanError> {
                check(self.as_str())
            }
        }
    };
}

#[cfg(feature = "p100")]
impl_iban_check!(crate::p100::Iban);
#[cfg(feature = "unigox")]
impl_iban_check!(crate::unigox::Iban);

fn check(text: &str) -> Result<(), IbanError> {
    let iban: Vec<u8> = text.bytes().filter(|byte| *byte != b' ').collect();
    let Some((country, rest)) = iban.split_at_checked(2) else { return Err(IbanError::WrongFormat) };
    let Some((digits, account)) = rest.split_at_checked(2) else { return Err(IbanError::WrongFormat) };
    let has_form = country.iter().all(u8::is_ascii_uppercase)
        && digits.iter().all(u8::is_ascii_digit)
        && (1..=30).contains(&account.len())
        && account.iter().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    if !has_form {
        return Err(IbanError::WrongFormat);
    }
    // Check of ISO 13616: Move the first four characters to the end, and replace each letter by two digits (`A` by 10,
    // `Z` by 35). The IBAN is valid if the resulting number has the remainder 1 when divided by 97. The number is too
    // long for an integer type, so the remainder is computed digit by digit.
    let remainder = account.iter().chain(country).chain(digits).fold(0_u32, |remainder, byte| match byte {
        b'0'..=b'9' => (remainder * 10 + u32::from(byte - b'0')) % 97,
        _ => (remainder * 100 + u32::from(byte - b'A') + 10) % 97,
    });
    match remainder {
        1 => Ok(()),
        _ => Err(IbanError::WrongCheckDigits),
    }
}

#[cfg(test)]
mod tests {
    use super::{IbanError, check};

    /// Valid IBANs: the examples of ISO 13616 and of the European Committee for Banking Standards.
    const VALID_IBANS: [&str; 4] = [
        "GB82 WEST 1234 5698 7654 32",
        "DE89370400440532013000",
        "FR1420041010050500013M02606",
        "NO9386011117947",
    ];

    #[test]
    fn the_examples_of_the_standard_are_valid() {
        for iban in VALID_IBANS {
            assert_eq!(check(iban), Ok(()), "{iban}");
        }
    }

    #[test]
    fn every_wrong_digit_and_every_swap_of_neighbours_is_found() {
        for iban in VALID_IBANS.map(|iban| iban.replace(' ', "")) {
            for index in 2..iban.len() {
                let mut wrong = iban.clone().into_bytes();
                wrong[index] = if wrong[index] == b'7' { b'8' } else { b'7' };
                assert!(check(std::str::from_utf8(&wrong).unwrap()).is_err(), "{wrong:?}");
                let mut swapped = iban.clone().into_bytes();
                swapped.swap(index - 1, index);
                if swapped != iban.as_bytes() {
                    assert!(check(std::str::from_utf8(&swapped).unwrap()).is_err(), "{swapped:?}");
                }
            }
        }
    }

    #[test]
    fn other_texts_do_not_have_the_form() {
        for text in
            ["", "D", "DE", "DE8", "DE89", "de89370400440532013000", "DE89-3704", "D\u{e9}89", "8937040044"]
        {
            assert_eq!(check(text), Err(IbanError::WrongFormat), "{text}");
        }
        assert_eq!(check(&format!("DE89{}", "0".repeat(31))), Err(IbanError::WrongFormat));
    }
}
