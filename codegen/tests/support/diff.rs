//! What differs between two texts, line by line.

use std::collections::{BTreeMap, BTreeSet};

/// The blocks that differ: each with its headline, then its lines, of which `-` went and `+` came.
pub(crate) fn of_blocks(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> String {
    let headlines: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let mut out = String::new();
    for headline in headlines {
        let (old, new) = (before.get(headline), after.get(headline));
        if old == new {
            continue;
        }
        let sign = match (old, new) {
            (None, _) => '+',
            (_, None) => '-',
            _ => ' ',
        };
        out.push_str(&format!("{sign} {headline}\n"));
        let text = |block: Option<&String>| block.cloned().unwrap_or_default();
        out.push_str(&of_texts(&text(old), &text(new)));
        out.push('\n');
    }
    out
}

/// All lines of both texts, those in common once.
fn of_texts(before: &str, after: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    // common[i][j]: how many lines old[i..] and new[j..] have in common, in order.
    let mut common = vec![vec![0_usize; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            common[i][j] = match old[i] == new[j] {
                true => common[i + 1][j + 1] + 1,
                false => common[i + 1][j].max(common[i][j + 1]),
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut out = String::new();
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            out.push_str(&format!("    {}\n", old[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || (i < old.len() && common[i + 1][j] >= common[i][j + 1]) {
            out.push_str(&format!("  - {}\n", old[i]));
            i += 1;
        } else {
            out.push_str(&format!("  + {}\n", new[j]));
            j += 1;
        }
    }
    out
}
