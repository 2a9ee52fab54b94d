//! Recognizes data that may be real, in contrast to data that was made up for examples.

/// Returns the kind of real data that a text seems to contain, like an API key or the number of a payment card; `None`
/// if the text seems to be made up.
pub(super) fn detect_real_data_kind(text: &str) -> Option<&'static str> {
    let text = text.trim();
    if text.contains("-----BEGIN ") && text.contains("PRIVATE KEY-----") {
        return Some("a private key");
    }
    if text.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'')).any(is_key) {
        return Some("a live key or token");
    }
    if is_card(text) {
        return Some("the number of a real card");
    }
    if is_iban(text) {
        return Some("the IBAN of a real account");
    }
    is_mailbox(text).then_some("somebody's e-mail address")
}

/// The prefixes of the API keys of well-known services, each with the minimum number of characters after the prefix.
const API_KEY_PREFIXES: [(&str, usize); 13] = [
    ("AIza", 30),
    ("AKIA", 16),
    ("SG.", 20),
    ("ghp_", 30),
    ("github_pat_", 30),
    ("glpat-", 18),
    ("pk_live_", 12),
    ("rk_live_", 12),
    ("sk-", 32),
    ("sk_live_", 12),
    ("whsec_", 24),
    ("xoxb-", 20),
    ("xoxp-", 20),
];

fn is_key(word: &str) -> bool {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let of_service = API_KEY_PREFIXES.iter().any(|(start, length)| {
        word.strip_prefix(start).is_some_and(|rest| {
            rest.len() >= *length && rest.chars().all(part) && looks_randomly_generated(rest)
        })
    });
    of_service || is_signed_jwt(word)
}

/// Whether a word is a signed JSON Web Token: three parts in base64, the first two of which are JSON objects.
fn is_signed_jwt(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').collect();
    let base64 =
        |part: &str| part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'='));
    let [header, payload, signature] = parts.as_slice() else { return false };
    header.starts_with("eyJ")
        && payload.starts_with("eyJ")
        && signature.len() >= 32
        && looks_randomly_generated(signature)
        && [header, payload, signature].into_iter().all(|part| base64(part))
}

/// Whether a text looks randomly generated: it has many different characters, and no word like `example`.
fn looks_randomly_generated(text: &str) -> bool {
    let mut letters: Vec<char> = text.chars().collect();
    letters.sort_unstable();
    letters.dedup();
    let lower = text.to_lowercase();
    let made_up = ["example", "test", "sample", "dummy", "your", "xxxx", "fake", "secret"];
    letters.len() >= 8 && !made_up.iter().any(|word| lower.contains(word))
}

/// The card numbers that card networks and payment services publish for tests.
const TEST_CARD_NUMBERS: [&str; 20] = [
    "2223003122003222",
    "30569309025904",
    "3530111333300000",
    "3566002020360505",
    "36227206271667",
    "371449635398431",
    "378282246310005",
    "378734493671000",
    "38520000023237",
    "4012888888881881",
    "4111111111111111",
    "4222222222222",
    "4242424242424242",
    "4917610000000000",
    "5105105105105100",
    "5200828282828210",
    "5555555555554444",
    "6011000990139424",
    "6011111111111117",
    "6200000000000005",
];

fn is_card(text: &str) -> bool {
    if !text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b' ' | b'-')) {
        return false;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let starts = |from: u32, to: u32, length: usize| {
        digits
            .get(..length)
            .and_then(|start| start.parse().ok())
            .is_some_and(|start: u32| (from..=to).contains(&start))
    };
    let issued = match digits.len() {
        13 | 19 => starts(4, 4, 1),
        14 => starts(36, 36, 2) || starts(38, 38, 2) || starts(300, 305, 3),
        15 => starts(34, 34, 2) || starts(37, 37, 2),
        16 => {
            starts(4, 4, 1)
                || starts(51, 55, 2)
                || starts(2221, 2720, 4)
                || starts(6011, 6011, 4)
                || starts(65, 65, 2)
                || starts(3528, 3589, 4)
                || starts(62, 62, 2)
        }
        _ => false,
    };
    // Numbers with the prefix 400000 do not count as real, because they are test cards of a fictitious bank.
    let is_test_card = TEST_CARD_NUMBERS.contains(&digits.as_str()) || digits.starts_with("400000");
    issued && !is_test_card && has_valid_check_digit(&digits)
}

/// Whether the check digit of a card number is right (Luhn algorithm).
fn has_valid_check_digit(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(index, digit)| match (u32::from(digit - b'0'), index % 2) {
            (digit, 0) => digit,
            (digit, _) if digit > 4 => digit * 2 - 9,
            (digit, _) => digit * 2,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Well-known example IBANs, most of them from the IBAN registry. They do not belong to real accounts.
const EXAMPLE_IBANS: [&str; 35] = [
    "AE070331234567890123456",
    "AT611904300234573201",
    "BE68539007547034",
    "BG80BNBG96611020345678",
    "CH9300762011623852957",
    "CY17002001280000001200527600",
    "CZ6508000000192000145399",
    "DE89370400440532013000",
    "DK5000400440116243",
    "EE382200221020145685",
    "ES9121000418450200051332",
    "FI2112345600000785",
    "FR1420041010050500013M02606",
    "GB29NWBK60161331926819",
    "GB33BUKB20201555555555",
    "GB82WEST12345698765432",
    "GR1601101250000000012300695",
    "HR1210010051863000160",
    "HU42117730161111101800000000",
    "IE29AIBK93115212345678",
    "IT60X0542811101000000123456",
    "LI21088100002324013AA",
    "LT121000011101001000",
    "LU280019400644750000",
    "LV80BANK0000435195001",
    "MT84MALT011000012345MTLCAST001S",
    "NL91ABNA0417164300",
    "NO9386011117947",
    "PL61109010140000071219812874",
    "PT50000201231234567890154",
    "RO49AAAA1B31007593840000",
    "SE4550000000058398257466",
    "SI56263300012039086",
    "SK3112000000198742637541",
    "TR330006100519786457841326",
];

fn is_iban(text: &str) -> bool {
    let iban: String = text.chars().filter(|c| *c != ' ').collect();
    let bytes = iban.as_bytes();
    (15..=34).contains(&bytes.len())
        && bytes[..2].iter().all(u8::is_ascii_uppercase)
        && bytes[2..4].iter().all(u8::is_ascii_digit)
        && bytes[4..].iter().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
        && !EXAMPLE_IBANS.contains(&iban.as_str())
        && compute_iban_remainder(bytes) == 1
}

/// Converts an IBAN to a number, and returns the remainder after division by 97, which is 1 for a valid IBAN.
fn compute_iban_remainder(iban: &[u8]) -> u32 {
    let (front, account) = iban.split_at(4);
    account.iter().chain(front).fold(0, |rest, byte| match byte {
        b'0'..=b'9' => (rest * 10 + u32::from(byte - b'0')) % 97,
        letter => (rest * 100 + u32::from(letter - b'A') + 10) % 97,
    })
}

fn is_mailbox(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
    let is_address = !name.is_empty()
        && name.chars().all(part)
        && host.chars().all(part)
        && host.rsplit_once('.').is_some_and(|(_, top)| top.len() >= 2);
    let host = host.to_ascii_lowercase();
    let reserved = |domain: &str| {
        host == domain || host.strip_suffix(domain).is_some_and(|before| before.ends_with('.'))
    };
    // The domain names that RFC 2606 reserves.
    let reserved_domains =
        ["example.com", "example.net", "example.org", "example", "test", "invalid", "localhost"];
    is_address && !reserved_domains.into_iter().any(reserved)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_that_may_be_somebodys_are_found() {
        let jwt = format!(
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.{}",
            "dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"
        );
        let key = format!("sk_{}_{}", "live", "9aK2mQx7TzP4");
        for (text, what) in [
            ("4539 1488 0343 6467", "card"),
            ("LT683130019950000568", "IBAN"),
            ("jane.doe@mail.com", "e-mail"),
            (jwt.as_str(), "token"),
            (key.as_str(), "key"),
            ("-----BEGIN EC PRIVATE KEY-----\nMHc", "private key"),
        ] {
            assert!(detect_real_data_kind(text).is_some_and(|found| found.contains(what)), "{text}");
        }
    }

    #[test]
    fn what_is_made_for_examples_is_left_alone() {
        let made = TEST_CARD_NUMBERS.iter().chain(&EXAMPLE_IBANS).copied();
        let others = [
            "0000000000000000",
            "4000000000000002",
            "user@example.com",
            "a@mail.example.org",
            "sk_live_your_key_here_please",
            "550e8400-e29b-41d4-a716-446655440000",
            "6222021234567890123",
            "2026-01-31T10:00:00Z",
            "@handle",
            "",
        ];
        for text in made.chain(others) {
            assert_eq!(detect_real_data_kind(text), None, "{text}");
        }
    }

    #[test]
    fn the_examples_are_right_numbers_themselves() {
        assert!(TEST_CARD_NUMBERS.iter().all(|card| has_valid_check_digit(card)));
        for iban in EXAMPLE_IBANS {
            assert_eq!(compute_iban_remainder(iban.as_bytes()), 1, "{iban}");
        }
    }
}
