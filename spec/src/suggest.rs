//! "Did you mean": the known name closest to a mistyped one.

/// With how many names one is compared at most: a document with many names may have as many slips.
const MAX_COMPARED: usize = 2_000;

/// A help text that names the closest of the known names, or all of them when none is close and they are few.
pub fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let known: Vec<&str> = known.into_iter().take(MAX_COMPARED).collect();
    match closest(name, known.iter().copied()) {
        Some(candidate) => Some(format!("did you mean `{candidate}`?")),
        None if known.is_empty() || known.len() > 12 => None,
        None => Some(format!("known here: `{}`", known.join("`, `"))),
    }
}

/// Whether a name is a known one, mistyped.
pub fn is_similar(name: &str, known: &str) -> bool {
    closest(name, [known]).is_some()
}

/// The closest of the known names, when one is close.
pub(crate) fn closest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = name.chars().count();
    let limit = (length / 3).clamp(1, 3);
    let wanted = name.to_lowercase();
    let letters = letters(name);
    known
        .into_iter()
        // What differs more in length differs more in all.
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= limit)
        // Replacing a character adds one kind of character at most, and takes one away.
        .filter(|candidate| match letters.zip(self::letters(candidate)) {
            Some((a, b)) => (a ^ b).count_ones() as usize <= 2 * limit,
            None => true,
        })
        .map(|candidate| (distance(&wanted, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Which letters and digits are in a name, whatever their case; nothing for names in other scripts.
fn letters(name: &str) -> Option<u64> {
    name.bytes().try_fold(0, |set, byte| byte.is_ascii().then(|| set | 1 << (byte.to_ascii_lowercase() % 64)))
}

/// The edit distance (Levenshtein) between two short names.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typo_finds_its_name_and_nonsense_does_not() {
        let known = ["properties", "required", "description"];
        assert_eq!(did_you_mean("propertys", known).as_deref(), Some("did you mean `properties`?"));
        assert_eq!(did_you_mean("Required", known).as_deref(), Some("did you mean `required`?"));
        assert!(did_you_mean("banana", known).unwrap().starts_with("known here"));
    }
}
