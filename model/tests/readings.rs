//! What small documents mean, each about one construct of OpenAPI: `documents/<construct>.yaml` is the document, the
//! snapshot beside it the model that is read from it.

use std::path::{Path, PathBuf};

use partner_model::Model;

#[cfg(test)]
#[path = "support/text.rs"]
mod text;

#[cfg(test)]
fn documents() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.extension().is_some_and(|found| found == "yaml")).collect()
}

#[cfg(test)]
fn read(path: &Path) -> Model {
    let document = partner_spec::load_document(path, path.parent().unwrap());
    let model = document.and_then(|document| partner_model::read_supported_model(&document, "sample"));
    model.unwrap_or_else(|found| panic!("{}:\n{found}", path.display()))
}

#[test]
fn each_construct_is_read_as_what_it_means() {
    let documents = documents();
    assert!(documents.len() >= 16, "{documents:?}");
    for path in documents {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("documents");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        settings.bind(|| insta::assert_snapshot!(name, text::of_model(&read(&path))));
    }
}
