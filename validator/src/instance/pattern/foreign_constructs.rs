//! Finds constructs in regular expressions that exist in other languages, but not in ECMA 262 (JavaScript).

/// Returns the name of the first construct in a pattern that exists in regular expressions of other languages, but not
/// in ECMA 262; `None` if there is no such construct. The pattern must be invalid in ECMA 262 with the flag `u`.
/// Without this flag, ECMA 262 accepts most of these constructs, but with another meaning: `\h` is the letter h.
pub(crate) fn find_foreign_construct_name(pattern: &str) -> Option<String> {
    let (mut rest, mut in_class) = (pattern, false);
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let next = after.chars().next();
        let found = match (c, next) {
            ('\\', Some('x')) if after.starts_with("x{") => Some("the escape `\\x{...}`".to_owned()),
            ('\\', Some(letter @ ('p' | 'P'))) if after[1..].starts_with('{') => {
                Some(format!("the property `\\{letter}{{...}}` beside what its flag `u` forbids"))
            }
            ('\\', Some(letter @ ('h' | 'H'))) => Some(format!("the class `\\{letter}`")),
            ('\\', Some(letter @ ('A' | 'E' | 'G' | 'K' | 'Q' | 'R' | 'X' | 'Z' | 'z'))) if !in_class => {
                Some(format!("the escape `\\{letter}`"))
            }
            ('[', Some(':')) if in_class && after.contains(":]") => {
                Some("a class like `[:alpha:]`".to_owned())
            }
            ('{', Some(',')) if !in_class && starts_with_digits_and_closing_brace(&after[1..]) => {
                Some("a quantifier without a lower limit".to_owned())
            }
            ('(', Some('?')) if !in_class => find_non_ecma_group_name(&after[1..]).map(str::to_owned),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
        in_class = if in_class { c != ']' } else { c == '[' };
        // The character after a backslash is skipped, because an escaped character starts no group, class or
        // quantifier.
        let skipped_byte_count = if c == '\\' { next.map_or(0, char::len_utf8) } else { 0 };
        rest = &after[skipped_byte_count..];
    }
    None
}

/// Whether a text starts with digits and a closing brace, like `5}` in the quantifier `{,5}`.
fn starts_with_digits_and_closing_brace(text: &str) -> bool {
    text.split_once('}')
        .is_some_and(|(limit, _)| !limit.is_empty() && limit.bytes().all(|b| b.is_ascii_digit()))
}

/// Returns the name of a regex group that ECMA 262 does not have, like `an atomic group` for `(?>a)`; `None` for any
/// other group. `text` is the part of the pattern after the `(?` that opens the group.
fn find_non_ecma_group_name(text: &str) -> Option<&'static str> {
    let flags = text.trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == '-');
    match text.chars().next()? {
        '>' => Some("an atomic group"),
        '#' => Some("a comment"),
        'P' => Some("a group `(?P<...>`"),
        _ if flags.starts_with(')') => Some("a flag like `(?i)`"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constructs_of_other_languages_are_recognized() {
        for (pattern, construct) in [
            (r"^[[:alpha:]]+$", "[:alpha:]"),
            (r"^\p{IsGreek}$", r"\p{...}"),
            (r"^\x{41}$", r"\x{...}"),
            (r"^a{,3}$", "lower limit"),
            (r"^a\Z", r"`\Z`"),
            (r"\Aa", r"`\A`"),
            (r"^[\h]+$", r"`\h`"),
            (r"^(?>a)b$", "atomic"),
            (r"^(?x) a$", "(?i)"),
            (r"^(?#no)a$", "comment"),
            (r"(?P<year>\d)", "(?P<"),
            (r"^\R$", r"`\R`"),
        ] {
            let found = find_foreign_construct_name(pattern).unwrap_or_default();
            assert!(found.contains(construct), "{pattern}: {found}");
        }
    }

    #[test]
    fn what_ecma_262_has_is_not_foreign() {
        for pattern in [
            r"^[\w-\.]+@[\w-]+$",
            r"^\_x$",
            r"\\A",
            r"[[:a]",
            r"[A\Z]",
            "{,}",
            "(?:a)(?=b)(?<!c)(?<n>d)(?i:e)",
            r"[{,3}]",
        ] {
            assert_eq!(find_foreign_construct_name(pattern), None, "{pattern}");
        }
    }
}
