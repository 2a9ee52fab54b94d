//! What each lowering pass does to a small document: `before.yaml` is the document, `after.snap` what the pass
//! changed in what the passes before it had made of it.

use std::collections::BTreeSet;

use partner_codegen::lower::passes;
use partner_model::api;
use partner_spec::Diagnostics;

#[cfg(test)]
#[path = "support/api_text.rs"]
mod api_text;
#[cfg(test)]
#[path = "support/diff.rs"]
mod diff;
#[cfg(test)]
#[path = "support/fixture.rs"]
mod fixture;

#[test]
fn each_pass_changes_what_it_says_and_nothing_else() {
    for pass in passes() {
        let document = fixture::load(&format!("passes/{}/before.yaml", pass.name)).unwrap();
        let mut api = api::read(&document, "sample").unwrap();
        let mut found = Diagnostics::new();
        for earlier in passes().take_while(|earlier| earlier.name != pass.name) {
            (earlier.apply)(&mut api, &mut found);
        }
        let before = api_text::blocks(&api);
        let times = (pass.apply)(&mut api, &mut found);
        assert!(found.is_empty(), "{}: {found}", pass.name);
        let changed = diff::of_blocks(&before, &api_text::blocks(&api));
        let settings = snapshot_settings(pass.name, pass.why);
        settings.bind(|| insta::assert_snapshot!("after", format!("applied: {times}\n\n{changed}")));
    }
}

#[test]
fn the_document_of_each_pass_can_be_generated() {
    for pass in passes() {
        if let Err(found) = fixture::generate(&format!("passes/{}/before.yaml", pass.name)) {
            panic!("{}:\n{found}", pass.name);
        }
    }
}

#[test]
fn each_pass_has_a_document_and_each_document_a_pass() {
    let passes: BTreeSet<String> = passes().map(|pass| pass.name.to_owned()).collect();
    let folders = std::fs::read_dir(fixture::folder().join("passes")).unwrap();
    let folders = folders.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    assert_eq!(passes, folders.collect());
}

#[test]
fn a_pass_that_ran_changes_nothing_when_it_runs_again() {
    // What comes out of an envelope may look like one itself, so that pass is not meant to run twice.
    for pass in passes().filter(|pass| pass.name != "envelope") {
        let document = fixture::load(&format!("passes/{}/before.yaml", pass.name)).unwrap();
        let mut api = api::read(&document, "sample").unwrap();
        let mut found = Diagnostics::new();
        for earlier in passes().take_while(|earlier| earlier.name != pass.name) {
            (earlier.apply)(&mut api, &mut found);
        }
        (pass.apply)(&mut api, &mut found);
        let once = api_text::blocks(&api);
        (pass.apply)(&mut api, &mut found);
        assert!(found.is_empty(), "{}: {found}", pass.name);
        assert_eq!(diff::of_blocks(&once, &api_text::blocks(&api)), "", "{}", pass.name);
    }
}

#[cfg(test)]
fn snapshot_settings(pass: &str, why: &str) -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(format!("passes/{pass}"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_description(why);
    settings
}
