//! Splits names into words, and recognizes the letter case of names. For example, `feeWithdrawal` and `fee_withdrawal`
//! have the same two words.

/// The letter case of names that consist of several words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LetterCase {
    /// `user_id`
    Snake,
    /// `userId`
    Camel,
    /// `UserId`
    Upper,
}

impl LetterCase {
    /// Returns the name of the letter case as messages show it, like `snake_case`.
    pub(super) fn name(self) -> &'static str {
        match self {
            LetterCase::Snake => "snake_case",
            LetterCase::Camel => "camelCase",
            LetterCase::Upper => "UpperCamelCase",
        }
    }

    /// Whether a name is written in this letter case. A single word in lower case, like `amount`, is both snake and
    /// camel case.
    pub(super) fn matches_name(self, name: &str) -> bool {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
        let first = name.bytes().next();
        match self {
            LetterCase::Snake => {
                first.is_some_and(|b| b.is_ascii_lowercase())
                    && !name.ends_with('_')
                    && !name.contains("__")
                    && name.bytes().all(|b| plain(b) || b == b'_')
            }
            LetterCase::Camel => {
                first.is_some_and(|b| b.is_ascii_lowercase())
                    && name.bytes().all(|b| b.is_ascii_alphanumeric())
            }
            LetterCase::Upper => {
                first.is_some_and(|b| b.is_ascii_uppercase())
                    && name.bytes().all(|b| b.is_ascii_alphanumeric())
            }
        }
    }

    /// Converts a name to this letter case.
    pub(super) fn convert_name_to_case(self, name: &str) -> String {
        let words = split_into_words(name);
        if self == LetterCase::Snake {
            return words.join("_");
        }
        let written = words.iter().enumerate().map(|(index, word)| {
            if index == 0 && self == LetterCase::Camel { word.clone() } else { capitalize_word(word) }
        });
        written.collect()
    }
}

fn capitalize_word(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// Splits a name into words, and returns them in lower case. A word ends at a character that is neither a letter nor a
/// digit, and before a capital letter that starts the next word.
pub(super) fn split_into_words(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut words = vec![String::new()];
    for (index, letter) in letters.iter().enumerate() {
        let after_small = index > 0 && (letters[index - 1].is_lowercase() || letters[index - 1].is_numeric());
        let before_small = letters.get(index + 1).is_some_and(|next| next.is_lowercase());
        let starts = letter.is_uppercase() && index > 0 && (after_small || before_small);
        if !letter.is_alphanumeric() || starts {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| letter.is_alphanumeric()) {
            word.extend(letter.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_into_words_however_they_are_written() {
        assert_eq!(split_into_words("feeWithdrawal"), ["fee", "withdrawal"]);
        assert_eq!(split_into_words("fee_pct"), ["fee", "pct"]);
        assert_eq!(split_into_words("userIBANNumber"), ["user", "iban", "number"]);
        assert_eq!(split_into_words("X-API-Key"), ["x", "api", "key"]);
        assert_eq!(split_into_words("iban_last4"), ["iban", "last4"]);
        assert!(split_into_words("--").is_empty());
    }

    #[test]
    fn one_word_in_lower_case_fits_both_cases_of_fields() {
        assert!(LetterCase::Snake.matches_name("amount") && LetterCase::Camel.matches_name("amount"));
        assert!(
            LetterCase::Snake.matches_name("last4")
                && !LetterCase::Snake.matches_name("userId")
                && !LetterCase::Snake.matches_name("a__b")
        );
        assert!(
            LetterCase::Camel.matches_name("userId")
                && !LetterCase::Camel.matches_name("user_id")
                && !LetterCase::Camel.matches_name("UserId")
        );
        assert_eq!(LetterCase::Snake.convert_name_to_case("userId"), "user_id");
        assert_eq!(LetterCase::Camel.convert_name_to_case("user_id"), "userId");
        assert_eq!(LetterCase::Upper.convert_name_to_case("new wallet"), "NewWallet");
    }
}
