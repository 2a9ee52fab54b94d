//! Suggests the known name that is closest to a misspelled name.

/// The maximum number of known names with which a misspelled name is compared. It limits the time for a document with
/// many known names and many misspelled names.
const MAX_COMPARED_KNOWN_NAMES: usize = 1_000;

/// Returns a help text that suggests the known name closest to `name`. If none is close enough, the text lists all
/// known names instead. Returns `None` if there are no known names, or too many for such a list.
pub fn advise_on_unknown_name<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let known: Vec<&str> = known.into_iter().take(MAX_COMPARED_KNOWN_NAMES).collect();
    match find_closest_name(name, known.iter().copied()) {
        Some(candidate) => Some(format!("did you mean `{candidate}`?")),
        None if known.is_empty() || known.len() > 12 => None,
        None => Some(format!("known here: `{}`", known.join("`, `"))),
    }
}

/// Whether `name` is probably a misspelling of `known`.
pub fn is_likely_misspelling(name: &str, known: &str) -> bool {
    find_closest_name(name, [known]).is_some()
}

/// Returns the known name that is closest to `name`; `None` if no known name is close enough. The maximum edit distance
/// is a third of the length of `name`, but at least 1 and at most `MAX_EDIT_DISTANCE`.
pub(crate) fn find_closest_name<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = name.chars().count();
    let characters = compute_character_mask(name);
    let mut max_distance = (length / 3).clamp(1, MAX_EDIT_DISTANCE);
    let mut closest = None;
    for candidate in known {
        // The edit distance is at least the difference in length, so names of too different lengths are skipped.
        let may_be_close = candidate.chars().count().abs_diff(length) <= max_distance
            // An edit inserts, deletes or replaces one character of a name. So one edit changes the set of the name's
            // characters in at most two characters. If the sets of two names differ in more than twice the allowed
            // number of edits, the names are not close.
            && characters
                .zip(compute_character_mask(candidate))
                .is_none_or(|(a, b)| (a ^ b).count_ones() as usize <= 2 * max_distance);
        if may_be_close && let Some(distance) = compute_edit_distance_up_to(name, candidate, max_distance) {
            // From now on, a candidate is only considered if it is at least as close as this one.
            max_distance = distance;
            closest = closest.into_iter().chain([(distance, candidate)]).min();
        }
    }
    closest.map(|(_, candidate)| candidate)
}

/// Returns a bit mask of the characters that occur in a name, ignoring case; `None` if the name is not ASCII.
fn compute_character_mask(name: &str) -> Option<u64> {
    name.bytes().try_fold(0, |set, byte| byte.is_ascii().then(|| set | 1 << (byte.to_ascii_lowercase() % 64)))
}

/// Returns the Levenshtein distance of two names, ignoring case; `None` if the distance is more than `limit`.
fn compute_edit_distance_up_to(a: &str, b: &str, limit: usize) -> Option<usize> {
    if a.is_ascii() && b.is_ascii() {
        let (a, b) = (a.as_bytes(), b.as_bytes());
        return compute_banded_edit_distance(a.len(), b.len(), limit, |i, j| {
            a[i].eq_ignore_ascii_case(&b[j])
        });
    }
    let letters = |text: &str| text.to_lowercase().chars().collect::<Vec<char>>();
    let (a, b) = (letters(a), letters(b));
    compute_banded_edit_distance(a.len(), b.len(), limit, |i, j| a[i] == b[j])
}

/// The maximum edit distance of two names that count as similar.
const MAX_EDIT_DISTANCE: usize = 3;

/// Returns the Levenshtein distance of two sequences, `a` and `b`; `None` if the distance is more than `limit`.
/// `same(i, j)` tells whether element `i` of `a` equals element `j` of `b`. Computes only the cells near the diagonal
/// of the Levenshtein table, because the other cells exceed the limit.
fn compute_banded_edit_distance(
    a_length: usize,
    b_length: usize,
    limit: usize,
    same: impl Fn(usize, usize) -> bool,
) -> Option<usize> {
    const WIDTH: usize = 2 * MAX_EDIT_DISTANCE + 1;
    let far = limit + 1;
    // A common prefix of the sequences does not change the distance, so it is skipped.
    let common_prefix_length = (0..a_length.min(b_length)).take_while(|i| same(*i, *i)).count();
    let (a, b) = (a_length - common_prefix_length, b_length - common_prefix_length);
    // `row` contains the cells near the diagonal in one row of the Levenshtein table. In row `i`, `row[k]` is the cell
    // in column `i + k - MAX_EDIT_DISTANCE`.
    let mut row: [usize; WIDTH] = std::array::from_fn(|k| k.checked_sub(MAX_EDIT_DISTANCE).unwrap_or(far));
    for i in 1..=a {
        let mut next = [far; WIDTH];
        for k in 0..WIDTH {
            let Some(j) = (i + k).checked_sub(MAX_EDIT_DISTANCE).filter(|j| *j <= b) else { continue };
            let inserted = k.checked_sub(1).map_or(far, |k| next[k] + 1);
            let deleted = row.get(k + 1).map_or(far, |cell| cell + 1);
            let replaced = match j.checked_sub(1) {
                Some(before) => {
                    row[k] + usize::from(!same(common_prefix_length + i - 1, common_prefix_length + before))
                }
                None => i,
            };
            next[k] = inserted.min(deleted).min(replaced);
        }
        // In the Levenshtein table, the smallest cell of a row is never less than the smallest cell of the row before.
        // The edit distance is a cell of the last row. So if all cells of any row exceed the limit, the edit distance
        // exceeds it, too.
        if next.iter().all(|cell| *cell > limit) {
            return None;
        }
        row = next;
    }
    let last = (b + MAX_EDIT_DISTANCE).checked_sub(a)?;
    row.get(last).copied().filter(|distance| *distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_is_told_up_to_the_limit() {
        for (a, b, expected) in
            [("", "", 0), ("abc", "abc", 0), ("abc", "abd", 1), ("abc", "ab", 1), ("kitten", "sitting", 3)]
        {
            assert_eq!(compute_edit_distance_up_to(a, b, 3), Some(expected), "{a} {b}");
            assert_eq!(compute_edit_distance_up_to(b, a, 3), Some(expected), "{b} {a}");
        }
        assert_eq!(compute_edit_distance_up_to("éa", "èa", 1), Some(1));
        assert_eq!(
            (compute_edit_distance_up_to("ÉA", "éa", 1), compute_edit_distance_up_to("Ab", "aB", 1)),
            (Some(0), Some(0))
        );
        assert_eq!(
            (compute_edit_distance_up_to("", "abc", 3), compute_edit_distance_up_to("abcd", "", 3)),
            (Some(3), None)
        );
        assert_eq!(compute_edit_distance_up_to("kitten", "sitting", 2), None);
    }

    #[test]
    fn a_typo_finds_its_name_and_nonsense_does_not() {
        let known = ["properties", "required", "description"];
        assert_eq!(advise_on_unknown_name("propertys", known).as_deref(), Some("did you mean `properties`?"));
        assert_eq!(advise_on_unknown_name("Required", known).as_deref(), Some("did you mean `required`?"));
        assert!(advise_on_unknown_name("banana", known).unwrap().starts_with("known here"));
    }

    #[test]
    fn the_closest_name_is_suggested_and_of_equally_close_ones_the_first_by_alphabet() {
        for known in [["balanxxs", "balancer", "balancex"], ["balancex", "balancer", "balanxxs"]] {
            assert_eq!(
                advise_on_unknown_name("balances", known).as_deref(),
                Some("did you mean `balancer`?")
            );
        }
    }
}
