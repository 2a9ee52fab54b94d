//! A document that says the same in another way does not differ.

use partner_spec::{Api, Node};

use super::support::{Folder, drift, lines};
use super::variants::{bare, extracted, inlined, renamed, reordered, yaml};

fn root(api: Api) -> Node {
    partner_spec::load_document(&api.root_file_path(), partner_spec::base_folder()).unwrap().root
}

/// Compares our document of an API with a text of the vendor. Fails if they differ, or if an operation is missed.
fn assert_same(api: Api, file: &str, text: &str) {
    let folder = Folder::new();
    folder.write(&format!("docs/{file}"), text);
    let ours = partner_spec::read_document(&api.root_file_path(), partner_spec::base_folder());
    let report = drift(&ours, &folder.path("docs"), &[]);
    let found = lines(&report);
    assert!(found.is_empty(), "{} {file}: {}\n{}", api.name(), found.len(), found.join("\n"));
    assert!(
        report.is_clean()
            && report.compared_vendor_documents[0].operation_count == report.our_operation_count,
        "{:?}",
        report.vendor_findings
    );
}

/// Compares our documents with a variant of them: as YAML with all keys, and as JSON without ours.
fn assert_variant_is_same(change: fn(&mut Node)) {
    for api in Api::ALL {
        for is_bare in [false, true] {
            let mut root = root(api);
            change(&mut root);
            if is_bare {
                bare(&mut root);
            }
            match is_bare {
                true => assert_same(api, "docs.json", &root.to_json()),
                false => assert_same(api, "docs.yaml", &yaml(&root)),
            }
        }
    }
}

#[test]
fn a_document_is_the_same_as_itself() {
    for api in Api::ALL {
        let ours = partner_spec::read_document(&api.root_file_path(), partner_spec::base_folder());
        let report = drift(&ours, &api.root_file_path(), &[]);
        assert!(report.is_clean(), "{:#?}", lines(&report));
        assert!(report.vendor_findings.is_empty(), "{:?}", report.vendor_findings);
    }
}

#[test]
fn indentation_and_the_format_of_the_file_make_no_difference() {
    assert_variant_is_same(|_| {});
    for api in Api::ALL {
        assert_same(api, "docs.json", &root(api).to_json_pretty().replace("  ", "\t"));
    }
}

#[test]
fn the_order_of_keys_and_lists_makes_no_difference() {
    assert_variant_is_same(reordered);
}

#[test]
fn references_that_are_inlined_make_no_difference() {
    assert_variant_is_same(inlined);
}

#[test]
fn parts_that_are_extracted_make_no_difference() {
    assert_variant_is_same(extracted);
}

#[test]
fn names_of_components_make_no_difference() {
    assert_variant_is_same(renamed);
}

#[test]
fn everything_together_makes_no_difference() {
    assert_variant_is_same(|root| {
        inlined(root);
        extracted(root);
        renamed(root);
        reordered(root);
    });
}
