//! The reviewed form of the generated source: one test a docs page, so that a change shows up on its page alone.
//!
//! The snapshots are in `client/snapshots`, because they are also what the client compiles when it is built
//! without the feature `generate`. `cargo insta review`, or `INSTA_UPDATE=always cargo test`, takes a new form over.
//! The tests are here and not beside those of the client, so that nobody has to compile the client before the source is
//! reviewed.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that fails panics")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use libtest_mimic::{Arguments, Failed, Trial};
use partner_codegen::GeneratedSource;
use partner_spec::Api;

/// As the client's build script names it.
type SourceFile = (String, String);

/// What the client's build script does without the feature `generate`.
#[path = "../../client/build/reviewed_snapshots.rs"]
#[allow(dead_code, clippy::print_stdout, reason = "of a build script only the reading is needed here")]
mod reviewed_snapshots;

fn main() {
    let mut arguments = Arguments::from_args();
    // In order: what the last one reads, the ones before it may just have taken over.
    arguments.test_threads = Some(1);
    let mut trials = Vec::new();
    for api in Api::ALL {
        match generate(api) {
            Ok(generated) => trials.extend(of_api(api, &generated)),
            Err(message) => {
                trials.push(Trial::test(format!("{}::generates", api.name()), || Err(message.into())))
            }
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}

fn generate(api: Api) -> Result<GeneratedSource, String> {
    let reading = partner_spec::read_document(&api.root_file_path(), partner_spec::base_folder());
    let path = api.examples_file_path();
    let examples = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    partner_codegen::generate_client_with_examples(&reading, api.name(), &examples)
}

fn of_api(api: Api, generated: &GeneratedSource) -> Vec<Trial> {
    let mut trials = Vec::new();
    for file in &generated.files {
        let name = format!("{}::{}", api.name(), file.module_name);
        let file = file.clone();
        trials.push(Trial::test(name, move || {
            // Both are looked at before either fails, so that one run shows the whole change.
            let source = check(api, &file.file_name(), &file.source);
            let signatures = check(api, &format!("{}.signatures", file.module_name), &file.public_signatures);
            source.and(signatures)?;
            same_without_the_generator(api, &file.file_name(), &file.source)
        }));
    }
    let names: BTreeSet<String> = generated.files.iter().map(|file| file.file_name()).collect();
    let name = format!("{}::nothing_else_is_compiled_without_the_generator", api.name());
    trials.push(Trial::test(name, move || {
        let reviewed: BTreeSet<String> = reviewed_snapshots::read_snapshot_sources(&folder(api))?
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        if names == reviewed {
            Ok(())
        } else {
            Err(format!("generated {names:?}, reviewed {reviewed:?}").into())
        }
    }));
    trials
}

fn folder(api: Api) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../client/snapshots").join(api.name())
}

fn check(api: Api, name: &str, text: &str) -> Result<(), Failed> {
    let mut settings = insta::Settings::new();
    settings.set_snapshot_path(folder(api));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let compared = settings.bind(|| std::panic::catch_unwind(|| insta::assert_snapshot!(name, text)));
    compared.map_err(|_| Failed::from(format!("{}/{name} is not the reviewed one", api.name())))
}

/// What is compiled with the feature `generate` and without it must be the same, byte for byte.
fn same_without_the_generator(api: Api, name: &str, generated: &str) -> Result<(), Failed> {
    let reviewed = reviewed_snapshots::read_snapshot_sources(&folder(api))?;
    match reviewed.iter().find(|(reviewed, _)| reviewed == name) {
        Some((_, source)) if source == generated => Ok(()),
        _ => Err(Failed::from(format!("{name}: what is compiled without the generator has other bytes"))),
    }
}
