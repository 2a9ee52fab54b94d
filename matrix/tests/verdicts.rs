//! What is refused, and where: each case of the matrix in a document of its own.

#[cfg(test)]
#[path = "../cases/mod.rs"]
#[allow(dead_code, unreachable_pub, missing_docs, reason = "the build script uses it, too")]
mod cases;

#[cfg(test)]
use {
    cases::Case,
    cases::names::{self, WordRole},
    std::collections::{BTreeMap, BTreeSet},
    std::path::Path,
};

/// What is wrong with what the generator says about the document of a case.
#[cfg(test)]
fn wrong_verdict(case: &Case, folder: &Path) -> Option<String> {
    let path = folder.join(format!("{}.yaml", case.operation_id()));
    std::fs::write(&path, cases::build_document_yaml([case])).unwrap();
    let found =
        partner_codegen::check_client_generation(&partner_spec::read_document(&path, folder), "sample");
    let blocking: Vec<(&str, &str)> = found
        .iter()
        .filter(|found| found.rule.blocks_generation)
        .map(|found| (found.rule.id, found.location.source.line_text(found.location.start.line).unwrap()))
        .collect();
    let refusals = case.expected_findings();
    let is_right = |(found, line): &(&str, &str)| {
        refusals.iter().any(|(rule, marker)| rule == found && line.contains(marker))
    };
    let rules: BTreeSet<&str> = blocking.iter().map(|(rule, _)| *rule).collect();
    let is_wrong = rules.len() != refusals.len() || !blocking.iter().all(is_right);
    is_wrong.then(|| format!("{}: expected {refusals:?}, found {blocking:?}", case.operation_id()))
}

#[test]
#[allow(clippy::print_stdout, reason = "`cargo xtask matrix` shows it")]
fn each_case_is_honoured_or_refused_at_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let cases = cases::select_cases();
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = cases
            .chunks(cases.len().div_ceil(4))
            .map(|cases| {
                let folder = folder.path();
                scope.spawn(move || {
                    cases.iter().filter_map(|case| wrong_verdict(case, folder)).collect::<Vec<_>>()
                })
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    let mut verdicts: BTreeMap<&str, usize> = BTreeMap::new();
    for case in &cases {
        let rule = case.expected_findings().first().map_or("honoured", |(rule, _)| rule);
        *verdicts.entry(rule).or_default() += 1;
    }
    println!("{} cases: {verdicts:?}, {} wrong", cases.len(), wrong.len());
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Reads the document in which the words have a role.
#[cfg(test)]
fn read_names(role: WordRole, words: &[&str], folder: &Path) -> partner_spec::ReadResult {
    for (name, text) in names::build_document_files(role, words) {
        std::fs::write(folder.join(name), text).unwrap();
    }
    partner_spec::read_document(&folder.join("openapi.yaml"), folder)
}

#[test]
fn each_name_that_no_item_can_have_is_refused_at_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let mut wrong = Vec::new();
    for role in names::ALL_WORD_ROLES {
        for word in names::list_tested_words() {
            let Some(rule) = names::find_expected_rule_id(role, word) else { continue };
            let found =
                partner_codegen::check_client_generation(&read_names(role, &[word], folder.path()), "sample");
            let blocking: Vec<(&str, &str)> = found
                .iter()
                .filter(|found| found.rule.blocks_generation)
                .map(|found| {
                    (found.rule.id, found.location.source.line_text(found.location.start.line).unwrap())
                })
                .collect();
            let is_right =
                matches!(blocking.as_slice(), [(found, line)] if *found == rule && line.contains(word));
            if !is_right {
                wrong.push(format!("{role:?} {word}: expected {rule}, found {blocking:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The lines of the public signatures of the client for a document in which the words have a role.
#[cfg(test)]
fn signatures(role: WordRole, words: &[&str], folder: &Path) -> BTreeSet<String> {
    let generated = partner_codegen::generate_client(&read_names(role, words, folder), "sample").unwrap();
    generated.files.iter().flat_map(|file| file.public_signatures.lines()).map(str::to_owned).collect()
}

#[test]
fn an_item_that_is_added_renames_no_other() {
    let folder = tempfile::tempdir().unwrap();
    for role in names::ALL_WORD_ROLES {
        for words in names::group_accepted_words(role) {
            // The numbers in the documents go by position, so what is added comes last.
            let before = signatures(role, &words[..words.len() / 2], folder.path());
            let after = signatures(role, &words, folder.path());
            let lost: Vec<&String> = before.difference(&after).collect();
            assert!(lost.is_empty(), "{role:?}: {lost:#?}");
        }
    }
}
