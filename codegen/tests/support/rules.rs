//! Lists the test documents that break rules of the model and the generator.

use super::fixture;

/// Returns the names of the documents that break a rule, sorted.
pub(crate) fn fixtures() -> Vec<String> {
    let entries =
        std::fs::read_dir(fixture::folder().join("errors")).unwrap().map(|entry| entry.unwrap().path());
    let documents = entries.filter(|path| path.extension().is_some_and(|found| found == "yaml"));
    let mut names: Vec<String> =
        documents.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
