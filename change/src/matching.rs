//! Matches the items of two lists by name, and finds items that were probably renamed.

use std::collections::HashMap;

use partner_spec::is_likely_misspelling;

/// The maximum number of pairs of a removed and an added item that are compared to find renames. If there are more
/// pairs, none is compared, and no renames are found.
const MAX_RENAME_CANDIDATE_PAIRS: usize = 40_000;

/// The minimum score at which a removed and an added item count as one renamed item.
const MIN_RENAME_SCORE: u32 = 4;

/// The result of matching the items of an old and a new list: the pairs that belong together, and the items that are
/// only in one list.
pub(crate) struct MatchingResult<'m, T> {
    /// The pairs of an old item and a new item with the same name.
    pub(crate) same_name_pairs: Vec<(&'m T, &'m T)>,
    /// The pairs of an old item and a new item that were matched although their names differ.
    pub(crate) renamed_pairs: Vec<(&'m T, &'m T)>,
    /// The items that are only in the old list.
    pub(crate) removed_items: Vec<&'m T>,
    /// The items that are only in the new list.
    pub(crate) added_items: Vec<&'m T>,
}

impl<'m, T> MatchingResult<'m, T> {
    /// Matches the items of two lists by name, and then finds renamed items among the rest. `score` rates how likely it
    /// is that a removed item was renamed to an added one. A score below [`MIN_RENAME_SCORE`] means that the two are
    /// different items.
    pub(crate) fn match_by_name_or_score<'k>(
        before: impl IntoIterator<Item = &'m T>,
        after: impl IntoIterator<Item = &'m T>,
        name: impl Fn(&'m T) -> &'k str,
        score: impl Fn(&T, &T) -> u32,
    ) -> MatchingResult<'m, T> {
        let after: Vec<&T> = after.into_iter().collect();
        let mut unmatched: HashMap<&str, usize> = HashMap::new();
        for (index, item) in after.iter().enumerate() {
            unmatched.entry(name(item)).or_insert(index);
        }
        let (mut same, mut removed) = (Vec::new(), Vec::new());
        let mut taken = vec![false; after.len()];
        for item in before {
            match unmatched.remove(name(item)) {
                Some(index) => {
                    taken[index] = true;
                    same.push((item, after[index]));
                }
                None => removed.push(item),
            }
        }
        let added: Vec<&T> =
            after.iter().zip(taken).filter(|(_, taken)| !taken).map(|(item, _)| *item).collect();
        let (renamed, removed, added) = find_renames(removed, added, score);
        MatchingResult {
            same_name_pairs: same,
            renamed_pairs: renamed,
            removed_items: removed,
            added_items: added,
        }
    }

    /// All pairs of matched items: those with the same name, and the renamed ones.
    pub(crate) fn matched_pairs(&self) -> impl Iterator<Item = (&'m T, &'m T)> {
        self.same_name_pairs.iter().chain(&self.renamed_pairs).copied()
    }
}

type Renames<'m, T> = (Vec<(&'m T, &'m T)>, Vec<&'m T>, Vec<&'m T>);

/// Finds renamed items. A removed and an added item count as one renamed item if the score of this pair is at least
/// [`MIN_RENAME_SCORE`], and higher than the score of any other pair with one of the two items. Returns the pairs, the
/// remaining removed items and the remaining added items.
fn find_renames<'m, T>(
    removed: Vec<&'m T>,
    added: Vec<&'m T>,
    score: impl Fn(&T, &T) -> u32,
) -> Renames<'m, T> {
    if removed.len().saturating_mul(added.len()) > MAX_RENAME_CANDIDATE_PAIRS {
        return (Vec::new(), removed, added);
    }
    let scores: Vec<Vec<u32>> =
        removed.iter().map(|old| added.iter().map(|new| score(old, new)).collect()).collect();
    let best = |scores: &mut dyn Iterator<Item = u32>| -> Option<usize> {
        let mut best: Option<(usize, u32, bool)> = None;
        for (index, score) in scores.enumerate().filter(|(_, score)| *score >= MIN_RENAME_SCORE) {
            match best {
                Some((_, other, _)) if other > score => {}
                Some((first, other, _)) if other == score => best = Some((first, other, false)),
                _ => best = Some((index, score, true)),
            }
        }
        best.filter(|(.., is_alone)| *is_alone).map(|(index, ..)| index)
    };
    let of_removed: Vec<Option<usize>> = scores.iter().map(|row| best(&mut row.iter().copied())).collect();
    let of_added: Vec<Option<usize>> =
        (0..added.len()).map(|column| best(&mut scores.iter().map(|row| row[column]))).collect();
    let partner = |old: usize| of_removed[old].filter(|new| of_added[*new] == Some(old));
    let renamed = (0..removed.len()).filter_map(|old| Some((removed[old], added[partner(old)?]))).collect();
    let is_renamed: Vec<bool> =
        (0..added.len()).map(|new| of_added[new].is_some_and(|old| of_removed[old] == Some(new))).collect();
    let gone = (0..removed.len()).filter(|old| partner(*old).is_none()).map(|old| removed[old]).collect();
    let new = (0..added.len()).filter(|new| !is_renamed[*new]).map(|new| added[new]).collect();
    (renamed, gone, new)
}

/// Rates the similarity of two names: 4 if they consist of the same words in the same order, 3 if they differ by a
/// typing mistake, 2 if one name contains all words of the other, 1 if they share a word, else 0.
pub(crate) fn rate_name_similarity(a: &str, b: &str) -> u32 {
    let (x, y) = (split_into_normalized_words(a), split_into_normalized_words(b));
    let shared = x.iter().filter(|word| y.contains(word)).count();
    match shared {
        _ if !x.is_empty() && x == y => 4,
        _ if is_likely_misspelling(a, b) => 3,
        0 => 0,
        n if n == x.len() || n == y.len() => 2,
        _ => 1,
    }
}

/// Splits a name into words in lower case. The words `uuid` and `identifier` become `id`, because they mean the same.
fn split_into_normalized_words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut was_lower = false;
    for c in name.chars() {
        let starts = c.is_uppercase() && was_lower;
        was_lower = c.is_lowercase() || c.is_ascii_digit();
        match words.last_mut() {
            _ if !c.is_alphanumeric() => words.push(String::new()),
            Some(word) if !starts => word.extend(c.to_lowercase()),
            _ => words.push(c.to_lowercase().collect()),
        }
    }
    words.retain(|word| !word.is_empty());
    for word in &mut words {
        if word == "uuid" || word == "identifier" {
            *word = String::from("id");
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_thing_have_much_in_common() {
        assert_eq!(rate_name_similarity("user_id", "userUuid"), 4);
        assert_eq!(rate_name_similarity("recieved_at", "received_at"), 3);
        assert_eq!(rate_name_similarity("id", "payment_details_id"), 2);
        assert_eq!(rate_name_similarity("crypto_amount", "fiat_amount"), 1);
        assert_eq!(rate_name_similarity("city", "postal_code"), 0);
    }

    #[test]
    fn a_rename_has_one_candidate_on_each_side() {
        let score = |a: &&str, b: &&str| 2 + rate_name_similarity(a, b);
        let names = |pairs: &[(&&'static str, &&'static str)]| -> Vec<String> {
            pairs.iter().map(|(a, b)| format!("{a}>{b}")).collect()
        };
        let one = MatchingResult::match_by_name_or_score(
            &["id", "city"],
            &["city", "user_uuid"],
            |name| name,
            score,
        );
        assert_eq!(names(&one.renamed_pairs), ["id>user_uuid"]);
        let two =
            MatchingResult::match_by_name_or_score(&["id"], &["user_id", "order_id"], |name| name, score);
        assert!(two.renamed_pairs.is_empty() && two.removed_items == [&"id"] && two.added_items.len() == 2);
        let crossed = MatchingResult::match_by_name_or_score(
            &["a_id", "b_id"],
            &["b_uuid", "a_uuid"],
            |name| name,
            score,
        );
        assert_eq!(names(&crossed.renamed_pairs), ["a_id>a_uuid", "b_id>b_uuid"]);
    }
}
