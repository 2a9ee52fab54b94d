//! What is generated depends on what the documents say, and on nothing else.

use std::collections::BTreeSet;

use partner_codegen::{GeneratedSource, generate_client};
use partner_spec::{Api, ReadResult};

#[cfg(test)]
fn document(api: Api) -> ReadResult {
    partner_spec::read_document(&api.root_file_path(), partner_spec::base_folder())
}

#[test]
fn generating_twice_gives_the_same_text() {
    for api in Api::ALL {
        let once = generate_client(&document(api), api.name()).unwrap();
        let twice = generate_client(&document(api), api.name()).unwrap();
        let text = |generated: &GeneratedSource| -> Vec<(String, String, String)> {
            let files = generated.files.iter();
            files.map(|f| (f.file_name(), f.source.clone(), f.public_signatures.clone())).collect()
        };
        assert_eq!(text(&once), text(&twice));
    }
}

#[test]
fn the_bundled_document_gives_the_same_types_and_methods_as_the_files() {
    for api in Api::ALL {
        let files = document(api);
        let folder = tempfile::tempdir().unwrap();
        let bundle = folder.path().join("openapi.json");
        std::fs::write(&bundle, files.document.as_ref().unwrap().to_json()).unwrap();
        let bundled = partner_spec::read_document(&bundle, folder.path());
        let (from_files, from_bundle) =
            (generate_client(&files, api.name()).unwrap(), generate_client(&bundled, api.name()).unwrap());
        assert_eq!(from_files.operation_count, from_bundle.operation_count);
        assert_eq!(from_files.public_type_count, from_bundle.public_type_count);
        assert!(signatures(&from_files).len() > from_files.public_type_count + from_files.operation_count);
        assert_eq!(signatures(&from_files), signatures(&from_bundle));
    }
}

/// The public items without their order and the files they are in; those of modules and clients one by one.
#[cfg(test)]
fn signatures(generated: &GeneratedSource) -> BTreeSet<String> {
    let pages = generated.files.iter().filter(|file| file.module_name != "mod");
    let lines = pages.flat_map(|file| items(&file.public_signatures));
    lines.collect()
}

/// The items of a file of signatures. Of an `impl Client` or a `mod calls`, which every page has, what is inside.
#[cfg(test)]
fn items(signatures: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut open = false;
    for line in signatures.lines().filter(|line| !line.trim().is_empty()) {
        let shared = line.starts_with("impl Client {") || line.starts_with("pub mod calls {");
        if shared || (line == "}" && !open) {
            continue;
        }
        match found.last_mut() {
            Some(item) if open => {
                item.push('\n');
                item.push_str(line.trim());
            }
            _ => found.push(line.trim().to_owned()),
        }
        let text = found.last().map_or("", String::as_str);
        let count = |c: char| text.chars().filter(|found| *found == c).count();
        let attribute = line.trim_start().starts_with("#[");
        open = attribute || count('{') > count('}') || count('(') > count(')');
    }
    found
}
