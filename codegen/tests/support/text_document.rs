//! Generates code from documents that are written as text in a test.

/// Generates code from a document with these paths and components. Returns the source of all files, or the findings as
/// text.
pub(crate) fn generate(paths_and_components: &str) -> Result<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("openapi.yaml");
    let head = "openapi: 3.0.3\ninfo: {title: Sample, version: '1'}\n";
    std::fs::write(&path, format!("{head}{paths_and_components}")).unwrap();
    let reading = partner_spec::read_document(&path, folder.path());
    let generated =
        partner_codegen::generate_client(&reading, "sample").map_err(|found| found.to_string())?;
    Ok(generated.files.iter().map(|file| file.source.as_str()).collect())
}
