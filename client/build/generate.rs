//! Generates the source of the clients from the OpenAPI documents.

use crate::SourceFile;

/// Returns the names of all APIs whose documents are in the package `partner-spec`.
pub(crate) fn list_api_names() -> Vec<String> {
    partner_spec::Api::ALL.map(|api| api.name().to_owned()).to_vec()
}

pub(crate) fn files(api: &str) -> Result<Vec<SourceFile>, String> {
    let api =
        partner_spec::Api::from_name(api).ok_or_else(|| format!("there are no documents of `{api}`"))?;
    println!("cargo::rerun-if-changed={}", api.document_folder().display());
    let reading = partner_spec::read_document(&api.root_file_path(), partner_spec::base_folder());
    let path = api.examples_file_path();
    let examples = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let generated = partner_codegen::generate_client_with_examples(&reading, api.name(), &examples)?;
    Ok(generated.files.into_iter().map(|file| (file.file_name(), file.source)).collect())
}
